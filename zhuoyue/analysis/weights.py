"""The weight iteration of partial least squares, for a whole batch of samples at once.

The rule follows seminr: weights start at one, are brought to scores of unit variance after every
step, and have settled when the sum of their absolute changes is below the tolerance; where items
are only centred, changes count in standard deviations, so that no unit decides. Signs are left as
they come; nothing is turned round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis import compiled
from zhuoyue.analysis.linear import cholesky, solve
from zhuoyue.analysis.settings import Scheme, Settings
from zhuoyue.analysis.single import settle

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
    scored: Scored
    factors: dict[int, Floats]  # of formative blocks
    unit: Floats  # items x batch: standard deviations, in which weights are compared
    index: Integers  # position in the whole batch
    unsettled: Flags

    def compact(self) -> None:
        """Drop settled replicates once they are the majority; copying costs a step or so."""
        keep = self.unsettled
        self.matrix = self.matrix[:, :, keep]
        self.scored = self.scored.subset(keep)
        self.factors = {k: factor[:, :, keep] for k, factor in self.factors.items()}
        self.unit = self.unit[:, keep]
        self.index = self.index[keep]
        self.unsettled = np.ones(len(self.index), dtype=bool)


@dataclass(frozen=True, eq=False)
class Scored:
    """Weights that give scores of unit variance, and what these scores covary with."""

    weights: Floats  # items x batch
    items: Floats  # covariances of items with scores: items x constructs x batch
    scores: Floats  # correlations of scores: constructs x constructs x batch

    def subset(self, chosen: Flags) -> Scored:
        return Scored(self.weights[:, chosen], self.items[:, :, chosen], self.scores[:, :, chosen])


def find_weights(layout: Layout, settings: Settings, matrix: Floats) -> Weights:
    """Iterate all replicates of a batch until each has settled."""
    size = matrix.shape[2]
    if size == 1:  # not worth loading kernels for
        found = settle(layout, settings, matrix[:, :, 0])
        if found is not None:
            return _of_one(*found, settings)
    kernels = compiled.kernels() if size > 1 else None
    if kernels:
        return _by_kernel(kernels, layout, settings, matrix)
    regular = np.ones(size, dtype=bool)
    block, predictors = np.full((2, size), -1, dtype=np.int64)
    factors = _formative_factors(layout, matrix, regular, block)
    start = score(layout, matrix, np.ones((layout.item_count, size)))
    unit = np.sqrt(np.einsum("iib->ib", matrix))
    batch = _Batch(matrix, start, factors, unit, np.arange(size), np.ones(size, dtype=bool))
    values = start.weights.copy()
    iterations = np.full(size, settings.max_iterations, dtype=np.int64)
    change = np.full(size, np.inf)
    for step in range(settings.max_iterations + 1):
        before = batch.scored.weights
        batch.scored, sound, culprit = _step(layout, settings.scheme, batch)
        moved = (np.abs(batch.scored.weights - before) * batch.unit).sum(axis=0)
        _note_singular(batch, sound, culprit, regular, predictors)
        settled = batch.unsettled & ((moved < settings.tolerance) | ~sound)
        change[batch.index[batch.unsettled]] = moved[batch.unsettled]
        values[:, batch.index[settled]] = batch.scored.weights[:, settled]
        iterations[batch.index[settled]] = step
        batch.unsettled &= ~settled
        left = int(batch.unsettled.sum())
        if not left:
            break
        if left <= len(batch.index) // 2:
            batch.compact()
    values[:, batch.index[batch.unsettled]] = batch.scored.weights[:, batch.unsettled]
    converged = (change < settings.tolerance) & regular
    return Weights(values, iterations, change, converged, regular, block, predictors)


def _of_one(values: Floats, iterations: int, change: float, settings: Settings) -> Weights:
    none = np.full(1, -1, dtype=np.int64)
    return Weights(
        values[:, None],
        np.full(1, iterations, dtype=np.int64),
        np.full(1, change),
        np.full(1, change < settings.tolerance),
        np.ones(1, dtype=bool),
        none,
        none,
    )


def _by_kernel(kernels: Any, layout: Layout, settings: Settings, matrix: Floats) -> Weights:
    """The same from compiled code."""
    items, batch = layout.item_count, matrix.shape[2]
    values, notes = np.empty((items, batch)), np.empty((5, batch))
    room = kernels.room_for(layout.tables, items, kernels.lanes_for(items))
    rule, whole = kernel_rule(kernels, settings), np.ascontiguousarray(matrix)
    for first in range(0, batch, len(room.moved)):
        kernels.load(whole, first, room)
        kernels.settle(layout.tables, rule, room)
        count = min(len(room.moved), batch - first)
        values[:, first : first + count] = room.values[:, :count]
        notes[:, first : first + count] = room.notes[:, :count]
    rounds, change, regular, block, predictors = notes
    sound = regular > 0
    return Weights(
        values,
        rounds.astype(np.int64),
        change,
        (change < settings.tolerance) & sound,
        sound,
        block.astype(np.int64),
        predictors.astype(np.int64),
    )


def kernel_rule(kernels: Any, settings: Settings) -> Any:
    """Scheme and stopping rule as the kernels have them."""
    scheme = _SCHEMES.index(settings.scheme)
    return kernels.Rule(scheme, settings.tolerance, settings.max_iterations)


_SCHEMES = (Scheme.CENTROID, Scheme.FACTORIAL, Scheme.PATH)  # as the kernels number them


def score(layout: Layout, matrix: Floats, weights: Floats) -> Scored:
    """Scale weights to scores of unit variance; covariances of these with items and each other."""
    batch = weights.shape[1]
    if batch == 1:
        return _score_one(layout, matrix[:, :, 0], weights[:, 0])
    items = np.empty((layout.item_count, layout.construct_count, batch))
    scores = np.empty((layout.construct_count, layout.construct_count, batch))
    for k, block in enumerate(layout.blocks):
        np.einsum("pib,ib->pb", matrix[:, block], weights[block], out=items[:, k])
    for k, block in enumerate(layout.blocks):
        np.einsum("icb,ib->cb", items[block], weights[block], out=scores[k])
    with np.errstate(divide="ignore", invalid="ignore"):  # singular ones are found out later
        scale = 1.0 / np.sqrt(np.einsum("kkb->kb", scores))
        items *= scale
        scores *= scale
        scores *= scale[:, None]
        return Scored(weights * scale[layout.owner], items, scores)


def _score_one(layout: Layout, matrix: Floats, weights: Floats) -> Scored:
    """The same for a batch of one, where calls cost more than arithmetic."""
    spread = np.zeros((layout.item_count, layout.construct_count))
    spread[np.arange(layout.item_count), layout.owner] = weights
    items = matrix @ spread
    scores = spread.T @ items
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 1.0 / np.sqrt(np.diagonal(scores))
        items *= scale
        scores *= scale
        scores *= scale[:, None]
        weights = weights * scale[layout.owner]
    return Scored(weights[:, None], items[:, :, None], scores[:, :, None])


def _step(layout: Layout, scheme: Scheme, batch: _Batch) -> tuple[Scored, Flags, Integers]:
    """One round: scores from items, neighbours' sum, items from neighbours."""
    inner, sound, culprit = _inner_weights(layout, scheme, batch.scored.scores)
    new = np.empty_like(batch.scored.weights)
    for k, block in enumerate(layout.blocks):
        if k in layout.unit:
            new[block] = 1.0
            continue
        near = layout.neighbours[k]
        images = batch.scored.items[block, near]
        np.einsum("pcb,cb->pb", images, inner[near, k], out=new[block])
        if k in batch.factors:
            new[block] = solve(batch.factors[k], new[block])
    return score(layout, batch.matrix, new), sound, culprit


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
    for target, chosen in enumerate(layout.predictors):
        if len(chosen) > 1:
            factor, regular = cholesky(scores[chosen[:, None], chosen])
            inner[chosen, target] = solve(factor, scores[chosen, target])
            culprit[sound & ~regular] = target
            sound &= regular
    return inner, sound, culprit


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
