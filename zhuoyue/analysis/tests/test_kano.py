"""Kano's model: the 25 cells, ties, coefficients, and whether the first category leads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.understanding.kano import Answer, classify, kano, kano_from_counts

# Sauerwein et al. 1996, evaluation table: functional answer, then the five dysfunctional ones.
CELLS = {
    "like": "QAAAO",
    "must-be": "RIIIM",
    "neutral": "RIIIM",
    "live-with": "RIIIM",
    "dislike": "RRRRQ",
}


@pytest.mark.parametrize("functional", list(Answer))
@pytest.mark.parametrize("place", range(5))
def test_every_cell_of_the_table(functional: str, place: int) -> None:
    expected = CELLS[str(functional)][place]
    assert classify(functional, list(Answer)[place]) == expected
    assert classify(str(list(Answer).index(Answer(functional)) + 1), f"{place + 1}.0") == expected


@pytest.mark.parametrize(
    ("need", "shares", "category", "better", "worse"),
    [
        ("edge grip", "A 70 O 323 M 493 I 95 R 3 Q 15", "M", 0.40, -0.83),
        ("ease of turn", "A 104 O 451 M 305 I 115 R 12 Q 12", "O", 0.57, -0.78),
        ("service", "A 638 O 216 M 29 I 85 R 7 Q 25", "A", 0.88, -0.25),
    ],
)
def test_the_skis_of_sauerwein_et_al(
    need: str, shares: str, category: str, better: float, worse: float
) -> None:
    words = shares.split()
    counts = {letter: int(share) for letter, share in zip(words[::2], words[1::2], strict=True)}
    found = kano_from_counts({need: counts}).needs[need]
    assert found.category == category
    assert found.better == pytest.approx(better, abs=0.005)
    assert found.worse == pytest.approx(worse, abs=0.005)
    assert found.leads_by_more_than_chance


def test_fong_by_hand() -> None:
    # 100 people, 40 against 28: 1.65 * sqrt(68 * 132 / 200) = 11.05 < 12; against 30: 11.1 > 10.
    clear = kano_from_counts({"x": {"M": 40, "O": 28, "A": 20, "I": 12}})
    assert clear.needs["x"].leads_by_more_than_chance
    open_ = kano_from_counts({"x": {"M": 40, "O": 30, "A": 20, "I": 10}})
    assert not open_.needs["x"].leads_by_more_than_chance
    assert [each.code for each in open_.cautions] == ["kano_undecided"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"M": 9, "O": 9, "A": 9, "I": 9}, "M"),
        ({"O": 9, "A": 9, "I": 9}, "O"),
        ({"A": 9, "I": 9, "R": 9}, "A"),
        ({"I": 9, "Q": 9}, "I"),
    ],
)
def test_ties_fall_to_what_hurts_most(counts: dict[str, int], expected: str) -> None:
    assert kano_from_counts({"x": counts}).needs["x"].category == expected


def test_pairs_of_answers_are_counted_and_gaps_are_told() -> None:
    found = kano(
        ["a", "a", "a", "b"],
        ["like", "喜欢", "", "3"],
        ["dislike", "不喜欢", "neutral", "5"],
    )
    assert found.needs["a"].counts["O"] == 2
    assert found.needs["b"].category == "M"
    assert found.cautions[0].code == "kano_left_out"


COUNTS = st.fixed_dictionaries({letter: st.integers(0, 50) for letter in "MOAIRQ"})


@given(COUNTS.filter(lambda each: sum(each.values()) > 0), st.integers(2, 9))
def test_shares_do_not_depend_on_size_and_coefficients_keep_their_limits(
    counts: dict[str, int], times: int
) -> None:
    one = kano_from_counts({"x": counts}).needs["x"]
    many = kano_from_counts({"x": {k: v * times for k, v in counts.items()}}).needs["x"]
    assert (one.category, one.better, one.worse) == (many.category, many.better, many.worse)
    assert one.better is None or 0 <= one.better <= 1
    assert one.worse is None or -1 <= one.worse <= 0
    assert 0 <= one.category_strength <= one.share.value <= 1
    assert sum(one.counts.values()) == one.n


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({}, "kano_empty"),
        ({"x": {"M": 0}}, "kano_nobody"),
        ({"x": {"M": -1}}, "kano_count"),
        ({"x": {"M": 1.5}}, "kano_count"),
        ({"x": {"Z": 1, "M": 3}}, "kano_category"),
    ],
)
def test_impossible_counts_are_refused(counts: dict[str, dict[str, float]], code: str) -> None:
    with pytest.raises(AnalysisError) as refused:
        kano_from_counts(counts)
    assert refused.value.code == code


def test_an_unknown_answer_is_refused() -> None:
    with pytest.raises(AnalysisError, match="perhaps"):
        kano(["a"], ["perhaps"], ["like"])


def test_gaps_of_a_notebook_are_left_out() -> None:
    functional: list[Any] = [1, 2.0, float("nan"), 1]
    dysfunctional: list[Any] = [5, None, 3, 5.0]
    found = kano(["a"] * 4, functional, dysfunctional)
    assert (found.n, found.needs["a"].counts["O"]) == (2, 2)
    assert found.cautions[0].params == {"rows": 2}
