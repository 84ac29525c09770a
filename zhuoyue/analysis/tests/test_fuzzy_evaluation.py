"""Fuzzy comprehensive evaluation against a published case and the definitions of its operators."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.weighing.fuzzy_evaluation import Operator, fuzzy_evaluation
from zhuoyue.analysis.weighing.fuzzy_levels import HandedOn, fuzzy_levels

GRADES = ("优秀", "良好", "中等", "差")
CASE = [[0.5, 0.3, 0.2, 0], [0.2, 0.4, 0.3, 0.1], [0.1, 0.3, 0.5, 0.1], [0, 0.2, 0.4, 0.4]]
WEIGHTS = [0.4, 0.3, 0.2, 0.1]
POINTS = dict(zip(GRADES, (95.0, 85.0, 75.0, 60.0), strict=True))


def test_the_published_case_and_the_operators_that_disagree() -> None:
    """Teaching case: (.28, .32, .31, .09), 82.45 points; by max-min (.4, .3, .3, .1)."""
    found = fuzzy_evaluation("abcd", GRADES, WEIGHTS, CASE, points=POINTS)
    assert list(found.verdict.memberships.values()) == pytest.approx([0.28, 0.32, 0.31, 0.09])
    assert found.verdict.grade == "良好"
    assert found.verdict.score == pytest.approx(82.45)
    by = {each.operator: each for each in found.verdicts}
    assert list(by[Operator.MIN_MAX].memberships.values()) == pytest.approx([0.4, 0.3, 0.3, 0.1])
    assert by[Operator.MIN_MAX].grade == "优秀"
    # by hand, from the definitions
    product_max = list(by[Operator.PRODUCT_MAX].memberships.values())
    assert product_max == pytest.approx([0.20, 0.12, 0.10, 0.04])
    bounded = list(by[Operator.BOUNDED_SUM].memberships.values())
    assert bounded == pytest.approx([0.7, 0.9, 0.8, 0.3])
    codes = [each.code for each in found.cautions]
    assert codes == ["fuzzy_no_clear_winner", "fuzzy_operators_differ"]


@pytest.mark.parametrize(
    ("weights", "expected", "grade"),
    [
        ([0.1, 0.2, 0.3, 0.4], [0.2, 0.3, 0.4, 0.1], "不太欢迎"),
        ([0.4, 0.35, 0.15, 0.1], [0.35, 0.4, 0.2, 0.1], "较欢迎"),
    ],
)
def test_clothes_judged_by_two_kinds_of_customers(
    weights: list[float], expected: list[float], grade: str
) -> None:
    """The MATLAB teaching case Example8_4 (pattern, cut, wear, price) by M(∧,∨)."""
    rows = [[0.2, 0.5, 0.2, 0.1], [0.7, 0.2, 0.1, 0], [0, 0.4, 0.5, 0.1], [0.2, 0.3, 0.5, 0]]
    grades = ["很欢迎", "较欢迎", "不太欢迎", "不欢迎"]
    found = fuzzy_evaluation("abcd", grades, weights, rows, operator=Operator.MIN_MAX).verdict
    assert list(found.memberships.values()) == pytest.approx(expected)
    assert found.grade == grade
    assert sum(found.shares.values()) == pytest.approx(1)


def test_votes_are_their_shares() -> None:
    shares = fuzzy_evaluation("abcd", GRADES, WEIGHTS, CASE, points=POINTS)
    votes = fuzzy_evaluation(
        "abcd", GRADES, WEIGHTS, np.array(CASE) * 20, points=POINTS, votes=True
    )
    assert votes.verdict.score == pytest.approx(shares.verdict.score)
    scaled = fuzzy_evaluation(
        "abcd", GRADES, np.array(WEIGHTS) * 3, np.array(CASE) * 7, points=POINTS, normalise=True
    )
    assert dict(scaled.verdict.memberships) == pytest.approx(dict(shares.verdict.memberships))


def test_a_clear_verdict_has_no_caution_and_a_tie_names_the_grades() -> None:
    clear = fuzzy_evaluation("a", GRADES, [1], [[0.1, 0.8, 0.1, 0]])
    assert clear.cautions == ()
    assert clear.verdict.score is None
    tied = fuzzy_evaluation("a", GRADES, [1], [[0.4, 0.4, 0.2, 0]])
    assert [each.code for each in tied.cautions] == ["fuzzy_tied"]
    assert tied.verdict.tied == ("优秀", "良好")


rows = st.lists(
    st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any), min_size=1, max_size=6
)


@given(rows, st.data())
def test_what_holds_for_every_operator(cells: list[list[int]], data: st.DataObject) -> None:
    size = len(cells)
    weights = data.draw(
        st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any), label="weights"
    )
    names = [str(k) for k in range(size)]
    found = fuzzy_evaluation(names, GRADES, weights, cells, normalise=True, points=POINTS)
    order = data.draw(st.permutations(range(size)), label="order")
    turned = fuzzy_evaluation(
        [names[k] for k in order],
        GRADES,
        [weights[k] for k in order],
        [cells[k] for k in order],
        normalise=True,
        points=POINTS,
    )
    by = {each.operator: np.array(list(each.memberships.values())) for each in found.verdicts}
    for each, other in zip(found.verdicts, turned.verdicts, strict=True):
        assert dict(each.memberships) == pytest.approx(dict(other.memberships))
        assert all(0 <= value <= 1 + 1e-12 for value in each.memberships.values())
        assert each.score is not None
        assert 60 - 1e-9 <= each.score <= 95 + 1e-9
    assert by[Operator.WEIGHTED_AVERAGE].sum() == pytest.approx(1)
    assert (by[Operator.PRODUCT_MAX] <= by[Operator.MIN_MAX] + 1e-12).all()
    assert (by[Operator.MIN_MAX] <= by[Operator.BOUNDED_SUM] + 1e-12).all()


GOOD: dict[str, Any] = {
    "criteria": "ab",
    "grades": "xy",
    "weights": [0.5, 0.5],
    "memberships": [[0.5, 0.5], [1, 0]],
}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("fuzzy_criterion_missing", {"criteria": ""}),
        ("fuzzy_grade_missing", {"grades": "x"}),
        ("fuzzy_criterion_twice", {"criteria": "aa"}),
        ("fuzzy_grade_twice", {"grades": "xx"}),
        ("fuzzy_shape", {"memberships": [[1, 0]]}),
        ("fuzzy_membership", {"memberships": [[1.5, -0.5], [1, 0]]}),
        ("fuzzy_membership", {"memberships": [[np.nan, 1], [1, 0]]}),
        ("fuzzy_vote", {"votes": True}),
        ("fuzzy_row_empty", {"memberships": [[0, 0], [1, 0]], "normalise": True}),
        ("fuzzy_row_sum", {"memberships": [[0.5, 0.4], [1, 0]]}),
        ("fuzzy_weights_count", {"weights": [1]}),
        ("fuzzy_weight", {"weights": [1.5, -0.5]}),
        ("fuzzy_weight_sum", {"weights": [0.5, 0.6]}),
        ("fuzzy_weight_sum", {"weights": [0, 0], "normalise": True}),
        ("fuzzy_points_unknown", {"points": {"x": 1, "y": 2, "z": 3}}),
        ("fuzzy_points_missing", {"points": {"x": 1}}),
    ],
)
def test_what_is_wrong_is_named(code: str, change: dict[str, Any]) -> None:
    fuzzy_evaluation(**GOOD)
    with pytest.raises(AnalysisError) as refused:
        fuzzy_evaluation(**(GOOD | change))
    assert refused.value.code == code


GROUPS = ("what", "what", "how", "how")
IN_GROUPS = [0.6, 0.4, 0.7, 0.3]
GROUP_WEIGHTS = {"what": 0.55, "how": 0.45}


def test_two_levels_of_weighted_averages_are_one_level_with_multiplied_weights() -> None:
    whole = [w * GROUP_WEIGHTS[g] for w, g in zip(IN_GROUPS, GROUPS, strict=True)]
    one = fuzzy_evaluation("abcd", GRADES, whole, CASE, points=POINTS)
    for handed_on in HandedOn:
        two = fuzzy_levels(
            "abcd", GROUPS, GRADES, IN_GROUPS, CASE, group_weights=GROUP_WEIGHTS,
            points=POINTS, handed_on=handed_on,
        )  # fmt: skip
        assert dict(two.verdict.memberships) == pytest.approx(dict(one.verdict.memberships))
        assert two.verdict.score == pytest.approx(one.verdict.score)
    assert two.groups["how"].verdict.memberships["优秀"] == pytest.approx(0.07)  # .7 x .1


def test_what_max_and_min_hand_on_is_named() -> None:
    """By hand: groups (.5, .4, .3, .1) and (.1, .3, .5, .3); weights .55 and .45."""

    def whole(handed_on: HandedOn) -> list[float]:
        found = fuzzy_levels(
            "abcd", GROUPS, GRADES, IN_GROUPS, CASE, group_weights=GROUP_WEIGHTS,
            operator=Operator.MIN_MAX, handed_on=handed_on,
        )  # fmt: skip
        assert found.parameters["handed_on"] == handed_on.value
        return list(found.verdict.memberships.values())

    assert whole(HandedOn.MEMBERSHIPS) == pytest.approx([0.5, 0.4, 0.45, 0.3])
    shares = [0.5 / 1.3, 0.4 / 1.3, 0.5 / 1.2, 0.3 / 1.2]
    assert whole(HandedOn.SHARES) == pytest.approx(shares)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("fuzzy_group_missing", {"groups": ("what", "", "how", "how")}),
        ("fuzzy_group_missing", {"groups": ("what",)}),
        ("fuzzy_group_weight", {"group_weights": {"what": 1}}),
        ("fuzzy_group_unknown", {"group_weights": GROUP_WEIGHTS | {"when": 0.1}}),
        ("fuzzy_criterion_twice", {"criteria": "abca"}),
        ("fuzzy_weight_sum", {"group_weights": {"what": 0.5, "how": 0.6}}),
        ("fuzzy_weight_sum", {"weights": [0.6, 0.3, 0.7, 0.3]}),
        ("fuzzy_weights_count", {"weights": [1]}),
        ("fuzzy_shape", {"memberships": [[1, 0]]}),
    ],
)
def test_groups_that_do_not_fit_are_named(code: str, change: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "criteria": "abcd", "groups": GROUPS, "grades": GRADES, "weights": IN_GROUPS,
        "memberships": CASE, "group_weights": GROUP_WEIGHTS,
    }  # fmt: skip
    fuzzy_levels(**good)
    with pytest.raises(AnalysisError) as refused:
        fuzzy_levels(**(good | change))
    assert refused.value.code == code
