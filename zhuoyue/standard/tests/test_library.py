"""The library is loaded whole, searched in both languages, and refers only to what exists."""

from pathlib import Path

import pytest
from django.utils import translation

from tests.cast import Cast
from zhuoyue.kit.registry import all_evidence, measures
from zhuoyue.standard.library import DataError, library, load, search
from zhuoyue.studies.tests.makers import done


def test_every_evidence_names_clauses_and_concepts_that_exist() -> None:
    unknown = {id for e in all_evidence() for id in e.clauses if not library().knows(id)}
    assert unknown == set()


def test_every_measure_declared_has_a_number_of_the_set() -> None:
    assert all(1 <= number <= 58 for number in measures())


@pytest.mark.parametrize(
    ("text", "id"), [("评价与改进", "5.4"), ("touchpoint", "3.3"), ("X1a", "X1a")]
)
def test_an_entry_is_found_by_a_word_of_either_language(text: str, id: str) -> None:
    assert id in [entry.id for entry in search(text)[:5]]


def test_nothing_is_found_for_a_word_that_is_nowhere() -> None:
    assert search("zzzzqqq") == []


def test_texts_come_in_the_readers_language() -> None:
    entry = library().clauses["5.4"]
    with translation.override("en"):
        assert entry.title == "Evaluating and improving"
    with translation.override("zh-hans"):
        assert entry.title == "评价与改进"


def test_a_clause_page_shows_rows_and_the_live_records_that_bear_on_it(cast: Cast) -> None:
    study = done(cast)
    page = cast.client("analyst").get("/standard/clauses/5.4/").content.decode()
    assert "先定规则再评价" in page
    assert f'href="/studies/studies/{study.pk}/"' in page


def test_a_clause_nobody_has_worked_on_says_so(cast: Cast) -> None:
    page = cast.client("analyst").get("/standard/clauses/3.1/").content.decode()
    assert "还没有与此相关的记录" in page


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "clauses.yaml").write_text("clauses: [{title_zh: 无编号}]")
    (tmp_path / "concepts.yaml").write_text("{concepts: [], elements: [], dimensions: []}")
    (tmp_path / "standard.yaml").write_text("{id: x}")
    with pytest.raises(DataError, match=r"clauses.yaml: entry 1 of kind clause has no id"):
        load(tmp_path)
    (tmp_path / "clauses.yaml").write_text("clauses: [")
    with pytest.raises(DataError, match=r"clauses.yaml"):
        load(tmp_path)
