"""Kappa against published tables and other programs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.understanding.kappa import Weighting, cohen, fleiss, kappa

# Fleiss 1971: the diagnoses of 30 patients by six psychiatrists, five categories.
DIAGNOSES = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444
224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444
133333 555555
"""
CATEGORIES = ("1", "2", "3", "4", "5")


def test_the_diagnoses_of_fleiss() -> None:
    found = kappa([list(column) for column in zip(*DIAGNOSES.split(), strict=True)])
    assert (found.kind, found.n, found.coders) == ("fleiss", 30, 6)
    assert found.kappa == pytest.approx(0.430, abs=5e-4)
    assert found.kappa is not None
    assert found.se_by_chance is not None
    assert found.kappa / found.se_by_chance == pytest.approx(17.7, abs=0.05)  # R irr: z
    published = dict(zip(CATEGORIES, (0.245, 0.245, 0.520, 0.471, 0.566), strict=True))
    assert found.by_category == pytest.approx(published, abs=6e-4)


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [
        # A SAS printout quoted in the tests of statsmodels 0.15.
        (Weighting.NONE, (0.4842, 0.1380, 0.2137, 0.7547, 0.1484)),
        (Weighting.LINEAR, (0.4701, 0.1457, 0.1845, 0.7558, 0.1426)),
    ],
)
def test_two_coders_as_sas_prints_them(weighting: Weighting, expected: tuple[float, ...]) -> None:
    found = cohen("abc", [[0, 4, 1], [0, 8, 0], [0, 1, 5]], weighting=weighting)
    told = (found.kappa, found.se, found.low, found.high, found.se_by_chance)
    assert told == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("weighting", "value", "se"),
    [
        # statsmodels 0.15.0, cohens_kappa
        (Weighting.NONE, 0.49152542372881347, 0.07212745929334068),
        (Weighting.LINEAR, 0.4736842105263158, 0.07697890987030612),
        (Weighting.QUADRATIC, 0.4545454545454546, 0.09397969777572601),
    ],
)
def test_weights_as_in_statsmodels(weighting: Weighting, value: float, se: float) -> None:
    found = cohen("abc", [[44, 5, 1], [7, 20, 3], [9, 5, 6]], weighting=weighting)
    assert (found.kappa, found.se) == pytest.approx((value, se), rel=1e-12)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Randolph's online calculator, quoted in the tests of statsmodels 0.15.
        ([[7, 1], [3, 5]], 0.161905),
        ([[6, 1, 0], [0, 7, 0]], 0.708333),
        ([[7, 0], [0, 7]], 1.0),
    ],
)
def test_several_coders_from_counts(table: list[list[int]], expected: float) -> None:
    found = fleiss([str(k) for k in range(len(table[0]))], table)
    assert found.kappa == pytest.approx(expected, abs=6e-6)


LABELS = st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=2, max_size=40)


@given(LABELS, st.sampled_from(Weighting))
def test_agreement_does_not_depend_on_who_is_first_nor_on_the_order(
    pairs: list[tuple[str, str]], weighting: Weighting
) -> None:
    first, second = ([pair[k] for pair in pairs] for k in (0, 1))
    one = kappa([first, second], categories="abc", weighting=weighting)
    other = kappa([second[::-1], first[::-1]], categories="abc", weighting=weighting)
    if one.kappa is None:
        assert other.kappa is None
        return
    assert -1 <= one.kappa <= 1
    assert other.kappa == pytest.approx(one.kappa, abs=1e-12)
    assert other.se == pytest.approx(one.se, abs=1e-6)  # the root of what rounding leaves
    twice = kappa([first * 2, second * 2], categories="abc", weighting=weighting)
    assert twice.kappa == pytest.approx(one.kappa, abs=1e-12)
    if weighting is Weighting.NONE and first == second:
        assert one.kappa == pytest.approx(1)


def test_points_of_a_scale_are_ordered_as_numbers() -> None:
    """Two readers' scores from 1 to 10; scikit-learn 1.9: cohen_kappa_score, weights quadratic."""
    one = [2, 10, 9, 1, 5, 7, 10, 3, 8, 4, 6, 10]
    two = [3, 9, 10, 1, 5, 6, 10, 2, 10, 4, 7, 9]
    texts = kappa([list(map(str, one)), list(map(str, two))], weighting=Weighting.QUADRATIC)
    assert texts.kappa == pytest.approx(0.9535864978902954, abs=1e-12)
    assert texts.categories == tuple(map(str, range(1, 11)))


def test_nought_is_a_label_and_a_gap_is_none() -> None:
    """A notebook's columns of noughts and ones; statsmodels 0.15 gives 1/3 for the six pairs."""
    one: list[Any] = [0, 1, 1, 0, 0, 1]
    two: list[Any] = [0, 1, 0, 0, 1, 1]
    found = kappa([one, two])
    assert (found.n, found.categories) == (6, ("0", "1"))
    assert found.kappa == pytest.approx(1 / 3)
    columns: list[Any] = [[*map(float, one), np.nan, None], np.array([*two, 1, 0])]
    gaps = kappa(columns)
    assert gaps.kappa == found.kappa
    assert gaps.cautions[0].params == {"rows": 2}


def test_cautions_say_what_to_think_of() -> None:
    same = kappa([["a"] * 40, ["a"] * 40])
    assert same.kappa is None
    assert [each.code for each in same.cautions] == ["kappa_one_category"]
    rare = cohen("ab", [[95, 3], [2, 0]])
    assert {"kappa_low", "kappa_one_sided"} <= {each.code for each in rare.cautions}
    gaps = kappa([["a", "b", ""], ["a", "b", "b"]])
    assert [each.code for each in gaps.cautions] == ["kappa_left_out", "kappa_few"]
    assert gaps.n == 2


def test_what_cannot_be_compared_is_refused() -> None:
    def code(call: object) -> str:
        assert callable(call)
        with pytest.raises(AnalysisError) as refused:
            call()
        return str(refused.value.code)

    assert code(lambda: kappa([["a"]])) == "kappa_coders"
    assert code(lambda: kappa([[""], ["a"]])) == "kappa_empty"
    assert code(lambda: kappa([["x"], ["a"]], categories="ab")) == "kappa_label"
    assert code(lambda: kappa([["a"]] * 3, weighting=Weighting.LINEAR)) == "kappa_weights"
    assert code(lambda: cohen("ab", [[1, 2]])) == "kappa_shape"
    assert code(lambda: cohen("ab", [[1, -2], [0, 1]])) == "kappa_count"
    assert code(lambda: fleiss("ab", [[2, 0], [1, 0]])) == "kappa_coders"
    assert code(lambda: fleiss("ab", np.zeros((2, 2)))) == "kappa_empty"
