"""What is to be estimated: constructs, paths and settings as immutable data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Self

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Mode(StrEnum):
    """How a construct relates to its items (a single item needs no choice)."""

    REFLECTIVE = "reflective"  # mode A: items mirror the construct
    FORMATIVE = "formative"  # mode B: items make up the construct


class Scheme(StrEnum):
    """How a construct borrows from its neighbours while weights are sought."""

    PATH = "path"
    FACTORIAL = "factorial"
    CENTROID = "centroid"


class Items(StrEnum):
    """What is done to items before weighting."""

    STANDARDISED = "standardised"
    CENTRED = "centred"


class Missing(StrEnum):
    """What is done about missing answers."""

    LISTWISE = "listwise"
    MEAN = "mean"


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
class Path:
    """A supposed effect of one construct on another."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Model:
    """Constructs and the paths among them; checked when made."""

    constructs: tuple[Construct, ...]
    paths: tuple[Path, ...]
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    items: tuple[str, ...] = field(init=False, repr=False, compare=False)  # in order of constructs
    order: tuple[str, ...] = field(init=False, repr=False, compare=False)  # every path runs forward

    def __post_init__(self) -> None:
        object.__setattr__(self, "constructs", tuple(self.constructs))
        object.__setattr__(self, "paths", tuple(self.paths))
        names = tuple(construct.name for construct in self.constructs)
        items = tuple(item for construct in self.constructs for item in construct.items)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "items", items)
        _check_constructs(self.constructs)
        _check_paths(self.names, self.paths)
        object.__setattr__(self, "order", _causal_order(self.names, self.paths))

    @classmethod
    def of(
        cls,
        constructs: Mapping[str, Sequence[str]],
        paths: Iterable[tuple[str, str]],
        *,
        formative: Iterable[str] = (),
    ) -> Self:
        """A model from plain dictionaries and pairs, the shortest way in a notebook."""
        chosen = set(formative)
        for name in sorted(chosen - constructs.keys()):
            raise AnalysisError(
                "setting_unknown",
                setting="formative",
                value=name,
                choices=", ".join(constructs),
            )
        return cls(
            tuple(
                Construct(name, tuple(items), Mode.FORMATIVE if name in chosen else Mode.REFLECTIVE)
                for name, items in constructs.items()
            ),
            tuple(Path(source, target) for source, target in paths),
        )

    def construct(self, name: str) -> Construct:
        return next(each for each in self.constructs if each.name == name)

    def predictors(self, target: str) -> tuple[str, ...]:
        return tuple(path.source for path in self.paths if path.target == target)

    @property
    def endogenous(self) -> tuple[str, ...]:
        """Constructs that some path leads to, in the model's order."""
        targets = {path.target for path in self.paths}
        return tuple(name for name in self.names if name in targets)

    def to_dict(self) -> dict[str, object]:
        return {
            "constructs": {
                each.name: {"items": list(each.items), "mode": each.mode.value}
                for each in self.constructs
            },
            "paths": [[path.source, path.target] for path in self.paths],
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is estimated."""

    scheme: Scheme = Scheme.PATH
    items: Items = Items.STANDARDISED
    missing: Missing = Missing.LISTWISE
    tolerance: float = 1e-7
    max_iterations: int = 300

    def __post_init__(self) -> None:
        object.__setattr__(self, "scheme", choice(Scheme, self.scheme, "scheme"))
        object.__setattr__(self, "items", choice(Items, self.items, "items"))
        object.__setattr__(self, "missing", choice(Missing, self.missing, "missing"))
        if not 0 < self.tolerance < 1:
            raise AnalysisError(
                "setting_not_between", setting="tolerance", value=self.tolerance, low=0, high=1
            )
        if self.max_iterations < 1:
            raise AnalysisError(
                "setting_too_small", setting="max_iterations", value=self.max_iterations, low=1
            )

    def to_dict(self) -> dict[str, object]:
        return {
            "scheme": self.scheme.value,
            "items": self.items.value,
            "missing": self.missing.value,
            "tolerance": self.tolerance,
            "max_iterations": self.max_iterations,
        }


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest answer the questionnaire offers."""

    low: float
    high: float

    def __post_init__(self) -> None:
        finite = math.isfinite(self.low) and math.isfinite(self.high)
        if not finite or self.low >= self.high:
            raise AnalysisError("scale_invalid", low=self.low, high=self.high)


def choice[Choice: StrEnum](kind: type[Choice], value: str, setting: str) -> Choice:
    """The member of a fixed list that a text names, or an error that shows the list."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise AnalysisError(
            "setting_unknown", setting=setting, value=value, choices=known
        ) from None


def _check_constructs(constructs: tuple[Construct, ...]) -> None:
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for construct in constructs:
        if construct.name in seen:
            raise AnalysisError("construct_duplicate", construct=construct.name)
        seen.add(construct.name)
        for item in construct.items:
            if item in owner:
                raise AnalysisError(
                    "item_shared", item=item, first=owner[item], second=construct.name
                )
            owner[item] = construct.name


def _check_paths(names: tuple[str, ...], paths: tuple[Path, ...]) -> None:
    if not paths:
        raise AnalysisError("paths_missing")
    for position, path in enumerate(paths):
        for end in (path.source, path.target):
            if end not in names:
                raise AnalysisError(
                    "path_unknown_construct",
                    source=path.source,
                    target=path.target,
                    construct=end,
                    known=", ".join(names),
                )
        if path.source == path.target:
            raise AnalysisError("path_to_itself", construct=path.source)
        if path in paths[:position]:
            raise AnalysisError("path_duplicate", source=path.source, target=path.target)
    connected = {end for path in paths for end in (path.source, path.target)}
    for name in names:
        if name not in connected:
            raise AnalysisError("construct_unconnected", construct=name)


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
