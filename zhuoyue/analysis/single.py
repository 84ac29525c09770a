"""The weight iteration for one sample, where calls cost more than arithmetic.

The same rule as for batches, all constructs at once: sums over neighbours are products with a
matrix of inner weights, and the regressions of the path scheme are solved as one stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.linear import lower_factors, lower_inverses
from zhuoyue.analysis.settings import Scheme, Settings

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.layout import Layout


def settle(layout: Layout, settings: Settings, matrix: Floats) -> tuple[Floats, int, float] | None:
    """Weights (items), rounds and the last change; None where anything is not clearly regular."""
    back = _formative_inverses(layout, matrix)
    if back is None:
        return None
    weights, items, scores = _scored(layout, matrix, np.ones(layout.item_count))
    unit = np.sqrt(matrix.diagonal())
    rounds, change = settings.max_iterations, np.inf
    for step in range(settings.max_iterations + 1):
        try:
            inner = _inner_weights(layout, settings.scheme, scores)
        except np.linalg.LinAlgError:
            return None
        new = (items @ (inner * layout.near))[layout.own]
        if layout.formative:
            new = back @ new
        if layout.unit:
            new[layout.alike] = 1.0
        before = weights
        weights, items, scores = _scored(layout, matrix, new)
        change = float(np.abs(weights - before) @ unit)
        if change < settings.tolerance:
            rounds = step
            break
    if settings.scheme is Scheme.PATH and not _predictors_regular(layout, scores):
        return None
    return weights, rounds, change


def _scored(layout: Layout, matrix: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights to scores of unit variance; covariances of these with items and each other."""
    spread = layout.belongs * weights[:, None]
    items = matrix @ spread
    scores = spread.T @ items
    scale = 1.0 / np.sqrt(scores.diagonal())
    items *= scale
    scores *= scale
    scores *= scale[:, None]
    return weights * scale[layout.owner], items, scores


def _inner_weights(layout: Layout, scheme: Scheme, scores: Floats) -> Floats:
    if scheme is Scheme.CENTROID:
        return np.sign(scores)
    if scheme is Scheme.FACTORIAL or not len(layout.contested.targets):
        return scores
    targets, chosen, pairs, rest = layout.contested
    right = chosen * scores[targets]  # correlations are the same either way
    slopes = np.linalg.solve(pairs * scores + rest, right[:, :, None])[:, :, 0]
    inner = scores.copy()
    inner[:, targets] += (slopes - right).T
    return inner


def _predictors_regular(layout: Layout, scores: Floats) -> bool:
    return lower_factors(layout.contested.pairs * scores + layout.contested.rest) is not None


def _formative_inverses(layout: Layout, matrix: Floats) -> Floats | None:
    """Inverses of the blocks in mode B along the diagonal, ones elsewhere; empty without any."""
    found = np.eye(layout.item_count if layout.formative else 0)
    for k in layout.formative:
        block = layout.blocks[k]
        inverse = lower_inverses(matrix[block, block])
        if inverse is None:
            return None
        found[block, block] = inverse.T @ inverse
    return found
