"""Effects proved: before and after, interrupted series, difference in differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.proving.before_after import (
    before_after,
    before_after_pairs,
    before_after_shares,
)
from zhuoyue.analysis.proving.differences import difference_in_differences
from zhuoyue.analysis.proving.interrupted_series import interrupted_series

SERIES = [20, 21, 19, 22, 21, 23, 22, 24, 23, 22, 28, 29, 31, 30, 33, 32, 34, 36, 35, 38]


def test_segmented_regression_as_in_statsmodels() -> None:
    # statsmodels 0.15.0: OLS, cov_type HAC, maxlags 2, use_correction False, use_t.
    found = interrupted_series(SERIES, 10, lag=2)
    terms = (found.level_before, found.slope_before, found.changes[0].step, found.changes[0].turn)
    assert [each.value for each in terms] == pytest.approx(
        [20.09090909, 0.35757576, 4.35151515, 0.66060606], abs=1e-8
    )
    assert [each.se for each in terms] == pytest.approx(
        [0.34507535, 0.07769544, 0.58633868, 0.08802762], abs=1e-8
    )
    step = found.changes[0].step
    assert (step.low, step.high) == pytest.approx((3.10853267, 5.59449764), abs=1e-8)
    assert found.durbin_watson == pytest.approx(3.06580342167058, abs=1e-10)
    assert [each.code for each in found.cautions] == ["series_related", "series_alone"]


def test_the_old_course_is_drawn_on() -> None:
    found = interrupted_series(SERIES, 10, labels=[f"m{k}" for k in range(20)])
    first, last, (change,) = found.points[0], found.points[-1], found.changes
    assert first.label == "m10"
    assert first.effect.value == pytest.approx(change.step.value)
    assert last.effect.value == pytest.approx(change.step.value + 9 * change.turn.value)
    assert last.without == pytest.approx(found.level_before.value + 19 * found.slope_before.value)
    assert found.mean_effect.value == pytest.approx(
        np.mean([each.effect.value for each in found.points])
    )


@given(st.floats(-50, 50), st.floats(-5, 5), st.floats(-20, 20), st.floats(-3, 3))
def test_a_course_without_noise_is_found_exactly(
    level: float, slope: float, step: float, turn: float
) -> None:
    time = np.arange(24.0)
    after = time >= 12
    season = np.array([0.0, 3.0])[np.arange(24) % 2]
    values = level + slope * time + after * (step + turn * (time - 12)) + season
    found = interrupted_series(values, 12, seasons=["even", "odd"] * 12)
    assert found.changes[0].step.value == pytest.approx(step, abs=1e-6)
    assert found.changes[0].turn.value == pytest.approx(turn, abs=1e-6)
    assert found.seasons["odd"].value == pytest.approx(3, abs=1e-6)


def test_several_changes_of_one_series_as_in_statsmodels() -> None:
    # statsmodels 0.15.0: OLS on level, slope, and a step and a turn at 7 and 14; as above.
    found = interrupted_series(SERIES, [7, 14], lag=2)
    told = [each for change in found.changes for each in (change.step, change.turn)]
    assert [each.value for each in told] == pytest.approx(
        [-0.535714286, 1.035714286, -0.476190476, -0.435714286], abs=1e-8
    )
    assert [each.se for each in told] == pytest.approx(
        [0.906952037, 0.215005775, 0.952220301, 0.236707014], abs=1e-8
    )
    first, second = found.changes
    assert (first.label, second.label, found.before, found.after) == ("8", "15", 7, 13)
    assert second.slope.value == pytest.approx(
        found.slope_before.value + first.turn.value + second.turn.value
    )
    last = found.points[-1].effect.value
    expected = first.step.value + 12 * first.turn.value + second.step.value
    assert last == pytest.approx(expected + 5 * second.turn.value)


UNITS = np.repeat(np.arange(8), 4)
PERIODS = [f"q{k}" for k in np.tile(np.arange(4), 8)]
VALUES = [10, 11, 12, 15, 9, 10, 12, 14, 11, 13, 13, 17, 10, 10, 11, 16,
          8, 9, 10, 10, 9, 9, 10, 12, 7, 8, 8, 9, 9, 11, 11, 11]  # fmt: skip


@pytest.mark.parametrize(
    ("clusters", "se", "low", "high"),
    [
        # statsmodels 0.15.0: OLS of the interaction, cov_type HC1 and cluster, use_t.
        (None, 0.995691777811847, 1.04375118, 5.12291548),
        ([str(k) for k in UNITS], 0.6056821831864291, 1.65112255, 4.51554411),
    ],
)
def test_two_groups_in_four_quarters_as_in_statsmodels(
    clusters: list[str] | None, se: float, low: float, high: float
) -> None:
    found = difference_in_differences(VALUES, UNITS < 4, PERIODS, ["q3"], clusters=clusters)
    assert found.effect.value == pytest.approx(3.083333333333332, rel=1e-12)
    assert found.effect.se == pytest.approx(se, rel=1e-10)
    assert (found.effect.low, found.effect.high) == pytest.approx((low, high), abs=1e-8)


def test_gaps_before_the_change_are_tested_together() -> None:
    found = difference_in_differences(VALUES, UNITS < 4, PERIODS, ["q3"])
    gaps = {name: (each.value, each.se) for name, each in found.by_period.items()}
    assert gaps["q0"] == pytest.approx((-0.5, 0.97894501), abs=1e-8)
    assert gaps["q1"] == pytest.approx((-0.5, 1.20761473), abs=1e-8)
    assert gaps["q3"] == pytest.approx((2.75, 1.18145391), abs=1e-8)
    assert found.parallel_p == pytest.approx(0.8620724051500168, abs=1e-10)
    assert [each.code for each in found.cautions] == ["did_unclustered"]


def test_the_means_of_card_and_krueger() -> None:
    # 1994, table 3: full-time employment in New Jersey 20.44 -> 21.03, Pennsylvania 23.33 -> 21.17.
    means = {(True, "1"): 20.44, (True, "2"): 21.03, (False, "1"): 23.33, (False, "2"): 21.17}
    rows = [(*key, mean + noise) for key, mean in means.items() for noise in (-1.0, 0.0, 1.0)]
    found = difference_in_differences(
        [row[2] for row in rows], [row[0] for row in rows], [row[1] for row in rows], ["2"]
    )
    assert found.effect.value == pytest.approx(2.75)  # 2.76 from their unrounded means
    assert found.means["control"]["before"] == pytest.approx(23.33)
    assert found.parallel_p is None


@given(st.floats(-100, 100), st.floats(-10, 10))
def test_what_moves_all_alike_is_no_effect(shift: float, trend: float) -> None:
    moved = np.array(VALUES) + shift + trend * np.tile(np.arange(4), 8)
    one = difference_in_differences(VALUES, UNITS < 4, PERIODS, ["q3"])
    other = difference_in_differences(moved, UNITS < 4, PERIODS, ["q3"])
    assert other.effect.value == pytest.approx(one.effect.value, abs=1e-8)
    assert other.parallel_p == pytest.approx(one.parallel_p, abs=1e-6)


def test_pairs_are_told_more_closely_than_strangers() -> None:
    before, after = [6, 7, 5, 8, 6, 7], [8, 7, 8, 9, 7, 9]
    pairs = before_after_pairs([*before, np.nan], [*after, 5])
    # By hand: changes 2 0 3 1 1 2, mean 1.5, s 1.0488, t(5) 2.5706: 1.5 +- 1.1007.
    assert (pairs.value, pairs.low, pairs.high) == pytest.approx((1.5, 0.3993, 2.6007), abs=5e-5)
    assert pairs.cautions[-1].code == "pairs_left_out"
    # scipy 1.16 ttest_rel; the smallest difference by the same t distribution.
    assert pairs.p == pytest.approx(0.01722454968034138, rel=1e-10)
    assert pairs.detectable == pytest.approx((2.570581836 + 0.919543780) * 1.048808848 / 6**0.5)
    strangers = before_after(before, after)
    assert strangers.high - strangers.low > pairs.high - pairs.low
    assert strangers.size == pytest.approx(1.5 / np.sqrt((1.1 + 0.8) / 2) * (1 - 3 / 39))


def test_pairs_that_show_nothing_say_what_they_could_have_shown() -> None:
    found = before_after_pairs([6, 7, 5, 8], [7, 6, 7, 7])
    notes = {each.code: each.params for each in found.cautions}
    assert notes["effect_not_detectable"]["detectable"] == found.detectable
    still = before_after_pairs([6, 7, 5], [6, 7, 5])
    assert (still.p, still.size, still.detectable) == (1.0, None, 0.0)


def test_two_shares_as_newcombe_published() -> None:
    # Newcombe 1998, table II, case (a), method 10: 56/70 - 48/80 = .20, .0524 to .3339.
    found = before_after_shares(48, 80, 56, 70)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_what_cannot_be_proved_is_refused() -> None:
    def code(call: object) -> str:
        assert callable(call)
        with pytest.raises(AnalysisError) as refused:
            call()
        return str(refused.value.code)

    own = UNITS < 4
    assert code(lambda: interrupted_series(SERIES, 2)) == "proving_sides"
    assert code(lambda: interrupted_series(SERIES, [8, 10])) == "proving_sides"
    assert code(lambda: interrupted_series(SERIES, [12, 6])) == "proving_sides"
    assert code(lambda: interrupted_series(SERIES, [])) == "proving_no_change"
    assert code(lambda: interrupted_series([*SERIES[:-1], np.nan], 10)) == "proving_value"
    assert code(lambda: interrupted_series(SERIES, 10, lag=20)) == "proving_lag"
    assert code(lambda: interrupted_series(SERIES, 10, seasons=["a"])) == "proving_lengths"
    late = ["early"] * 10 + ["late"] * 10
    assert code(lambda: interrupted_series(SERIES, 10, seasons=late)) == "proving_dependent"
    did = difference_in_differences
    assert code(lambda: did(VALUES, own, PERIODS, ["q9"])) == "did_period"
    assert code(lambda: did(VALUES, own, PERIODS, [])) == "did_sides"
    assert code(lambda: did(VALUES, UNITS < 9, PERIODS, ["q3"])) == "did_empty"
    assert code(lambda: did(VALUES, own, PERIODS[1:], ["q3"])) == "proving_lengths"
    assert (
        code(lambda: did(VALUES, own, PERIODS, ["q3"], clusters=["x"] * 32)) == "proving_clusters"
    )
    assert code(lambda: before_after([1], [1, 2])) == "proving_short"
