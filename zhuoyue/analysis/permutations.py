"""Rows dealt anew to two groups: what differences chance alone makes.

One matrix product gives the sums of one group for a whole batch of permutations; those of the
other are the total without them. Case weights travel with their rows, and count anew within each
group.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.performance import Composite, Composites, composites, construct_indices
from zhuoyue.analysis.replicates import ROWS_DRAWN, STREAM, WORKING_SET
from zhuoyue.analysis.settings import Items
from zhuoyue.analysis.solution import Outcome, Solution, solve_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.settings import Scale, Settings


class Compared(StrEnum):
    """What is held against chance."""

    PATHS = "paths"
    TOTAL = "total_effects"
    LOADINGS = "loadings"
    WEIGHTS = "weights"
    R2 = "r2"
    INDEX = "index"
    MEANS = "means"  # of the pooled scores
    VARIANCES = "variances"  # their logarithms
    COMPOSITION = "composition"  # correlation of scores by either group's weights


type Numbers = dict[Compared, Floats]  # numbers x permutations


@dataclass(frozen=True, eq=False)
class Dealt:
    """The sound permutations of one batch, group by group, and how every one ended."""

    first: Numbers
    second: Numbers
    composition: Floats  # constructs x permutations
    outcome: Integers

    def differences(self) -> Numbers:
        found = {name: self.first[name] - self.second[name] for name in self.first}
        return found | {Compared.COMPOSITION: self.composition}


@dataclass(frozen=True, eq=False)
class Dealer:
    """Deals the rows to two groups, and estimates both."""

    plan: Plan
    settings: Settings
    scale: Scale
    products: Products
    pooled: Solution  # both groups as one
    first: Flags  # rows of the first group, as they really are
    seed: int

    @property
    def batch(self) -> int:
        """Permutations to estimate at once: whole streams, as for the bootstrap."""
        items, rows = len(self.products.shift), self.products.n
        streams = min(WORKING_SET / (items * items), ROWS_DRAWN / rows) / STREAM / 2
        return STREAM * max(1, min(8, round(streams)))

    def really(self) -> Dealt:
        """The groups as they are."""
        return self._estimated(self.first[None] if self._first_is_drawn else ~self.first[None])

    def chunk(self, first: int, size: int) -> Dealt:
        """Deal and estimate `size` permutations from number `first`, which begins a stream."""
        parts = [
            self._sums(members)
            for done in range(0, size, STREAM)
            for members in self._draw(first + done, min(STREAM, size - done))
        ]
        sums = np.concatenate([part[0] for part in parts], axis=1)
        return self._solved(sums, np.concatenate([part[1] for part in parts]))

    @cached_property
    def _first_is_drawn(self) -> bool:
        """The smaller group is drawn, so that the order of the two changes no permutation."""
        count = int(self.first.sum())
        rest = len(self.first) - count
        return count < rest or (count == rest and bool(self.first[0]))

    @cached_property
    def _drawn(self) -> int:
        count = int(self.first.sum())
        return min(count, len(self.first) - count)

    @cached_property
    def _total(self) -> tuple[Floats, Floats]:
        return self._sums(np.ones((1, self.products.n), dtype=bool))

    @cached_property
    def _pooled_composites(self) -> Composites:
        return composites(self.pooled)

    def _draw(self, first: int, size: int) -> Iterator[Flags]:
        """Members of one group, in parts that fit; a shorter stream begins a longer one."""
        stream = np.random.default_rng([self.seed, first // STREAM])
        rows = self.products.n
        part = max(1, min(size, ROWS_DRAWN // rows))
        for done in range(0, size, part):
            keys = stream.random((min(part, size - done), rows))
            lowest = np.argpartition(keys, self._drawn - 1, axis=1)[:, : self._drawn]
            members = np.zeros(keys.shape, dtype=bool)
            np.put_along_axis(members, lowest, values=True, axis=1)
            yield members

    def _sums(self, members: Flags) -> tuple[Floats, Floats]:
        """Sums of the table's columns over the members, and their weight."""
        table, sizes = self.products.table, self.products.sizes
        sums = (table @ members.T.astype(table.dtype)).astype(np.float64)
        return sums, members.sum(axis=1, dtype=np.float64) if sizes is None else members @ sizes

    def _estimated(self, members: Flags) -> Dealt:
        return self._solved(*self._sums(members))

    def _solved(self, sums: Floats, size: Floats) -> Dealt:
        """Both groups of every permutation, given the sums of the one that was drawn."""
        total, weight = self._total
        sides = [
            self._moments(sums, size, self._drawn),
            self._moments(total - sums, weight - size, self.products.n - self._drawn),
        ]
        if not self._first_is_drawn:
            sides.reverse()
        varying = sides[0].varying() & sides[1].varying()
        outcome = np.full(len(varying), int(Outcome.CONSTANT_ITEM), dtype=np.int64)
        if not varying.any():
            return Dealt({}, {}, np.empty((0, 0)), outcome)
        with np.errstate(divide="ignore", invalid="ignore"):  # failed ones are counted
            first, second = (
                solve_model(self.plan, self.settings, side.subset(varying)) for side in sides
            )
            composition = self._composition(first, second)
            numbers = self._numbers(first), self._numbers(second)
        outcome[varying] = np.maximum(first.outcome, second.outcome)
        sound = outcome[varying] == Outcome.SOUND
        own, other = ({name: each[:, sound] for name, each in side.items()} for side in numbers)
        return Dealt(own, other, composition[:, sound], outcome)

    def _moments(self, sums: Floats, size: Floats, rows: int) -> Moments:
        """Moments of a group whose case weights have mean one within it."""
        if self.products.sizes is None:
            return self.products.moments_of(sums, size)
        return self.products.moments_of(sums * (rows / size), np.full(len(size), float(rows)))

    def _numbers(self, solution: Solution) -> Numbers:
        layout, structure = solution.layout, solution.structure
        reached = np.array(layout.reached, dtype=np.intp).T
        made = composites(solution)
        means, variances = self._pooled_scores(solution.moments)
        return {
            Compared.PATHS: structure.coefficients[layout.sources, layout.targets],
            Compared.TOTAL: structure.total[reached[0], reached[1]],
            Compared.LOADINGS: solution.loadings,
            Compared.WEIGHTS: solution.weights,
            Compared.R2: structure.r2[list(layout.endogenous)],
            Compared.INDEX: construct_indices(solution, self.scale, made),
            Compared.MEANS: means,
            Compared.VARIANCES: variances,
        }

    def _pooled_scores(self, moments: Moments) -> tuple[Floats, Floats]:
        """Means and logarithms of variances that the pooled weights give a group."""
        means, variances = [], []
        for each in self._pooled_composites:
            weights, items = each.weights[:, 0], each.items
            shift = moments.mean[items] - self.pooled.moments.mean[items]
            means.append(weights @ shift)
            own = moments.covariance[items[:, None], items]
            images = (weights @ own.reshape(len(items), -1)).reshape(own.shape[1:])
            variances.append(weights @ images)
        return np.array(means), np.log(np.array(variances))

    def _composition(self, first: Solution, second: Solution) -> Floats:
        """Correlations of the scores that the two groups' weights give all answers.

        All answers get the treatment that each group's got: standardised over both, or centred.
        """
        standardised = self.settings.items is Items.STANDARDISED
        count = self.plan.item_count
        matrix = self.pooled.moments.covariance[:count, :count, 0]
        if standardised:
            deviation = np.sqrt(np.diagonal(matrix))
            matrix = matrix / np.outer(deviation, deviation)
        found = []
        for a, b in zip(composites(first), composites(second), strict=True):
            items = np.union1d(a.items, b.items)
            one, other = (
                _spread(each, items, solution, standardised=standardised)
                for each, solution in ((a, first), (b, second))
            )
            own = matrix[items[:, None], items]
            image = own @ other
            scale = (one * (own @ one)).sum(axis=0) * (other * image).sum(axis=0)
            found.append((one * image).sum(axis=0) / np.sqrt(scale))
        return np.clip(np.array(found), -1.0, 1.0)


def _spread(
    composite: Composite, items: Integers, solution: Solution, *, standardised: bool
) -> Floats:
    """Weights of these items in the units in which the group was estimated (items x batch)."""
    weights = np.zeros((len(items), composite.weights.shape[1]))
    own = composite.items
    unit = np.sqrt(solution.moments.covariance[own, own]) if standardised else 1.0
    weights[np.searchsorted(items, own)] = composite.weights * unit
    return weights
