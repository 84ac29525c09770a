"""Intervals of shares, scores, means, medians and ratios against published numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import (
    AnalysisError,
    mean,
    mean_from_sums,
    median,
    nps,
    nps_from_scores,
    ratio,
    sample_size,
    share,
)

# Student's sleep data, R's `sleep`: hours gained with two drugs
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (430, 500, 0.8268, 0.8877), (0, 20, 0.0, 0.1611)],
)
def test_wilson_interval(count: int, n: int, low: float, high: float) -> None:
    """Wilson's formula; 8 of 10 and 0 of 20 are usual textbook cases (Agresti & Coull 1998)."""
    found = share(count, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.value == count / n


def test_wilson_interval_stays_within_zero_and_one() -> None:
    assert share(0, 3).low == 0.0
    assert share(3, 3).high == 1.0


@given(n=st.integers(1, 400), data=st.data())
def test_wilson_interval_is_symmetric_in_hits_and_misses(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    hits, misses = share(count, n), share(n - count, n)
    assert hits.low == pytest.approx(1 - misses.high, abs=1e-12)
    assert 0 <= hits.low <= hits.value <= hits.high <= 1


@pytest.mark.parametrize(
    ("groups", "value", "half"),
    [((60, 25, 15), 45.0, 14.50), ((220, 190, 90), 26.0, 6.51)],
)
def test_nps_interval(groups: tuple[int, int, int], value: float, half: float) -> None:
    found = nps(*groups)
    assert found.value == pytest.approx(value)
    assert found.high - found.value == pytest.approx(half, abs=5e-3)


@pytest.mark.parametrize(("n", "se", "half"), [(108, 7.172, 14.06), (324, 4.14, 8.1)])
def test_nps_of_half_promoters_and_a_sixth_detractors(n: int, se: float, half: float) -> None:
    """The variance is 5/9 of a point, the deviation .745356, for any n."""
    found = nps(n // 2, n // 3, n // 6)
    assert found.value == pytest.approx(100 / 3)
    assert found.parameters["variance"] == pytest.approx(5 / 9)
    assert found.se == pytest.approx(se, abs=5e-3)
    assert found.high - found.value == pytest.approx(half, abs=0.03)


def test_nps_from_scores_counts_nine_and_ten_against_six_and_below() -> None:
    found = nps_from_scores([10, 9, 8, 7, 6, 0, np.nan])
    assert (found.parameters["promoters"], found.parameters["detractors"]) == (2, 2)
    assert found.n == 6


def test_nps_refuses_a_score_beyond_ten() -> None:
    with pytest.raises(AnalysisError) as caught:
        nps_from_scores([9, 11])
    assert caught.value.code == "score_out_of_range"


def test_mean_interval_equals_r() -> None:
    """R: t.test(sleep$extra) gives 1.54, interval 0.5955845 to 2.4844155."""
    found = mean(DRUG_1 + DRUG_2)
    assert found.value == pytest.approx(1.54)
    assert (found.low, found.high) == pytest.approx((0.5955845, 2.4844155), abs=5e-8)


@given(st.lists(st.integers(1, 10), min_size=2, max_size=50))
def test_mean_from_sums_equals_mean_from_values(values: list[int]) -> None:
    sums = mean_from_sums(len(values), sum(values), sum(v * v for v in values))
    found = mean(values)
    assert (sums.value, sums.low, sums.high) == pytest.approx(
        (found.value, found.low, found.high), abs=1e-6
    )


def test_median_interval_of_ten_values() -> None:
    """Second to ninth value cover 97.85 % (David & Nagaraja, Order Statistics, section 7.1)."""
    found = median([3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 7])
    assert (found.low, found.high) == (1.5, 8.0)
    assert found.parameters["coverage"] == pytest.approx(0.978515625)


def test_median_of_few_values_says_that_the_level_is_not_reached() -> None:
    found = median([1, 2, 3])
    assert (found.low, found.high) == (1, 3)
    assert "coverage_below_level" in {each.code for each in found.cautions}


def test_ratio_with_constant_denominator_is_a_mean() -> None:
    """With equal denominators the linearised interval is Student's for the mean."""
    found, plain = ratio(DRUG_2, [2.0] * 10), mean(DRUG_2)
    assert found.value == pytest.approx(plain.value / 2)
    assert (found.low, found.high) == pytest.approx((plain.low / 2, plain.high / 2))


@pytest.mark.parametrize(
    ("population", "exact", "needed"),
    [
        (100, 79.51, 80),
        (500, 217.49, 218),
        (2000, 322.40, 323),
        (100000, 382.69, 383),
    ],
)
def test_sample_size_of_a_finite_population(population: int, exact: float, needed: int) -> None:
    found = sample_size(population)
    assert found.exact == pytest.approx(exact, abs=5e-3)
    assert found.needed == needed


def test_sample_size_of_a_large_population() -> None:
    """The textbook 384.16 (Cochran 1977, section 4.4)."""
    assert sample_size(None).exact == pytest.approx(384.16)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: share(0, 0), "values_none"),
        (lambda: share(5, 4), "count_invalid"),
        (lambda: share(-1, 4), "count_invalid"),
        (lambda: share(1, 4, level=1.0), "setting_not_between"),
        (lambda: nps(0, 0, 0), "values_none"),
        (lambda: mean([np.nan]), "values_none"),
        (lambda: mean([4.0]), "values_too_few"),
        (lambda: mean([4.0, np.inf]), "value_infinite"),
        (lambda: ratio([1, 2], [1, -1]), "denominator_zero"),
        (lambda: ratio([1, 2], [1]), "lengths_differ"),
        (lambda: sample_size(0), "setting_too_small"),
        (lambda: sample_size(10, margin=0), "setting_not_between"),
    ],
)
def test_what_cannot_be_measured_is_said(call: object, code: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        call()  # type: ignore[operator]  # parametrised calls without arguments
    assert caught.value.code == code


def test_small_groups_carry_a_caution() -> None:
    assert {each.code for each in share(3, 9).cautions} == {"n_small"}
    assert share(30, 90).cautions == ()
