"""Entropy weights against published numbers and their own definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.weighing.entropy import Shares, entropy

COUNTRIES = [
    (7, 312, 1891, 6613, 163),
    (72, 88, 728, 941804, 1078),
    (10, 252, 2594, 3466, 117471),
    (10, 145, 980, 2371, 86329),
    (65, 54, 350, 501, 29897),
    (29, 48, 380, 912, 34051),
    (7, 476, 3300, 78470, 2212),
    (70, 87, 650, 733, 819000),
    (4, 86, 591, 3015, 103),
    (12, 79, 579, 3240, 96098),
    (21, 45, 261, 1253, 453),
    (1, 72, 530, 4333, 0.1048),
]
TABLES = arrays.arrays(
    np.float64, st.tuples(st.integers(2, 7), st.integers(1, 5)), elements=st.floats(0.01, 100)
)


def names(values: np.ndarray) -> tuple[list[str], list[str]]:
    return [f"a{k}" for k in range(len(values))], [f"c{k}" for k in range(values.shape[1])]


def test_elsayed_dawood_and_karthikeyan() -> None:
    """Elsayed, Dawood & Karthikeyan 2017: entropies and weights of twelve rows, five columns."""
    values = np.array(COUNTRIES)
    found = entropy(*names(values), values)
    expected = [0.807441, 0.873223, 0.869097, 0.174789, 0.441391]
    assert list(found.entropies.values()) == pytest.approx(expected, abs=6e-7)
    weights = [0.104991, 0.069124, 0.071373, 0.449937, 0.304575]
    assert list(found.weights.values()) == pytest.approx(weights, abs=6e-7)
    assert found.n == 12
    assert found.cautions == ()


def test_nought_counts_nothing_and_a_constant_column_weighs_nothing() -> None:
    """By hand: (0, 1, 1) has entropy ln 2 / ln 3; (5, 5, 5) has 1; (0, 0, 1) has 0."""
    values = np.array([[0, 5, 0], [1, 5, 0], [1, 5, 1.0]])
    found = entropy("xyz", "abc", values)
    half = np.log(2) / np.log(3)
    assert dict(found.entropies) == pytest.approx({"a": half, "b": 1.0, "c": 0.0})
    assert dict(found.weights) == pytest.approx(
        {"a": (1 - half) / (2 - half), "b": 0, "c": 1 / (2 - half)}
    )
    assert found.constant == ("b",)
    assert "weighing_constant" in [each.code for each in found.cautions]


@given(TABLES, st.floats(0.001, 1000), st.sampled_from(list(Shares)))
def test_units_and_order_do_not_matter(values: np.ndarray, unit: float, how: Shares) -> None:
    if (np.ptp(values, axis=0) < 1e-6).any():
        return
    rows, columns = names(values)
    costs = columns[::2]
    first = entropy(rows, columns, values, costs=costs, normalisation=how)
    moved = entropy(rows, columns, values[::-1] * unit, costs=costs, normalisation=how)
    assert sum(first.weights.values()) == pytest.approx(1)
    assert all(0 <= each <= 1 for each in first.entropies.values())
    assert dict(moved.weights) == pytest.approx(dict(first.weights), rel=1e-5, abs=1e-7)


@given(TABLES)
def test_a_cost_is_a_benefit_turned_over(values: np.ndarray) -> None:
    if (np.ptp(values, axis=0) < 1e-6).any():
        return
    rows, columns = names(values)
    cost = entropy(rows, columns, values, costs=columns)
    assert dict(cost.entropies) == pytest.approx(dict(entropy(rows, columns, 1 / values).entropies))
    low = entropy(rows, columns, values, costs=columns, normalisation=Shares.MIN_MAX)
    high = entropy(rows, columns, -values, normalisation=Shares.MIN_MAX)
    assert dict(low.entropies) == pytest.approx(dict(high.entropies))


def test_a_shift_or_min_max_lets_negative_values_in() -> None:
    values = np.array([[-1, 2], [3, 4], [5, 9.0]])
    moved = entropy("xyz", "ab", values, shift=1)
    assert dict(moved.weights) == pytest.approx(dict(entropy("xyz", "ab", values + 1).weights))
    brought = entropy("xyz", "ab", values, normalisation=Shares.MIN_MAX, shift=0.01)
    shown = np.array([[0, 0], [2 / 3, 2 / 7], [1, 1]]) + 0.01
    assert dict(brought.weights) == pytest.approx(dict(entropy("xyz", "ab", shown).weights))


@pytest.mark.parametrize(
    ("code", "values", "options"),
    [
        ("entropy_negative", [[1, 2], [3, -4]], {}),
        ("entropy_cost_not_positive", [[1, 2], [3, 0]], {"costs": ["b"]}),
        ("decision_gap", [[1, 2], [3, np.nan]], {}),
        ("decision_gap", [[1, 2], [3, np.inf]], {}),
        ("entropy_all_constant", [[1, 2], [1, 2]], {}),
        ("entropy_shift", [[1, 2], [3, 4]], {"shift": -1}),
        ("decision_shape", [[1, 2]], {}),
        ("decision_criterion_unknown", [[1, 2], [3, 4]], {"costs": ["z"]}),
    ],
)
def test_what_is_wrong_is_named(
    code: str, values: list[list[float]], options: dict[str, object]
) -> None:
    with pytest.raises(AnalysisError) as refused:
        entropy("xy", "ab", values, **options)  # type: ignore[arg-type]  # options of any kind
    assert refused.value.code == code
    if "value" in refused.value.params and "alternative" in refused.value.params:
        assert refused.value.params["alternative"] == "y"
        assert refused.value.params["criterion"] == "b"


def test_a_name_stands_once() -> None:
    with pytest.raises(AnalysisError) as refused:
        entropy("xx", "ab", [[1, 2], [3, 4]])
    assert refused.value.code == "decision_name_twice"
