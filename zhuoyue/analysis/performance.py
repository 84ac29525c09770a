"""Construct indices from 0 to 100, and the importance-performance map.

index = 100 * sum w_i (mean_i - low) / (high - low), with w_i the weight per unit of the raw
item (standardised weight / standard deviation) brought to sum one, and low and high those of
the questionnaire's scale. This is the form of the American index; GB/T 19038 prescribes the
same family.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import Scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.solution import Solution


@dataclass(frozen=True, eq=False)
class Composite:
    """A construct as a weighted sum of raw items."""

    items: Integers  # positions
    weights: Floats  # per unit of the raw item (items x batch), for a score of variance one


@dataclass(frozen=True, eq=False)
class Composites:
    """Constructs that have an index, as weighted sums of raw items, one after the other."""

    items: Integers  # positions
    weights: Floats  # per unit of the raw item, for scores of variance one (items x batch)
    sizes: Integers  # items of each construct

    def __iter__(self) -> Iterator[Composite]:
        ends = np.cumsum(self.sizes)
        for first, end in zip((ends - self.sizes).tolist(), ends.tolist(), strict=True):
            yield Composite(self.items[first:end], self.weights[first:end])

    def sums(self, values: Floats) -> Floats:
        """Sums over the items of each construct (constructs x batch)."""
        return np.add.reduceat(values, np.cumsum(self.sizes) - self.sizes, axis=0)

    @cached_property
    def totals(self) -> Floats:
        """Sums of the weights of each construct (constructs x batch)."""
        return self.sums(self.weights)

    @cached_property
    def shares(self) -> Floats:
        """Weights brought to sum one (items x batch)."""
        return self.weights / np.repeat(self.totals, self.sizes, axis=0)


def composites(solution: Solution) -> Composites:
    """Every construct that has an index (products have none), as a sum of raw items."""
    plan = solution.plan
    raw = solution.standard_weights / solution.deviation
    if not plan.products and (plan.base >= 0).all():
        return Composites(plan.base, raw, plan.layout.sizes)
    found = [_composite(solution, raw, k) for k in plan.measured]
    return Composites(
        np.concatenate([each.items for each in found]),
        np.concatenate([each.weights for each in found]),
        np.array([len(each.items) for each in found], dtype=np.int64),
    )


def _composite(solution: Solution, raw: Floats, construct: int) -> Composite:
    plan = solution.plan
    block = plan.layout.blocks[construct]
    items = plan.base[block]
    if (items >= 0).all():
        return Composite(items, raw[block])
    made = np.cumsum(plan.base < 0) - 1  # derived row of each derived column
    rows = solution.rows[made[block], : plan.item_count]
    whole = np.einsum("rb,rib->ib", raw[block], rows)
    used = np.flatnonzero(whole.any(axis=1))
    return Composite(used, whole[used])


def construct_indices(solution: Solution, scale: Scale, made: Composites) -> Floats:
    """The 0-100 index of every measured construct (constructs x batch)."""
    reached = (solution.moments.mean[made.items] - scale.low) / (scale.high - scale.low)
    return 100.0 * made.sums(made.shares * reached)


def index_deviations(solution: Solution, scale: Scale, made: Composites) -> Floats:
    """Standard deviation of the respondents' own indices (constructs x batch); NaN for products.

    A score has variance one, and the index is that score over the sum of its raw weights. A
    negative sum turns the index against the score; so the sign is kept, for effects among indices.
    """
    found = np.full((len(solution.plan.names), solution.deviation.shape[1]), np.nan)
    found[list(solution.plan.measured)] = 100.0 / ((scale.high - scale.low) * made.totals)
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
    if not len(means) or total == 0:
        raise AnalysisError("values_none", method="weighted_index")
    share = sum(w * (m - low) for w, m in zip(weights, means, strict=True)) / total
    return 100.0 * share / (high - low)
