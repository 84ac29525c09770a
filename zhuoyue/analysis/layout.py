"""Blocks of columns and paths among constructs as positions, without names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zhuoyue.analysis.spec import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Flags, Floats, Integers


class Tables(NamedTuple):
    """Lists of unequal length as padded tables with counts."""

    starts: Integers  # with the end of the last block
    modes: Integers  # 0 reflective, 1 formative, 2 unit
    neighbours: Integers
    neighbour_counts: Integers
    predictors: Integers
    predictor_counts: Integers
    asked: Flags  # constructs whose score is wanted with the items of another (first, second)


class Equations(NamedTuple):
    """Regressions as masks, so that a stack of equal matrices can be solved at once."""

    targets: Integers
    chosen: Floats  # one at predictors (targets x constructs)
    pairs: Floats  # one at pairs of predictors (targets x constructs x constructs)
    rest: Floats  # one on the diagonal of all others


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions of items in blocks and of constructs in paths."""

    blocks: tuple[slice, ...]  # items of each construct
    starts: Integers  # first item of each construct
    owner: Integers  # construct of each item
    formative: tuple[int, ...]  # constructs in mode B
    unit: tuple[int, ...]  # constructs whose items all count alike
    predictors: tuple[Integers, ...]  # of each construct
    neighbours: tuple[Integers, ...]  # constructs joined to it by a path, either way
    sources: Integers  # per path
    targets: Integers
    order: tuple[int, ...]  # causal order
    reached: tuple[tuple[int, int], ...]  # pairs joined by a chain of paths
    indirect: tuple[tuple[int, int], ...]  # pairs joined by a chain of two or more

    @cached_property
    def tables(self) -> Tables:
        """The same for compiled code."""
        modes = np.zeros(self.construct_count, dtype=np.int64)
        modes[list(self.formative)] = 1
        modes[list(self.unit)] = 2
        return Tables(
            np.append(self.starts, self.item_count),
            modes,
            *_padded(self.neighbours),
            *_padded(self.predictors),
            self._asked(),
        )

    def _asked(self) -> Flags:
        """Neighbours, predictors of the same construct, and everyone of himself."""
        near = self.near > 0
        together = np.eye(self.construct_count, dtype=bool)
        for chosen in self.predictors:
            together[np.ix_(chosen, chosen)] = True
        return near | together

    @cached_property
    def item_count(self) -> int:
        return len(self.owner)

    @cached_property
    def construct_count(self) -> int:
        return len(self.blocks)

    @cached_property
    def sizes(self) -> Integers:
        return np.bincount(self.owner, minlength=self.construct_count)

    @cached_property
    def own(self) -> tuple[Integers, Integers]:
        """Where each item meets its own construct, in a table of items x constructs."""
        return np.arange(self.item_count), self.owner

    @cached_property
    def alike(self) -> Flags:
        """Items of constructs whose items all count alike."""
        return np.isin(self.owner, self.unit)

    @cached_property
    def belongs(self) -> Floats:
        """One where an item belongs to a construct (items x constructs)."""
        return np.eye(self.construct_count)[self.owner]

    @cached_property
    def within(self) -> Floats:
        """One where two items belong to the same construct (items x items)."""
        return self.belongs @ self.belongs.T

    @cached_property
    def beside(self) -> Floats:
        """The same, but for an item with itself."""
        return self.within - np.eye(self.item_count)

    @cached_property
    def near(self) -> Floats:
        """One where two constructs are joined by a path (constructs x constructs)."""
        found = np.zeros((self.construct_count, self.construct_count))
        for k, each in enumerate(self.neighbours):
            found[each, k] = 1.0
        return found

    @cached_property
    def joined(self) -> Equations:
        """The regressions of all endogenous constructs."""
        return _equations(self, 1)

    @cached_property
    def contested(self) -> Equations:
        """The regressions of constructs that several others lead to."""
        return _equations(self, 2)

    @cached_property
    def endogenous(self) -> tuple[int, ...]:
        return tuple(k for k, predictors in enumerate(self.predictors) if len(predictors))


def build_layout(
    sizes: Sequence[int], modes: Sequence[Mode], paths: Sequence[tuple[int, int]]
) -> Layout:
    """The layout of constructs with so many columns each, and paths between their positions."""
    count = len(sizes)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    pairs = np.array(paths, dtype=np.int64).reshape(-1, 2)
    direct = np.zeros((count, count), dtype=bool)
    direct[pairs[:, 0], pairs[:, 1]] = True
    longer, reached = _reachability(direct)
    several = [size > 1 for size in sizes]
    return Layout(
        blocks=tuple(slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True)),
        starts=starts.astype(np.int64),
        owner=np.repeat(np.arange(count, dtype=np.int64), sizes),
        formative=tuple(k for k in range(count) if modes[k] is Mode.FORMATIVE and several[k]),
        unit=tuple(k for k in range(count) if modes[k] is Mode.UNIT and several[k]),
        predictors=tuple(
            np.array([source for source, target in paths if target == k], dtype=np.int64)
            for k in range(count)
        ),
        neighbours=tuple(np.flatnonzero(row) for row in direct | direct.T),
        sources=pairs[:, 0],
        targets=pairs[:, 1],
        order=_causal_order(count, paths),
        reached=_pairs(reached),
        indirect=_pairs(longer),
    )


def _causal_order(count: int, paths: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(range(count), ()))
    for source, target in paths:
        sorter.add(target, source)
    return tuple(sorter.static_order())


def _reachability(direct: Flags) -> tuple[Flags, Flags]:
    """Which constructs are joined by two or more paths in a row, and by any number."""
    reached = direct.copy()
    while True:
        longer = (direct.astype(np.float64) @ reached.astype(np.float64)) > 0
        wider = direct | longer
        if (wider == reached).all():
            return longer, reached
        reached = wider


def _equations(layout: Layout, fewest: int) -> Equations:
    """Regressions on at least so many predictors."""
    targets = [k for k, each in enumerate(layout.predictors) if len(each) >= fewest]
    chosen = np.zeros((len(targets), layout.construct_count))
    for row, target in enumerate(targets):
        chosen[row, layout.predictors[target]] = 1.0
    rest = (1.0 - chosen)[:, :, None] * np.eye(layout.construct_count)
    pairs = chosen[:, :, None] * chosen[:, None, :]
    return Equations(np.array(targets, dtype=np.int64), chosen, pairs, rest)


def _padded(lists: Sequence[Integers]) -> tuple[Integers, Integers]:
    counts = np.array([len(each) for each in lists], dtype=np.int64)
    table = np.full((len(lists), max(1, int(counts.max()))), -1, dtype=np.int64)
    for row, each in zip(table, lists, strict=True):
        row[: len(each)] = each
    return table, counts


def _pairs(matrix: Flags) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in np.argwhere(matrix))
