"""Practices and terms: complete, unique, referring to what exists, and marked where rebuilt."""

from zhuoyue.standard.library import library


def test_the_nine_practices_of_the_printed_copy_are_marked_as_printed() -> None:
    printed = [p.id for p in library().practices.values() if p.facts["printed"]]
    assert printed == [
        *("L1-1", "L1-2", "L1-3"),
        *("L2a-1", "L2a-2", "L2a-3", "L2a-4", "L2a-5", "L2a-6"),
    ]


def test_every_reconstructed_practice_says_how_sure_it_is_and_from_what() -> None:
    rebuilt = [p for p in library().practices.values() if not p.facts["printed"]]
    assert len(rebuilt) >= 60
    assert all(p.facts["confidence"] in {"H", "M", "L"} and p.facts["sources"] for p in rebuilt)


def test_practices_belong_to_concepts_and_elements_that_exist() -> None:
    for practice in library().practices.values():
        assert practice.facts["element"] in library().elements
        concept = practice.facts["concept"]
        assert concept is None or concept in library().concepts


def test_every_concept_beyond_the_first_element_has_practices() -> None:
    with_some = {p.facts["concept"] for p in library().practices.values()}
    later = {code for code in library().concepts if not code.startswith("L1")}
    assert later <= with_some


def test_every_term_has_both_languages() -> None:
    assert len(library().terms) >= 100
    for term in library().terms.values():
        assert term.facts["zh"]
        assert term.facts["en"]


def test_practices_have_titles_in_both_languages() -> None:
    for practice in library().practices.values():
        assert any("\u4e00" <= c <= "\u9fff" for c in practice.facts["title_zh"])
        assert practice.facts["title_en"]
