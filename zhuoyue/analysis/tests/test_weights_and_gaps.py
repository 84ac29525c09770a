"""Case weights are repeated rows, and pairwise moments are what their definition says."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import Answers, Missing, Model, Scale, Scheme, Settings, estimate
from zhuoyue.analysis.tests.test_replicates_of_every_kind import MODELS, families, sample

SINGLE = Model.of(
    {name: [name.lower()] for name in "ABCD"}, [("A", "B"), ("B", "C"), ("C", "D"), ("A", "D")]
)
CLOSE = 2e-6


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    name=st.sampled_from(list(MODELS)),
    scheme=st.sampled_from(list(Scheme)),
    gaps=st.booleans(),
)
def test_a_row_that_weighs_three_is_three_rows(
    seed: int, name: str, scheme: Scheme, gaps: bool
) -> None:
    """Nothing that is a correlation or a mean can tell them apart; a row of weight nil is none."""
    model, values, stream = MODELS[name], sample(seed), np.random.default_rng(seed)
    if gaps:
        values[stream.random(values.shape) < 0.05] = np.nan
        values[np.isnan(values).all(axis=1), 0] = 4.0
    counts = stream.integers(0, 4, len(values)).astype(np.float64)
    chosen = Settings(scheme, missing=Missing.MEAN)
    weighted = estimate(model, Answers(model.items, values, counts), chosen, scale=Scale(1, 7))
    repeated = np.repeat(values, counts.astype(int), axis=0)
    plain = estimate(model, Answers(model.items, repeated), chosen, scale=Scale(1, 7))
    mine, known = families(weighted), families(plain)
    n, rows = weighted.n, plain.n
    for family, numbers in known.items():
        if family in ("paths", "total_effects", "indirect_effects", "loadings"):
            if model.interactions:  # per unit of a product: deviations over n - 1 differ with n
                tolerance = 2 / n + 2 / rows
                assert mine[family] == pytest.approx(numbers, rel=tolerance, abs=tolerance)
                continue
        assert mine[family] == pytest.approx(numbers, abs=CLOSE), family


def pairwise_by_hand(values: np.ndarray) -> np.ndarray:
    """Every correlation over the rows that answered both, by two loops."""
    found = np.eye(values.shape[1])
    for i, j in product(range(values.shape[1]), repeat=2):
        both = [(a, b) for a, b in values[:, [i, j]].tolist() if not (np.isnan(a) or np.isnan(b))]
        first, second = np.array(both).T
        first, second = first - first.mean(), second - second.mean()
        found[i, j] = (first @ second) / np.sqrt((first @ first) * (second @ second))
    return found


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16), share=st.floats(0.0, 0.4), whole=st.booleans())
def test_pairwise_correlations_follow_their_definition(
    seed: int, share: float, whole: bool
) -> None:
    """Constructs of one item each: correlations of scores are those of the items."""
    stream = np.random.default_rng(seed)
    values = stream.standard_normal((60, 1)) + stream.standard_normal((60, 4))
    values = np.round(2 * values) if whole else values + 1000 / 3
    values[stream.random(values.shape) < share] = np.nan
    found = estimate(SINGLE, Answers(SINGLE.items, values), Settings(missing=Missing.PAIRWISE))
    known = pairwise_by_hand(values)
    for i, row in enumerate(found.score_correlations.values()):
        assert list(row.values()) == pytest.approx(known[i].tolist(), abs=1e-9)
    slopes = np.linalg.solve(known[np.ix_([0, 2], [0, 2])], known[[0, 2], 3])
    mine = [found.path("A", "D").estimate, found.path("C", "D").estimate]
    assert mine == pytest.approx(slopes.tolist(), abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**16), name=st.sampled_from(["reflective", "all modes"]))
def test_indices_stay_between_the_ends_of_the_scale(seed: int, name: str) -> None:
    """With weights that are not negative; at its ends the answers of everybody are 0 and 100."""
    model, values = MODELS[name], sample(seed)
    found = estimate(model, Answers(model.items, values), scale=Scale(1, 7))
    for construct, index in found.index.items():
        if min(found.index_weights[construct].values()) >= 0:
            assert 0 <= index <= 100
        assert sum(found.index_weights[construct].values()) == pytest.approx(1)
    mirrored = estimate(model, Answers(model.items, 8 - values), scale=Scale(1, 7))
    for construct, index in found.index.items():
        assert mirrored.index[construct] == pytest.approx(100 - index, abs=1e-4)
