"""Workbooks that were damaged, half calculated, locked, or stray far from their table."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhuoyue.cli.tests.conftest import Desk
from zhuoyue.cli.tests.test_analyse_bad_input import LANGUAGES, refused
from zhuoyue.cli.tests.test_analyse_odd_files import parquet, rows_of, shown, table, workbook

SHEET = "xl/worksheets/sheet1.xml"
VALUE = rb'<c r="C5"><v>[^<]*</v></c>'  # of the fourth answer to q3


def plain(book: Any, desk: Desk) -> None:
    table(book.add_worksheet("data"), rows_of(desk))


def edited(desk: Desk, edit: Callable[[dict[str, bytes]], object]) -> Path:
    """A workbook some of whose parts were written anew by another program."""
    place = workbook(desk, plain)
    with zipfile.ZipFile(place) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    edit(parts)
    with zipfile.ZipFile(place, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return place


def with_cell(desk: Desk, cell: bytes) -> Path:
    def edit(parts: dict[str, bytes]) -> None:
        parts[SHEET], count = re.subn(VALUE, cell, parts[SHEET])
        assert count == 1

    return edited(desk, edit)


DAMAGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a sheet cut off": lambda parts: parts.update({SHEET: parts[SHEET][:2000]}),
    "a sheet lost": lambda parts: parts.pop(SHEET),
    "its words lost": lambda parts: parts.pop("xl/sharedStrings.xml"),
    "a word that is none": lambda parts: parts.update(
        {SHEET: parts[SHEET].replace(b't="s"><v>0<', b't="s"><v>999<')}
    ),
}


@LANGUAGES
@pytest.mark.parametrize("name", DAMAGES)
def test_parts_that_are_damaged_or_lost(desk: Desk, language: str, name: str) -> None:
    told = refused(desk, language, answers=edited(desk, DAMAGES[name]))
    assert "[file_unreadable]" in told and "answers.xlsx" in told


@LANGUAGES
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c r="C5" t="e"><v>#N/A</v></c>', "#N/A"),
        (b'<c r="C5" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b'<c r="C5"><f>B5+1</f></c>', "=B5+1"),
        (b'<c r="C5"><f>B5+1</f><v></v></c>', "=B5+1"),
    ],
)
def test_errors_and_formulas_without_value_are_no_gaps(
    desk: Desk, language: str, cell: bytes, text: str
) -> None:
    """Nobody left them out on purpose; a row would be lost in silence."""
    answers = with_cell(desk, cell)
    told = refused(desk, language, answers=answers)
    assert "[value_not_number]" in told
    assert all(each in told for each in ("answers.xlsx", "4", "q3", text))
    assert desk.run("--lang", language, "--missing-code", text, answers=answers) == 0
    assert "[rows_dropped]" in desk.told()[0]


def test_a_formula_that_gives_an_empty_text_is_a_gap(desk: Desk) -> None:
    answers = with_cell(desk, b'<c r="C5" t="str"><f>IF(B5&gt;9,1,"")</f><v></v></c>')
    assert "[rows_dropped]" in shown(desk, answers=answers)


@LANGUAGES
@pytest.mark.parametrize("cell", [(1_048_575, 16_383), (900_000, 90)])
def test_a_stray_cell_far_off(desk: Desk, language: str, cell: tuple[int, int]) -> None:
    def fill(book: Any, desk: Desk) -> None:
        plain(book, desk)
        book.worksheets()[0].write(*cell, "x")

    told = refused(desk, language, answers=workbook(desk, fill))
    assert "[sheet_sprawls]" in told
    assert "data" in told and ("XFD1048576" in told or "CM900001" in told)


@LANGUAGES
def test_a_workbook_under_a_password(desk: Desk, language: str) -> None:
    """It is no zip archive but an old container that holds the sealed one."""
    locked = desk.put(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "locked.xlsx")
    told = refused(desk, language, answers=locked)
    assert "[file_protected]" in told and "locked.xlsx" in told


@pytest.mark.parametrize("way", ["hide", "very_hidden"])
def test_hidden_sheets_come_last(desk: Desk, way: str) -> None:
    """What was put out of sight is not what a person sends."""

    def fill(book: Any, desk: Desk) -> None:
        old = book.add_worksheet("old")
        table(old, [list(desk.columns), *(8 - desk.values).tolist()[:40]])
        plain(book, desk)
        book.worksheets()[1].activate()
        getattr(old, way)()

    seen = shown(desk)
    answers = workbook(desk, fill)
    assert shown(desk, answers=answers) == seen
    assert shown(desk, "--sheet", "old", answers=answers) != seen


@LANGUAGES
def test_numbers_in_parquet_have_no_sheets(desk: Desk, language: str) -> None:
    told = refused(desk, language, "--sheet", "data", answers=parquet(desk, "*"))
    assert "[sheet_unknown]" in told and "data" in told
