"""Construct indices from 0 to 100, and the importance-performance map.

index = 100 * sum w_i (mean_i - low) / (high - low), with w_i the weight per unit of the raw
item (standardised weight / standard deviation) brought to sum one, and low and high those of
the questionnaire's scale. This is the form of the American index; GB/T 19038 prescribes the
same family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.solution import Solution
    from zhuoyue.analysis.spec import Scale


def index_weights(layout: Layout, solution: Solution) -> Floats:
    """Weights per unit of the raw items, summing to one in every construct (items x batch)."""
    raw = solution.standard_weights / solution.deviation
    sums = np.add.reduceat(raw, layout.starts, axis=0)
    return raw / sums[layout.owner]


def construct_indices(layout: Layout, solution: Solution, scale: Scale) -> Floats:
    """The 0-100 index of every construct (constructs x batch)."""
    share = (solution.moments.mean - scale.low) / (scale.high - scale.low)
    weighted = index_weights(layout, solution) * share
    return 100.0 * np.add.reduceat(weighted, layout.starts, axis=0)


def index_deviations(layout: Layout, solution: Solution, scale: Scale) -> Floats:
    """Standard deviation of the respondents' own indices (constructs x batch).

    A score has variance one, and the index is that score over the sum of its raw weights.
    """
    raw = solution.standard_weights / solution.deviation
    sums = np.add.reduceat(raw, layout.starts, axis=0)
    return 100.0 / ((scale.high - scale.low) * np.abs(sums))


def unstandardised_effects(total: Floats, deviations: Floats) -> Floats:
    """Index points of the target per index point of the source."""
    return total * deviations[None, :] / deviations[:, None]


def weighted_index(
    means: Sequence[float], weights: Sequence[float], *, low: float, high: float
) -> float:
    """The 0-100 index from item means and given weights, whatever their sum."""
    if len(means) != len(weights):
        raise AnalysisError("lengths_differ", first=len(means), second=len(weights))
    total = float(sum(weights))
    if not means or total == 0:
        raise AnalysisError("values_none", method="weighted_index")
    share = sum(w * (m - low) for w, m in zip(weights, means, strict=True)) / total
    return 100.0 * share / (high - low)
