"""The library is loaded whole, searched in both languages, and refers only to what exists."""

from pathlib import Path

import pytest
from django.utils import translation

from zhuoyue.kit.registry import all_evidence, measures
from zhuoyue.standard.library import DataError, editions, library, load


def test_every_evidence_names_clauses_and_concepts_that_exist() -> None:
    unknown = {id for e in all_evidence() for id in e.clauses if not library().knows(id)}
    assert unknown == set()


def test_every_measure_declared_has_a_number_of_the_set() -> None:
    assert all(1 <= number <= 58 for number in measures())


def test_texts_come_in_the_readers_language() -> None:
    entry = library().clauses["5.4"]
    with translation.override("en"):
        assert entry.title == "Evaluating and improving"
    with translation.override("zh-hans"):
        assert entry.title == "评价与改进"


def broken(tmp_path: Path, **files: str) -> str:
    """What loading says about an edition of one clause, once some of its files are replaced."""
    title = "title_zh: 范围, title_en: Scope"
    right = {
        "standard": "{id: x}",
        "clauses": f"clauses: [{{id: '1', parent: null, {title}, rows: []}}]",
        "concepts": "{concepts: [], elements: [], dimensions: []}",
    }
    for name, text in right.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert list(load(tmp_path).clauses) == ["1"]
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("clauses", "clauses: [{title_zh: 无编号}]", "entry 1 of kind clause has no id"),
        ("clauses", "clauses: [", "clauses.yaml: "),
        ("clauses", "- 1", "clauses.yaml must be a mapping"),
        ("clauses", "clauses: [{id: '1'}, {id: '1'}]", "clauses.yaml: clause 1 occurs twice"),
        ("clauses", "clauses: [{id: '1', title_zh: 范围}]", "clause 1 has no title_en"),
        ("clauses", "clauses: [{id: '1', parent: '9', title_zh: 甲, title_en: A}]",
         "clauses.yaml: clause 1: no parent 9"),
        ("measures", "measures: [{number: 1, elements: [Q], title_zh: 甲, title_en: A}]",
         "measures.yaml: measure 1: no elements Q"),
        ("glossary", "terms: [{code: t, zh: 词}]", "glossary.yaml: term t has no en"),
        ("standard", "{id: x, print_notes: [{at: '7'}]}", "standard.yaml: print_notes: no entry 7"),
    ],
)  # fmt: skip
def test_a_broken_edition_is_refused_by_file_and_entry(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    assert said in broken(tmp_path, **{file: text})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"clauses.yaml is missing"):
        load(tmp_path)


def test_the_edition_is_there() -> None:
    assert "db23t-3405-2023" in editions()
