"""Cronbach's alpha and the 0-100 index against published numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zhuoyue.analysis import AnalysisError, cronbach_alpha, weighted_index

# The Likert example of the Python package pingouin (15 people, 10 items)
LIKERT = """
3 2 4 1 4 5 1 4 3 2; 5 4 6 3 5 1 2 5 5 5; 7 3 5 5 6 4 3 3 6 5; 2 4 3 3 2 2 2 6 6 3;
6 5 6 5 4 4 4 6 7 5; 1 2 3 4 2 5 2 3 5 2; 4 3 5 3 5 2 1 2 4 3; 2 4 4 3 7 2 2 4 6 5;
6 5 5 5 1 6 5 2 3 2; 5 4 6 4 3 5 3 1 7 2; 4 3 5 2 5 3 2 3 4 1; 4 2 3 2 5 3 4 2 3 4;
5 5 6 2 3 3 2 4 4 5; 6 5 5 4 2 2 1 4 6 5; 4 3 5 5 3 1 3 2 3 4
"""


def likert() -> np.ndarray:
    rows = LIKERT.replace("\n", " ").split(";")
    return np.array([[float(x) for x in row.split()] for row in rows])


def test_alpha_and_feldt_interval_equal_pingouin() -> None:
    found = cronbach_alpha(likert())
    assert found.value == pytest.approx(0.5917188485995826, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((0.195, 0.840), abs=5e-4)
    assert (found.n, found.items) == (15, 10)


def test_alpha_leaves_out_rows_with_gaps_and_says_so() -> None:
    table = np.vstack([likert(), np.full((1, 10), np.nan)])
    found = cronbach_alpha(table)
    assert found.value == pytest.approx(0.5917188485995826)
    assert [each.code for each in found.cautions] == ["rows_dropped"]


def test_alpha_of_a_constant_item_is_refused() -> None:
    table = likert()
    table[:, 3] = 4
    with pytest.raises(AnalysisError) as caught:
        cronbach_alpha(table)
    assert (caught.value.code, caught.value.params["item"]) == ("item_constant", "4")


OHIO = [0.3885, 0.3190, 0.2925]  # published weights of the State of Ohio's ACSI survey


@pytest.mark.parametrize(
    ("means", "weights", "index"),
    [
        ([8, 7, 7], OHIO, 70.98333),
        ([8, 7, 7], [1, 1, 1], 70.37037),
        ([1, 1, 1], OHIO, 0.0),
        ([10, 10, 10], OHIO, 100.0),
    ],
)
def test_index_of_the_american_kind(means: list[float], weights: list[float], index: float) -> None:
    assert weighted_index(means, weights, low=1, high=10) == pytest.approx(index, abs=5e-6)


def test_items_that_cancel_only_when_standardised_have_a_raw_alpha() -> None:
    found = cronbach_alpha([[0, 0], [0, 0], [2, -1]])  # correlation -1, variances unequal
    assert found.value == pytest.approx(2 * (1 - 5 / 1))
    assert math.isnan(found.standardised)
