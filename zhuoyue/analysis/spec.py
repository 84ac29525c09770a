"""What is to be estimated: constructs, higher orders, interactions and paths as immutable data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Self

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Mode(StrEnum):
    """How a construct relates to its items (a single item needs no choice)."""

    REFLECTIVE = "reflective"  # mode A: items mirror the construct
    FORMATIVE = "formative"  # mode B: items make up the construct
    UNIT = "unit"  # every standardised item counts alike


class HigherOrderMethod(StrEnum):
    """How a construct made of constructs is estimated."""

    TWO_STAGE = "two_stage"  # scores of the parts become its items
    REPEATED = "repeated"  # it takes all items of its parts once more


class InteractionMethod(StrEnum):
    """How the product of two constructs is measured."""

    TWO_STAGE = "two_stage"  # product of their scores
    PRODUCT_INDICATOR = "product_indicator"  # all products of their standardised items
    ORTHOGONAL = "orthogonal"  # the same, without what the items themselves explain


@dataclass(frozen=True, slots=True)
class Construct:
    """Something not asked directly, and the items that stand for it."""

    name: str
    items: tuple[str, ...]
    mode: Mode = Mode.REFLECTIVE

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))
        object.__setattr__(self, "mode", choice(Mode, self.mode, "mode"))
        if not self.name:
            raise AnalysisError("construct_name_empty")
        if not self.items:
            raise AnalysisError("construct_empty", construct=self.name)
        for position, item in enumerate(self.items):
            if item in self.items[:position]:
                raise AnalysisError("item_duplicate", item=item, construct=self.name)

    @property
    def single_item(self) -> bool:
        return len(self.items) == 1

    @property
    def formative(self) -> bool:
        return self.mode is Mode.FORMATIVE and not self.single_item


@dataclass(frozen=True, slots=True)
class HigherOrder:
    """A construct whose parts are constructs."""

    name: str
    parts: tuple[str, ...]
    mode: Mode = Mode.REFLECTIVE
    method: HigherOrderMethod = HigherOrderMethod.TWO_STAGE

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        object.__setattr__(self, "mode", choice(Mode, self.mode, "mode"))
        object.__setattr__(self, "method", choice(HigherOrderMethod, self.method, "method"))
        if not self.name:
            raise AnalysisError("construct_name_empty")
        if len(set(self.parts)) < 2:
            raise AnalysisError("parts_too_few", construct=self.name)

    @property
    def two_stage(self) -> bool:
        return self.method is HigherOrderMethod.TWO_STAGE


@dataclass(frozen=True, slots=True)
class Interaction:
    """The product of two constructs, as a predictor of its own: does one change the other's effect?

    Its path is per unit of the product of the two standardised scores.
    """

    first: str
    second: str
    method: InteractionMethod = InteractionMethod.TWO_STAGE

    def __post_init__(self) -> None:
        object.__setattr__(self, "method", choice(InteractionMethod, self.method, "method"))
        if self.first == self.second:
            raise AnalysisError("interaction_with_itself", construct=self.first)

    @property
    def name(self) -> str:
        return f"{self.first}*{self.second}"


@dataclass(frozen=True, slots=True)
class Path:
    """A supposed effect of one construct on another."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Model:
    """Constructs and the paths among them; checked when made.

    `names` are all constructs in the order in which results show them: plain ones, higher orders,
    interactions. `shown` describes each of them by what it is weighted from.
    """

    constructs: tuple[Construct, ...]
    paths: tuple[Path, ...]
    higher_order: tuple[HigherOrder, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    items: tuple[str, ...] = field(init=False, repr=False, compare=False)  # in order of constructs
    order: tuple[str, ...] = field(init=False, repr=False, compare=False)  # every path runs forward
    shown: tuple[Construct, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("constructs", "paths", "higher_order", "interactions"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        items = tuple(item for construct in self.constructs for item in construct.items)
        object.__setattr__(self, "items", items)
        check_constructs(self)
        shown = (*self.constructs, *_shown_higher_orders(self), *_shown_interactions(self))
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "names", tuple(construct.name for construct in shown))
        check_paths(self)
        check_roles(self)
        object.__setattr__(self, "order", _causal_order(self.names, self.paths))

    @classmethod
    def of(
        cls,
        constructs: Mapping[str, Sequence[str]],
        paths: Iterable[tuple[str, str]],
        *,
        formative: Iterable[str] = (),
        unit: Iterable[str] = (),
        higher_order: Iterable[HigherOrder] = (),
        interactions: Iterable[Interaction | tuple[str, str]] = (),
    ) -> Self:
        """A model from plain dictionaries and pairs, the shortest way in a notebook."""
        modes: dict[str, Mode] = {}
        for setting, mode, names in (
            ("formative", Mode.FORMATIVE, formative),
            ("unit", Mode.UNIT, unit),
        ):
            for name in sorted(set(names)):
                if name not in constructs:
                    known = ", ".join(constructs)
                    raise AnalysisError(
                        "setting_unknown", setting=setting, value=name, choices=known
                    )
                modes[name] = mode
        return cls(
            tuple(
                Construct(name, tuple(items), modes.get(name, Mode.REFLECTIVE))
                for name, items in constructs.items()
            ),
            tuple(Path(source, target) for source, target in paths),
            tuple(higher_order),
            tuple(
                each if isinstance(each, Interaction) else Interaction(*each)
                for each in interactions
            ),
        )

    @property
    def plain(self) -> bool:
        """No higher order and no interaction: one stage of estimation does."""
        return not self.higher_order and not self.interactions

    def construct(self, name: str) -> Construct:
        return next(each for each in self.shown if each.name == name)

    def predictors(self, target: str) -> tuple[str, ...]:
        return tuple(path.source for path in self.paths if path.target == target)

    @property
    def endogenous(self) -> tuple[str, ...]:
        """Constructs that some path leads to, in the model's order."""
        targets = {path.target for path in self.paths}
        return tuple(name for name in self.names if name in targets)

    def to_dict(self) -> dict[str, object]:
        found: dict[str, object] = {
            "constructs": {
                each.name: {"items": list(each.items), "mode": each.mode.value}
                for each in self.constructs
            },
            "paths": [[path.source, path.target] for path in self.paths],
        }
        if self.higher_order:
            found["higher_order"] = {
                each.name: {
                    "parts": list(each.parts),
                    "mode": each.mode.value,
                    "method": each.method.value,
                }
                for each in self.higher_order
            }
        if self.interactions:
            found["interactions"] = [
                {"of": [each.first, each.second], "method": each.method.value}
                for each in self.interactions
            ]
        return found


def _shown_higher_orders(model: Model) -> tuple[Construct, ...]:
    """Higher orders with the names of what they are weighted from."""
    items = {each.name: each.items for each in model.constructs}
    return tuple(
        Construct(
            each.name,
            each.parts if each.two_stage else tuple(i for part in each.parts for i in items[part]),
            each.mode,
        )
        for each in model.higher_order
    )


def _shown_interactions(model: Model) -> tuple[Construct, ...]:
    items = {each.name: each.items for each in model.constructs}
    found = []
    for each in model.interactions:
        names: tuple[str, ...] = (each.name,)
        if each.method is not InteractionMethod.TWO_STAGE:
            for end in (each.first, each.second):
                if end not in items:
                    raise AnalysisError(
                        "interaction_of_parts", interaction=each.name, construct=end
                    )
            names = tuple(f"{a}*{b}" for a in items[each.first] for b in items[each.second])
        found.append(Construct(each.name, names))
    return tuple(found)


def check_constructs(model: Model) -> None:
    """Names once, items in one construct, parts and ends of products known."""
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for name in (
        *(each.name for each in model.constructs),
        *(each.name for each in model.higher_order),
        *(each.name for each in model.interactions),
    ):
        if name in seen:
            raise AnalysisError("construct_duplicate", construct=name)
        seen.add(name)
    for plain in model.constructs:
        for item in plain.items:
            if item in owner:
                raise AnalysisError("item_shared", item=item, first=owner[item], second=plain.name)
            owner[item] = plain.name
    lower = [each.name for each in model.constructs]
    whole: dict[str, str] = {}
    for higher in model.higher_order:
        for part in higher.parts:
            if part not in lower:
                raise AnalysisError(
                    "part_unknown", part=part, construct=higher.name, known=", ".join(lower)
                )
            if part in whole:
                raise AnalysisError("part_shared", part=part, first=whole[part], second=higher.name)
            whole[part] = higher.name
    known = [*lower, *(each.name for each in model.higher_order)]
    for product in model.interactions:
        for end in (product.first, product.second):
            if end not in known:
                raise AnalysisError(
                    "interaction_unknown_construct",
                    interaction=product.name,
                    construct=end,
                    known=", ".join(known),
                )


def check_paths(model: Model) -> None:
    """Known ends, no path twice or to itself, nothing left unconnected."""
    if not model.paths:
        raise AnalysisError("paths_missing")
    for position, path in enumerate(model.paths):
        for end in (path.source, path.target):
            if end not in model.names:
                raise AnalysisError(
                    "path_unknown_construct",
                    source=path.source,
                    target=path.target,
                    construct=end,
                    known=", ".join(model.names),
                )
        if path.source == path.target:
            raise AnalysisError("path_to_itself", construct=path.source)
        if path in model.paths[:position]:
            raise AnalysisError("path_duplicate", source=path.source, target=path.target)
    connected = {end for path in model.paths for end in (path.source, path.target)}
    parts = {part for higher in model.higher_order for part in higher.parts}
    for name in model.names:
        if name not in connected and name not in parts:
            raise AnalysisError("construct_unconnected", construct=name)


def check_roles(model: Model) -> None:
    """Parts are reached through their whole; products predict, and both ends have paths."""
    whole = {part: higher.name for higher in model.higher_order for part in higher.parts}
    products = {each.name for each in model.interactions}
    plain_ends = set()
    for path in model.paths:
        for end in (path.source, path.target):
            if end in whole:
                raise AnalysisError(
                    "path_of_part",
                    source=path.source,
                    target=path.target,
                    part=end,
                    construct=whole[end],
                )
        if path.target in products:
            raise AnalysisError("interaction_as_target", source=path.source, target=path.target)
        if path.source not in products:
            plain_ends |= {path.source, path.target}
    for each in model.interactions:
        for end in (each.first, each.second):
            if end not in plain_ends:
                raise AnalysisError("interaction_end_lonely", interaction=each.name, construct=end)


def _causal_order(names: tuple[str, ...], paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Constructs so ordered that every path runs forward."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
    for path in paths:
        sorter.add(path.target, path.source)
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        cycle = " -> ".join(error.args[1])
        raise AnalysisError("path_cycle", cycle=cycle) from None
