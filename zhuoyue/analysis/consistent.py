"""Consistent PLS: correct reflective constructs for the noise of their items.

Scores of a common factor are too noisy, so their correlations are too small; dividing by the root
of the reliabilities rho_A undoes it (Dijkstra & Henseler 2015). Formative constructs, unit
weights, single items and products count as exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.quality import rho_a

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.weights import Scored


@dataclass(frozen=True, eq=False)
class Measured:
    """How columns and constructs hang together, corrected or not."""

    loadings: Floats  # columns x batch
    constructs: Floats  # correlations of constructs: constructs x constructs x batch
    admissible: Flags
    reliability: Floats | None = None  # constructs x batch, what was divided by


def take_as_is(scored: Scored, own: Floats) -> Measured:
    admissible = np.ones(own.shape[1], dtype=bool)
    return Measured(own, scored.scores, admissible)


def correct(plan: Plan, correlation: Floats, weights: Floats, measured: Measured) -> Measured:
    """Loadings and correlations of constructs freed from noise."""
    layout = plan.layout
    reliability = rho_a(layout, correlation, weights)
    reliability[[k for k in range(len(plan.names)) if k not in plan.factors]] = 1.0
    admissible = (reliability > 0).all(axis=0)
    root = np.sqrt(np.where(reliability > 0, reliability, 1.0))
    loadings = measured.loadings.copy()
    for k in plan.factors:
        weight = weights[layout.blocks[k]]
        loadings[layout.blocks[k]] = weight * root[k] / (weight**2).sum(axis=0)
    scores = measured.constructs / (root[:, None] * root[None, :])
    diagonal = np.arange(len(root))
    scores[diagonal, diagonal] = 1.0
    return Measured(loadings, scores, admissible, reliability)
