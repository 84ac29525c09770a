"""Construct indices from 0 to 100, and the importance-performance map.

index = 100 * sum w_i (mean_i - low) / (high - low), with w_i the weight per unit of the raw
item (standardised weight / standard deviation) brought to sum one, and low and high those of
the questionnaire's scale. This is the form of the American index; GB/T 19038 prescribes the
same family.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.solution import Solution


@dataclass(frozen=True, eq=False)
class Composite:
    """A construct as a weighted sum of raw items."""

    items: Integers  # positions
    weights: Floats  # per unit of the raw item (items x batch), for a score of variance one


def composites(solution: Solution) -> list[Composite]:
    """Every construct that has an index (products have none), as a sum of raw items."""
    plan, found = solution.plan, []
    raw = solution.standard_weights / solution.deviation
    made = np.cumsum(plan.base < 0) - 1  # derived row of each derived column
    for k in plan.measured:
        block = plan.layout.blocks[k]
        items = plan.base[block]
        if (items >= 0).all():
            found.append(Composite(items, raw[block]))
            continue
        rows = solution.rows[made[block], : plan.item_count]
        whole = np.einsum("rb,rib->ib", raw[block], rows)
        used = np.flatnonzero(whole.any(axis=1))
        found.append(Composite(used, whole[used]))
    return found


def index_weights(composite: Composite) -> Floats:
    """Weights per unit of the raw items, summing to one (items x batch)."""
    return composite.weights / composite.weights.sum(axis=0)


def construct_indices(solution: Solution, scale: Scale, made: list[Composite]) -> Floats:
    """The 0-100 index of every measured construct (constructs x batch)."""
    share = (solution.moments.mean - scale.low) / (scale.high - scale.low)
    return np.array(
        [100.0 * (index_weights(each) * share[each.items]).sum(axis=0) for each in made]
    )


def index_deviations(solution: Solution, scale: Scale, made: list[Composite]) -> Floats:
    """Standard deviation of the respondents' own indices (constructs x batch); NaN for products.

    A score has variance one, and the index is that score over the sum of its raw weights. A
    negative sum turns the index against the score; so the sign is kept, for effects among indices.
    """
    found = np.full((len(solution.plan.names), solution.deviation.shape[1]), np.nan)
    for k, each in zip(solution.plan.measured, made, strict=True):
        found[k] = 100.0 / ((scale.high - scale.low) * each.weights.sum(axis=0))
    return found


def unstandardised_effects(total: Floats, deviations: Floats) -> Floats:
    """Index points of the target per index point of the source."""
    return total * deviations[None, :] / deviations[:, None]


def weighted_index(
    means: Sequence[float], weights: Sequence[float], *, low: float, high: float
) -> float:
    """The 0-100 index from item means and given weights, whatever their sum."""
    Scale(low, high)  # refuses what is no scale
    if len(means) != len(weights):
        raise AnalysisError("lengths_differ", first=len(means), second=len(weights))
    total = float(sum(weights))
    if not means or total == 0:
        raise AnalysisError("values_none", method="weighted_index")
    share = sum(w * (m - low) for w, m in zip(weights, means, strict=True)) / total
    return 100.0 * share / (high - low)
