"""`zhuoyue method sentiment` and `themes` on files as people have them."""

import json
from pathlib import Path

import pytest

from zhuoyue.analysis.tests.made_verbatims import opinions, subjects
from zhuoyue.cli import main


def table(folder: Path, head: str, rows: list[str]) -> Path:
    file = folder / "voices.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    return file


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    texts, labels = opinions(40, seed=1)
    numbers = ["1.0" if label == "good" else "0.0" for label in labels]  # as spreadsheets say it
    rows = [f'"{t}",{n}' for t, n in zip(texts, numbers, strict=True)]
    return table(tmp_path, "原话,判断", [*rows, '"=1+1 \x1b[31m rude staff",'])


def test_columns_are_named_by_options_and_labels_are_whole_numbers(
    labelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = labelled.with_name("out.json")
    options = ["--option", "text=原话", "--option", "label=判断", "--option", "held_out=0.5"]
    assert main(["--lang", "zh", "method", "sentiment", str(labelled), *options]) == 0
    told = capsys.readouterr().out
    assert "Kappa" in told
    assert "\x1b" not in told
    options += ["--json", str(out)]
    assert main(["method", "sentiment", str(labelled), *options]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["labels"] == ["0", "1"]
    assert found["agreement"]["n"] == 20
    assert found["readings"][40]["given"] is None
    assert found["readings"][40]["label"] == "0"
    assert found["seed"] == 1


def test_without_labels_themes_are_proposed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path, "text,label", [f'"{text}",' for text in subjects(60, seed=2)[0]])
    assert main(["--lang", "en", "method", "themes", str(file), "--option", "themes=3"]) == 0
    told = capsys.readouterr().out
    assert "Proposed themes" in told
    assert "[words_proposed]" in told


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("sentiment", [], "words_column"),
        ("themes", [], "words_column"),
        ("sentiment", ["text=原话"], "words_label_column"),
        ("sentiment", ["text=nothing"], "item_unknown"),
        ("sentiment", ["text=原话", "label=判断", "folds=1"], "option_invalid"),
        ("sentiment", ["text=原话", "label=判断", "segmenter=x"], "option_invalid"),
        ("themes", ["text=判断"], "words_texts_few"),
        ("themes", ["text=原话", "label=nothing"], "item_unknown"),
        ("themes", ["text=原话", "themes=1"], "option_invalid"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    labelled: Path, name: str, options: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [part for option in options for part in ("--option", option)]
    assert main(["--lang", "en", "method", name, str(labelled), *given]) == 2
    told = capsys.readouterr().err
    assert f"[{code}]" in told
    assert "Traceback" not in told
