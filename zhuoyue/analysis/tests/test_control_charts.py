"""Control charts against NIST and Montgomery; rules pattern by pattern, and what chance makes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.watching.charts import ControlChart, PointState, control_chart
from zhuoyue.analysis.watching.constants import constants
from zhuoyue.analysis.watching.false_alarms import false_alarms
from zhuoyue.analysis.watching.limits import Chart
from zhuoyue.analysis.watching.rules import NELSON, WESTERN_ELECTRIC, Rule, found_by
from zhuoyue.analysis.watching.weighted import cusum, ewma

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST handbook 6.3.2.2

# Montgomery, table 9.1: from sample 21 on the mean is 11 instead of 10.
SMALL_SHIFT = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51,
               9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60,
               11.08, 10.38, 11.62, 11.31, 10.52]  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    # Montgomery, appendix VI: n, d2, d3, c4, A2, A3, D3, D4, B3, B4.
    [
        (2, 1.128, 0.853, 0.7979, 1.880, 2.659, 0, 3.267, 0, 3.267),
        (3, 1.693, 0.888, 0.8862, 1.023, 1.954, 0, 2.574, 0, 2.568),
        (5, 2.326, 0.864, 0.9400, 0.577, 1.427, 0, 2.114, 0, 2.089),
        (6, 2.534, 0.848, 0.9515, 0.483, 1.287, 0, 2.004, 0.030, 1.970),
        (7, 2.704, 0.833, 0.9594, 0.419, 1.182, 0.076, 1.924, 0.118, 1.882),
        (10, 3.078, 0.797, 0.9727, 0.308, 0.975, 0.223, 1.777, 0.284, 1.716),
        (15, 3.472, 0.756, 0.9823, 0.223, 0.789, 0.347, 1.653, 0.428, 1.572),
        (20, 3.735, 0.729, 0.9869, 0.180, 0.680, 0.415, 1.585, 0.510, 1.490),
        (25, 3.931, 0.708, 0.9896, 0.153, 0.606, 0.459, 1.541, 0.565, 1.435),
    ],
    ids=lambda row: str(row[0]),
)
def test_constants_as_printed(printed: tuple[float, ...]) -> None:
    k = constants(int(printed[0]))
    computed = (k.d2, k.d3, k.c4, k.A2, k.A3, k.D3, k.D4, k.B3, k.B4)
    assert computed == pytest.approx(printed[1:], abs=1.01e-3)  # tables differ in the last digit
    assert constants(2).d2 == pytest.approx(2 / np.sqrt(np.pi), abs=1e-9)
    assert constants(2).d3 == pytest.approx(np.sqrt(2 - 4 / np.pi), abs=1e-7)


def limits(found: ControlChart, panel: str) -> tuple[float, float, float]:
    point = found.panels[panel][0]
    return point.centre, point.lower, point.upper


def test_individuals_of_nist() -> None:
    found = control_chart(Chart.IMR, FLOW)
    assert limits(found, "I") == pytest.approx((50.81, 45.8159, 55.8041), abs=5e-5)
    assert limits(found, "MR") == pytest.approx((1.87778, 0, 6.1347), abs=5e-5)
    assert found.panels["MR"][0].value is None
    assert not found.signals


def rings(kind: str) -> list[list[float]]:
    """Subgroups of five with Montgomery's grand mean and mean range, or mean deviation."""
    rng = np.random.default_rng(1)
    values = rng.standard_normal((25, 5))
    values -= values.mean(axis=1, keepdims=True)
    spread = np.ptp(values, axis=1) if kind == "R" else values.std(axis=1, ddof=1)
    wanted = 0.022760 if kind == "R" else 0.009240
    return [list(map(float, row)) for row in values * wanted / spread.mean() + 74.001176]


def test_piston_rings_of_montgomery() -> None:
    by_range = control_chart(Chart.XBAR_R, rings("R"))
    assert limits(by_range, "X̄") == pytest.approx((74.001176, 73.988048, 74.014304), abs=2e-6)
    assert limits(by_range, "R")[2] == pytest.approx(0.048126, abs=2e-6)
    by_deviation = control_chart(Chart.XBAR_S, rings("S"))
    assert limits(by_deviation, "X̄") == pytest.approx((74.001176, 73.987988, 74.014364), abs=2e-6)
    assert limits(by_deviation, "S")[2] == pytest.approx(0.019302, abs=2e-6)


def test_subgroups_that_differ_in_size_are_pooled() -> None:
    # By hand: variances 2 (n 2) and 1 (n 3) -> pooled (1*2 + 2*1) / 3; mean (2*1 + 3*5) / 5.
    found = control_chart(Chart.XBAR_S, [[0.0, 2.0, np.nan], [4.0, 5.0, 6.0]])
    first, second = found.panels["X̄"]
    sigma = np.sqrt(4 / 3)
    assert first.centre == pytest.approx(17 / 5)
    assert first.upper - first.centre == pytest.approx(3 * sigma / np.sqrt(2))
    assert second.upper - second.centre == pytest.approx(3 * sigma / np.sqrt(3))


# Montgomery, example 7.3: nonconformities in 26 samples of 100 circuit boards.
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16,
          19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]  # fmt: skip


def test_circuit_boards_of_montgomery() -> None:
    found = control_chart(Chart.C, BOARDS, rules=[Rule.BEYOND_LIMIT])
    assert limits(found, "c") == pytest.approx((19.846154, 6.481447, 33.210861), abs=5e-7)
    assert [each.label for each in found.signals] == ["6", "20"]
    again = control_chart(
        Chart.C, BOARDS, explained={"6": "new inspector", "20": "temperature control"}
    )
    assert limits(again, "c") == pytest.approx((19.666667, 6.362532, 32.970801), abs=5e-7)
    assert again.panels["c"][5].state is PointState.EXPLAINED
    assert again.panels["c"][5].value == 5
    assert not [each for each in again.signals if "6" in each.points]


def test_shares_with_sizes_that_vary() -> None:
    counts, sizes = [4, 6, 2, 9], [50, 80, 40, 60]
    found = control_chart(Chart.P, counts, sizes=sizes)
    share = 21 / 230
    for point, size in zip(found.panels["p"], sizes, strict=True):
        reach = 3 * np.sqrt(share * (1 - share) / size)
        assert (point.centre, point.upper) == pytest.approx((share, share + reach))
        assert point.lower == 0
    rate = control_chart(Chart.U, counts, sizes=sizes).panels["u"][1]
    assert rate.upper == pytest.approx(share + 3 * np.sqrt(share / 80))
    whole = control_chart(Chart.NP, [4, 6], sizes=[50, 50]).panels["np"][0]
    assert (whole.centre, whole.value) == (5, 4)


def test_juice_cans_of_montgomery() -> None:
    """Chapter 7: 30 samples of 50 cans; 15 and 23 are explained, and 21 is then beyond too."""
    counts = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11,
              20, 18, 24, 15, 9, 12, 7, 13, 9, 6]  # fmt: skip
    found = control_chart(Chart.P, counts, sizes=[50] * 30, rules=[Rule.BEYOND_LIMIT])
    first = found.panels["p"][0]
    published = (0.2313, 0.0524, 0.4102)
    assert (first.centre, first.lower, first.upper) == pytest.approx(published, abs=5.1e-5)
    assert [each.label for each in found.signals] == ["15", "23"]
    again = control_chart(
        Chart.P, counts, sizes=[50] * 30, rules=[Rule.BEYOND_LIMIT],
        explained={"15": "new batch of cardboard", "23": "inexperienced operator"},
    )  # fmt: skip
    first = again.panels["p"][0]
    published = (0.2150, 0.0407, 0.3893)
    assert (first.centre, first.lower, first.upper) == pytest.approx(published, abs=5.1e-5)
    assert [each.label for each in again.signals] == ["21"]


def test_loan_costs_of_montgomery() -> None:
    """Chapter 6: the mean range of 20 weeks is 7.79, limits 279.78 and 321.22; of the twenty weeks
    that follow, the 39th is the first beyond them."""
    before = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293,
              306, 301, 304]  # fmt: skip
    later = [305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304,
             305, 333, 328]  # fmt: skip
    found = control_chart(Chart.IMR, before + later, baseline=20, rules=[Rule.BEYOND_LIMIT])
    point, moving = found.panels["I"][0], found.panels["MR"][1]
    told = (point.centre, point.lower, point.upper, moving.centre, moving.upper)
    assert told == pytest.approx((300.5, 279.78, 321.22, 7.79, 25.45), abs=5.1e-3)
    assert [each.label for each in found.signals if each.panel == "I"] == ["39", "40"]


@pytest.mark.parametrize(
    ("chart", "quiet", "sizes"),
    [
        (Chart.IMR, 5.1, None),
        (Chart.P, 0, 10),
        (Chart.NP, 10, 10),
        (Chart.C, 0, None),
        (Chart.U, 0, 2.5),
        (Chart.LANEY_P, 5, 10),
        (Chart.XBAR_S, [5.1] * 3, None),
        (Chart.XBAR_R, [5.1] * 3, None),
    ],
)
def test_after_a_baseline_without_spread_whatever_differs_signals(
    chart: Chart, quiet: Any, sizes: float | None
) -> None:
    """Twenty weeks without a complaint, then nine: the limits are the centre, and it is beyond."""
    loud = [9.0, 9.1, 9.2] if chart in {Chart.XBAR_R, Chart.XBAR_S} else 9
    values: list[Any] = [*[quiet] * 21, loud]
    found = control_chart(chart, values, baseline=20, sizes=None if sizes is None else [sizes] * 22)
    main = next(iter(found.panels))
    assert {each.label for each in found.signals if each.panel == main} == {"22"}


def test_laney_scales_the_limits_by_what_lies_between_points() -> None:
    counts, sizes = np.array([300, 420, 260, 390, 310]), np.full(5, 1000)
    plain = control_chart(Chart.P, counts, sizes=sizes).panels["p"][0]
    laney = control_chart(Chart.LANEY_P, counts, sizes=sizes).panels["laney_p"][0]
    share = counts.sum() / 5000
    z = (counts / 1000 - share) / np.sqrt(share * (1 - share) / 1000)
    factor = np.abs(np.diff(z)).mean() / 1.128
    assert (laney.upper - share) / (plain.upper - share) == pytest.approx(factor)
    assert factor > 5


def test_ewma_of_nist() -> None:
    values = [52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, *FLOW]
    found = ewma(values, weight=0.3, target=50, sigma=2.0539, asymptotic=True)
    published = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11,
                 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]  # fmt: skip
    assert found.smoothed == pytest.approx(published, abs=0.0051)
    assert (found.lower[0], found.upper[0]) == pytest.approx((47.4116, 52.5884), abs=5e-5)
    exact = ewma(values, weight=0.3, target=50, sigma=2.0539)
    assert exact.upper[0] == pytest.approx(50 + 3 * 2.0539 * 0.3)
    assert exact.upper[-1] == pytest.approx(found.upper[-1], abs=1e-5)


def test_ewma_of_montgomery() -> None:
    """Chapter 9: weight .1 and 2.7 sigma: 9.945 first, limits 9.73 to 10.27 and at last 9.38 to
    10.62; samples 29 and 30 are beyond."""
    found = ewma(SMALL_SHIFT, weight=0.1, width=2.7, target=10, sigma=1)
    assert found.smoothed[:3] == pytest.approx((9.945, 9.7495, 9.70355))
    told = (found.lower[0], found.upper[0], found.lower[-1], found.upper[-1])
    assert told == pytest.approx((9.73, 10.27, 9.38, 10.62), abs=5.1e-3)
    assert found.signals == (29, 30)


def test_cusum_of_montgomery() -> None:
    # Montgomery, table 9.1 and 9.2: target 10, sigma 1, k = .5, h = 5: C+ exceeds 5 at sample 29.
    found = cusum(SMALL_SHIFT, target=10, sigma=1, slack=0.5, limit=5)
    assert found.signals[0] == 29
    assert found.above[28] == pytest.approx(5.28, abs=1e-9)
    assert found.below[2] == pytest.approx(1.77, abs=1e-2)


PATTERNS = {
    Rule.BEYOND_LIMIT: ([0.1, 3.1], [0.1, 2.9]),
    Rule.TWO_OF_THREE: ([2.1, 0.5, 2.1], [2.1, 0.5, -2.1]),
    Rule.FOUR_OF_FIVE: ([1.1, 1.2, 0.2, 1.1, 1.3], [1.1, 1.2, 0.2, 0.3, 1.3]),
    Rule.EIGHT_ONE_SIDE: ([0.1] * 8, [0.1] * 7 + [-0.1]),
    Rule.NINE_ONE_SIDE: ([-0.1] * 9, [-0.1] * 8),
    Rule.SIX_TREND: ([0, 0.1, 0.2, 0.3, 0.4, 0.5], [0, 0.1, 0.2, 0.2, 0.4, 0.5]),
    Rule.FOURTEEN_ALTERNATING: ([0.1, -0.1] * 7, [0.1, -0.1] * 6 + [0.1]),
    Rule.FIFTEEN_INSIDE: ([0.5, -0.5, 0.9] * 5, [0.5, -0.5, 1.1] * 5),
    Rule.EIGHT_OUTSIDE: ([1.2, -1.2] * 4, [1.2] * 8),
}


@pytest.mark.parametrize("rule", list(Rule))
def test_each_rule_finds_its_pattern_and_no_near_miss(rule: Rule) -> None:
    pattern, near = (np.array(each, dtype=float) for each in PATTERNS[rule])
    assert found_by(rule, pattern)[-1]
    assert not found_by(rule, pattern)[:-1].any()
    assert not found_by(rule, near).any()


SERIES = st.lists(st.floats(-4, 4), min_size=2, max_size=60)


@given(SERIES, st.sampled_from(Rule))
def test_rules_do_not_know_up_from_down(series: list[float], rule: Rule) -> None:
    points = np.array(series)
    assert (found_by(rule, points) == found_by(rule, -points)).all()
    assert (found_by(rule, np.array([points, -points]))[0] == found_by(rule, points)).all()


@given(
    st.lists(st.integers(-50, 50), min_size=5, max_size=40).filter(lambda s: len(set(s)) > 1),
    st.integers(-1000, 1000),
    st.sampled_from([0.5, 2.0, 8.0]),
)
def test_a_chart_moves_and_grows_with_its_values(
    values: list[int], shift: int, factor: float
) -> None:
    one = control_chart(Chart.IMR, values, rules=NELSON)
    other = control_chart(Chart.IMR, [factor * v + shift for v in values], rules=NELSON)
    for a, b in zip(one.panels["I"], other.panels["I"], strict=True):
        assert (b.lower, b.upper) == pytest.approx(
            (factor * a.lower + shift, factor * a.upper + shift), abs=1e-6
        )


def test_phases_and_a_baseline_have_limits_of_their_own() -> None:
    values = [10.0, 11, 9, 10, 30, 31, 29, 30]
    found = control_chart(Chart.IMR, values, phases=["old"] * 4 + ["new"] * 4)
    assert [p.centre for p in found.panels["I"]] == [10] * 4 + [30] * 4
    assert not found.signals
    watched = control_chart(Chart.IMR, values, baseline=4)
    assert {p.centre for p in watched.panels["I"]} == {10}
    assert watched.panels["I"][5].state is PointState.WATCHED
    beyond = [s.label for s in watched.signals if s.panel == "I" and s.rule is Rule.BEYOND_LIMIT]
    assert beyond == ["5", "6", "7", "8"]


def test_false_alarms_as_champ_and_woodall_computed_them() -> None:
    one = false_alarms([Rule.BEYOND_LIMIT], points=25)
    assert one.run_length == pytest.approx(370.40, abs=0.005)
    assert one.some_alarm == pytest.approx(1 - 0.9973002**25, abs=1e-6)
    # Champ & Woodall 1987, table 1: all four tests 91.75; the first with each other alone.
    for rules, expected in (
        (WESTERN_ELECTRIC, 91.75),
        ([Rule.BEYOND_LIMIT, Rule.EIGHT_ONE_SIDE], 152.73),
        ([Rule.BEYOND_LIMIT, Rule.FOUR_OF_FIVE], 166.05),
        ([Rule.BEYOND_LIMIT, Rule.TWO_OF_THREE], 225.44),
    ):
        found = false_alarms(rules)
        assert abs(found.run_length - expected) < 4 * found.run_length_se
        assert found.run_length_se < 0.02 * expected
    twelve = false_alarms(points=25, charts=12)
    assert twelve.some_alarm > 0.9


def test_what_cannot_be_charted_is_refused() -> None:
    def code(*args: object, **more: object) -> str:
        with pytest.raises(AnalysisError) as refused:
            control_chart(*args, **more)  # type: ignore[arg-type]  # on purpose
        return str(refused.value.code)

    assert code(Chart.IMR, [1]) == "chart_shape"
    assert code(Chart.IMR, [1, np.nan, 2]) == "chart_value"
    assert code(Chart.XBAR_R, [1, 2, 3]) == "chart_shape"
    assert code(Chart.XBAR_R, [[1, 2, 3], [1, 2, np.nan]]) == "chart_subgroups_unequal"
    assert code(Chart.XBAR_S, [[1, 2], [1, np.nan]]) == "chart_subgroup_small"
    assert code(Chart.XBAR_S, np.ones((3, 101))) == "chart_subgroup"
    assert code(Chart.P, [1, 2]) == "chart_sizes"
    assert code(Chart.C, [1, 2], sizes=[1, 1]) == "chart_sizes"
    assert code(Chart.C, [1, 2.5]) == "chart_count"
    assert code(Chart.C, [0, 0]) == "chart_no_events"
    assert code(Chart.P, [1, 5], sizes=[3, 3]) == "chart_size"
    assert code(Chart.NP, [1, 2], sizes=[3, 4]) == "chart_np_unequal"
    assert code(Chart.IMR, FLOW, explained={"99": "x"}) == "chart_label_unknown"
    assert code(Chart.IMR, FLOW, explained={"9": " "}) == "chart_reason_missing"
    assert code(Chart.IMR, FLOW, phases=["a"] * 9 + ["b"]) == "chart_phase_short"
    assert code(Chart.IMR, FLOW, labels=["x"] * 10) == "chart_label_twice"
    for call in (
        lambda: ewma([1, 1, 1]),
        lambda: cusum([1, 2], slack=-1),
        lambda: false_alarms([]),
    ):
        with pytest.raises(AnalysisError):
            call()
