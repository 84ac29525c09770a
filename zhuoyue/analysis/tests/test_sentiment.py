"""Sentiment: agreement with people, with another program, and what must not matter."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError, read_table
from zhuoyue.analysis.tests.made_verbatims import opinions
from zhuoyue.analysis.words import linear
from zhuoyue.analysis.words.agreement import agreement
from zhuoyue.analysis.words.features import count, weigh, weighting
from zhuoyue.analysis.words.learning import Learning
from zhuoyue.analysis.words.segment import Characters, SegmenterKind
from zhuoyue.analysis.words.sentiment import Sentiment, learn_sentiment, sentiment

KINDS = [SegmenterKind.CHARACTERS, *([SegmenterKind.WORDS] if find_spec("rjieba") else [])]
SIX = [
    *("quick quick answer", "slow answer", "quick repair and quick report"),
    *("report late report late again", "slow slow slow repair", "quick good repair"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_people_and_model_agree_on_hotel_reviews_that_were_held_out(
    kind: SegmenterKind, test_data: Path
) -> None:
    table = read_table(test_data / "hotel-reviews" / "hotel_reviews_sample.csv")
    texts = [str(each) for each in table.columns["review"]]
    labels = [str(each) for each in table.columns["label"]]
    found = sentiment(texts, labels, learning=Learning(segmenter=kind))
    assert found.n == found.agreement.n == 1500
    assert found.agreement.accuracy.value >= 0.865  # .884 and .887 were seen
    assert found.agreement.kappa is not None and found.agreement.kappa >= 0.65
    assert found.agreement.accuracy.low > found.agreement.baseline + 0.1
    assert "不错" in found.words["1"]
    assert found.cautions == ()
    once = sentiment(texts, labels, learning=Learning(segmenter=kind, held_out=0.25))
    assert once.agreement.n == 375
    assert once.agreement.accuracy.value >= 0.85


def test_english_is_learned_as_well_and_wrong_labels_are_pointed_out() -> None:
    texts, labels = opinions(300, seed=4)
    found = sentiment([*texts, "Rude and slow.", "☂"], [*labels, None, None])
    assert found.agreement.accuracy.value > 0.9
    assert found.readings[300].label == "bad"
    assert set(found.readings[300].words) <= {"rude", "slow"}
    assert found.totals["good"] + found.totals["bad"] == 302
    contradicted = {each.row for each in found.second_look}
    truly = ["good" if "friendly" in t or "quick" in t or "good" in t else None for t in texts]
    slips = {k + 1 for k, true in enumerate(truly) if true == "good" and labels[k] == "bad"}
    assert len(slips & contradicted) >= len(slips) / 2 > 0


def test_weights_of_words_are_those_of_scikit_learn() -> None:
    """TfidfVectorizer(sublinear_tf=True) of scikit-learn 1.9.1 on the third text."""
    counted = count(SIX, Characters(), characters=2, pairs=False)
    by = weighting(counted.counts, min_texts=1, most=100)
    found = dict(zip(counted.names, weigh(counted.counts, by).toarray()[2].tolist(), strict=True))
    assert found["and"] == pytest.approx(0.5325675995146494, abs=1e-14)
    assert found["quick"] == pytest.approx(0.6242687241832264, abs=1e-14)
    assert found["repair"] == pytest.approx(0.3687031649409077, abs=1e-14)
    assert found["report"] == pytest.approx(0.4367130500871352, abs=1e-14)


def test_probabilities_are_those_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    """LogisticRegression(C=2) of scikit-learn 1.9.1, whose intercept bears no penalty."""
    monkeypatch.setattr(linear, "INTERCEPT", 0.0)
    counted = count(SIX, Characters(), characters=2, pairs=False)
    features = weigh(counted.counts, weighting(counted.counts, min_texts=1, most=100))
    three = np.eye(3)[[1, 0, 2, 0, 0, 1]]
    model = linear.fit(features, three, np.ones((6, 1)), regularisation=0.5, joint=True)
    expected = [
        [0.256846874792254, 0.5783140303450887, 0.16483909486265746],
        [0.7479621561815553, 0.17947134923503252, 0.07256649458341215],
        [0.2760441618160963, 0.3435451578674563, 0.38041068031644737],
    ]
    assert model.probabilities(features)[:3] == pytest.approx(np.array(expected), abs=1e-4)
    two = np.array([[1.0], [0], [1], [0], [0], [1]])
    alone = linear.fit(features, two, np.ones((6, 1)), regularisation=0.5, joint=False)
    assert alone.probabilities(features)[:3, 0].tolist() == pytest.approx(
        [0.6855378802907205, 0.29513757113284367, 0.6930114918867465], abs=1e-4
    )


def test_kappa_precision_and_recall_are_those_of_scikit_learn() -> None:
    """cohen_kappa_score and precision_recall_fscore_support of scikit-learn 1.9.1."""
    people = np.array([0, 0, 0, 1, 1, 2, 2, 2, 1, 0])
    model = np.array([0, 0, 1, 1, 2, 2, 2, 0, 1, 0])
    found = agreement(("a", "b", "c"), people, model, np.zeros(10, dtype=np.int64), level=0.95)
    assert found.kappa == pytest.approx(0.5454545454545454)
    assert found.accuracy.value == 0.7
    assert found.baseline == 0.4
    assert found.by_label["a"].precision == found.by_label["a"].recall == 0.75
    assert found.by_label["b"].f1 == pytest.approx(2 / 3)
    assert found.confusion["c"]["a"] == 1


def read(found: Sentiment, texts: list[str]) -> dict[str, object]:
    return {
        texts[each.row - 1]: (each.label, each.probability, each.words, each.given)
        for each in found.readings
    }


@cache
def usual() -> tuple[list[str], list[str], Sentiment]:
    texts, labels = opinions(40, seed=2)
    return texts, labels, sentiment(texts, labels, learning=Learning(suggestions=3))


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    texts, labels, first = usual()
    mixed = [texts[k] for k in order]
    found = sentiment(mixed, [labels[k] for k in order], learning=Learning(suggestions=3))
    assert read(found, mixed) == read(first, texts)
    assert found.agreement == first.agreement
    assert [each.text for each in found.second_look] == [each.text for each in first.second_look]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 39), min_size=1, max_size=60))
def test_a_text_said_twice_is_neither_learned_twice_nor_held_out_from_itself(
    again: list[int],
) -> None:
    texts, labels, first = usual()
    more = [*texts, *(f"  {texts[k].upper()} !!" for k in again)]
    told = [*labels, *(labels[k] for k in again)]
    found = sentiment(more, told, learning=Learning(suggestions=3))
    assert found.agreement.n == first.agreement.n
    assert found.labelled == first.labelled
    assert "words_repeated" in {each.code for each in found.cautions}
    assert all(found.readings[40 + at].given == labels[k] for at, k in enumerate(again))


def test_labels_that_say_nothing_agree_no_better_than_chance() -> None:
    texts, labels = opinions(200, seed=5)
    stream = np.random.default_rng(1)
    found = sentiment(texts, stream.permutation(labels).tolist())
    assert found.agreement.kappa is not None and abs(found.agreement.kappa) < 0.2
    codes = {each.code for each in found.cautions}
    assert {"words_kappa_low", "words_like_majority"} <= codes


def test_corrections_replace_labels_and_weigh_more() -> None:
    texts, labels = opinions(60, seed=6)
    wrong = labels.index("bad")
    better: list[str | None] = [None] * 60
    better[wrong] = "good"
    told = []
    for weight in (1.0, 10.0):
        chosen = Learning(correction_weight=weight)
        found = sentiment(texts, labels, corrected=better, learning=chosen)
        assert found.readings[wrong].given == "good"
        assert found.labelled["good"] == labels.count("good") + 1
        model = learn_sentiment(texts, labels, corrected=better, learning=chosen)
        told.append(model.probabilities([texts[wrong]])[0, model.labels.index("good")])
    assert told[1] > told[0]


def test_people_who_disagree_are_told_so() -> None:
    texts, labels = opinions(30, seed=7)
    again = [texts[0], texts[1], texts[1]]
    other = {"good": "bad", "bad": "good"}
    said = [other[labels[0]], other[labels[1]], other[labels[1]]]
    found = sentiment([*texts, *again], [*labels, *said])
    assert found.agreement.n == 29  # one against one: nobody knows
    assert found.readings[0].given is None
    assert found.readings[1].given == other[labels[1]]  # two against one
    (note,) = [each for each in found.cautions if each.code == "words_disputed"]
    assert note.params == {"texts": 2, "left_out": 1}


def test_a_model_reads_later_texts_as_the_result_does() -> None:
    texts, labels, found = usual()
    model = learn_sentiment(texts, labels)
    told = model.probabilities([*texts[:5], "", "！\x00"])
    assert told[:5].max(axis=1).tolist() == pytest.approx(
        [each.probability for each in found.readings[:5]], abs=1e-12
    )
    assert np.isfinite(told).all()


def test_texts_nobody_should_have_written_are_survived() -> None:
    texts, labels = opinions(20, seed=8)
    odd = ["", "\x00\x1b[2J", "\ud800", "=HYPERLINK(1)", "好" * 100_000, "😀" * 50, "\u202e\ufeff"]
    found = sentiment([*texts, *odd], [*labels, *["good"] * len(odd)])
    assert len(found.readings) == 27
    assert found.readings[20].label is None
    codes = {each.code for each in found.cautions}
    assert {"words_without_text", "words_shortened", "words_label_thin"} <= codes


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ([None] * 20, "words_labels_few"),
        (["a"] * 9 + [""] * 11, "words_labels_few"),
        (["a"] * 20, "words_one_label"),
        (["a"] * 19, "words_lengths"),
        ([str(k) for k in range(20)] * 4, "words_labels_many"),
    ],
)
def test_labels_from_which_nothing_can_be_learned_are_refused(
    labels: list[str | None], code: str
) -> None:
    texts, _labels = opinions(80 if len(labels) == 80 else 20, seed=9)
    if code == "words_labels_many":
        labels = [str(k) for k in range(80)]
    with pytest.raises(AnalysisError) as refused:
        sentiment(texts, labels)
    assert refused.value.code == code


def test_cells_as_notebooks_hold_them_are_understood() -> None:
    texts, labels = opinions(20, seed=10)
    numbers: list[object] = [int(label == "good") for label in labels]
    found = sentiment([*texts, None, float("nan"), 5], [*numbers, None, float("nan"), None])  # type: ignore[list-item]  # wrong on purpose
    assert set(found.labels) == {"0", "1"}
    assert [each.label is None for each in found.readings[20:]] == [True, True, False]
    assert found.agreement.n == 20


def test_a_share_too_small_to_hold_out_anything_is_refused() -> None:
    texts, labels = opinions(10, seed=1)
    with pytest.raises(AnalysisError) as refused:
        sentiment(texts, labels, learning=Learning(held_out=0.05))
    assert refused.value.code == "words_held_out_none"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=8), st.sampled_from(["a", "b", "c", "", None])),
        min_size=10,
        max_size=30,
    ),
    st.sampled_from([None, 0.5]),
    st.integers(0, 3),
)
def test_any_texts_and_labels_give_a_sound_result_or_a_coded_refusal(
    rows: list[tuple[str, str | None]], held_out: float | None, characters: int
) -> None:
    texts, labels = [text for text, _label in rows], [label for _text, label in rows]
    chosen = Learning(held_out=held_out, characters=characters, min_texts=1)
    try:
        found = sentiment(texts, labels, learning=chosen)
    except AnalysisError as error:
        if error.code not in {"words_labels_few", "words_one_label"}:
            raise
        return
    json.dumps(found.to_dict(), allow_nan=False).encode("utf-8")
    assert sum(sum(line.values()) for line in found.agreement.confusion.values()) == (
        found.agreement.n
    )
    for each in found.readings:
        assert each.probability is None or 1 / 3 - 1e-9 <= each.probability <= 1


@pytest.mark.parametrize(
    "wrong", [{"folds": 1}, {"held_out": 0.99}, {"regularisation": 0.0}, {"seed": -1}]
)
def test_settings_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(AnalysisError) as refused:
        Learning(**wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.code == "words_setting"
