"""All followed numbers of a batch in one compiled pass, for the models that it knows.

It takes models of one stage (no interactions, no two-stage higher orders) without correction for
noise; `replicates.collect` tells the same numbers of every model.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis import compiled
from zhuoyue.analysis.families import RELIABILITY, Chunk, Family
from zhuoyue.analysis.settings import Items
from zhuoyue.analysis.solution import Outcome
from zhuoyue.analysis.weights import kernel_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.settings import Scale, Settings


@dataclass(frozen=True, eq=False)
class CompiledNumbers:
    """A plan and its settings in the form that the kernels take."""

    plan: Plan
    settings: Settings
    wanted: Any
    rule: Any
    kernels: Any
    numbers: Any

    @classmethod
    def of(cls, plan: Plan, settings: Settings, scale: Scale) -> CompiledNumbers | None:
        """None where there is no compiler, or the model takes more than one pass."""
        plain = len(plan.stages) == 1 and not plan.stages[0].derived and not settings.consistent
        kernels = compiled.kernels() if plain else None
        if kernels is None:
            return None
        numbers: Any = import_module("zhuoyue.analysis.kernel_numbers")
        layout = plan.layout
        wanted = numbers.Wanted(
            plan.base,
            np.array(layout.order, dtype=np.int64),
            _effects(layout, numbers.DIRECT, numbers.TOTAL, numbers.INDIRECT),
            settings.items is Items.STANDARDISED,
            float(scale.low),
            float(scale.high),
        )
        return cls(plan, settings, wanted, kernel_rule(kernels, settings), kernels, numbers)

    def from_sums(self, products: Products, sums: NDArray[np.floating], size: Floats) -> Chunk:
        """A batch of resamples, from the sums of its rows (columns x batch) and their weight."""
        table = self.numbers.Table(products.pairs, products.shift, products.unit)
        sums = np.ascontiguousarray(sums)

        def load(first: int, room: Any, desk: Any) -> None:
            self.numbers.load_sums(sums, size, first, table, self.wanted, room, desk)

        return self._run(load, len(size))

    def from_moments(self, moments: Moments) -> Chunk:
        """A batch whose items all vary, from its moments."""
        mean, covariance = (np.ascontiguousarray(x) for x in (moments.mean, moments.covariance))

        def load(first: int, room: Any, desk: Any) -> None:
            self.numbers.load_moments(mean, covariance, first, self.wanted, room, desk)

        return self._run(load, mean.shape[1])

    def _run(self, load: Callable[[int, Any, Any], None], batch: int) -> Chunk:
        """Load, iterate and tell group by group."""
        layout, sizes = self.plan.layout, self._sizes()
        lanes = self.kernels.lanes_for(layout.item_count)
        room = self.kernels.room_for(layout.tables, layout.item_count, lanes)
        desk = self.numbers.desk_for(layout.item_count, layout.construct_count, lanes)
        out, outcome = np.empty((sum(sizes.values()), batch)), np.empty(batch, dtype=np.int64)
        for first in range(0, batch, lanes):
            load(first, room, desk)
            self.kernels.settle(layout.tables, self.rule, room)
            self.numbers.tell(
                layout.tables, self.wanted, self.rule, first, room, desk, out, outcome
            )
        sound = outcome == Outcome.SOUND
        if not sound.all():
            out = out[:, sound]
        parts = np.split(out, np.cumsum(list(sizes.values()))[:-1])
        return Chunk(dict(zip(sizes, parts, strict=True)) if sound.any() else {}, outcome)

    def _sizes(self) -> dict[Family, int]:
        """How many numbers each family has, in the order in which the kernel tells them."""
        layout = self.plan.layout
        constructs = layout.construct_count
        return {
            Family.PATHS: len(layout.sources),
            Family.TOTAL: len(layout.reached),
            Family.INDIRECT: len(layout.indirect),
            Family.WEIGHTS: layout.item_count,
            Family.LOADINGS: layout.item_count,
            Family.R2: len(layout.endogenous),
            **dict.fromkeys(RELIABILITY, constructs),
            Family.HTMT: constructs * (constructs - 1) // 2,
            Family.INDEX: constructs,
            Family.INDEX_DEVIATION: constructs,
        }


def _effects(layout: Layout, direct: int, total: int, indirect: int) -> Integers:
    """Source, target and kind of every effect that is told."""
    paths = zip(layout.sources.tolist(), layout.targets.tolist(), strict=True)
    found = [
        *((source, target, direct) for source, target in paths),
        *((source, target, total) for source, target in layout.reached),
        *((source, target, indirect) for source, target in layout.indirect),
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 3)
