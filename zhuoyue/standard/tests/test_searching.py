"""The library is found by words of either language, whole Chinese questions among them."""

import pytest
from django.utils import translation

from tests.cast import Cast
from zhuoyue.standard.searching import cut, pieces, search


def best(text: str, count: int = 1) -> list[str]:
    return [found.entry.id for found in search(text)[:count]]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("5.4", "5.4"),
        ("X1a", "X1a"),
        ("x1a", "X1a"),
        ("评价与改进", "5.4"),
        ("接触点", "3.3"),
        ("laddering", "laddering"),
        ("Cronbach", "cronbach_alpha"),
        ("ＮＰＳ", "nps"),
        ("服务恢复", "service_recovery"),
    ],
)
def test_what_bears_the_name_comes_first(text: str, id: str) -> None:
    assert best(text) == [id]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_readers_language_does_not_hide_the_other(language: str) -> None:
    with translation.override(language):
        assert "touchpoint" in best("touchpoint", 3)
        assert "service_recovery" in best("补救", 5)


def test_all_words_must_occur() -> None:
    vision = {found.entry.id for found in search("愿景")}
    acceptance = {found.entry.id for found in search("认同")}
    assert {found.entry.id for found in search("愿景 认同")} == vision & acceptance
    assert vision & acceptance < vision


def test_a_question_in_chinese_finds_what_it_is_about() -> None:
    assert "X2d" in best("服务补救怎么做", 3)


@pytest.mark.parametrize("text", ["zzzzqqq", "", "   ", "量子引力波"])
def test_nothing_is_found_for_what_is_nowhere(text: str) -> None:
    assert search(text) == []


def test_an_excerpt_shows_the_place_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        excerpt = next(f.excerpt for f in search("补救") if f.excerpt)
        assert excerpt.match == "补救"
    with translation.override("en"):
        excerpt = next(f.excerpt for f in search("recovery") if f.excerpt)
        assert excerpt.match.lower() == "recovery"


def test_an_excerpt_is_cut_around_the_match() -> None:
    text = "a" * 50 + "KEY" + "b" * 50
    excerpt = cut(text, 50, 53)
    assert excerpt.before == "…" + "a" * 36
    assert excerpt.match == "KEY"
    assert excerpt.after == "b" * 36 + "…"


def test_chinese_is_taken_in_pairs() -> None:
    assert list(pieces("服务补救")) == ["服务", "务补", "补救"]
    assert sorted(pieces("nps分值")) == ["nps", "分值"]
    assert list(pieces("好")) == ["好"]


def test_the_search_page_marks_what_was_found_and_escapes_the_question(cast: Cast) -> None:
    page = cast.client("recipient").get("/standard/search/", {"q": "接触点"}).text
    assert "<mark>接触点</mark>" in page
    assert 'href="/standard/clauses/3.3/"' in page
    hostile = cast.client("recipient").get("/standard/search/", {"q": "<script>x"}).text
    assert "<script>x" not in hostile
    assert "&lt;script&gt;x" in hostile


def test_the_search_over_all_rooms_finds_the_standard(cast: Cast) -> None:
    page = cast.client("engineer").get("/search/", {"q": "服务补救"}).text
    assert 'href="/standard/concepts/X2d/"' in page
