"""Rank sensitivity against TOPSIS run again with the weights it names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.tests.test_entropy import names
from zhuoyue.analysis.tests.test_topsis import COSTS, SCHEMES, TABLES, WAYS, WEIGHTS
from zhuoyue.analysis.weighing.rank_sensitivity import (
    RankSensitivity,
    moved_weight,
    rank_sensitivity,
)
from zhuoyue.analysis.weighing.topsis import Normalisation, topsis

ROWS, COLUMNS = names(SCHEMES)


def first_at(values: np.ndarray, how: Normalisation, criterion: str, weight: float) -> str:
    rows, columns = names(values)
    moved = moved_weight(np.array(list(WEIGHTS.values())), columns.index(criterion), weight)
    weights = dict(zip(columns, moved.tolist(), strict=True))
    found = topsis(rows, columns, values, weights, costs=COSTS, normalisation=how)
    return min(found.standings, key=lambda name: found.standings[name].rank)


def sensitivity(values: np.ndarray, how: Normalisation) -> RankSensitivity:
    rows, columns = names(values)
    return rank_sensitivity(
        rows, columns, values, WEIGHTS, costs=COSTS, normalisation=how, draws=200, seed=3
    )


def test_two_schemes_by_hand() -> None:
    """x is best in a, y in b (min_max): the first place turns exactly where both weigh a half."""
    found = rank_sensitivity(
        "xy", "ab", [[1, 0], [0, 1]], {"a": 0.6, "b": 0.4}, normalisation=Normalisation.MIN_MAX
    )
    assert found.first == "x"
    assert found.closeness == pytest.approx((0.6, 0.4))
    assert [(each.criterion, each.first) for each in found.turns] == [("a", "y"), ("b", "y")]
    assert [each.turns_at for each in found.turns] == pytest.approx([0.5, 0.5])
    assert found.nearest is not None
    assert found.nearest.change in (pytest.approx(-1 / 6), pytest.approx(0.25))
    assert found.first_kept == 1  # 0.54 to 0.44 at worst
    assert found.ahead == ((0, 1), (0, 0))
    wide = rank_sensitivity(
        "xy",
        "ab",
        [[1, 0], [0, 1]],
        {"a": 0.6, "b": 0.4},
        normalisation=Normalisation.MIN_MAX,
        change=0.5,
        draws=40_000,
        seed=1,
    )
    # a uniform in .3 .. .9, b in .2 .. .6: b is larger on the triangle .3 < a < b < .6
    lost = 0.5 * 0.3 * 0.3 / (0.6 * 0.4)
    assert wide.first_kept == pytest.approx(1 - lost, abs=0.01)
    assert [each.code for each in wide.cautions] == ["rank_sensitivity_thin"]


@given(TABLES, WAYS)
@settings(deadline=None)
def test_the_first_place_turns_where_it_is_said_and_nowhere_before(
    values: np.ndarray, how: Normalisation
) -> None:
    assume((np.ptp(values, axis=0) > 1e-2).all())
    found = sensitivity(values, how)
    second = sorted(found.closeness)[-2]
    assume(max(found.closeness) - second > 1e-6)
    for each in found.turns:
        for share in (0.1, 0.5, 0.9):
            within = each.weight + share * (each.turns_at - each.weight)
            assert first_at(values, how, each.criterion, within) == found.first
        rows, columns = names(values)
        moved = moved_weight(
            np.array(list(WEIGHTS.values())), columns.index(each.criterion), each.turns_at
        )
        weights = dict(zip(columns, moved.tolist(), strict=True))
        there = topsis(rows, columns, values, weights, costs=COSTS, normalisation=how).standings
        old, new = there[found.first].closeness, there[each.first].closeness
        assert new == pytest.approx(old, abs=1e-6)
    turning = {(each.criterion, each.turns_at > each.weight) for each in found.turns}
    for criterion, weight in WEIGHTS.items():
        for side, end in ((False, 1e-3), (True, 0.999)):
            if (criterion, side) not in turning:
                steps = np.linspace(weight, end, 7)
                assert {first_at(values, how, criterion, float(w)) for w in steps} == {found.first}


@given(TABLES, WAYS)
@settings(deadline=None, max_examples=30)
def test_shares_fit_together(values: np.ndarray, how: Normalisation) -> None:
    assume((np.ptp(values, axis=0) > 1e-2).all())
    found = sensitivity(values, how)
    assert sum(found.first_shares.values()) == pytest.approx(1)
    assert found.first_kept == found.first_shares[found.first]
    ahead = np.array(found.ahead)
    assert (ahead + ahead.T <= 1 + 1e-12).all()
    assert sensitivity(values, how) == found  # the seed repeats it


def test_moves_are_those_of_topsis() -> None:
    found = sensitivity(SCHEMES, Normalisation.VECTOR)
    assert len(found.moves) == 10
    for each in found.moves:
        assert each.weight == pytest.approx(WEIGHTS[each.criterion] * (1 + each.change))
        assert each.first == first_at(SCHEMES, Normalisation.VECTOR, each.criterion, each.weight)


@pytest.mark.parametrize("options", [{"change": 0}, {"change": 1.5}, {"draws": 0}])
def test_settings_out_of_range_are_named(options: dict[str, float]) -> None:
    with pytest.raises(AnalysisError) as refused:
        rank_sensitivity(
            ROWS,
            COLUMNS,
            SCHEMES,
            WEIGHTS,
            change=options.get("change", 0.1),
            draws=int(options.get("draws", 10)),
        )
    assert refused.value.code == "rank_sensitivity_setting"
