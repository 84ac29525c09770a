"""TOPSIS against another program and against its own definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.tests.test_entropy import names
from zhuoyue.analysis.weighing.topsis import Normalisation, topsis

SCHEMES = np.array(
    [
        [66, 56, 95, 3.2, 7],
        [61, 55, 166, 5.1, 3],
        [65, 49, 113, 2.2, 9],
        [95, 56, 99, 4.0, 4],
        [63, 43, 178, 6.5, 6],
        [74, 59, 140, 3.9, 5],
    ]
)
WEIGHTS = {"c0": 0.1, "c1": 0.2, "c2": 0.3, "c3": 0.25, "c4": 0.15}
COSTS = ["c1", "c3"]
TABLES = arrays.arrays(
    np.float64, st.tuples(st.integers(2, 7), st.just(5)), elements=st.floats(0.1, 100)
)
WAYS = st.sampled_from(list(Normalisation))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("vector", [0.5065656, 0.42992073, 0.65958787, 0.38688459, 0.44247451, 0.51471088]),
        ("max", [0.47617109, 0.45100797, 0.63164888, 0.37128515, 0.47326357, 0.50599755]),
        ("linear", [0.38938879, 0.39958184, 0.62926092, 0.25158704, 0.47326357, 0.39576482]),
        ("min_max", [0.3794254, 0.48387753, 0.55299121, 0.33246221, 0.57035048, 0.44560973]),
        ("sum", [0.42404431, 0.35959772, 0.67443496, 0.26109895, 0.42399255, 0.38547998]),
    ],
)
def test_pymcdm_finds_the_same_closeness(how: str, expected: list[float]) -> None:
    """pymcdm 1.4.0, TOPSIS with normalisations of the same names: six schemes, two costs."""
    rows, columns = names(SCHEMES)
    found = topsis(rows, columns, SCHEMES, WEIGHTS, costs=COSTS, normalisation=Normalisation(how))
    closeness = [each.closeness for each in found.standings.values()]
    assert closeness == pytest.approx(expected, abs=6e-9)
    order = np.argsort(np.argsort([-each for each in expected])) + 1
    assert [each.rank for each in found.standings.values()] == order.tolist()


def test_two_schemes_by_hand() -> None:
    """(3, 4) against (4, 3), both benefits of weight 1/2: vector norm 5, equally close."""
    found = topsis("xy", "ab", [[3, 4], [4, 3]], {"a": 1, "b": 1})
    assert dict(found.ideal) == pytest.approx({"a": 0.4, "b": 0.4})
    assert dict(found.anti_ideal) == pytest.approx({"a": 0.3, "b": 0.3})
    assert [each.closeness for each in found.standings.values()] == pytest.approx([0.5, 0.5])
    assert [each.to_ideal for each in found.standings.values()] == pytest.approx([0.1, 0.1])
    assert [each.rank for each in found.standings.values()] == [1, 1]
    assert [each.code for each in found.cautions] == ["topsis_tie"]
    linear = topsis(
        "xy",
        "ab",
        [[3, 4], [4, 2]],
        {"a": 3, "b": 1},
        costs="b",
        normalisation=Normalisation.LINEAR,
    )
    assert dict(linear.ideal) == pytest.approx({"a": 0.75, "b": 0.25})
    assert dict(linear.anti_ideal) == pytest.approx({"a": 0.5625, "b": 0.125})
    assert [each.closeness for each in linear.standings.values()] == [0, 1]


@given(TABLES, WAYS, st.permutations(range(5)), st.lists(st.floats(0.1, 9), min_size=5, max_size=5))
def test_units_and_order_do_not_matter(
    values: np.ndarray, how: Normalisation, order: list[int], units: list[float]
) -> None:
    assume((np.ptp(values, axis=0) > 1e-3).all())
    rows, columns = names(values)
    first = topsis(rows, columns, values, WEIGHTS, costs=COSTS, normalisation=how)
    moved = topsis(
        rows[::-1],
        [columns[k] for k in order],
        (values * units)[::-1][:, order],
        {name: 7 * each for name, each in WEIGHTS.items()},
        costs=COSTS,
        normalisation=how,
    )
    for name, each in first.standings.items():
        assert 0 <= each.closeness <= 1
        assert moved.standings[name].closeness == pytest.approx(each.closeness, abs=1e-8)


@given(TABLES, WAYS)
def test_what_is_best_everywhere_is_the_ideal(values: np.ndarray, how: Normalisation) -> None:
    best = np.where([name in COSTS for name in WEIGHTS], values.min(axis=0), values.max(axis=0))
    worst = np.where([name in COSTS for name in WEIGHTS], values.max(axis=0), values.min(axis=0))
    # values that differ in their last digit only are alike once they are shares of their sum
    assume(not np.allclose(best, worst, rtol=1e-12, atol=0))
    table = np.vstack([values, best, worst])
    rows, columns = names(table)
    found = topsis(rows, columns, table, WEIGHTS, costs=COSTS, normalisation=how)
    assert found.standings[rows[-2]].closeness == pytest.approx(1)
    assert found.standings[rows[-2]].rank == 1
    assert found.standings[rows[-1]].closeness == pytest.approx(0)


@pytest.mark.parametrize(
    ("code", "values", "how"),
    [
        ("topsis_negative", [[1, 2], [-1, 3]], "max"),
        ("topsis_negative", [[1, 2], [-1, 3]], "sum"),
        ("topsis_cost_not_positive", [[1, 2], [3, 0]], "linear"),
        ("topsis_all_alike", [[1, 2], [1, 2]], "vector"),
        ("decision_gap", [[1, 2], [1, np.nan]], "vector"),
    ],
)
def test_what_is_wrong_is_named(code: str, values: list[list[float]], how: str) -> None:
    with pytest.raises(AnalysisError) as refused:
        topsis("xy", "ab", values, {"a": 1, "b": 1}, costs="b", normalisation=Normalisation(how))
    assert refused.value.code == code


def test_vector_and_min_max_take_negative_values() -> None:
    for how in (Normalisation.VECTOR, Normalisation.MIN_MAX):
        found = topsis("xy", "a", [[-2], [2]], {"a": 1}, normalisation=how)
        assert [each.rank for each in found.standings.values()] == [2, 1]
