"""A model compiled to stages of estimation.

Every column that is ever weighted is a linear combination of *base* columns: the items, and the
products of two items that interactions need. So a stage that works on scores, on products of
scores or on products of items still needs nothing but the means and covariances of the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.layout import Layout, build_layout
from zhuoyue.analysis.spec import Construct, InteractionMethod, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhuoyue.analysis.arrays import Integers
    from zhuoyue.analysis.spec import Model


@dataclass(frozen=True, slots=True)
class Part:
    """A factor of a derived column: a base item, or the score of a construct of a stage before."""

    item: int = -1
    stage: int = -1
    construct: int = -1


@dataclass(frozen=True, slots=True)
class Derived:
    """A column made from others: a score, or the product of two scores or two items."""

    first: Part
    second: Part | None = None
    without: tuple[int, ...] = ()  # base items whose linear share is taken out


@dataclass(frozen=True, eq=False)
class Stage:
    """One run of the weight iteration."""

    names: tuple[str, ...]
    layout: Layout
    base: Integers  # base item of each column, -1 where derived
    derived: tuple[Derived, ...]  # in order of the columns


@dataclass(frozen=True, eq=False)
class Plan:
    """The stages, and the layout in which results are shown."""

    model: Model
    pairs: Integers  # products of items in the base (pairs x 2)
    stages: tuple[Stage, ...]
    layout: Layout  # of `model.names`; paths are those of the last stage
    origin: tuple[tuple[int, int], ...]  # (stage, column) of each shown column
    base: Integers  # base item of each shown column, -1 where derived
    products: tuple[int, ...]  # shown constructs that are interactions
    higher: tuple[int, ...]  # shown constructs that are made of constructs

    @property
    def names(self) -> tuple[str, ...]:
        return self.model.names

    @property
    def item_count(self) -> int:
        return len(self.model.items)

    @cached_property
    def most_arrows(self) -> tuple[str, int]:
        """The construct with most arrows into it: predictors, or items in mode B."""
        arrows = {
            each.name: max(
                len(self.model.predictors(each.name)), len(each.items) if each.formative else 0
            )
            for each in self.model.shown
        }
        construct = max(arrows, key=lambda name: arrows[name])
        return construct, arrows[construct]

    @cached_property
    def columns_are_items(self) -> bool:
        """Every item stands once among the columns, in its place."""
        return len(self.base) == self.item_count and bool(
            (self.base == np.arange(self.item_count)).all()
        )

    @cached_property
    def measured(self) -> tuple[int, ...]:
        """Constructs that have an index: all but products."""
        return tuple(k for k in range(len(self.names)) if k not in self.products)

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """Constructs that consistent estimation takes for common factors; others are exact."""
        return tuple(
            k
            for k, each in enumerate(self.model.shown)
            if each.mode is Mode.REFLECTIVE and not each.single_item and k not in self.products
        )


@lru_cache(maxsize=64)
def compile_plan(model: Model) -> Plan:
    """The stages behind a model (remembered: models are immutable)."""
    stages: list[Stage] = []
    two_stage_parts = any(each.two_stage for each in model.higher_order)
    if two_stage_parts:
        stages.append(_parts_stage(model))
    if any(each.method is InteractionMethod.TWO_STAGE for each in model.interactions):
        stages.append(_whole_stage(model, stages, products=False))
    stages.append(_whole_stage(model, stages, products=True))
    return _plan(model, tuple(stages))


def _parts_stage(model: Model) -> Stage:
    """Parts in the place of their two-stage wholes, no products."""
    parts = {each.name: each.parts for each in model.higher_order if each.two_stage}
    products = {each.name for each in model.interactions}
    paths = []
    for path in model.paths:
        if path.source not in products:
            for source in parts.get(path.source, (path.source,)):
                paths += [(source, target) for target in parts.get(path.target, (path.target,))]
    shown = [each for each in model.shown if each.name not in parts and each.name not in products]
    return _stage(model, shown, [*dict.fromkeys(paths), *_repeated_paths(model)], {})


def _whole_stage(model: Model, before: Sequence[Stage], *, products: bool) -> Stage:
    """Higher orders measured by the scores of their parts, products as their methods say."""
    gone = {part for each in model.higher_order if each.two_stage for part in each.parts}
    interactions = {each.name: each for each in model.interactions}
    shown = [
        each
        for each in model.shown
        if each.name not in gone and (products or each.name not in interactions)
    ]
    paths = [
        (path.source, path.target)
        for path in model.paths
        if products or path.source not in interactions
    ]
    return _stage(model, shown, [*paths, *_repeated_paths(model)], _columns(model, before))


def _repeated_paths(model: Model) -> list[tuple[str, str]]:
    """Between a whole that repeats its parts' items and the parts: made of them, or mirrored."""
    return [
        (each.name, part) if each.mode is Mode.REFLECTIVE else (part, each.name)
        for each in model.higher_order
        if not each.two_stage
        for part in each.parts
    ]


def _columns(model: Model, before: Sequence[Stage]) -> dict[tuple[str, str], Derived]:
    """How the derived columns (construct, column) are made."""
    item = {name: position for position, name in enumerate(model.items)}
    last = {name: k for k, name in enumerate(before[-1].names)} if before else {}
    found: dict[tuple[str, str], Derived] = {}
    if before:
        first = {name: k for k, name in enumerate(before[0].names)}
        for each in model.higher_order:
            if each.two_stage:
                for part in each.parts:
                    found[each.name, part] = Derived(Part(stage=0, construct=first[part]))
    items = {each.name: each.items for each in model.constructs}
    for product in model.interactions:
        if product.method is InteractionMethod.TWO_STAGE:
            if product.first in last and product.second in last:
                first_end, second_end = (
                    Part(stage=len(before) - 1, construct=last[name])
                    for name in (product.first, product.second)
                )
                found[product.name, product.name] = Derived(first_end, second_end)
            continue
        own = items[product.first], items[product.second]
        orthogonal = product.method is InteractionMethod.ORTHOGONAL
        without = tuple(item[name] for name in (*own[0], *own[1])) if orthogonal else ()
        for a in own[0]:
            for b in own[1]:
                parts = Part(item=item[a]), Part(item=item[b])
                found[product.name, f"{a}*{b}"] = Derived(*parts, without)
    return found


def _stage(
    model: Model,
    shown: Sequence[Construct],
    paths: Sequence[tuple[str, str]],
    columns: Mapping[tuple[str, str], Derived],
) -> Stage:
    item = {name: position for position, name in enumerate(model.items)}
    number = {each.name: k for k, each in enumerate(shown)}
    flat = [(each.name, column) for each in shown for column in each.items]
    return Stage(
        names=tuple(number),
        layout=build_layout(
            [len(each.items) for each in shown],
            [each.mode for each in shown],
            [(number[source], number[target]) for source, target in paths],
        ),
        base=np.array([-1 if key in columns else item[key[1]] for key in flat], dtype=np.int64),
        derived=tuple(columns[key] for key in flat if key in columns),
    )


def _plan(model: Model, stages: tuple[Stage, ...]) -> Plan:
    last = stages[-1]
    number = {name: k for k, name in enumerate(model.names)}
    place = [dict(zip(stage.names, stage.layout.blocks, strict=True)) for stage in stages]
    origin: list[tuple[int, int]] = []
    for construct in model.shown:
        stage = len(stages) - 1 if construct.name in place[-1] else 0
        block = place[stage][construct.name]
        origin += [(stage, column) for column in range(block.start, block.stop)]
    names = last.names
    paths = zip(last.layout.sources.tolist(), last.layout.targets.tolist(), strict=True)
    products = {each.name for each in model.interactions}
    return Plan(
        model=model,
        pairs=_pairs(model),
        stages=stages,
        layout=build_layout(
            [len(each.items) for each in model.shown],
            [each.mode for each in model.shown],
            [(number[names[source]], number[names[target]]) for source, target in paths],
        ),
        origin=tuple(origin),
        base=np.array([stages[stage].base[column] for stage, column in origin], dtype=np.int64),
        products=tuple(k for k, name in enumerate(model.names) if name in products),
        higher=tuple(number[each.name] for each in model.higher_order),
    )


def _pairs(model: Model) -> Integers:
    """The item products that interactions need, each once, the smaller position first."""
    item = {name: position for position, name in enumerate(model.items)}
    items = {each.name: each.items for each in model.constructs}
    for each in model.higher_order:
        items[each.name] = tuple(name for part in each.parts for name in items[part])
    found = {
        (min(item[a], item[b]), max(item[a], item[b]))
        for each in model.interactions
        for a in items[each.first]
        for b in items[each.second]
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
