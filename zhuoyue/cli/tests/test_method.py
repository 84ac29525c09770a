"""`zhuoyue method`: every method lists itself, shows an input, runs it and writes its result."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from zhuoyue.cli import main
from zhuoyue.cli.methods import method, names


@pytest.fixture(params=names())
def example(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A method and a file with its own example."""
    file = tmp_path / "input.yaml"
    file.write_text(method(request.param).example, encoding="utf-8")
    return request.param, file


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_says_what_each_method_does(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "method"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == names()
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in "".join(told))
    assert chinese == (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_of_every_method_runs(
    example: tuple[str, Path], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, file = example
    out = file.with_name("result.json")
    assert main(["--lang", language, "method", name, str(file), "--json", str(out)]) == 0
    told = capsys.readouterr().out
    assert "nan" not in told.lower().split()
    if language == "en":
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in told)
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["method"].replace("_", "-").startswith(name.split("-")[0])
    assert found["engine"]
    assert isinstance(found["n"], int)
    assert "parameters" in found
    assert "cautions" in found


def test_the_example_shown_is_an_input(
    example: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    name, file = example
    assert main(["method", name, "--example"]) == 0
    assert capsys.readouterr().out.strip() == file.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--option", "no-such-option=1"], "option_unknown"),
        (["--option", "=1"], "option_form"),
        (["--json", "no-such-folder/out.json"], "output_folder_missing"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(
    example: tuple[str, Path], more: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, file = example
    assert main(["--lang", "en", "method", name, str(file), *more]) == 2
    told = capsys.readouterr().err
    assert f"[{code}]" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "content", ["", "[1, 2", "columns: [a]\nrows: 3", "rows: [[1]]\ncolumns: []"]
)
def test_a_broken_file_is_refused_by_every_method(
    example: tuple[str, Path], content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, file = example
    file.write_text(content, encoding="utf-8")
    assert main(["--lang", "en", "method", name, str(file)]) == 2
    assert "Error [" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["no-such"], ["ahp"], ["ahp", "/no/such/file.yaml"], ["ahp", "/tmp"]]
)
def test_what_cannot_be_run_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", "method", *arguments]) == 2
    assert "Error [" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("cusum", "target: 10", "target: 1.0e+308", "option_invalid"),
        ("icc", "[a, 9", "[a, .inf", "value_infinite"),
        ("icc", "[a, 9", "[a, 1.0e+200", "value_too_large"),
        ("control-chart", "rules: western_electric", "rules: {a: 1}", "chart_rule"),
        ("ahp", "1/2, 3]", "1.0e+80, 3]", "ahp_not_positive"),
    ],
)
def test_numbers_too_large_to_compute_with_are_refused(
    name: str, old: str, new: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = method(name).example
    assert old in example
    file = tmp_path / "input.yaml"
    file.write_text(example.replace(old, new), encoding="utf-8")
    assert main(["--lang", "en", "method", name, str(file)]) == 2
    assert f"[{code}]" in capsys.readouterr().err


def numbers_in(part: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the numbers of an input stand."""
    if isinstance(part, dict | list):
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        for key, each in pairs:
            yield from numbers_in(each, (*way, key))
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield way


def test_no_number_of_an_example_breaks_its_method(
    example: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A dozen of them, each made huge, nil, negative or empty: a result without NaN, or a code."""
    name, file = example
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    ways = list(numbers_in(whole))
    odd = (9e99, None, 0, -9e99, 1e12)
    for k, way in enumerate(ways[:: max(1, len(ways) // 12)]):
        for value in (odd[k % 5], odd[(k + 2) % 5]):
            broken = part = deepcopy(whole)
            for key in way[:-1]:
                part = part[key]
            part[way[-1]] = value
            file.write_text(yaml.safe_dump(broken), encoding="utf-8")
            out = str(file.with_name("result.json"))
            status = main(["--lang", "en", "method", name, str(file), "--json", out])
            told = capsys.readouterr()
            where = f"{way} = {value}"
            assert status == 0 or (status == 2 and "Error [" in told.err), where
            assert not re.search(r"(?<![\w.])-?(nan|inf)(?!\w)", told.out), where


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_blank_line_among_answers_of_one_column_is_an_answer_left_out(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A spreadsheet of one column is saved so; blank lines at the end are none."""
    answers = ["9", "10", "", "6", "", "8"]
    file = tmp_path / f"answers.{kind}"
    if kind == "csv":
        file.write_text("\n".join(["recommend", *answers, "", "\n"]), encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            sheet.write_column(0, 0, ["recommend", *(int(x) if x else None for x in answers)])
    assert main(["--lang", "en", "method", "nps", str(file)]) == 0
    assert "[survey_unanswered] 2 of 6 rows" in capsys.readouterr().out


def test_no_name_steers_the_terminal(
    example: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each text of an example, one after the other, with an escape in it."""
    name, file = example
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = whole.get("rows", [])
    for row in rows[:3]:
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                row[place] = f"{cell}\x1b[31m"
                file.write_text(yaml.safe_dump(whole), encoding="utf-8")
                main(["--lang", "en", "method", name, str(file)])
                told = capsys.readouterr()
                assert "\x1b" not in told.out + told.err
                row[place] = cell


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("name", "old", "new", "status"),
    [
        ("qfd", "[quick report, 5, 3, 4", "[quick report, 5, 1.0e-320, 4", 2),
        ("rank-sensitivity", "gain: 0.4", "gain: 1.0e-320", 0),
    ],
)
def test_numbers_next_to_nil_warn_nobody(
    name: str, old: str, new: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = method(name).example
    assert old in example
    file = tmp_path / "input.yaml"
    file.write_text(example.replace(old, new), encoding="utf-8")
    assert main(["--lang", "en", "method", name, str(file)]) == status
    told = capsys.readouterr()
    assert "inf" not in told.out.split()
    assert not status or "[qfd_need] Need quick report" in told.err.replace("]:", "]")
