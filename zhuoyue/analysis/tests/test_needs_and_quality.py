"""Importance and performance, SERVQUAL and the house of quality."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.quality import cronbach_alpha
from zhuoyue.analysis.understanding.importance import (
    Crosshair,
    Quadrant,
    importance_performance,
)
from zhuoyue.analysis.understanding.qfd import Relations, Wanted, qfd
from zhuoyue.analysis.understanding.servqual import servqual

# Martilla & James 1977: fourteen attributes of a car dealer's service, importance and performance.
DEALER = [
    (3.83, 2.63), (3.63, 2.73), (3.60, 3.15), (3.56, 3.00), (3.41, 3.05), (3.41, 3.29),
    (3.38, 3.03), (3.37, 3.11), (3.29, 2.00), (3.27, 3.02), (2.52, 2.25), (2.43, 2.49),
    (2.37, 2.35), (2.05, 3.33),
]  # fmt: skip
PLACES = {
    Quadrant.CONCENTRATE: [1, 2, 9],
    Quadrant.KEEP_UP: [3, 4, 5, 6, 7, 8, 10],
    Quadrant.LOW_PRIORITY: [11, 12, 13],
    Quadrant.OVERKILL: [14],
}


@pytest.mark.parametrize("crosshair", [Crosshair.MEANS, (3.0, 2.9), (3.0, 3.0)])
def test_the_car_dealer_of_martilla_and_james(crosshair: Crosshair | tuple[float, float]) -> None:
    found = importance_performance(
        [str(k) for k in range(1, 15)], *zip(*DEALER, strict=True), crosshair=crosshair
    )
    if crosshair is Crosshair.MEANS:
        assert found.crosshair == pytest.approx((3.1514, 2.8164), abs=5e-5)
    for quadrant, places in PLACES.items():
        got = [int(name) for name, each in found.attributes.items() if each.quadrant is quadrant]
        assert got == places


def test_medians_put_the_lines_elsewhere_and_points_near_them_are_told() -> None:
    names = [str(k) for k in range(1, 15)]
    found = importance_performance(names, *zip(*DEALER, strict=True), crosshair=Crosshair.MEDIANS)
    assert found.crosshair == pytest.approx((3.375, 3.01))
    assert found.attributes["10"].quadrant is Quadrant.OVERKILL
    assert found.cautions[0].code == "ipa_near"


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=3, max_size=20))
def test_gaps_turn_round_with_their_sides(rows: list[tuple[int, ...]]) -> None:
    table = np.array(rows, dtype=float)
    expected = {"a": table[:, 0], "b": table[:, 1]}
    perceived = {"a": table[:, 2], "b": table[:, 3]}
    one = servqual(expected, perceived, {"x": ("a", "b")})
    other = servqual(perceived, expected, {"x": ("a", "b")})
    assert one.plain.value == pytest.approx(-other.plain.value)
    assert one.plain.value == pytest.approx((table[:, 2:] - table[:, :2]).mean())


def test_dimensions_are_weighed_by_points() -> None:
    expected: dict[str, list[float]] = {
        "a": [7, 7, 6, 7],
        "b": [6, 7, 6, np.nan],
        "c": [5, 6, 7, 7],
    }
    perceived = {"a": [5, 6, 6, 7], "b": [5, 5, 6, 7], "c": [5, 6, 5, 7]}
    found = servqual(expected, perceived, {"x": ("a", "b"), "y": ("c",)}, points={"x": 75, "y": 25})
    # By hand, three people: gaps a -2 -1 0, b -1 -2 0, c 0 0 -2; x: -1.5 -1.5 0, y: 0 0 -2.
    assert found.n == 3
    assert found.items["a"].value == -1
    assert found.dimensions["x"].gap.value == pytest.approx(-1)
    assert found.plain.value == pytest.approx(-(1 + 2 / 3) / 2)
    assert found.weighted.value == pytest.approx(-0.75 - 0.25 * 2 / 3)
    gaps = [[-2, -1], [-1, -2], [0, 0]]
    assert found.dimensions["x"].alpha == pytest.approx(cronbach_alpha(gaps).value)
    assert found.dimensions["y"].alpha is None
    codes = [each.code for each in found.cautions]
    assert codes == ["servqual_left_out", "servqual_unreliable"]


def test_the_house_of_quality_by_hand() -> None:
    needs = {"quick": Wanted(5, 3, 4, 1.5), "sure": Wanted(4, 4, 4, 1.2), "clear": Wanted(3, 2, 4)}
    # Weights 5*4/3*1.5 = 10, 4*1.2 = 4.8, 3*2 = 6, over 20.8.
    links: list[list[float]] = [[9, 1, 3], [np.nan, 9, 3], [0, 1, 9]]
    found = qfd(
        needs,
        ["capacity", "depth", "hours"],
        links,
        roof={("capacity", "depth"): -1, ("depth", "hours"): 1},
    )
    assert list(found.needs.values()) == pytest.approx([10 / 20.8, 4.8 / 20.8, 6 / 20.8])
    totals = [each.importance * 20.8 for each in found.characteristics.values()]
    assert totals == pytest.approx([90, 10 + 43.2 + 6, 30 + 14.4 + 54])
    assert [each.rank for each in found.characteristics.values()] == [2, 3, 1]
    assert [(each.first, each.second) for each in found.conflicts] == [("capacity", "depth")]
    lyman = qfd(needs, ["capacity", "depth", "hours"], [[9, 1, 3], [0, 9, 3], [0, 1, 9]],
                how=Relations.LYMAN)  # fmt: skip
    assert sum(each.importance for each in lyman.characteristics.values()) == pytest.approx(1)


def test_needs_without_links_are_told() -> None:
    found = qfd({"a": Wanted(1), "b": Wanted(1)}, ["x", "y"], [[9, 0], [0, 0]])
    assert [each.code for each in found.cautions] == ["qfd_need_alone", "qfd_idle"]


def test_what_makes_no_table_is_refused() -> None:
    def code(call: object) -> str:
        assert callable(call)
        with pytest.raises(AnalysisError) as refused:
            call()
        return str(refused.value.code)

    ipa = importance_performance
    assert code(lambda: ipa(["a"], [1], [1])) == "ipa_lengths"
    assert code(lambda: ipa(["a", "a"], [1, 2], [1, 2])) == "ipa_twice"
    assert code(lambda: ipa(["a", "b"], [1, np.nan], [1, 2])) == "ipa_gap"
    one = {"a": [1, 2, 3]}
    assert code(lambda: servqual(one, {}, {"x": ("a",)})) == "servqual_item"
    assert code(lambda: servqual(one, one, {"x": ("a", "a")})) == "servqual_item"
    assert code(lambda: servqual({"a": [1]}, {"a": [1]}, {"x": ("a",)})) == "servqual_people"
    assert code(lambda: servqual(one, one, {"x": ("a",)}, points={"y": 1})) == "servqual_points"
    needs = {"a": Wanted(1)}
    assert code(lambda: qfd(needs, ["x"], [[1, 2]])) == "qfd_shape"
    assert code(lambda: qfd(needs, ["x"], [[-1]])) == "qfd_relation"
    assert code(lambda: qfd({"a": Wanted(0)}, ["x"], [[1]])) == "qfd_need"
    assert code(lambda: qfd({"a": Wanted(1, 0, 4)}, ["x"], [[1]])) == "qfd_need"
    assert code(lambda: qfd(needs, ["x"], [[0]])) == "qfd_no_links"
    assert code(lambda: qfd(needs, ["x"], [[1]], roof={("x", "z"): -1})) == "qfd_roof"
