"""The weight iteration of partial least squares, for a whole batch of samples at once.

The rule follows seminr: weights start at one, are brought to scores of unit variance after every
step, and have settled when the sum of their absolute changes is below the tolerance. Signs are
left as they come; nothing is turned round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.linear import cholesky, solve
from zhuoyue.analysis.spec import Scheme, Settings

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.layout import Layout


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of unit-variance scores, and how each replicate came to rest."""

    values: Floats  # items x batch
    iterations: Integers
    change: Floats
    converged: Flags
    regular: Flags  # no singular block or predictor set was met
    singular_block: Integers  # -1, or the formative construct whose items are dependent
    singular_predictors: Integers  # -1, or the construct whose predictors are dependent


@dataclass(eq=False)
class _Batch:
    """The replicates still moving."""

    matrix: Floats  # items x items x batch: correlations or covariances
    weights: Floats
    factors: dict[int, Floats]  # of formative blocks
    index: Integers  # position in the whole batch
    unsettled: Flags

    def compact(self) -> None:
        """Drop settled replicates once they are the majority; copying costs a step or so."""
        keep = self.unsettled
        self.matrix = self.matrix[:, :, keep]
        self.weights = self.weights[:, keep]
        self.factors = {k: factor[:, :, keep] for k, factor in self.factors.items()}
        self.index = self.index[keep]
        self.unsettled = np.ones(len(self.index), dtype=bool)


def find_weights(layout: Layout, settings: Settings, matrix: Floats) -> Weights:
    """Iterate all replicates of a batch until each has settled."""
    size = matrix.shape[2]
    regular = np.ones(size, dtype=bool)
    block, predictors = np.full((2, size), -1, dtype=np.int64)
    factors = _formative_factors(layout, matrix, regular, block)
    start = _unit_scores(layout, matrix, np.ones((layout.item_count, size)))
    batch = _Batch(matrix, start, factors, np.arange(size), np.ones(size, dtype=bool))
    values = start.copy()
    iterations = np.full(size, settings.max_iterations, dtype=np.int64)
    change = np.full(size, np.inf)
    for step in range(settings.max_iterations + 1):
        new, sound, culprit = _step(layout, settings.scheme, batch)
        moved = np.abs(new - batch.weights).sum(axis=0)
        batch.weights = new
        _note_singular(batch, sound, culprit, regular, predictors)
        settled = batch.unsettled & ((moved < settings.tolerance) | ~sound)
        change[batch.index[batch.unsettled]] = moved[batch.unsettled]
        values[:, batch.index[settled]] = new[:, settled]
        iterations[batch.index[settled]] = step
        batch.unsettled &= ~settled
        left = int(batch.unsettled.sum())
        if not left:
            break
        if left <= len(batch.index) // 2:
            batch.compact()
    values[:, batch.index[batch.unsettled]] = batch.weights[:, batch.unsettled]
    converged = (change < settings.tolerance) & regular
    return Weights(values, iterations, change, converged, regular, block, predictors)


def score_correlations(layout: Layout, matrix: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Covariances of items with scores, and of scores with each other."""
    items_scores = np.empty((layout.item_count, layout.construct_count, weights.shape[1]))
    for k, block in enumerate(layout.blocks):
        np.einsum("pib,ib->pb", matrix[:, block], weights[block], out=items_scores[:, k])
    weighted = items_scores * weights[:, None, :]
    return items_scores, np.add.reduceat(weighted, layout.starts, axis=0)


def _step(layout: Layout, scheme: Scheme, batch: _Batch) -> tuple[Floats, Flags, Integers]:
    """One round: scores from items, neighbours' sum, items from neighbours."""
    items_scores, scores = score_correlations(layout, batch.matrix, batch.weights)
    inner, sound, culprit = _inner_weights(layout, scheme, scores)
    new = np.empty_like(batch.weights)
    for k, block in enumerate(layout.blocks):
        near = np.flatnonzero(layout.adjacent[:, k])
        new[block] = np.einsum("pcb,cb->pb", items_scores[block][:, near], inner[near, k])
        if k in batch.factors:
            new[block] = solve(batch.factors[k], new[block])
    return _unit_scores(layout, batch.matrix, new), sound, culprit


def _inner_weights(
    layout: Layout, scheme: Scheme, scores: Floats
) -> tuple[Floats, Flags, Integers]:
    sound = np.ones(scores.shape[2], dtype=bool)
    culprit = np.full(scores.shape[2], -1, dtype=np.int64)
    if scheme is Scheme.CENTROID:
        return np.sign(scores), sound, culprit
    if scheme is Scheme.FACTORIAL:
        return scores, sound, culprit
    inner = scores.copy()
    for target, predictors in enumerate(layout.predictors):
        if len(predictors) > 1:
            chosen = list(predictors)
            factor, regular = cholesky(scores[np.ix_(chosen, chosen)])
            inner[chosen, target] = solve(factor, scores[chosen, target])
            culprit[sound & ~regular] = target
            sound &= regular
    return inner, sound, culprit


def _unit_scores(layout: Layout, matrix: Floats, weights: Floats) -> Floats:
    """The same weights, scaled so that every score has unit variance."""
    scaled = np.empty_like(weights)
    for block in layout.blocks:
        part = weights[block]
        image = np.einsum("pib,ib->pb", matrix[block, block], part)
        variance = np.einsum("pb,pb->b", image, part)
        with np.errstate(divide="ignore", invalid="ignore"):
            np.divide(part, np.sqrt(variance), out=scaled[block])
    return scaled


def _formative_factors(
    layout: Layout, matrix: Floats, regular: Flags, where: Integers
) -> dict[int, Floats]:
    factors = {}
    for k in layout.formative:
        block = layout.blocks[k]
        factors[k], sound = cholesky(matrix[block, block])
        where[regular & ~sound] = k
        regular &= sound
    return factors


def _note_singular(
    batch: _Batch, sound: Flags, culprit: Integers, regular: Flags, where: Integers
) -> None:
    bad = batch.unsettled & ~sound & regular[batch.index]
    where[batch.index[bad]] = culprit[bad]
    regular[batch.index[bad]] = False
