"""Whatever is wrong with what `zhuoyue analyse` is given, one sentence names it and the remedy."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from zhuoyue.cli import main
from zhuoyue.cli.analyse_words import WORDS
from zhuoyue.cli.tests.conftest import MODEL, Desk

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
COLUMN = slice(None)
CHINESE = re.compile("[\u4e00-\u9fff]")

Change = Callable[[Desk], object]


def refused(desk: Desk, language: str, *more: object, **files: Path) -> str:
    """What was told with exit status 2; nothing was shown and nothing written."""
    out = desk.folder / "result.json"
    if "--json" not in more:
        more = ("--json", out, *more)
    assert desk.run("--lang", language, *more, **files) == 2
    shown, told = desk.told()
    assert shown == ""
    assert "Traceback" not in told
    assert told.count("\n") == 1
    assert bool(CHINESE.search(told)) == (language == "zh")
    assert not out.exists()
    assert not [p for p in desk.folder.iterdir() if p.suffix == ".part"]
    return told


def folder_instead(desk: Desk) -> None:
    desk.answers.unlink()
    desk.answers.mkdir()


ANSWERS: dict[str, tuple[Change, list[str]]] = {
    "item_constant": (lambda d: d.changed({(COLUMN, 0): 4}), ["q1", "4"]),
    "value_not_number": (lambda d: d.changed({(3, 2): "often"}), ["answers.csv", "4", "q3", "of"]),
    "value_infinite": (lambda d: d.changed({(3, 2): "inf"}), ["4", "q3"]),
    "value_too_large": (lambda d: d.changed({(3, 2): "1e200"}), ["4", "q3", "1e+200"]),
    "value_out_of_scale": (lambda d: d.changed({(3, 2): 99}), ["4", "q3", "99"]),
    "item_all_missing": (lambda d: d.changed({(COLUMN, 3): ""}), ["v1"]),
    "rows_too_few": (lambda d: d.write(d.values[:3]), ["3", "4"]),
    "file_empty": (lambda d: d.put("", "answers.csv"), ["answers.csv"]),
    "file_encoding": (lambda d: d.put(b"q1,q2\n\xff\xfa,\x81\n", "answers.csv"), ["answers.csv"]),
    "file_unreadable": (lambda d: d.put('q1\n"' + "x" * 200_000, "answers.csv"), ["answers.csv"]),
    "row_length": (lambda d: d.put("q1,q2\n1\n", "answers.csv"), ["answers.csv", "2"]),
    "header_duplicate": (lambda d: d.put("q1,q1\n1,2\n", "answers.csv"), ["answers.csv", "q1"]),
    "header_empty": (lambda d: d.put("q1,\n1,2\n", "answers.csv"), ["answers.csv", "2"]),
    "item_unknown": (lambda d: d.put("q1,q2\n1,2\n", "answers.csv"), ["q3", "q1, q2"]),
    "file_missing": (lambda d: d.answers.unlink(), ["answers.csv"]),
    "file_is_folder": (folder_instead, ["answers.csv"]),
}  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("code", ANSWERS)
def test_bad_answers(desk: Desk, language: str, code: str) -> None:
    make, culprits = ANSWERS[code]
    make(desk)
    told = refused(desk, language, "--scale", 1, 7)
    assert f"[{code}]" in told
    assert all(culprit in told for culprit in culprits)


MODELS: dict[str, tuple[str | bytes, str, list[str]]] = {
    "an unknown item": (MODEL.replace("q3", "q9"), "item_unknown", ["q9"]),
    "an empty construct": (MODEL.replace("v1 + v2", ""), "construct_empty", ["line 2", "Value"]),
    "an empty construct in YAML": (
        "constructs:\n  A: [q1]\n  B: []\npaths: [[A, B]]",
        "construct_empty",
        ["line 3", "B"],
    ),
    "a cycle": (MODEL + "Quality ~ Loyalty", "path_cycle", ["line 6", "Quality -> Value"]),
    "a tab": ("constructs:\n\tA: [q1]\n", "text_tab", ["line 2"]),
    "an open bracket": ("constructs: {A: [q1\npaths: []", "text_yaml", ["line 2", "paths"]),
    "a flow without end": ("constructs: " + "[" * 3000, "text_yaml", ["line 1"]),
    "no model at all": ("# to be written\n", "text_empty", ["line 1"]),
    "a table": ("q1,q2\n1,2\n", "text_syntax", ["line 1", "q1,q2"]),
    "junk": (b"\x00\xff\xfe\x81", "file_encoding", ["model.txt"]),
    "a covariance": (MODEL + "q1 ~~ q2", "text_covariance", ["line 6", "q1 ~~ q2"]),
}


@LANGUAGES
@pytest.mark.parametrize("name", MODELS)
def test_bad_models(desk: Desk, language: str, name: str) -> None:
    text, code, culprits = MODELS[name]
    desk.put(text, "model.txt")
    told = refused(desk, language)
    assert f"[{code}]" in told
    for culprit in culprits:
        place = re.sub(r"^line (\d+)$", r"第 \1 行" if language == "zh" else r"line \1", culprit)
        assert place in told


@LANGUAGES
@pytest.mark.parametrize("ending", ["xlsx", "xls", "xlsb", "ods", "parquet"])
@pytest.mark.parametrize(
    "content", [b"", b"\x8a\x11 no such file \x00" * 40, b"PK\x03\x04 no", b"PAR1 no PAR1"]
)
def test_junk_with_the_name_of_a_table(
    desk: Desk, language: str, ending: str, content: bytes
) -> None:
    junk = desk.put(content, f"junk.{ending}")
    told = refused(desk, language, answers=junk)
    assert "[file_unreadable]" in told
    assert f"junk.{ending}" in told


@LANGUAGES
def test_names_that_would_steer_the_terminal(desk: Desk, language: str) -> None:
    desk.put('"q1\x1b[31m","q2\nq3"\n1,2\n', "answers.csv")
    told = refused(desk, language)
    assert "[item_unknown]" in told
    assert "\x1b" not in told
    assert "q2 q3" in told


@LANGUAGES
def test_a_file_of_a_kind_that_is_no_table(desk: Desk, language: str) -> None:
    told = refused(desk, language, answers=desk.put("x", "answers.sav"))
    assert "[file_kind_unknown]" in told
    assert ".xlsx" in told


@LANGUAGES
def test_a_model_that_is_not_there_or_a_folder(desk: Desk, language: str) -> None:
    assert "[file_missing]" in refused(desk, language, model=desk.folder / "none.txt")
    assert "[file_is_folder]" in refused(desk, language, model=desk.folder)


@LANGUAGES
def test_a_file_that_may_not_be_opened(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    told = refused(desk, language)
    assert "[file_not_opened]" in told
    assert "model.txt" in told


@LANGUAGES
def test_dependent_items_of_a_formative_construct(desk: Desk, language: str) -> None:
    desk.put(MODEL.replace("Quality =~", "Quality <~"), "model.txt")
    assert desk.run("--lang", language) == 0
    desk.told()
    desk.changed({(COLUMN, 2): desk.values[:, 0] + desk.values[:, 1]})
    told = refused(desk, language)
    assert "[block_singular]" in told
    assert "q1, q2, q3" in told


@LANGUAGES
def test_dependent_predictors(desk: Desk, language: str) -> None:
    desk.put("A =~ q1\nB =~ q2\nC =~ l1\nC ~ A + B", "model.txt")
    desk.changed({(COLUMN, 1): 8 - desk.values[:, 0]})
    told = refused(desk, language)
    assert "[predictors_singular]" in told
    assert "A, B" in told


@LANGUAGES
@pytest.mark.parametrize(
    ("more", "code", "culprit"),
    [
        (("--replicates", 1), "replicates_invalid", "1"),
        (("--replicates", -5), "replicates_invalid", "-5"),
        (("--seed", -1, "--replicates", 9), "setting_too_small", "seed"),
        (("--scale", 7, 1), "scale_invalid", "7"),
        (("--permutations", 100), "permutations_without_group", "--group"),
        (("--group", "q1", "--permutations", 1), "permutations_invalid", "1"),
        (("--group", "q1", "--permutations", -5), "permutations_invalid", "-5"),
        (("--scale", 1, "nan"), "scale_invalid", "nan"),
    ],
)
def test_settings_that_make_no_sense(
    desk: Desk, language: str, more: tuple[object, ...], code: str, culprit: str
) -> None:
    told = refused(desk, language, *more)
    assert f"[{code}]" in told
    assert culprit in told


@LANGUAGES
@pytest.mark.parametrize(
    ("first", "second", "column", "code", "culprits"),
    [
        ("a", "b", "town", "group_unknown", ["town", "side, q1"]),
        ("a", "a", "side", "groups_too_few", ["side", "a"]),
        ("a", "", "side", "groups_too_few", ["side", "a"]),
        ("a", "b", "side", "rows_too_few", ["b", "1", "4"]),
        ("a", "{row}", "side", "groups_too_many", ["side", "80", "20"]),
    ],
)
def test_groups_that_are_none(
    desk: Desk, language: str, first: str, second: str, column: str, code: str, culprits: list[str]
) -> None:
    rows = [["side", *desk.columns]]
    for number, row in enumerate(desk.values):
        every = "{" in second and number > 0
        side = second.format(row=number) if number == 79 or every else first
        rows.append([side, *row])
    desk.put("\n".join(",".join(map(str, row)) for row in rows), "answers.csv")
    told = refused(desk, language, "--group", column)
    assert f"[{code}]" in told
    assert all(culprit in told for culprit in culprits)


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        (("--scheme", "star"), "--scheme 不能是 'star'", "invalid choice: 'star'"),
        (("--scale", 1), "--scale 后须有 2 个值", "expected 2 arguments"),
        (("--scale", 1, "x"), "--scale 的值 'x' 不是数字", "invalid float value: 'x'"),
        (("--seed", "x"), "--seed 的值 'x' 不是整数", "invalid int value: 'x'"),
        (("--missing-code",), "--missing-code 后至少须有一个值", "at least one argument"),
        (("--colour", "x"), "无法识别的参数", "unrecognized arguments: --colour"),
    ],
)
def test_arguments_that_are_none(desk: Desk, more: tuple[object, ...], zh: str, en: str) -> None:
    for language, words in (("zh", zh), ("en", en)):
        with pytest.raises(SystemExit) as ended:
            desk.run("--lang", language, *more)
        assert ended.value.code == 2
        assert words in desk.told()[1]
    with pytest.raises(SystemExit):
        main(["--lang", "zh", "analyse", str(desk.answers)])
    assert "缺少参数：--model" in desk.told()[1]


OUTPUTS: dict[str, tuple[str, str]] = {
    "output_is_folder": ("--json", ""),
    "output_folder_missing": ("--json", "none/result.json"),
    "output_is_input": ("--json", "answers.csv"),
    "output_unwritable": ("--json", "r" * 300 + ".json"),
    "report_kind_unknown": ("--report", "report.odt"),
}


@LANGUAGES
@pytest.mark.parametrize("code", OUTPUTS)
def test_outputs_that_cannot_be_written(desk: Desk, language: str, code: str) -> None:
    before = desk.answers.read_bytes()
    option, name = OUTPUTS[code]
    told = refused(desk, language, option, desk.folder / name)
    assert f"[{code}]" in told
    assert name[:20].split("/")[0] in told
    assert desk.answers.read_bytes() == before


@LANGUAGES
def test_two_outputs_of_one_name(desk: Desk, language: str) -> None:
    out = desk.folder / "r.pdf"
    assert "[outputs_same]" in refused(desk, language, "--json", out, "--report", out)


@LANGUAGES
def test_a_disk_that_fills_up_leaves_what_was_there(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = desk.put("what was there", "kept.json")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    told = refused(desk, language, "--json", out)
    assert "[output_unwritable]" in told
    assert "kept.json" in told
    assert out.read_text() == "what was there"
    assert len(os.listdir(desk.folder)) == 3


@LANGUAGES
def test_a_report_without_the_built_charts(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoyue.kit.charts.BUNDLE", desk.folder / "none.js")
    assert "[charts_missing]" in refused(desk, language, "--report", desk.folder / "r.pdf")


@LANGUAGES
def test_memory_that_does_not_suffice(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*given: object, **more: object) -> None:
        raise MemoryError

    monkeypatch.setattr("zhuoyue.analysis.estimate", exhausted)
    assert "[memory_short]" in refused(desk, language)


def cautions(desk: Desk, language: str, *more: object) -> str:
    assert desk.run("--lang", language, *more) == 0
    shown, told = desk.told()
    assert told == ""
    part = shown[shown.index("提示" if language == "zh" else "Cautions") :]
    return part


@LANGUAGES
def test_duplicated_items_are_cautioned(desk: Desk, language: str) -> None:
    desk.changed({(COLUMN, 1): desk.values[:, 0]})
    found = cautions(desk, language)
    assert re.search(r"\[item_duplicated\].*q1.*q2", found)


@LANGUAGES
def test_fewer_answers_than_items_are_cautioned(desk: Desk, language: str) -> None:
    desk.write(desk.values[:6])
    found = cautions(desk, language)
    assert re.search(r"\[rows_fewer_than_items\].*6.*7", found)
    assert "[sample_small]" in found


@LANGUAGES
def test_replicates_without_variance_are_counted(desk: Desk, language: str) -> None:
    """One answer differs: about a third of all resamples miss it."""
    desk.changed({(COLUMN, 0): 4, (5, 0): 5})
    found = cautions(desk, language, "--replicates", 200)
    counted = re.search(r"\[replicates_failed\] (?:200 次自助抽样中有 )?(\d+)", found)
    assert counted is not None
    assert 40 < int(counted[1]) < 110


@LANGUAGES
def test_weights_that_do_not_settle_are_cautioned(desk: Desk, language: str) -> None:
    """Answers without any relation: the signs of the neighbours turn to and fro."""
    noise = np.random.default_rng(98).integers(1, 6, (5, 9))
    columns = ("q1", "q2", "q3", "v1", "v2", "v3", "l1", "l2", "l3")
    lines = [",".join(columns), *(",".join(map(str, row)) for row in noise)]
    desk.put("\n".join(lines), "answers.csv")
    desk.put(MODEL.replace("v2", "v2 + v3").replace("l2", "l2 + l3"), "model.txt")
    assert "[not_converged]" in cautions(desk, language, "--scheme", "centroid")


def test_every_sentence_has_both_languages_and_the_same_blanks() -> None:
    blanks = re.compile(r"{(\w+)")
    for key, (chinese, english) in WORDS.items():
        assert set(blanks.findall(chinese)) == set(blanks.findall(english)), key
        assert not CHINESE.search(english), key
