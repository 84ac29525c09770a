"""The inner model: regressions among scores, explained variance, total and indirect effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.linear import cholesky, inverse_diagonal, lower_inverses, solve

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.layout import Layout


@dataclass(frozen=True, eq=False)
class Structure:
    """Path coefficients as a matrix (source x target x batch) and what follows from them."""

    coefficients: Floats
    standardised: Floats  # the same, but for products per standard deviation of the product
    r2: Floats  # constructs x batch; NaN where nothing leads to the construct
    vif: Floats  # source x target x batch; NaN unless several predictors compete
    total: Floats
    regular: Flags
    singular_predictors: Integers  # -1, or the construct whose predictors are dependent


def regress(layout: Layout, scores: Floats, *, with_vif: bool) -> Structure:
    """Regress every construct on its predictors, from the correlations of the scores."""
    count, _, batch = scores.shape
    if batch == 1:
        found = _regress_one(layout, scores[:, :, 0], with_vif=with_vif)
        if found is not None:
            return found
    coefficients = np.zeros((count, count, batch))
    r2 = np.full((count, batch), np.nan)
    vif = np.full((count, count, batch if with_vif else 0), np.nan)
    regular = np.ones(batch, dtype=bool)
    culprit = np.full(batch, -1, dtype=np.int64)
    for target, chosen in enumerate(layout.predictors):
        if not len(chosen):
            continue
        factor, sound = cholesky(scores[chosen[:, None], chosen])
        slopes = solve(factor, scores[chosen, target])
        coefficients[chosen, target] = slopes
        r2[target] = (slopes * scores[chosen, target]).sum(axis=0)
        culprit[regular & ~sound] = target
        regular &= sound
        if with_vif and len(chosen) > 1:
            vif[chosen, target] = inverse_diagonal(factor)
    total = total_effects(layout, coefficients)
    return Structure(coefficients, coefficients, r2, vif, total, regular, culprit)


def _regress_one(layout: Layout, scores: Floats, *, with_vif: bool) -> Structure | None:
    """The same for a batch of one, all equations at once; None where one of them is singular."""
    targets, chosen, pairs, rest = layout.joined
    inverse = lower_inverses(pairs * scores + rest)
    if inverse is None:
        return None
    right = chosen * scores[:, targets].T
    slopes = np.einsum("tji,tj->ti", inverse, np.einsum("tij,tj->ti", inverse, right)) * chosen
    coefficients = np.zeros_like(scores)
    coefficients[:, targets] = slopes.T
    r2 = np.full(len(scores), np.nan)
    r2[targets] = (slopes * right).sum(axis=1)
    vif = np.full((len(scores), len(scores), int(with_vif)), np.nan)
    if with_vif:
        several = chosen.astype(bool) & (chosen.sum(axis=1) > 1)[:, None]
        vif[:, targets, 0] = np.where(several, (inverse**2).sum(axis=1), np.nan).T
    whole = coefficients[:, :, None]
    one = np.eye(len(scores))
    total = (np.linalg.inv(one - coefficients) - one)[:, :, None]  # B + BB + BBB + ...
    none = np.full(1, -1, dtype=np.int64)
    return Structure(whole, whole, r2[:, None], vif, total, np.ones(1, dtype=bool), none)


def total_effects(layout: Layout, coefficients: Floats) -> Floats:
    """Direct effects plus all chains, built up along the causal order."""
    total = np.zeros_like(coefficients)
    for target in layout.order:
        for middle in layout.predictors[target]:
            slope = coefficients[middle, target]
            total[:, target] += total[:, middle] * slope
            total[middle, target] += slope
    return total


def adjusted_r2(r2: Floats, n: int, predictors: Integers) -> Floats:
    """Explained variance corrected for the number of predictors."""
    return 1.0 - (1.0 - r2) * (n - 1) / (n - 1 - predictors)[:, None]
