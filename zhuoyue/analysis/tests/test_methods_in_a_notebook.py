"""Methods called by hand: choices by their names, and mistakes that are told with their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import AnalysisError, difference_of_pairs, mean, ratio
from zhuoyue.analysis.proving.before_after import before_after, before_after_pairs
from zhuoyue.analysis.proving.detectable import detectable_effect
from zhuoyue.analysis.proving.differences import difference_in_differences
from zhuoyue.analysis.proving.interrupted_series import interrupted_series
from zhuoyue.analysis.surveys.counting import sample_sizes, shares
from zhuoyue.analysis.surveys.cut_suppression import suppress_cuts
from zhuoyue.analysis.surveys.icc import icc
from zhuoyue.analysis.surveys.satisfaction import csat, nps_score
from zhuoyue.analysis.surveys.scale_reliability import scale_reliability
from zhuoyue.analysis.surveys.suppression import suppress_table
from zhuoyue.analysis.surveys.weighting import weighting
from zhuoyue.analysis.understanding.importance import importance_performance
from zhuoyue.analysis.understanding.kano import kano, kano_from_counts
from zhuoyue.analysis.understanding.kappa import kappa
from zhuoyue.analysis.understanding.laddering import laddering
from zhuoyue.analysis.understanding.qfd import Wanted, qfd
from zhuoyue.analysis.understanding.servqual import servqual
from zhuoyue.analysis.watching.charts import control_chart
from zhuoyue.analysis.watching.false_alarms import false_alarms
from zhuoyue.analysis.watching.rules import NELSON
from zhuoyue.analysis.watching.weighted import cusum, ewma
from zhuoyue.analysis.weighing.ahp import ahp
from zhuoyue.analysis.weighing.combined import combined
from zhuoyue.analysis.weighing.critic import critic
from zhuoyue.analysis.weighing.entropy import entropy
from zhuoyue.analysis.weighing.fuzzy_evaluation import fuzzy_evaluation
from zhuoyue.analysis.weighing.fuzzy_levels import fuzzy_levels
from zhuoyue.analysis.weighing.official import Item, Scheme, official_scoring
from zhuoyue.analysis.weighing.rank_sensitivity import rank_sensitivity
from zhuoyue.analysis.weighing.topsis import topsis
from zhuoyue.analysis.words.learning import Learning
from zhuoyue.analysis.words.sentiment import sentiment

ROWS, COLUMNS, VALUES = ["A", "B", "C"], ["q", "days"], [[3, 2], [4, 5], [5, 1]]
HALVES = {"q": 0.5, "days": 0.5}
SETS = {"a": {"x": 1, "y": 2}, "b": {"x": 2, "y": 1}}
X: Any = "x"  # where a number is wanted
SERIES = [20, 21, 19, 22, 28, 29, 31, 30]
LEVELS: dict[str, Any] = {"group_weights": {"g": 1.0}}

NAMED: dict[str, Callable[[str], Any]] = {
    "geometric_mean": lambda name: ahp(["a", "b"], [[1.0, 2.0], [0.5, 1.0]], prioritisation=name),
    "geometric": lambda name: combined(SETS, combination=name),
    "min_max": lambda name: entropy(ROWS, COLUMNS, VALUES, normalisation=name),
    "linear": lambda name: topsis(ROWS, COLUMNS, VALUES, HALVES, normalisation=name),
    "sum": lambda name: rank_sensitivity(
        ROWS, COLUMNS, VALUES, HALVES, normalisation=name, draws=9
    ),
    "bounded_sum": lambda name: fuzzy_evaluation(
        ["r"], ["g", "b"], [1], [[0.5, 0.5]], operator=name
    ),
    "memberships": lambda name: fuzzy_levels(
        ["r"], ["g"], ["g", "b"], [1], [[0.6, 0.4]], handed_on=name, **LEVELS
    ),
    "quadratic": lambda name: kappa([["a", "b"], ["a", "a"]], weighting=name),
    "total": lambda name: laddering(["L"], [["a", "b", "c"]], basis=name),
    "lyman": lambda name: qfd({"n": Wanted(5)}, ["c"], [[9]], how=name),
    "medians": lambda name: importance_performance(ROWS, [1, 2, 3], [3, 1, 2], crosshair=name),
    "imr": lambda name: control_chart(name, SERIES),
    "pairs": lambda name: detectable_effect(name, n=50, power=0.9),
    "em": lambda name: scale_reliability(["q1", "q2"], [[1, 2], [2, 2], [3, 4], [4, 4]], gaps=name),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_choice_may_be_given_by_its_name(name: str) -> None:
    """As in Settings(scheme="centroid"): a text that names a choice is that choice."""
    assert name in NAMED[name](name).parameters.values()
    with pytest.raises(AnalysisError) as caught:
        NAMED[name](f"{name}s")
    assert caught.value.code == "setting_unknown"
    assert name in str(caught.value.params["choices"])


def test_the_kind_of_an_item_may_be_given_by_its_name() -> None:
    scheme = Scheme((Item("projects", "linear", 8.0, basic=8.0, full=60.0),))  # type: ignore[arg-type]  # a name will do
    points = official_scoring(scheme, {"North": {"projects": 34}}).centres["North"].points
    assert points[0].points == pytest.approx(6.4)


def test_rules_and_sets_of_rules_may_be_given_by_name() -> None:
    by_name = control_chart("imr", SERIES, rules="nelson")
    assert by_name.signals == control_chart("imr", SERIES, rules=NELSON).signals
    assert control_chart("imr", SERIES, rules=["beyond_limit"]).parameters["rules"] == [
        "beyond_limit"
    ]
    assert false_alarms("beyond_limit").run_length == pytest.approx(370.398, abs=1e-3)
    with pytest.raises(AnalysisError, match="rules cannot be 'nelsons'"):
        control_chart("imr", SERIES, rules="nelsons")


def test_one_sample_size_serves_all_points_and_labels_may_be_numbers() -> None:
    one = control_chart("p", [1, 2, 3, 4], sizes=20)
    assert one.panels == control_chart("p", [1, 2, 3, 4], sizes=[20] * 4).panels
    labels: Any = np.arange(1, 9)  # as a data frame's index has them
    reasons: dict[Any, str] = {4: "a holiday"}
    told = control_chart("imr", SERIES, labels=labels, explained=reasons, rules="nelson")
    assert dict(told.reasons) == {"4": "a holiday"}


def test_one_cost_one_period_and_one_item_need_no_list() -> None:
    one = entropy(ROWS, COLUMNS, VALUES, costs="days")
    assert one.weights == entropy(ROWS, COLUMNS, VALUES, costs=["days"]).weights
    values, treated, periods = [5, 6, 5, 9, 4, 5, 4, 5], [1] * 4 + [0] * 4, ["1", "1", "2", "2"] * 2
    both = [
        difference_in_differences(values, treated, periods, after).effect for after in ("2", ["2"])
    ]
    assert both[0] == both[1]
    plain = servqual({"x1": [7, 6]}, {"x1": [5, 6]}, {"d": "x1"}).plain  # type: ignore[dict-item]  # one bare item
    assert plain.value == -1
    assert shares("kept", [8], [10]).shares["kept"].value == 0.8


def test_labels_of_coders_may_be_numbers_nought_among_them() -> None:
    """0 is a label, not a gap; None, NaN and blanks are gaps."""
    found = kappa([[0, 1, 1, None], [0, 0, 1, 1]])  # type: ignore[list-item]  # codes as numbers
    assert (found.n, found.categories) == (3, ("0", "1"))
    assert found.kappa == kappa([["0", "1", "1"], ["0", "0", "1"]]).kappa


class Frame(dict[str, list[str]]):
    """Iterating a data frame gives the names of its columns."""


def wrong_cell(call: Callable[[Any], object], name: str) -> tuple[Any, str, str]:
    return (lambda: call([1, "x", 3]), "number_invalid", f"{name}, place 2: 'x'")


MISTAKES: dict[str, tuple[Callable[[], object], str, str]] = {
    "ahp": (
        lambda: ahp(["a", "b"], [[1, X], [0.5, 1]]),
        "number_invalid",
        "judgements, place 1, 2: 'x'",
    ),
    "rows of different length": (
        lambda: ahp(["a", "b"], [[1, 2], [1]]),
        "rows_uneven",
        "judgements have 1, 2 cells",
    ),
    "ratings of different length": (lambda: icc([[9, 2, 5], [6, 1]]), "rows_uneven", "ratings"),
    "a table": (
        lambda: critic(ROWS, COLUMNS, [[1, 2], [3, X], [5, 6]]),
        "number_invalid",
        "values, place 2, 2: 'x'",
    ),
    "weights as a list": (
        lambda: topsis(ROWS, COLUMNS, VALUES, [0.5, 0.5]),  # type: ignore[arg-type]
        "mapping_form",
        "weights is of the type list",
    ),
    "sets as a list": (lambda: combined([SETS["a"]]), "mapping_form", "sets is of"),  # type: ignore[arg-type]
    "a set as a list": (
        lambda: combined({"a": [1, 2], "b": [2, 1]}),  # type: ignore[dict-item]
        "mapping_form",
        "sets, a is of",
    ),
    "memberships": (
        lambda: fuzzy_evaluation(["r"], ["g", "b"], [1], [[X, 0.5]]),
        "number_invalid",
        "memberships, place 1, 1",
    ),
    "an indicator as a number": (
        lambda: official_scoring(
            Scheme((Item("p", "linear", 8.0, basic=8.0, full=60.0),)),  # type: ignore[arg-type]
            {"North": 34},  # type: ignore[dict-item]
        ),
        "mapping_form",
        "centres, North is of the type int",
    ),
    "answers that are missing": (
        lambda: kano(["n", "n"], ["like", "like"], ["dislike"]),
        "lengths_uneven",
        "names 2, functional 2, dysfunctional 1",
    ),
    "counts as a list": (
        lambda: kano_from_counts({"n": [1, 2]}),  # type: ignore[dict-item]
        "mapping_form",
        "counts, n is of",
    ),
    "coders one by one": (lambda: kappa(["ab", "aa"]), "kappa_form", "Coder 1 is of the type str"),
    "a data frame of coders": (
        lambda: kappa(Frame(c1=["a", "b"], c2=["a", "a"])),  # type: ignore[arg-type]
        "kappa_form",
        "Coder 1 is of the type str",
    ),
    "coders of different length": (
        lambda: kappa([["a", "b"], ["a"]]),
        "lengths_uneven",
        "coder 1 2, coder 2 1",
    ),
    "people and ladders": (
        lambda: laddering(["L", "M"], [["a", "b"]]),
        "lengths_uneven",
        "people 2, ladders 1",
    ),
    "needs as a list": (lambda: qfd(["n"], ["c"], [[9]]), "mapping_form", "needs is of"),  # type: ignore[arg-type]
    "shares": (
        lambda: shares(["kept"], [8], [10, 3]),
        "lengths_uneven",
        "names 1, counts 1, totals 2",
    ),
    "a population": (lambda: sample_sizes(500), "mapping_form", "populations is of the type int"),  # type: ignore[arg-type]
    "margins": (
        lambda: weighting({"d": ["p", "o"]}, {"p": 600, "o": 400}),  # type: ignore[dict-item]
        "mapping_form",
        "margins, p is of",
    ),
    "cuts": (lambda: suppress_cuts([{"a"}]), "mapping_form", "cuts is of the type list"),  # type: ignore[arg-type]
    "a table of counts": (
        lambda: suppress_table([[20, X], [3, 4]]),
        "number_invalid",
        "counts, place 1, 2",
    ),
    "who gets the change": (
        lambda: difference_in_differences([5, 6, 5, 9], [1, 2, 0, 0], ["1", "2", "1", "2"], ["2"]),
        "did_treated",
        "Row 2: 2.0",
    ),
    "a change as a text": (
        lambda: interrupted_series(SERIES, "4"),  # type: ignore[arg-type]
        "setting_not_whole",
        "change cannot be '4'",
    ),
    "a dictionary for the way of learning": (
        lambda: sentiment(["good"], ["good"], learning={"folds": 3}),  # type: ignore[arg-type]
        "learning_form",
        "type dict",
    ),
    "a segmenter that is none": (
        lambda: Learning(segmenter="chars"),  # type: ignore[arg-type]
        "setting_unknown",
        "auto, ",
    ),
    "dates": (
        lambda: mean(np.array(["2024-01-01"], dtype="datetime64[D]")),
        "number_invalid",
        "values, place 1: '2024-01-01'",
    ),
    "csat": wrong_cell(csat, "scores"),
    "nps": wrong_cell(nps_score, "scores"),
    "ewma": wrong_cell(ewma, "values"),
    "cusum": wrong_cell(cusum, "values"),
    "chart": wrong_cell(lambda cells: control_chart("imr", cells), "values"),
    "before": wrong_cell(lambda cells: before_after(cells, [1, 2]), "values"),
    "pairs": wrong_cell(lambda cells: before_after_pairs([1, 2, 3], cells), "after"),
    "mean": wrong_cell(mean, "values"),
    "ratio": wrong_cell(lambda cells: ratio([1, 2, 3], cells), "denominators"),
    "difference": wrong_cell(lambda cells: difference_of_pairs(cells, [1, 2, 3]), "before"),
    "importance": wrong_cell(
        lambda cells: importance_performance(ROWS, cells, [1, 2, 3]),
        "importance",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_remedy(name: str) -> None:
    call, code, culprit = MISTAKES[name]
    with pytest.raises(AnalysisError) as caught:
        call()
    assert caught.value.code == code
    assert culprit in str(caught.value)


def test_masked_values_are_missing_ones() -> None:
    """numpy.ma keeps the hidden number beneath the mask; it must not count."""
    assert mean(np.ma.masked_equal([1.0, 99.0, 3.0], 99)).n == 2


def test_a_need_may_be_given_by_its_importance_alone() -> None:
    one, other = ({"n": 5, "m": 2}, {"n": Wanted(5), "m": Wanted(2)})
    table = [[9, 1], [0, 3]]
    assert (
        qfd(one, ["c", "d"], table).characteristics == qfd(other, ["c", "d"], table).characteristics
    )
