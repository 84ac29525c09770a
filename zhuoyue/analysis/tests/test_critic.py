"""CRITIC and combined weights against another program and against their own definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.tests.test_entropy import COUNTRIES, names
from zhuoyue.analysis.weighing.combined import Combination, combined
from zhuoyue.analysis.weighing.critic import critic
from zhuoyue.analysis.weighing.entropy import Shares, entropy
from zhuoyue.analysis.weighing.topsis import Normalisation, topsis

WEIGHTS = {"a": 0.6, "b": 0.2, "c": 0.2}

TABLES = arrays.arrays(
    np.float64, st.tuples(st.integers(4, 8), st.integers(2, 5)), elements=st.floats(-50, 50)
)


def test_pymcdm_finds_the_same_weights() -> None:
    """pymcdm 1.4.0, critic_weights, of the twelve rows of Elsayed, Dawood & Karthikeyan."""
    values = np.array(COUNTRIES)
    expected = [0.24464376, 0.19088903, 0.19570758, 0.18211541, 0.18664422]
    found = critic(*names(values), values)
    assert list(found.weights.values()) == pytest.approx(expected, abs=6e-9)
    other = critic(*names(values), values, ddof=0)
    assert dict(other.weights) == pytest.approx(dict(found.weights))
    assert other.deviations["c0"] < found.deviations["c0"]


def test_three_rows_by_hand() -> None:
    """(0, 1/2, 1) and (1, 0, 1/2): deviations 1/2, r = -1/2, so conflicts 3/2 and equal weights."""
    found = critic("xyz", "ab", [[1, 30], [2, 10], [3, 20]])
    assert dict(found.deviations) == pytest.approx({"a": 0.5, "b": 0.5})
    assert dict(found.conflicts) == pytest.approx({"a": 1.5, "b": 1.5})
    turned = critic("xyz", "ab", [[1, 30], [2, 10], [3, 20]], costs=["b"])
    assert dict(turned.conflicts) == pytest.approx({"a": 0.5, "b": 0.5})
    assert turned.correlations[0][1] == pytest.approx(0.5)


@given(TABLES, st.floats(0.01, 100), st.floats(-100, 100))
def test_units_and_noughts_of_scales_do_not_matter(
    values: np.ndarray, unit: float, nought: float
) -> None:
    assume((np.ptp(values, axis=0) > 1e-3).all())
    assume(np.corrcoef(values.T).min() < 0.999)
    rows, columns = names(values)
    first = critic(rows, columns, values)
    moved = critic(rows, columns, values * unit + nought)
    assert sum(first.weights.values()) == pytest.approx(1)
    assert dict(moved.information) == pytest.approx(dict(first.information), rel=1e-4, abs=1e-6)


def test_a_constant_column_weighs_nothing_and_changes_no_other() -> None:
    values = np.array([[1, 5, 30], [2, 5, 10], [3, 5, 20.0]])
    found = critic("xyz", "abc", values)
    assert dict(found.weights) == pytest.approx({"a": 0.5, "b": 0, "c": 0.5})
    assert found.correlations[1] == (None, None, None)
    assert "weighing_constant" in [each.code for each in found.cautions]


def test_rounding_of_sums_is_no_spread() -> None:
    """0.1 + 0.2 is not 0.3 in binary; brought to 0 .. 1 the difference would be a whole column."""
    values = [[0.1 + 0.2, 5, 1], [0.3, 7, 3], [0.3, 1, 2], [0.3, 2, 9]]
    found = critic("wxyz", "abc", values)
    assert found.weights["a"] == 0
    assert entropy("wxyz", "abc", values, normalisation=Shares.MIN_MAX).constant == ("a",)
    exact = np.array(values)
    exact[0, 0] = 0.3
    for how in Normalisation:
        one, other = (topsis("wxyz", "abc", v, WEIGHTS, normalisation=how) for v in (values, exact))
        for name in "wxyz":
            closeness = other.standings[name].closeness
            assert one.standings[name].closeness == pytest.approx(closeness)


@pytest.mark.parametrize(
    ("code", "values", "ddof"),
    [
        ("critic_no_conflict", [[1, 2], [2, 4], [3, 6]], 1),
        ("critic_no_conflict", [[1, 2], [1, 2]], 1),
        ("critic_ddof", [[1, 2], [2, 1]], 2),
        ("decision_gap", [[1, 2], [2, np.nan]], 1),
    ],
)
def test_what_is_wrong_is_named(code: str, values: list[list[float]], ddof: int) -> None:
    with pytest.raises(AnalysisError) as refused:
        critic([str(k) for k in range(len(values))], "ab", values, ddof=ddof)
    assert refused.value.code == code


JUDGED = {"speed": 0.5, "quality": 0.3, "price": 0.2}
COMPUTED = {"speed": 0.2, "quality": 0.3, "price": 0.5}


@pytest.mark.parametrize(
    ("how", "shares", "expected"),
    [
        ("additive", {"judged": 0.6, "computed": 0.4}, [0.38, 0.3, 0.32]),
        ("multiplicative", None, [10 / 29, 9 / 29, 10 / 29]),
        ("geometric", None, np.sqrt([0.1, 0.09, 0.1]) / np.sqrt([0.1, 0.09, 0.1]).sum()),
    ],
)
def test_two_sets_by_hand(how: str, shares: dict[str, float] | None, expected: list[float]) -> None:
    found = combined(
        {"judged": JUDGED, "computed": COMPUTED}, combination=Combination(how), shares=shares
    )
    assert list(found.weights.values()) == pytest.approx(list(expected))


@given(
    st.lists(st.floats(0.05, 1), min_size=3, max_size=3),
    st.lists(st.floats(0.05, 1), min_size=3, max_size=3),
    st.lists(st.floats(0.05, 1), min_size=3, max_size=3),
    st.floats(0.05, 0.95),
)
def test_no_weights_have_less_relative_entropy_than_the_geometric(
    one: list[float], other: list[float], trial: list[float], alpha: float
) -> None:
    sets = {"one": dict(zip("abc", one, strict=True)), "two": dict(zip("abc", other, strict=True))}
    shares = {"one": alpha, "two": 1 - alpha}
    found = combined(sets, combination=Combination.GEOMETRIC, shares=shares)

    def apart(weights: np.ndarray) -> float:
        return sum(
            shares[name] * float((weights * np.log(weights / np.array(list(each.values())))).sum())
            for name, each in found.given.items()
        )

    best = np.array(list(found.weights.values()))
    assert best.sum() == pytest.approx(1)
    assert apart(best) <= apart(np.array(trial) / sum(trial)) + 1e-12


@given(st.sampled_from(list(Combination)), st.permutations(["judged", "computed"]))
def test_the_order_of_the_sets_changes_nothing(how: Combination, order: list[str]) -> None:
    sets = {"judged": JUDGED, "computed": COMPUTED}
    turned = combined({name: sets[name] for name in order}, combination=how)
    assert dict(turned.weights) == pytest.approx(dict(combined(sets, combination=how).weights))


@pytest.mark.parametrize(
    ("code", "other", "options"),
    [
        ("decision_weight_missing", {"speed": 1, "price": 1}, {}),
        ("decision_criterion_unknown", {**COMPUTED, "colour": 1}, {}),
        ("decision_weight_invalid", {**COMPUTED, "price": -1}, {}),
        ("decision_weights_nil", dict.fromkeys(JUDGED, 0), {}),
        ("combined_shares_unused", COMPUTED, {"combination": "multiplicative", "shares": {"x": 1}}),
        ("decision_weight_missing", COMPUTED, {"shares": {"judged": 1}}),
    ],
)
def test_sets_that_do_not_fit_are_named(
    code: str, other: dict[str, float], options: dict[str, object]
) -> None:
    how = Combination(str(options.get("combination", "additive")))
    shares = options.get("shares")
    assert shares is None or isinstance(shares, dict)
    with pytest.raises(AnalysisError) as refused:
        combined({"judged": JUDGED, "computed": other}, combination=how, shares=shares)
    assert refused.value.code == code


def test_products_that_rule_everything_out_are_refused() -> None:
    with pytest.raises(AnalysisError) as refused:
        combined(
            {"one": {"a": 1, "b": 0}, "two": {"a": 0, "b": 1}}, combination=Combination.GEOMETRIC
        )
    assert refused.value.code == "combined_nil"
    with pytest.raises(AnalysisError) as refused:
        combined({"one": JUDGED})
    assert refused.value.code == "combined_sets"
