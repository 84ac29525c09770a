"""Every page is enough by itself: its examples run as they stand, and the index leads to it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from zhuoyue.analysis import ERROR_TEXTS, Answers, Model, Scale, parse_model, simulate
from zhuoyue.cli.methods import names

PAGES = Path(__file__).resolve().parents[3] / "docs" / "methods"
INDEX = (PAGES / "README.md").read_text(encoding="utf-8")
CELL = re.compile(r"```python\n(.*?)```", re.DOTALL)
ELSEWHERE = {"README.md", "effect-chain.md"}  # the latter has a test of its own
GO_ON = {"reading.md", "many-answers.md"}  # with the model and answers of effect-chain.md


def survey() -> tuple[Model, Answers]:
    model = parse_model(
        "Quality =~ q1 + q2 + q3\nValue <~ v1 + v2\nLoyalty =~ l1 + l2\n"
        "Value ~ Quality\nLoyalty ~ Quality + Value"
    )
    effects = {("Quality", "Value"): 0.5, ("Quality", "Loyalty"): 0.3, ("Value", "Loyalty"): 0.4}
    return model, simulate(model, effects, 0.8, n=80, seed=1, scale=Scale(1, 10)).answers


@pytest.mark.parametrize("name", sorted({each.name for each in PAGES.glob("*.md")} - ELSEWHERE))
def test_the_examples_of_a_page_run_as_they_stand(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    if name in GO_ON:
        known["model"], known["answers"] = survey()
    if name == "many-answers.md":
        duckdb = pytest.importorskip("duckdb", reason="Parquet needs duckdb")
        answers = known["answers"]
        columns = dict(zip(answers.names, answers.values.T.tolist(), strict=True))
        rows = ", ".join(str((*row, 1.0)) for row in zip(*columns.values(), strict=True))
        named = ", ".join((*columns, "weight"))
        duckdb.sql(f"SELECT * FROM (VALUES {rows}) t({named})").write_parquet("answers.parquet")
    cells = CELL.findall((PAGES / name).read_text(encoding="utf-8"))
    assert cells or name == "official-scoring.md"
    for cell in cells:
        exec(cell, known)


def test_the_index_names_every_method_and_leads_to_every_page() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", INDEX, re.MULTILINE)
    assert sorted(listed) == names()
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", INDEX))
    assert linked == {each.name for each in PAGES.glob("*.md")} - {"README.md"}


def test_every_function_of_the_index_can_be_imported() -> None:
    for part in INDEX.split("\n## ")[1:]:
        folder = re.search(r"`(zhuoyue\.analysis[.\w]*)`", part)
        for place, name in re.findall(r"`(\w+)\.(\w+)`", part if folder else ""):
            assert folder is not None
            assert callable(getattr(import_module(f"{folder[1]}.{place}"), name))
    for name in re.findall(r"`(\w+)`", INDEX.split("\n## ")[1].split("|", 3)[-1]):
        assert hasattr(import_module("zhuoyue.analysis"), name), name


@pytest.mark.parametrize("name", sorted({each.name for each in PAGES.glob("*.md")} - {"README.md"}))
def test_every_page_says_when_not_to_use_its_method(name: str) -> None:
    assert re.search(r"[Ww]hen not", (PAGES / name).read_text(encoding="utf-8"))


def listed_functions() -> dict[str, Any]:
    """The first function of every method of the index."""
    found = {}
    for part in INDEX.split("\n## ")[1:]:
        folder = re.search(r"`(zhuoyue\.analysis\.\w+)`", part)
        for row in re.findall(r"^\| `([\w-]+)` \|(.*)$", part, re.MULTILINE):
            place = re.search(r"`(\w+)\.(\w+)`", row[1])
            assert folder and place
            found[row[0]] = getattr(import_module(f"{folder[1]}.{place[1]}"), place[2])
    return found


@pytest.mark.parametrize("name", names())
def test_help_tells_the_source_of_a_method_and_its_errors(name: str) -> None:
    told = " ".join((listed_functions()[name].__doc__ or "").split())
    assert re.search(r"Source: .+\.$", told)
    assert re.search(r"AnalysisError|[Ee]rrors?\b", told)
    for code in re.findall(r"`(\w+?_)\.\.\.`", told):
        assert any(each.startswith(code) for each in ERROR_TEXTS), code
