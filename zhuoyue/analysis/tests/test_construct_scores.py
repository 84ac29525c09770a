"""Scores of respondents are what the estimate says of them: variance one, and its correlations."""

from __future__ import annotations

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    HigherOrder,
    HigherOrderMethod,
    Interaction,
    Items,
    Missing,
    Model,
    Settings,
    bootstrap,
    construct_scores,
    estimate,
)

BLOCKS = {"A": ["a1", "a2", "a3"], "B": ["b1", "b2"], "C": ["c1", "c2", "c3"], "D": ["d1"]}
MODELS = {
    "plain": Model.of(BLOCKS, [("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")], formative=["B"]),
    "two-stage whole": Model.of(
        BLOCKS, [("W", "C"), ("C", "D")], higher_order=[HigherOrder("W", ("A", "B"))]
    ),
    "repeated items": Model.of(
        BLOCKS,
        [("W", "C"), ("C", "D")],
        higher_order=[HigherOrder("W", ("A", "B"), method=HigherOrderMethod.REPEATED)],
    ),
    "interaction": Model.of(
        BLOCKS,
        [("A", "C"), ("B", "C"), ("A*B", "C"), ("C", "D")],
        interactions=[Interaction("A", "B")],
    ),
}


@pytest.fixture(scope="module")
def answers() -> Answers:
    chance = np.random.default_rng(12)
    values = chance.normal(size=(120, 1)) + chance.normal(size=(120, 9)) * np.arange(1, 10)
    values[chance.random(values.shape) < 0.03] = np.nan
    return Answers(tuple(item for block in BLOCKS.values() for item in block), values)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("items", Items)
@pytest.mark.parametrize("missing", [Missing.MEAN, Missing.LISTWISE])
def test_scores_have_the_correlations_of_the_estimate(
    answers: Answers, model: Model, items: Items, missing: Missing
) -> None:
    found = estimate(model, answers, Settings(items=items, missing=missing))
    scores = construct_scores(found, answers)
    assert set(scores) == {name for name in model.names if "*" not in name}
    table = np.array(list(scores.values()))
    if missing is Missing.LISTWISE:
        table = table[:, ~np.isnan(answers.values).any(axis=1)]
    np.testing.assert_allclose(table.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(table.std(axis=1, ddof=1), 1, rtol=1e-12)
    names = list(scores)
    expected = [[found.score_correlations[one][other] for other in names] for one in names]
    np.testing.assert_allclose(np.corrcoef(table), expected, atol=1e-10)


def test_later_answers_are_scored_by_the_weights_of_earlier_ones(answers: Answers) -> None:
    found = bootstrap(MODELS["plain"], answers, replicates=20)
    later = Answers(answers.names, answers.values[:5] + 1.0)
    assert (construct_scores(found, later)["D"] > construct_scores(found, answers)["D"][:5]).all()
    with pytest.raises(AnalysisError) as refused:
        construct_scores(found, Answers(("a1",), answers.values[:, :1]))
    assert refused.value.code == "item_unknown"


def test_a_gap_leaves_a_score_unknown_where_nothing_was_put_in_its_place(answers: Answers) -> None:
    found = estimate(MODELS["plain"], answers, Settings(missing=Missing.LISTWISE))
    gap = np.isnan(answers.values[:, -1])
    assert gap.any()
    np.testing.assert_array_equal(np.isnan(construct_scores(found, answers)["D"]), gap)
