"""Choices as a notebook writes them: in words, for which an unknown one shows the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.proving.detectable import detectable_effect
from zhuoyue.analysis.surveys.scale_reliability import scale_reliability
from zhuoyue.analysis.understanding.importance import importance_performance
from zhuoyue.analysis.understanding.kappa import cohen, kappa
from zhuoyue.analysis.understanding.laddering import laddering
from zhuoyue.analysis.understanding.qfd import Wanted, qfd
from zhuoyue.analysis.watching.charts import control_chart
from zhuoyue.analysis.watching.false_alarms import false_alarms
from zhuoyue.analysis.weighing.ahp import ahp
from zhuoyue.analysis.weighing.combined import combined
from zhuoyue.analysis.weighing.entropy import entropy
from zhuoyue.analysis.weighing.fuzzy_evaluation import fuzzy_evaluation
from zhuoyue.analysis.weighing.fuzzy_levels import fuzzy_levels
from zhuoyue.analysis.weighing.official import Item, Scheme, official_scoring
from zhuoyue.analysis.weighing.rank_sensitivity import rank_sensitivity
from zhuoyue.analysis.weighing.topsis import topsis

TABLE: list[list[float]] = [[1, 5, 1], [2, 7, 3], [3, 1, 2], [3, 2, 9]]
EVEN = {"a": 1.0, "b": 1.0, "c": 1.0}
SETS = {"x": {"a": 1.0, "b": 2.0}, "y": {"a": 3.0, "b": 1.0}}
SHARES = [[0.2, 0.8], [0.6, 0.4]]
LABELS = [["a", "b", "c"], ["a", "c", "c"]]
COUNTS = [[5, 1], [2, 7]]
ANSWERS: list[list[float]] = [[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5], [3, 3, 4]]

CALLS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "entropy": ("min_max", lambda w: entropy("wxyz", "abc", TABLE, normalisation=w)),
    "topsis": ("sum", lambda w: topsis("wxyz", "abc", TABLE, EVEN, normalisation=w)),
    "rank": ("max", lambda w: rank_sensitivity("wxyz", "abc", TABLE, EVEN, normalisation=w)),
    "combined": ("geometric", lambda w: combined(SETS, combination=w)),
    "ahp": ("geometric_mean", lambda w: ahp("ab", [[1.0, 2], [0.5, 1]], prioritisation=w)),
    "fuzzy": ("min_max", lambda w: fuzzy_evaluation("ab", "xy", [0.5, 0.5], SHARES, operator=w)),
    "levels": (
        "memberships",
        lambda w: fuzzy_levels(
            "ab", "gg", "xy", [0.5, 0.5], SHARES, group_weights={"g": 1}, handed_on=w
        ),
    ),
    "kappa": ("linear", lambda w: kappa(LABELS, weighting=w)),
    "cohen": ("quadratic", lambda w: cohen("ab", COUNTS, weighting=w)),
    "laddering": ("total", lambda w: laddering(["p"], [["a", "b"]], basis=w)),
    "rung": ("value", lambda w: laddering(["p"], [["a", "b"]], levels={"b": w})),
    "qfd": ("lyman", lambda w: qfd({"n": Wanted(1)}, "ab", [[1, 2]], how=w)),
    "ipa": ("medians", lambda w: importance_performance("ab", [1, 2], [3, 2], crosshair=w)),
    "chart": ("c", lambda w: control_chart(w, [1, 2, 3])),
    "rule": ("six_trend", lambda w: control_chart("imr", [1, 2, 3], rules=[w])),
    "alarms": ("beyond_limit", lambda w: false_alarms([w])),
    "scale": ("em", lambda w: scale_reliability(("a", "b", "c"), ANSWERS, gaps=w)),
    "detectable": ("pairs", lambda w: detectable_effect(w, n=20, power=0.8)),
    "item": ("linear", lambda w: Item("x", w, 8.0, basic=8.0, full=60.0)),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_choice_may_be_written_in_words(name: str) -> None:
    word, call = CALLS[name]
    assert call(word) is not None
    with pytest.raises(AnalysisError) as refused:
        call("otherwise")
    assert refused.value.code == "setting_unknown"
    assert word in str(refused.value)


def test_an_item_whose_kind_is_a_word_is_scored_by_its_rule() -> None:
    """34 projects between 8 and 60 give 6.4 of 8 points, not a point each up to 8."""
    item = Item("projects", "linear", 8.0, basic=8.0, full=60.0)  # type: ignore[arg-type]
    assert official_scoring(Scheme((item,)), {"N": {"projects": 34}}).centres["N"].total == 6.4
