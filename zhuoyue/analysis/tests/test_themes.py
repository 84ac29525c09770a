"""Themes: learned from people's labels and proposed without them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError, read_table
from zhuoyue.analysis.tests.made_verbatims import SUBJECTS, subjects, voices
from zhuoyue.analysis.words.learning import Learning
from zhuoyue.analysis.words.proposal import Proposal, propose_themes
from zhuoyue.analysis.words.segment import SegmenterKind
from zhuoyue.analysis.words.themes import Themes, learn_themes, several, themes

LIGHT = Learning(segmenter=SegmenterKind.CHARACTERS)


@cache
def learned() -> tuple[list[str], list[frozenset[str]], Themes]:
    texts, labels = voices(120, seed=3)
    return texts, labels, themes(texts, labels, learning=LIGHT)


def test_several_themes_of_a_text_are_found_where_people_see_them() -> None:
    texts, labels = voices(200, seed=1)
    more = ["等了很久，收费太高。", "谢谢。", ""]
    found = themes([*texts, *more], [*labels, *[None] * 3], learning=LIGHT)
    assert set(found.labels) == {"price", "report", "speed"}
    assert found.exact.value > 0.95
    for held in found.agreement.values():
        assert held.n == found.exact.n == 200
        assert held.kappa is not None and held.kappa > 0.9
    assert set(found.readings[200].themes) == {"speed", "price"}
    assert found.readings[202] == type(found.readings[0])(203, (), None)
    assert "报告" in found.words["report"]
    assert found.labelled["speed"] == sum("speed" in each for each in labels)


def test_a_rare_theme_is_found_too() -> None:
    texts, labels = voices(300, seed=2)
    kept = [k for k in range(300) if "price" not in labels[k]]
    kept += [k for k in range(300) if "price" in labels[k]][:12]
    found = themes([texts[k] for k in kept], [labels[k] for k in kept], learning=LIGHT)
    price = found.agreement["price"].by_label["present"]
    assert price.given == 12
    assert price.recall is not None and price.recall >= 0.75
    assert "words_label_thin" in {each.code for each in found.cautions}


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(120)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    texts, labels, first = learned()
    found = themes([texts[k] for k in order], [labels[k] for k in order], learning=LIGHT)
    assert found.agreement == first.agreement
    assert found.exact == first.exact
    told = {order[each.row - 1]: (each.found, each.given) for each in found.readings}
    assert told == {each.row - 1: (each.found, each.given) for each in first.readings}


def test_texts_said_again_stay_on_one_side() -> None:
    texts, labels, first = learned()
    twice = themes([*texts, *texts], [*labels, *labels], learning=LIGHT)
    assert twice.agreement == first.agreement
    assert twice.totals == {name: 2 * count for name, count in first.totals.items()}


def test_a_correction_stands_against_the_label() -> None:
    texts, labels, first = learned()
    better: list[str | None] = [None] * 120
    row = next(k for k in range(120) if labels[k] == {"speed"})
    better[row] = "price；report"
    found = themes(texts, labels, corrected=better, learning=LIGHT)
    assert found.readings[row].given == ("price", "report")
    assert found.labelled["speed"] == first.labelled["speed"] - 1
    assert row + 1 in {each.row for each in found.second_look}


def test_later_texts_are_read_by_the_model() -> None:
    texts, labels, _found = learned()
    model = learn_themes(texts, labels, learning=LIGHT)
    told = model.probabilities(["报告有错误。", "收费太高。"])
    assert model.labels[int(told[0].argmax())] == "report"
    assert model.labels[int(told[1].argmax())] == "price"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("speed; price", {"speed", "price"}),
        ("速度、价格，报告", {"速度", "价格", "报告"}),
        (["speed ", ""], {"speed"}),
        ("-", set()),
        ([], set()),
        (" ", None),
        (None, None),
    ],
)
def test_cells_hold_several_themes(cell: list[str] | str | None, said: set[str] | None) -> None:
    assert several(cell) == said


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (["-"] * 20, "words_no_theme"),
        ([None] * 20, "words_no_theme"),
        (["a"] * 5 + [None] * 15, "words_labels_few"),
        (["a"] * 4, "words_lengths"),
    ],
)
def test_labels_without_themes_are_refused(labels: list[str | None], code: str) -> None:
    texts, _labels = voices(20, seed=4)
    with pytest.raises(AnalysisError) as refused:
        themes(texts, labels)
    assert refused.value.code == code


@cache
def proposed() -> tuple[list[str], list[int], Proposal]:
    texts, about = subjects(90, seed=3)
    return texts, about, propose_themes(texts, themes=3)


def test_subjects_that_were_put_in_are_proposed() -> None:
    texts, about, found = proposed()
    assert {frozenset(each.words) for each in found.themes} == {
        frozenset(each) for each in SUBJECTS
    }
    named = {k: set(each.words) for k, each in enumerate(found.themes, start=1)}
    for row, theme in enumerate(found.theme_of):
        assert theme is not None and named[theme] == set(SUBJECTS[about[row]])
    assert sum(each.share.value for each in found.themes) == pytest.approx(1)
    for group in found.themes:
        told = {each.row: each.text.rstrip("…") for each in group.representatives}
        assert told and all(texts[row - 1].startswith(text) for row, text in told.items())
    assert [each.code for each in found.cautions] == ["words_proposed"]


@pytest.mark.parametrize(
    ("themes_wanted", "explained"), [(2, 0.440889), (3, 0.606493), (4, 0.670338), (5, 0.711413)]
)
def test_as_much_is_explained_as_by_scikit_learn(themes_wanted: int, explained: float) -> None:
    """NMF(init="nndsvda", max_iter=5000, tol=1e-10) of scikit-learn 1.9.1, the same weights."""
    texts, _about, _found = proposed()
    found = propose_themes(texts, themes=themes_wanted)
    assert found.explained == pytest.approx(explained, abs=5e-4)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(90)))
def test_proposals_do_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    texts, _about, first = proposed()
    found = propose_themes([texts[k] for k in order], themes=3)
    assert [each.words for each in found.themes] == [each.words for each in first.themes]
    assert found.theme_of == tuple(first.theme_of[k] for k in order)
    assert found.explained == first.explained


@pytest.mark.parametrize("kind", list(SegmenterKind))
def test_hotel_reviews_fall_into_themes_people_know(kind: SegmenterKind, test_data: Path) -> None:
    if kind is SegmenterKind.WORDS:
        pytest.importorskip("rjieba", reason="the dictionary comes with an optional package")
    table = read_table(test_data / "hotel-reviews" / "hotel_reviews_sample.csv")
    texts = [str(each) for each in table.columns["review"]]
    found = propose_themes(texts, segmenter_kind=kind)
    leading = {word for theme in found.themes for word in theme.words[:4]}
    assert {"早餐", "交通", "前台", "服务", "位置"} <= leading
    assert found.without < 30


def test_odd_texts_are_no_theme() -> None:
    texts, _about = subjects(40, seed=5)
    odd = ["", "\x00", "\ud800", "的了是", "1 2 3", "好" * 50_000, "😀"]
    found = propose_themes([*texts, *odd], themes=3)
    assert found.n == 44
    assert found.theme_of[40:43] == (None, None, None)
    assert {"words_without_text", "words_shortened"} <= {each.code for each in found.cautions}


@pytest.mark.parametrize("texts", [[], ["one text"], ["a b c"] * 50, ["", "的"] * 20])
def test_too_few_texts_are_refused(texts: list[str]) -> None:
    with pytest.raises(AnalysisError) as refused:
        propose_themes(texts)
    assert refused.value.code == "words_texts_few"
