"""`zhuoyue method official-scoring` with centres as CSV and the table of items beside it."""

from pathlib import Path

import pytest

from zhuoyue.cli import main

TABLE = """
items:
  staff: {kind: linear, weight: 50, basic: 150, full: 300}
  patents: {kind: tiered, weight: 50, steps: [[1, 20], [5, 50]]}
floors: {staff: 150}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    centres, table = tmp_path / "centres.csv", tmp_path / "table.yaml"
    centres.write_text("centre,staff,patents\nNorth,300,4\nSouth,149,9\n", encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    return centres, table


def test_centres_in_csv_are_scored_by_a_table_of_its_own(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    centres, table = files
    given = ["--lang", "en", "method", "official-scoring", str(centres)]
    assert main([*given, "--option", f"scheme={table}"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "North 70.0000 good 0.0000" in lines
    assert "South 50.0000 unqualified staff 0.0000" in lines
    # rule, value, coefficient, value used, threshold reached, the next one, points
    assert "patents tiered 4.0000 1.0000 4.0000 1.0000 5.0000 20.0000" in lines


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("items: 3", [], "scoring_scheme"),
        ("[1, 2", [], "file_unreadable"),
        (None, [], "file_missing"),
        (TABLE, ["--option", "bonus_cap=3"], "option_invalid"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    files: tuple[Path, Path],
    text: str | None,
    more: list[str],
    code: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    centres, table = files
    if text is None:
        table.unlink()
    else:
        table.write_text(text, encoding="utf-8")
    given = ["--lang", "en", "method", "official-scoring", str(centres)]
    assert main([*given, "--option", f"scheme={table}", *more]) == 2
    assert f"[{code}]" in capsys.readouterr().err
