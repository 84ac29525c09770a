"""Everything estimated from moments, for a batch of samples: the point estimate is a batch of one.

Sharing one path between the estimate and its replicates means they cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.moments import correlations
from zhuoyue.analysis.spec import Items, Settings
from zhuoyue.analysis.structure import Structure, regress
from zhuoyue.analysis.weights import Weights, find_weights, score

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.moments import Moments


class Outcome(IntEnum):
    """How the estimation of one sample ended."""

    SOUND = 0
    CONSTANT_ITEM = 1
    SINGULAR = 2
    NOT_CONVERGED = 3


@dataclass(frozen=True, eq=False)
class Solution:
    """A batch of estimates; the replicate is the last axis everywhere."""

    moments: Moments
    correlation: Floats  # items x items x batch
    deviation: Floats  # items x batch
    weights: Weights
    standard_weights: Floats  # weights as they apply to standardised items
    cross_loadings: Floats  # items x constructs x batch: correlations with scores
    loadings: Floats  # items x batch
    scores: Floats  # constructs x constructs x batch: correlations
    structure: Structure
    outcome: Integers


def solve_model(
    layout: Layout, settings: Settings, moments: Moments, *, with_vif: bool = False
) -> Solution:
    """Estimate every sample of a batch whose items all vary."""
    correlation, deviation = correlations(moments)
    standardised = settings.items is Items.STANDARDISED
    matrix = correlation if standardised else moments.covariance
    weights = find_weights(layout, settings, matrix)
    standard = weights.values if standardised else weights.values * deviation
    scored = score(layout, correlation, standard)
    structure = regress(layout, scored.scores, with_vif=with_vif)
    own = scored.items[np.arange(layout.item_count), layout.owner]
    return Solution(
        moments,
        correlation,
        deviation,
        weights,
        standard,
        scored.items,
        own,
        scored.scores,
        structure,
        _outcomes(weights, structure),
    )


def _outcomes(weights: Weights, structure: Structure) -> Integers:
    outcome = np.full(len(weights.converged), int(Outcome.SOUND), dtype=np.int64)
    outcome[~weights.converged] = Outcome.NOT_CONVERGED
    outcome[~(weights.regular & structure.regular)] = Outcome.SINGULAR
    return outcome
