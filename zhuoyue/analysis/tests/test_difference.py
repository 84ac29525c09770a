"""Before/after differences against published numbers."""

from __future__ import annotations

import pytest

from zhuoyue.analysis import (
    Verdict,
    difference_of_mean_measures,
    difference_of_means,
    difference_of_nps,
    difference_of_shares,
    mean_from_sums,
)

DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_welch_interval_equals_r() -> None:
    """R: t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p-value = 0.07939,
    95 percent confidence interval -3.3654832 to 0.2054832 (group 1 minus group 2)."""
    found = difference_of_means(DRUG_1, DRUG_2)
    assert found.value / found.se == pytest.approx(1.8608, abs=5e-5)
    assert found.degrees_of_freedom == pytest.approx(17.776, abs=5e-4)
    assert found.p == pytest.approx(0.07939, abs=5e-6)
    assert (found.low, found.high) == pytest.approx((-0.2054832, 3.3654832), abs=5e-8)


def test_difference_not_shown_says_what_could_have_been() -> None:
    found = difference_of_means(DRUG_1, DRUG_2)
    assert found.verdict is Verdict.NOT_SHOWN
    assert found.detectable > found.value
    notes = {each.code: each.params for each in found.cautions}
    assert notes["effect_not_detectable"]["detectable"] == found.detectable


def test_difference_from_rolled_up_sums_equals_that_from_values() -> None:
    before, after = (
        mean_from_sums(len(v), sum(v), sum(x * x for x in v)) for v in (DRUG_1, DRUG_2)
    )
    found, plain = difference_of_mean_measures(before, after), difference_of_means(DRUG_1, DRUG_2)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombe_interval(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17:873-890, Table II, method 10."""
    found = difference_of_shares(*before, *after)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_clear_rise_is_called_higher_and_its_mirror_lower() -> None:
    assert difference_of_shares(40, 100, 70, 100).verdict is Verdict.HIGHER
    assert difference_of_shares(70, 100, 40, 100).verdict is Verdict.LOWER


def test_nps_difference_adds_variances() -> None:
    """NPS 45 of 100 (SE 7.40) against 26 of 500 (SE 3.32): SE of the difference 8.11."""
    found = difference_of_nps((60, 25, 15), (220, 190, 90))
    assert found.value == pytest.approx(-19.0)
    assert found.se == pytest.approx(8.11, abs=5e-3)
    assert found.verdict is Verdict.LOWER


def test_detectable_share_is_found_with_the_stated_power() -> None:
    """Fleiss' normal formula: 0.5 against 0.5 with 393 a side shows 0.1 with power 80 %."""
    found = difference_of_shares(196, 392, 196, 392)
    assert found.detectable == pytest.approx(0.1, abs=1e-3)
