"""NPS, CSAT, CES, shares and sample sizes as methods, against published and hand-worked figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.surveys.counting import sample_sizes, shares
from zhuoyue.analysis.surveys.satisfaction import ces, csat, nps_counts, nps_score


@pytest.mark.parametrize(
    ("counts", "value", "half"), [((60, 25, 15), 45, 14.50), ((220, 190, 90), 26, 6.51)]
)
def test_nps_of_counts_has_the_published_interval(
    counts: tuple[int, int, int], value: float, half: float
) -> None:
    found = nps_counts(*counts)
    assert found.score.value == pytest.approx(value)
    assert (found.score.high - found.score.low) / 2 == pytest.approx(half, abs=0.005)
    assert found.n == sum(counts)
    scores = np.repeat([10.0, 8.0, 2.0], counts)
    assert nps_score(scores).score == found.score


def test_wilson_and_sample_sizes_of_tables() -> None:
    found = shares(["a", "b", "c"], [8, 430, 0], [10, 500, 20])
    limits = [(one.low, one.high) for one in found.shares.values()]
    assert np.allclose(limits, [(0.4902, 0.9433), (0.8268, 0.8877), (0, 0.1611)], atol=5e-5)
    sizes = sample_sizes({"a": 100, "b": 500, "c": 2000, "d": 100_000})
    exact = [one.exact for one in sizes.sizes.values()]
    assert exact == pytest.approx([79.51, 217.49, 322.40, 382.69], abs=0.005)
    assert sizes.n == 80 + 218 + 323 + 383


def test_csat_and_ces_count_the_good_end_of_the_scale() -> None:
    found = csat([5, 4, 3, np.nan, 2, 5])
    assert (found.share.value, found.mean.value, found.n) == (0.6, 3.8, 5)
    assert "survey_unanswered" in {each.code for each in found.cautions}
    assert ces([7, 5, 4, 1]).share.value == 0.5
    old = ces([1, 2, 3, 5], easy_from=2, high=5, high_is_easy=False)
    assert (old.share.value, old.mean.value) == (0.5, 2.75)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: nps_score([9, 11]), "survey_answer_outside"),
        (lambda: nps_score([np.nan]), "survey_answers_few"),
        (lambda: csat([4, np.inf]), "survey_answer_outside"),
        (lambda: csat([4]), "survey_answers_few"),
        (lambda: csat([4, 5], low=5, high=1), "survey_scale"),
        (lambda: csat([4, 5], satisfied_from=6), "setting_not_between"),
        (lambda: shares(["a"], [3], [2]), "share_counts"),
        (lambda: sample_sizes({"a": 0}), "setting_too_small"),
    ],
)
def test_what_cannot_be_measured_is_refused(call: object, code: str) -> None:
    assert callable(call)
    with pytest.raises(AnalysisError) as caught:
        call()
    assert caught.value.code == code


@given(st.lists(st.integers(0, 10), min_size=1, max_size=50))
def test_nps_lies_within_its_interval_and_turns_with_the_answers(scores: list[int]) -> None:
    found = nps_score(scores)
    assert -100 <= found.score.low <= found.score.value <= found.score.high <= 100
    assert found.promoters + found.passives + found.detractors == found.n == len(scores)
