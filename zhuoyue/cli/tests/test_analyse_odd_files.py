"""Answers as other programs save them: read as meant, or refused in one sentence with the cell."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import xlsxwriter

from zhuoyue.cli.tests.conftest import MODEL, Desk
from zhuoyue.cli.tests.test_analyse_bad_input import COLUMN, LANGUAGES, cautions, refused

Fill = Callable[[Any, Desk], None]


def text(desk: Desk, separator: str = ",", end: str = "\n") -> str:
    rows = [desk.columns, *desk.values.tolist()]
    return end.join(separator.join(map(str, row)) for row in rows) + end


def shown(desk: Desk, *more: object, **files: Path) -> str:
    assert desk.run("--lang", "en", *more, **files) == 0
    found, told = desk.told()
    assert told == ""
    return found[found.index("\n") :]  # without the file's name


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(desk: Desk, separator: str, end: str) -> None:
    plain = shown(desk)
    desk.put(text(desk, separator, end), "answers.csv")
    assert shown(desk) == plain


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_with_and_without_a_mark(desk: Desk, encoding: str) -> None:
    """Excel's Unicode text has a mark; other programs leave it out."""
    for name, content in (("answers.csv", text(desk)), ("model.txt", MODEL)):
        desk.put(content.replace("q1", "质量一").encode(encoding), name)
    assert "质量一" in shown(desk)


CELLS = {
    "a date": "2024-01-05",
    "a time": "03:05",
    "a comma for a point": '"4,5"',
    "thousands": '"1,234"',
    "a share": "50%",
    "true": "True",
    "hexadecimal": "0x10",
    "a formula": "=1+1",
    "an empty letter": "4\x00",
}


@LANGUAGES
@pytest.mark.parametrize("name", CELLS)
def test_cells_that_are_no_numbers(desk: Desk, language: str, name: str) -> None:
    desk.changed({(3, 2): CELLS[name]})
    told = refused(desk, language)
    assert "[value_not_number]" in told
    assert all(culprit in told for culprit in ("answers.csv", "4", "q3"))
    assert CELLS[name].strip('"\x00') in told


@LANGUAGES
def test_codes_for_no_answer_that_take_every_answer(desk: Desk, language: str) -> None:
    told = refused(desk, language, "--missing-code", *range(1, 8))
    assert "[item_all_missing]" in told and "q1" in told


@LANGUAGES
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_hardly_any_rows(desk: Desk, language: str, rows: int) -> None:
    desk.write(desk.values[:rows])
    told = refused(desk, language)
    assert "[rows_too_few]" in told and str(rows) in told


@LANGUAGES
def test_far_too_many_replicates(desk: Desk, language: str) -> None:
    told = refused(desk, language, "--replicates", 10**12)
    assert "[setting_too_large]" in told and "1000000" in told


def workbook(desk: Desk, fill: Fill) -> Path:
    place = desk.folder / "answers.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        fill(book, desk)
    return place


def table(sheet: Any, rows: Sequence[Sequence[object]], top: int = 0, left: int = 0) -> None:
    for number, row in enumerate(rows, start=top):
        sheet.write_row(number, left, row)


def rows_of(desk: Desk) -> list[list[object]]:
    return [list(desk.columns), *desk.values.tolist()]


def texts(book: Any, desk: Desk) -> None:
    for number, row in enumerate(rows_of(desk)):
        for place, cell in enumerate(row):
            book.worksheets() or book.add_worksheet()
            book.worksheets()[0].write_string(number, place, str(cell))


def after_a_cover(book: Any, desk: Desk) -> None:
    book.add_worksheet("cover").write(0, 0, "A survey")
    book.add_worksheet("empty")
    table(book.add_worksheet("data"), rows_of(desk))


def off_the_corner(book: Any, desk: Desk) -> None:
    table(book.add_worksheet(), rows_of(desk), top=3, left=2)


def with_a_formula(book: Any, desk: Desk) -> None:
    sheet = book.add_worksheet()
    table(sheet, rows_of(desk))
    sheet.write_formula(4, 2, "=1+1", None, int(desk.values[3, 2]))


@pytest.mark.parametrize("fill", [texts, after_a_cover, off_the_corner, with_a_formula])
def test_workbooks_that_say_the_same(desk: Desk, fill: Fill) -> None:
    plain = shown(desk)
    assert shown(desk, answers=workbook(desk, fill)) == plain


def test_headers_that_are_numbers(desk: Desk) -> None:
    """A spreadsheet knows only 1.0; people wrote 1."""

    def numbered(book: Any, desk: Desk) -> None:
        table(book.add_worksheet(), [list(range(1, 8)), *desk.values.tolist()])

    numbers = dict(zip(desk.columns, range(1, 8), strict=True))
    model = MODEL
    for name, number in numbers.items():
        model = model.replace(name, f'"{number}"')
    desk.put(model, "model.txt")
    assert "Quality" in shown(desk, answers=workbook(desk, numbered))


@LANGUAGES
def test_the_sheet_can_be_named(desk: Desk, language: str) -> None:
    place = workbook(desk, after_a_cover)
    assert shown(desk, "--sheet", "data", answers=place) == shown(desk, answers=place)
    told = refused(desk, language, "--sheet", "cover", answers=place)
    assert "[file_empty]" in told
    told = refused(desk, language, "--sheet", "answers", answers=place)
    assert "[sheet_unknown]" in told and "cover, empty, data" in told
    assert "[sheet_unknown]" in refused(desk, language, "--sheet", "data")  # of a CSV file


def day(book: Any, sheet: Any) -> None:
    sheet.write_datetime(4, 2, date(2024, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"}))


SPOILT: dict[str, tuple[Callable[[Any, Any], object], str, list[str]]] = {
    "a date": (day, "value_not_number", ["4", "q3", "2024-01-05"]),
    "a truth": (lambda b, s: s.write_boolean(4, 2, True), "value_not_number", ["4", "q3"]),
    "a name twice": (lambda b, s: s.write(0, 1, "q1"), "header_duplicate", ["q1"]),
    "a title above": (
        lambda b, s: s.merge_range(0, 0, 0, 6, "Our survey", b.add_format()),
        "header_empty",
        ["2"],
    ),
}


@LANGUAGES
@pytest.mark.parametrize("name", SPOILT)
def test_workbooks_with_a_spoilt_cell(desk: Desk, language: str, name: str) -> None:
    spoil, code, culprits = SPOILT[name]

    def fill(book: Any, desk: Desk) -> None:
        sheet = book.add_worksheet()
        table(sheet, rows_of(desk))
        spoil(book, sheet)

    told = refused(desk, language, answers=workbook(desk, fill))
    assert f"[{code}]" in told and "answers.xlsx" in told
    assert all(culprit in told for culprit in culprits)


@LANGUAGES
def test_merged_cells_count_as_missing_but_for_the_first(desk: Desk, language: str) -> None:
    def fill(book: Any, desk: Desk) -> None:
        sheet = book.add_worksheet()
        table(sheet, rows_of(desk))
        sheet.merge_range(3, 1, 5, 1, 4, book.add_format())

    answers = workbook(desk, fill)
    assert desk.run("--lang", language, answers=answers) == 0
    assert "[rows_dropped]" in desk.told()[0]


def parquet(desk: Desk, columns: str) -> Path:
    """The answers with some columns as SQL makes them."""
    place = desk.folder / "answers.parquet"
    with duckdb.connect() as database:
        database.read_csv(str(desk.answers)).query("t", f"SELECT {columns} FROM t").write_parquet(
            str(place)
        )
    return place


@pytest.mark.parametrize(
    "columns",
    [
        "*",
        "columns(*)::varchar",
        "columns(*)::decimal(38, 2)",
        "columns(*)::utinyint",
        "columns(*)::float",
        "columns(*)::hugeint",
        "columns(*)::varchar::enum('1', '2', '3', '4', '5', '6', '7')",
        "*, [q1] as list, {'a': q1} as struct, map([1], [2]) as map, now() as time",
    ],
)
def test_columns_of_other_types_say_the_same(desk: Desk, columns: str) -> None:
    plain = shown(desk)
    assert shown(desk, answers=parquet(desk, columns)) == plain


TYPES: dict[str, tuple[str, str, list[str]]] = {
    "a text": ("'often'", "value_not_number", ["1", "q1", "often"]),
    "a list": ("[q1]", "value_not_number", ["1", "q1"]),
    "a record": ("{'a': q1}", "value_not_number", ["1", "q1"]),
    "a day": ("date '2024-01-05'", "value_not_number", ["1", "q1", "2024-01-05"]),
    "a time": ("time '03:05:00'", "value_not_number", ["1", "q1", "03:05"]),
    "bytes": ("'ab'::blob", "value_not_number", ["1", "q1"]),
    "nothing": ("null", "item_all_missing", ["q1"]),
    "nothing of a kind": ("null::int", "item_all_missing", ["q1"]),
    "infinity": ("'inf'::double", "value_infinite", ["1", "q1"]),
    "a constant": ("3", "item_constant", ["q1", "3"]),
}


@LANGUAGES
@pytest.mark.parametrize("name", TYPES)
def test_columns_that_hold_no_answers(desk: Desk, language: str, name: str) -> None:
    sql, code, culprits = TYPES[name]
    told = refused(desk, language, answers=parquet(desk, f"{sql} as q1, * exclude q1"))
    assert f"[{code}]" in told
    assert all(culprit in told for culprit in culprits)


@LANGUAGES
def test_gaps_in_parquet_are_gaps(desk: Desk, language: str) -> None:
    gap = "case when q1 = 4 then null else q1 end as q1, * exclude q1"
    desk.run("--lang", language, answers=parquet(desk, gap))
    assert "[rows_dropped]" in desk.told()[0]
    nan = "case when q1 = 4 then 'nan'::double else q1 end as q1, * exclude q1"
    desk.run("--lang", language, answers=parquet(desk, nan))
    assert "[rows_dropped]" in desk.told()[0]


@LANGUAGES
@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
@pytest.mark.parametrize("part", [slice(0, 1500), slice(0, -30), slice(60, None)])
def test_files_that_were_cut_off(desk: Desk, language: str, ending: str, part: slice) -> None:
    whole = parquet(desk, "*") if ending == "parquet" else workbook(desk, after_a_cover)
    cut = desk.put(whole.read_bytes()[part], f"cut.{ending}")
    told = refused(desk, language, answers=cut)
    assert "[file_unreadable]" in told and f"cut.{ending}" in told


@LANGUAGES
def test_an_empty_parquet_file(desk: Desk, language: str) -> None:
    place = parquet(desk, "* FROM t WHERE q1 = 0 --")
    told = refused(desk, language, answers=place)
    assert "[file_empty]" in told and "answers.parquet" in told


@LANGUAGES
def test_a_file_named_as_what_it_is_not(desk: Desk, language: str) -> None:
    book = workbook(desk, after_a_cover).read_bytes()
    assert "[file_encoding]" in refused(desk, language, answers=desk.put(book, "book.csv"))
    page = desk.put("<html><table><tr><td>q1</td></tr></table></html>", "page.xls")
    assert "[file_unreadable]" in refused(desk, language, answers=page)


@LANGUAGES
def test_a_column_of_an_item_as_groups(desk: Desk, language: str) -> None:
    """Whoever answered alike differs in nothing: the item is constant in its own groups."""
    desk.changed({(COLUMN, 0): np.arange(80) % 2})
    told = refused(desk, language, "--group", "q1")
    assert "[item_constant]" in told and "q1" in told


@LANGUAGES
def test_hidden_dates_do_not_pass_as_numbers(desk: Desk, language: str) -> None:
    """A day is stored as a number of days; as an answer it would be 19,000 or so."""
    days = f"date '{date(2024, 1, 1)}' + q1::int as q1, * exclude q1"
    told = refused(desk, language, answers=parquet(desk, days))
    assert "[value_not_number]" in told


@LANGUAGES
def test_constructs_that_share_their_answers(desk: Desk, language: str) -> None:
    """Two constructs of the same columns: HTMT above one, and not a number is lost."""
    desk.changed({(COLUMN, 3): desk.values[:, 0], (COLUMN, 4): desk.values[:, 1]})
    found = cautions(desk, language)
    assert "[discriminant_doubtful]" in found and "[item_duplicated]" in found


def renamed(place: Path, old: bytes, new: bytes) -> Path:
    """Another name of the same length; duckdb itself writes no two that it takes for one."""
    place.write_bytes(place.read_bytes().replace(old, new))
    return place


def test_columns_whose_names_differ_only_in_the_size_of_letters(desk: Desk) -> None:
    """duckdb takes them for one name; a model that asks for q1 must not be given Q1."""
    plain = shown(desk)
    answers = renamed(parquet(desk, "8 - q1 AS zz, *"), b"zz", b"Q1")
    assert shown(desk, answers=answers) == plain


@LANGUAGES
def test_a_column_that_stands_twice_in_parquet(desk: Desk, language: str) -> None:
    answers = renamed(parquet(desk, "8 - q1 AS zz, *"), b"zz", b"q1")
    told = refused(desk, language, answers=answers)
    assert "[header_duplicate]" in told and "q1" in told


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", ["1e-60", "1e60"])
def test_a_unit_of_any_size_gives_the_same_paths(desk: Desk, size: str) -> None:
    more = ("--replicates", 20, "--interval", "bca")
    paths = shown(desk, *more).split("\n\n")[1]
    desk.changed({(COLUMN, k): desk.values[:, k] * float(size) for k in range(7)})
    assert shown(desk, *more).split("\n\n")[1] == paths
    assert desk.run(*more, "--items", "centred") == 0


@pytest.mark.filterwarnings("error")
def test_items_of_very_different_sizes_give_intervals(desk: Desk) -> None:
    """Effects in units of the items are then far from one; their cubes may not be numbers."""
    sizes = np.array([1e-65, 1e-40, 1e-15, 1, 1e20, 1e45, 1e65])
    desk.changed({(COLUMN, k): desk.values[:, k] * size for k, size in enumerate(sizes)})
    assert "BCa" in shown(desk, "--replicates", 20, "--interval", "bca")


@LANGUAGES
@pytest.mark.filterwarnings("error")
def test_numbers_whose_variances_are_beyond_all_numbers(desk: Desk, language: str) -> None:
    desk.changed({(COLUMN, 0): desk.values[:, 0] * 1e90})
    for items in ("standardised", "centred"):
        assert "[value_too_large]" in refused(desk, language, "--items", items)


def with_remarks(desk: Desk, remark: str) -> str:
    """A last column of remarks, that of the fourth row (line 5) as given."""
    rows = [[*desk.columns, "remark"], *([*map(str, row), ""] for row in desk.values)]
    rows[4][-1] = remark
    return "\n".join(",".join(row) for row in rows)


@LANGUAGES
@pytest.mark.parametrize("line", [1, 5])
def test_a_quote_left_open_swallows_no_rows(desk: Desk, language: str, line: int) -> None:
    """In the last column it would make one long remark of all rows that follow."""
    text = with_remarks(desk, '"quick, and good' if line == 5 else "good")
    desk.put(text if line == 5 else f'"{text}', "answers.csv")
    told = refused(desk, language)
    assert "[quote_open]" in told and "answers.csv" in told
    assert (f"第 {line} 行" if language == "zh" else f"line {line}:") in told


def test_remarks_of_several_lines_with_quotes_are_read(desk: Desk) -> None:
    plain = shown(desk)
    desk.put(with_remarks(desk, '"she said ""good"",\nand left"'), "answers.csv")
    assert shown(desk) == plain
    desk.put(with_remarks(desk, '"good"\n\n'), "answers.csv")
    assert shown(desk) == plain


@LANGUAGES
def test_a_row_of_several_lines_is_named_by_its_first(desk: Desk, language: str) -> None:
    desk.put(with_remarks(desk, '"good,\nor not",too much'), "answers.csv")
    told = refused(desk, language)
    assert "[row_length]" in told
    assert ("第 5 行" if language == "zh" else "line 5:") in told


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_first_line_that_tells_the_separator(desk: Desk, separator: str) -> None:
    """As exports for Excel have it; lines are counted with it."""
    plain = shown(desk)
    desk.put(f"sep={separator}\r\n{text(desk, separator)}", "answers.csv")
    assert shown(desk) == plain
    desk.put(f"sep={separator}\n{text(desk, separator)}1{separator}2\n", "answers.csv")
    assert "line 83" in refused(desk, "en")


@pytest.mark.parametrize("mark", ["utf-32-le", "utf-32-be"])
def test_the_widest_encoding_is_known_by_its_mark(desk: Desk, mark: str) -> None:
    plain = shown(desk)
    desk.put(f"\ufeff{text(desk)}".encode(mark), "answers.csv")
    assert shown(desk) == plain
