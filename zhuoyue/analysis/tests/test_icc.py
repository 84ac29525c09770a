"""Intraclass correlations against Shrout and Fleiss 1979 and against pingouin 0.7."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.quality import cronbach_alpha
from zhuoyue.analysis.surveys.icc import icc

SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
NAN = np.nan


def test_shrout_and_fleiss_1979() -> None:
    found = icc(SHROUT_FLEISS)
    squares = found.mean_squares
    given = (squares.targets, squares.within, squares.raters, squares.error)
    assert given == pytest.approx((11.2417, 6.2639, 32.4861, 1.0194), abs=5e-5)
    values = [one.value for one in found.forms]
    assert values == pytest.approx([0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093], abs=5e-5)


def test_the_intervals_are_those_of_pingouin() -> None:
    """pingouin prints two digits; the F values and chances are given to more."""
    found = icc(SHROUT_FLEISS)
    limits = [(one.low, one.high) for one in found.forms]
    expected = [
        (-0.13, 0.72),
        (0.02, 0.76),
        (0.34, 0.95),
        (-0.88, 0.91),
        (0.07, 0.93),
        (0.68, 0.99),
    ]
    assert np.allclose(limits, expected, atol=0.005)
    assert found.form("ICC(1,1)").p == pytest.approx(0.16476880834463953, rel=1e-9)
    assert found.form("ICC(A,k)").f == pytest.approx(11.027247956403299, rel=1e-9)
    assert found.form("ICC(3,k)").p == pytest.approx(0.000134566516484335, rel=1e-9)


def test_limits_of_raters_who_contradict_each_other_are_those_of_psych() -> None:
    """R's psych 2.2.9, ICC(lmer = FALSE): Satterthwaite's degrees are below one here."""
    found = icc([[3, 9], [8, 2], [4, 5], [6, 7]]).form("ICC(A,1)")
    told = (found.value, found.low, found.high)
    assert told == pytest.approx((-1.3125, -1.8868075906, 0.4305026301), abs=1e-9)


def test_the_last_form_is_cronbachs_alpha() -> None:
    found = icc(SHROUT_FLEISS).form("ICC(C,k)")
    alpha = cronbach_alpha(SHROUT_FLEISS)
    assert (found.value, found.low, found.high) == pytest.approx(
        (alpha.value, alpha.low, alpha.high)
    )


@pytest.mark.parametrize(
    ("ratings", "code"),
    [
        ([[1], [2]], "icc_raters_few"),
        ([1, 2], "icc_raters_few"),
        ([[1, 2], [NAN, 3]], "icc_targets_few"),
        ([[1, 2], [2, 1]], "icc_targets_alike"),
        ([[1, 2], [2, 3], [5, 6]], "icc_no_error"),
        ([[1, 2], [np.inf, 3]], "value_infinite"),
    ],
)
def test_what_has_no_coefficient_is_refused(ratings: list[list[float]], code: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        icc(ratings)
    assert caught.value.code == code


def test_a_target_with_a_gap_is_left_out_and_told() -> None:
    found = icc(np.array([*SHROUT_FLEISS, [1, NAN, 2, 3]], float))
    assert found.forms == icc(SHROUT_FLEISS).forms
    assert found.cautions[0].code == "icc_dropped"


def test_ratings_whose_squares_have_no_square_have_limits() -> None:
    rows = np.array(SHROUT_FLEISS, float)
    one, other = icc(rows), icc(rows * 1e98)
    for small, large in zip(one.forms, other.forms, strict=True):
        assert (large.low, large.high) == pytest.approx((small.low, small.high))


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=4, max_size=9),
    st.floats(-50, 50),
    st.floats(0.1, 20),
)
def test_unit_and_origin_of_the_scale_do_not_matter(
    rows: list[list[int]], shift: float, unit: float
) -> None:
    ratings = np.array(rows, float)
    means, rests = ratings.mean(axis=1), ratings - ratings.mean(axis=1)[:, None]
    assume(np.ptp(means) > 0)
    assume(np.ptp(rests, axis=0).max() > 0)
    found = icc(ratings)
    moved = icc(shift + unit * ratings)
    for one, other in zip(found.forms, moved.forms, strict=True):
        if one.value > -100:  # nearer to no bound at all rounding decides
            assert other.value == pytest.approx(one.value, rel=1e-6, abs=1e-6)
        assert one.low <= one.value + 1e-9
        assert one.value <= one.high + 1e-9
        assert one.high <= 1
