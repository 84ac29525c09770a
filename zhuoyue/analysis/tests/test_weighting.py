"""Weights of answers: textbook tables, the sample's own margins, and Kish's effective size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.surveys.weighting import weighting


def test_post_stratification_is_target_over_share() -> None:
    found = weighting({"g": ["a"] * 3 + ["b"]}, {"g": {"a": 50, "b": 50}})
    assert found.kind == "post_stratification"
    assert found.weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert found.effective_n == pytest.approx(16 / (3 * 4 / 9 + 4))
    assert found.design_effect == pytest.approx(4 / found.effective_n)


def test_raking_keeps_the_odds_of_the_table_and_meets_both_margins() -> None:
    """Iterative proportional fitting leaves the cross-product ratio of a 2 x 2 table as it was."""
    cells = {("a", "x"): 40, ("a", "y"): 30, ("b", "x"): 35, ("b", "y"): 50}
    rows = [key for key, count in cells.items() for _ in range(count)]
    answers = {"g": [one for one, _ in rows], "h": [two for _, two in rows]}
    found = weighting(answers, {"g": {"a": 0.6, "b": 0.4}, "h": {"x": 300, "y": 700}})
    assert found.kind == "raking"
    sums = dict.fromkeys(cells, 0.0)
    for key, weight in zip(rows, found.weights, strict=True):
        sums[key] += weight
    total = sum(sums.values())
    assert total == pytest.approx(155)
    assert (sums["a", "x"] + sums["a", "y"]) / total == pytest.approx(0.6)
    assert (sums["a", "x"] + sums["b", "x"]) / total == pytest.approx(0.3)
    odds = sums["a", "x"] * sums["b", "y"] / sums["a", "y"] / sums["b", "x"]
    assert odds == pytest.approx(40 * 50 / 30 / 35)


def test_trimmed_weights_stay_below_the_bound_and_the_gap_is_told() -> None:
    answers, margins = {"g": ["a"] * 19 + ["b"]}, {"g": {"a": 1, "b": 1}}
    assert max(weighting(answers, margins).weights) == pytest.approx(10)
    found = weighting(answers, margins, trim=3)
    assert max(found.weights) == pytest.approx(3)
    assert np.mean(found.weights) == pytest.approx(1)
    assert found.trimmed == 1
    assert "weighting_trimmed" in {each.code for each in found.cautions}


@pytest.mark.parametrize(
    ("margins", "trim", "code"),
    [
        ({}, None, "weighting_no_margin"),
        ({"k": {"a": 1}}, None, "weighting_unknown"),
        ({"g": {"a": 1}}, None, "weighting_group"),
        ({"g": {"a": 1, "b": 1, "c": 1}}, None, "weighting_empty"),
        ({"g": {"a": 1, "b": -1}}, None, "weighting_target"),
        ({"g": {"a": 1, "b": 3}, "h": {"x": 3, "y": 1}}, None, "weighting_unconverged"),
        ({"g": {"a": 1, "b": 1}}, 0.5, "weighting_trim"),
    ],
)
def test_what_cannot_be_met_is_refused(
    margins: dict[str, dict[str, float]], trim: float | None, code: str
) -> None:
    answers = {"g": ["a", "b", "a"], "h": ["x", "y", "x"]}
    with pytest.raises(AnalysisError) as caught:
        weighting(answers, margins, trim=trim)
    assert caught.value.code == code


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=1, max_size=60))
def test_the_samples_own_margins_ask_for_no_weights(rows: list[tuple[str, str]]) -> None:
    answers = {"g": [one for one, _ in rows], "h": [two for _, two in rows]}
    margins = {
        name: {group: float(groups.count(group)) for group in sorted(set(groups))}
        for name, groups in answers.items()
    }
    found = weighting(answers, margins)
    assert found.weights == pytest.approx([1.0] * len(rows))
    assert found.effective_n == pytest.approx(len(rows))
