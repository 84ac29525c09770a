"""What is told stays one sentence, and an output that takes nothing more gives no traceback."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from zhuoyue.cli import main
from zhuoyue.cli.methods import method
from zhuoyue.cli.tests.conftest import MODEL, Desk
from zhuoyue.cli.tests.test_analyse_bad_input import LANGUAGES, refused

FULL = Path("/dev/full")


@LANGUAGES
@pytest.mark.parametrize("more", [(), ("--group", "side")])
def test_of_five_thousand_columns_some_are_named(
    desk: Desk, language: str, more: tuple[str, ...]
) -> None:
    names = ["x1" if more else "xx", *desk.columns[1:], *(f"column{k}" for k in range(5000))]
    model = MODEL.replace("q1", "x1")
    desk.put(model, "model.txt")
    rows = [",".join([*map(str, row), *["1"] * 5000]) for row in desk.values[:9]]
    desk.put("\n".join([",".join(names), *rows]), "answers.csv")
    told = refused(desk, language, *more)
    assert "[group_unknown]" in told if more else "[item_unknown]" in told
    assert "q2, q3" in told
    assert len(told) < 700


@LANGUAGES
def test_a_header_of_a_whole_novel(desk: Desk, language: str) -> None:
    desk.put("n" * 100_000 + ",q2\n1,2\n", "answers.csv")
    assert len(refused(desk, language)) < 700


@LANGUAGES
@pytest.mark.parametrize("which", ["answers", "model"])
def test_a_name_too_long_for_a_file(desk: Desk, language: str, which: str) -> None:
    told = refused(desk, language, **{which: desk.folder / ("long" * 100)})
    assert "[file_not_opened]" in told and "longlong" in told


@LANGUAGES
@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--permutations", 10**9), "setting_too_large"),
        (("--seed", -1), "setting_too_small"),
    ],
)
def test_settings_of_a_comparison_are_looked_at_first(
    desk: Desk, language: str, more: tuple[object, ...], code: str
) -> None:
    """They would leave out every comparison and end well."""
    desk.put(sided(desk, ("a", "b")), "answers.csv")
    assert f"[{code}]" in refused(desk, language, "--group", "side", *more)


@LANGUAGES
def test_an_empty_name_groups_nothing(desk: Desk, language: str) -> None:
    """As a shell writes a variable that was never set."""
    assert "[group_unknown]" in refused(desk, language, "--group", "")


@pytest.mark.parametrize("gap", ["", "NA", "N/A", "null", "NULL", "NaN"])
def test_who_names_no_group_is_in_none(desk: Desk, gap: str) -> None:
    """What means no answer to an item means no group either."""
    desk.put(sided(desk, ("a", "b", gap)), "answers.csv")
    assert desk.run("--lang", "en", "--group", "side", "--permutations", 0) == 0
    assert "26 rows name no group" in desk.told()[0]


def sided(desk: Desk, sides: Sequence[str]) -> str:
    rows = [["side", *desk.columns]]
    rows += [[sides[k % len(sides)], *map(str, row)] for k, row in enumerate(desk.values)]
    return "\n".join(",".join(row) for row in rows)


@pytest.fixture
def commands(desk: Desk) -> list[list[str]]:
    """Everything that prints: a list, an example, a method and an analysis."""
    kano = desk.put(method("kano").example, "kano.yaml")
    return [
        ["method"],
        ["method", "kano", "--example"],
        ["method", "kano", str(kano)],
        ["analyse", str(desk.answers), "--model", str(desk.model)],
    ]


def ended(arguments: list[str], output: int) -> tuple[int, str]:
    found = subprocess.run(
        [sys.executable, "-m", "zhuoyue.cli", "--lang", "en", *arguments],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return found.returncode, found.stderr


def test_a_reader_that_has_seen_enough_is_no_error(commands: list[list[str]]) -> None:
    for arguments in commands:
        reading, writing = os.pipe()
        os.close(reading)
        assert ended(arguments, writing) == (0, ""), arguments
        os.close(writing)


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_an_output_on_a_full_disk_is_told_in_one_sentence(commands: list[list[str]]) -> None:
    for arguments in commands:
        with FULL.open("w") as full:
            status, told = ended(arguments, full.fileno())
        assert status == 2, arguments
        assert told.startswith("Error [output_unwritable]: stdout"), arguments
        assert told.count("\n") == 1, arguments


def test_a_method_that_was_stopped_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    kano = desk.put(method("kano").example, "kano.yaml")
    monkeypatch.setattr("zhuoyue.cli.method_command.read_input", stopped)
    assert main(["--lang", "en", "method", "kano", str(kano)]) == 130
    assert desk.told() == ("", "Stopped; no file was written.\n")
