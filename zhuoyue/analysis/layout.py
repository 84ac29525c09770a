"""A model compiled to positions: what the arithmetic needs and no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Integers
    from zhuoyue.analysis.spec import Model


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions of items in blocks and of constructs in paths."""

    blocks: tuple[slice, ...]  # items of each construct
    starts: Integers  # first item of each construct
    owner: Integers  # construct of each item
    formative: tuple[int, ...]  # constructs in mode B
    predictors: tuple[Integers, ...]  # of each construct
    neighbours: tuple[Integers, ...]  # constructs joined to it by a path, either way
    sources: Integers  # per path
    targets: Integers
    order: tuple[int, ...]  # causal order
    reached: tuple[tuple[int, int], ...]  # pairs joined by a chain of paths
    indirect: tuple[tuple[int, int], ...]  # pairs joined by a chain of two or more

    @property
    def item_count(self) -> int:
        return len(self.owner)

    @property
    def construct_count(self) -> int:
        return len(self.blocks)


def compile_layout(model: Model) -> Layout:
    """The positions behind a model's names."""
    number = {name: index for index, name in enumerate(model.names)}
    sizes = [len(each.items) for each in model.constructs]
    ends = np.cumsum(sizes)
    starts = ends - sizes
    sources = np.array([number[path.source] for path in model.paths], dtype=np.int64)
    targets = np.array([number[path.target] for path in model.paths], dtype=np.int64)
    direct = np.zeros((len(number), len(number)), dtype=bool)
    direct[sources, targets] = True
    longer, reached = _reachability(direct)
    return Layout(
        blocks=tuple(slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True)),
        starts=starts.astype(np.int64),
        owner=np.repeat(np.arange(len(sizes), dtype=np.int64), sizes),
        formative=tuple(i for i, each in enumerate(model.constructs) if each.formative),
        predictors=tuple(
            np.array([number[source] for source in model.predictors(name)], dtype=np.int64)
            for name in model.names
        ),
        neighbours=tuple(np.flatnonzero(row) for row in direct | direct.T),
        sources=sources,
        targets=targets,
        order=tuple(number[name] for name in model.order),
        reached=_pairs(reached),
        indirect=_pairs(longer),
    )


def _reachability(direct: Flags) -> tuple[Flags, Flags]:
    """Which constructs are joined by two or more paths in a row, and by any number."""
    reached = direct.copy()
    while True:
        longer = (direct.astype(np.int64) @ reached.astype(np.int64)) > 0
        wider = direct | longer
        if (wider == reached).all():
            return longer, reached
        reached = wider


def _pairs(matrix: Flags) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in np.argwhere(matrix))
