"""AHP against Saaty's published examples and its own definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.weighing.ahp import Prioritisation, ahp

_ = np.nan
DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
HOUSE = ("size", "transport", "neighbourhood", "age", "yard", "modern", "condition", "finance")


def upper(*rows: list[float]) -> np.ndarray:
    """A matrix from its upper triangle, rows from the diagonal on."""
    size = len(rows) + 1
    matrix = np.full((size, size), np.nan)
    for i, row in enumerate(rows):
        matrix[i, i + 1 :] = row
    return matrix


def drinks() -> np.ndarray:
    return upper(
        [9, 5, 2, 1, 1, 1 / 2],
        [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
        [1 / 3, 1 / 4, 1 / 3, 1 / 9],
        [1 / 2, 1, 1 / 3],
        [2, 1 / 2],
        [1 / 3],
    )


def test_drinks_of_saaty() -> None:
    """Saaty's consumption of drinks: weights .177 .019 .042 .116 .190 .129 .327, CR .022."""
    matrix = drinks()
    found = ahp(DRINKS, matrix)
    expected = [0.177457, 0.019149, 0.041831, 0.116417, 0.189572, 0.128781, 0.326793]
    assert list(found.weights.values()) == pytest.approx(expected, abs=1e-6)
    assert found.lambda_max == pytest.approx(7.176629, abs=1e-6)
    assert found.consistency_index == pytest.approx(0.029438, abs=1e-6)
    assert found.random_index == 1.32
    assert found.consistency_ratio == pytest.approx(0.0223, abs=5e-5)
    assert found.cautions == ()
    mean = ahp(DRINKS, matrix, prioritisation=Prioritisation.GEOMETRIC_MEAN)
    expected = [0.178723, 0.018461, 0.042234, 0.116498, 0.191136, 0.128625, 0.324323]
    assert list(mean.weights.values()) == pytest.approx(expected, abs=1e-6)


def test_house_of_saaty_is_too_inconsistent() -> None:
    """Saaty's choice of a house: weights .173 ... .333, lambda 9.669, CR .169."""
    found = ahp(
        HOUSE,
        upper(
            [5, 3, 7, 6, 6, 1 / 3, 1 / 4],
            [1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
            [6, 3, 4, 6, 1 / 5],
            [1 / 3, 1 / 4, 1 / 7, 1 / 8],
            [1 / 2, 1 / 5, 1 / 6],
            [1 / 5, 1 / 6],
            [1 / 2],
        ),
    )
    weights = [0.173017, 0.053976, 0.188110, 0.017508, 0.031044, 0.036322, 0.166834, 0.333189]
    assert list(found.weights.values()) == pytest.approx(weights, abs=1e-6)
    assert found.lambda_max == pytest.approx(9.668887, abs=1e-6)
    assert found.consistency_index == pytest.approx(0.238412, abs=1e-6)
    assert found.consistency_ratio == pytest.approx(0.169087, abs=1e-6)
    assert [each.code for each in found.cautions] == ["ahp_inconsistent"]
    assert found.worst is not None
    assert (found.worst.first, found.worst.second) == ("neighbourhood", "condition")
    assert found.cautions[0].params["first"] == found.worst.first


def test_judges_are_combined_by_the_geometric_mean_of_each_comparison() -> None:
    """Two judges of three criteria; weights computed from the combined matrix by hand."""
    one = np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    other = np.array([[1, 1 / 3, 1], [3, 1, 2], [1, 1 / 2, 1]])
    found = ahp("abc", np.array([one, other]))
    assert list(found.weights.values()) == pytest.approx([0.405732, 0.418250, 0.176018], abs=1e-6)
    assert found.n == 2
    assert len(found.by_judge) == 2


@given(
    st.lists(st.floats(0.1, 10), min_size=3, max_size=8),
    st.sampled_from(list(Prioritisation)),
    st.randoms(use_true_random=False),
)
def test_consistent_judgements_give_back_their_weights_even_with_gaps(
    weights: list[float], how: Prioritisation, chance: object
) -> None:
    values = np.array(weights)
    matrix = values[:, None] / values[None, :]
    for i in range(len(values)):  # neighbours stay, so that all remain joined
        for j in range(i + 2, len(values)):
            if chance.random() < 0.5:  # type: ignore[attr-defined]  # hypothesis types it as object
                matrix[i, j] = matrix[j, i] = np.nan
    found = ahp([str(k) for k in range(len(values))], matrix, prioritisation=how)
    assert list(found.weights.values()) == pytest.approx(values / values.sum(), rel=1e-8)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-8)
    assert found.worst is None or found.worst.error < 1.001


@given(st.permutations(range(7)))
def test_the_order_of_the_criteria_changes_no_weight(order: list[int]) -> None:
    matrix = drinks()
    whole = np.where(np.isnan(matrix), 1 / matrix.T, matrix)
    found = ahp([DRINKS[k] for k in order], whole[np.ix_(order, order)])
    assert dict(found.weights) == pytest.approx(dict(ahp(DRINKS, matrix).weights))


@pytest.mark.parametrize(
    ("code", "criteria", "matrix"),
    [
        ("ahp_shape", "abc", [[1, 2], [0.5, 1]]),
        ("ahp_shape", "a", [[1]]),
        ("ahp_criterion_twice", "aa", [[1, 2], [_, 1]]),
        ("ahp_not_positive", "ab", [[1, -2], [_, 1]]),
        ("ahp_not_positive", "ab", [[1, np.inf], [_, 1]]),
        ("ahp_diagonal", "ab", [[2, 2], [_, 1]]),
        ("ahp_not_reciprocal", "ab", [[1, 2], [2, 1]]),
        ("ahp_not_joined", "abc", [[1, 2, _], [_, 1, _], [_, _, 1]]),
    ],
)
def test_what_is_wrong_is_named(code: str, criteria: str, matrix: list[list[float]]) -> None:
    with pytest.raises(AnalysisError) as refused:
        ahp(list(criteria), matrix)
    assert refused.value.code == code


def test_more_criteria_than_the_table_have_no_ratio() -> None:
    found = ahp([str(k) for k in range(14)], np.ones((14, 14)))
    assert found.consistency_ratio is None
    assert [each.code for each in found.cautions] == ["ahp_no_random_index"]
