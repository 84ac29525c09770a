"""The method pages say what the library does: their models parse, their names exist."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import zhuoyue.analysis
from zhuoyue.analysis import (
    Answers,
    HigherOrderMethod,
    InteractionMethod,
    Interval,
    Items,
    Missing,
    Model,
    Scheme,
    Settings,
    bootstrap,
    parse_model,
)

PAGES = Path(__file__).resolve().parents[3] / "docs" / "methods"


def blocks(language: str) -> list[str]:
    text = (PAGES / "effect-chain.md").read_text(encoding="utf-8")
    return [
        body for tag, body in re.findall(r"```(\w*)\n(.*?)```", text, re.DOTALL) if tag == language
    ]


def test_the_models_on_the_page_are_one_model() -> None:
    (formulas,) = blocks("")
    model = parse_model(formulas)
    assert model.items == ("q1", "q2", "q3", "v1", "v2", "l1", "l2")
    assert model.construct("Value").formative
    pytest.importorskip("yaml", reason="YAML models need the optional package PyYAML")
    (yaml,) = blocks("yaml")
    assert parse_model(yaml).constructs == model.constructs
    assert set(parse_model(yaml).paths) == set(model.paths)


def test_the_notebook_lines_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = zhuoyue.analysis.simulate(
        parse_model(blocks("")[0]),
        {("Quality", "Value"): 0.5, ("Quality", "Loyalty"): 0.3, ("Value", "Loyalty"): 0.4},
        dict.fromkeys(["q1", "q2", "q3", "v1", "v2", "l1", "l2"], 0.8),
        n=80,
        seed=1,
        scale=zhuoyue.analysis.Scale(1, 10),
    )
    lines = [",".join(made.answers.names)]
    lines += [",".join(str(int(x)) for x in row) for row in made.answers.values]
    (tmp_path / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in blocks("python"):
        exec(cell, names)
    assert names["found"].estimate.n == 80
    assert names["found"].replicates == 5000
    assert names["sure"].draws["paths"].shape == (1000 - names["sure"].failed_count, 3)
    assert names["moderated"].interactions and names["layered"].higher_order


def test_every_setting_and_every_number_of_a_result_stands_on_the_page() -> None:
    text = (PAGES / "effect-chain.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", text))
    choices = [*Scheme, *Items, *Missing, *Interval, *HigherOrderMethod, *InteractionMethod]
    assert {each.value for each in choices} - named == set()
    assert {each.name for each in fields(Settings)} - named == set()
    record = set(bootstrap(*small_survey(), replicates=20).to_dict())
    assert record - named == set()


def small_survey() -> tuple[Model, Answers]:
    model = parse_model(blocks("")[0])
    values = np.random.default_rng(1).integers(1, 8, (40, len(model.items)))
    return model, Answers(model.items, values.astype(np.float64))


def test_every_method_name_stands_on_a_page() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES.glob("*.md"))
    folder = Path(zhuoyue.analysis.__file__).parent
    source = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in ("intervals", "difference", "quality", "comparison", "forecast")
    )
    methods = set(re.findall(r'method: str = "(\w+)"', source))
    methods |= set(re.findall(r'(?:Measured|_difference)\(\s*"(\w+)"', source))
    assert len(methods) > 8
    assert {method for method in methods if f"`{method}`" not in pages} == set()
