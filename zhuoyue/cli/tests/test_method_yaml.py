"""YAML that people write for a method: read as meant, or refused in one sentence."""

import json
import re
from pathlib import Path

import pytest

from zhuoyue.analysis.method_input import parse_method_input
from zhuoyue.cli import main

SETS = """combination: additive
columns: [criterion, ahp, entropy]
rows:
  - [speed, 0.32, 0.25]
  - [quality, 0.56, 0.30]
  - [price, 0.12, 0.45]
"""
TEN = ", ".join(["{}"] * 10)
BOMB = "".join(f"  - &b{k} [{TEN.format(*[f'*b{k - 1}'] * 10)}]\n" for k in range(1, 9))
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])

# text, code, what the sentence must name
CASES: dict[str, tuple[str, str, str]] = {
    "a list without end": ("combination: " + "[" * 3000, "file_unreadable", "YAML"),
    "maps within maps": (
        "combination: " + "{a: " * 3000 + "1" + "}" * 3000,
        "file_unreadable",
        "YAML",
    ),
    "aliases of aliases": (
        f"{SETS}shares:\n  - &b0 [{TEN.format(*'xxxxxxxxxx')}]\n{BOMB}",
        "file_unreadable",
        "YAML",
    ),
    "an alias within itself": (f"{SETS}shares: &a {{ahp: *a}}\n", "file_unreadable", "YAML"),
    "a tag that is no integer": (f"{SETS}shares: !!int abc\n", "file_unreadable", "abc"),
    "a tag that is no truth": (f"{SETS}shares: !!bool abc\n", "file_unreadable", "abc"),
    "a tag that is no time": (f"{SETS}shares: !!timestamp abc\n", "file_unreadable", "YAML"),
    "code to be run": (f"{SETS}shares: !!python/name:os.system\n", "file_unreadable", "python"),
    "an option twice": (f"{SETS}combination: geometric\n", "text_key_twice", "combination"),
    "a table twice": (SETS + SETS.split("\n", 1)[1], "text_key_twice", "columns"),
    "a day that is none": (f"{SETS}shares: 2024-13-45\n", "option_invalid", "2024-13-45"),
    "a share beyond all numbers": (
        f"{SETS}shares: {{ahp: {'1' * 400}}}\n",
        "option_invalid",
        "1111",
    ),
    "five thousand digits": (SETS.replace("0.32", "1" * 5000), "value_infinite", "ahp"),
    "a time for a number": (SETS.replace("0.32", "1:30"), "value_not_number", "1:30"),
    "a thousand with a line": (SETS.replace("0.32", "1_000"), "value_not_number", "1_000"),
    "a hexadecimal number": (SETS.replace("0.32", "0x10"), "value_not_number", "0x10"),
    "a name of many letters": (f"{SETS}{'y' * 1000}: 1\n", "option_unknown", "yyy"),
}


@LANGUAGES
@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_meant_is_refused(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code, culprit = CASES[name]
    file = tmp_path / "sets.yaml"
    file.write_text(text, encoding="utf-8")
    out = tmp_path / "result.json"
    given = ["--lang", language, "method", "combined", str(file), "--json", str(out)]
    assert main(given) == 2
    shown, told = capsys.readouterr()
    assert shown == ""
    assert f"[{code}]" in told and culprit in told
    assert told.count("\n") == 1 and len(told) < 700
    assert bool(re.search("[\u4e00-\u9fff]", told)) == (language == "zh")
    assert not out.exists()


@LANGUAGES
@pytest.mark.parametrize("value", ["2024-13-45", "[" * 3000, "&a [*a]", "!!int abc", "1" * 5000])
def test_options_of_the_command_line_are_refused_alike(
    value: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sets.yaml"
    file.write_text(SETS, encoding="utf-8")
    given = ["--lang", language, "method", "combined", str(file), "--option"]
    assert main([*given, f"shares={value}"]) == 2
    told = capsys.readouterr().err
    assert re.search(r"\[option_(form|invalid)\]", told)
    assert told.count("\n") == 1 and len(told) < 700


def test_numbers_are_those_that_people_read(tmp_path: Path) -> None:
    text = "a: 010\nb: 1e5\nc: 1.5E-3\nd: -7\ne: .5\nf: 0\ng: 2024-01-05\nh: 5.\ni: +3\nj: 1:30\n"
    expected = ["010", 1e5, 1.5e-3, -7, 0.5, 0, "2024-01-05", 5.0, 3, "1:30"]
    found = parse_method_input(text, "numbers.yaml").options
    assert list(found.values()) == expected
    assert [type(each) for each in found.values()] == [type(each) for each in expected]


@pytest.mark.parametrize("cell", ["0.32", "00.32", "3.2e-1", "'0.32'", ".32"])
def test_a_number_may_be_written_in_several_ways(cell: str, tmp_path: Path) -> None:
    file, out = tmp_path / "sets.yaml", tmp_path / "result.json"
    file.write_text(SETS.replace("0.32", cell), encoding="utf-8")
    assert main(["method", "combined", str(file), "--json", str(out)]) == 0
    weights = json.loads(out.read_text(encoding="utf-8"))["weights"]
    assert weights["speed"] == pytest.approx(0.285)
