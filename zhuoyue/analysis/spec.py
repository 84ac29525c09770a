"""What is to be estimated: constructs, higher orders, interactions and paths as immutable data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self, cast

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.spec_checks import causal_order, check_constructs, check_paths, check_roles

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def names_in(names: Iterable[object] | str) -> tuple[str, ...]:
    """Names as texts; one bare text is one name, not a list of its letters."""
    return (names,) if isinstance(names, str) else tuple(str(name) for name in names)


@dataclass(frozen=True, slots=True)
class Construct:
    """Something not asked directly, and the items that stand for it."""

    name: str
    items: tuple[str, ...]
    mode: Mode = Mode.REFLECTIVE

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", str(self.name))
        if not isinstance(self.items, Iterable):
            found = type(self.items).__name__
            raise AnalysisError("items_form", construct=self.name, found=found)
        object.__setattr__(self, "items", names_in(self.items))
        object.__setattr__(self, "mode", choice(Mode, self.mode, "mode"))
        if not self.name:
            raise AnalysisError("construct_name_empty")
        if not self.items:
            raise AnalysisError("construct_empty", construct=self.name)
        seen: set[str] = set()
        for item in self.items:
            if not item:
                raise AnalysisError("item_name_empty", construct=self.name)
            if item in seen:
                raise AnalysisError("item_duplicate", item=item, construct=self.name)
            seen.add(item)

    @property
    def single_item(self) -> bool:
        return len(self.items) == 1

    @property
    def formative(self) -> bool:
        return self.mode is Mode.FORMATIVE and not self.single_item


@dataclass(frozen=True, slots=True)
class HigherOrder:
    """A construct whose parts are constructs of the model; paths lead to and from the whole.

    `two_stage` makes the scores of the parts its items; `repeated` takes all items of its parts
    once more, and joins it to them by paths.
    """

    name: str
    parts: tuple[str, ...]
    mode: Mode = Mode.REFLECTIVE
    method: HigherOrderMethod = HigherOrderMethod.TWO_STAGE

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", names_in(self.parts))
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

    @classmethod
    def of(cls, ends: Interaction | Sequence[str]) -> Interaction:
        """An interaction from a pair (first, second); an interaction as it is."""
        if isinstance(ends, Interaction):
            return ends
        if isinstance(ends, str) or len(ends) != 2:
            raise AnalysisError("text_interaction_form", text=repr(ends)[:60])
        return cls(str(ends[0]), str(ends[1]))

    @property
    def name(self) -> str:
        return f"{self.first}*{self.second}"


@dataclass(frozen=True, slots=True)
class Path:
    """A supposed effect of one construct on another."""

    source: str
    target: str

    @classmethod
    def of(cls, ends: Path | Sequence[str]) -> Path:
        """A path from a pair (source, target); a path as it is."""
        if isinstance(ends, Path):
            return ends
        if isinstance(ends, str) or len(ends) != 2:
            raise AnalysisError("text_path_form", text=repr(ends)[:60])
        return cls(str(ends[0]), str(ends[1]))


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
        for name in ("constructs", "higher_order", "interactions"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "paths", tuple(map(Path.of, self.paths)))
        items = tuple(item for construct in self.constructs for item in construct.items)
        object.__setattr__(self, "items", items)
        check_constructs(self)
        shown = (*self.constructs, *_shown_higher_orders(self), *_shown_interactions(self))
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "names", tuple(construct.name for construct in shown))
        check_paths(self)
        check_roles(self)
        object.__setattr__(self, "order", causal_order(self))

    @classmethod
    def of(
        cls,
        constructs: Mapping[str, Sequence[str] | str],
        paths: Iterable[tuple[str, str] | Path],
        *,
        formative: Iterable[str] = (),
        unit: Iterable[str] = (),
        higher_order: Iterable[HigherOrder] = (),
        interactions: Iterable[Interaction | tuple[str, str]] = (),
    ) -> Self:
        """A model from plain dictionaries and pairs, the shortest way in a notebook.

        `constructs`: name -> items (one bare text is one item). `paths`: pairs (source, target).
        `formative` and `unit` name the constructs that are not reflective. `interactions`: pairs,
        or `Interaction` with a method; the path of a pair (A, B) starts at "A*B". Raises
        AnalysisError where a name is unknown, given twice, or the paths run in a circle.
        """
        if not isinstance(constructs, Mapping):
            raise AnalysisError("mapping_form", name="constructs", found=type(constructs).__name__)
        modes = _modes(constructs, names_in(formative), names_in(unit))
        return cls(
            tuple(
                Construct(name, cast("tuple[str, ...]", items), modes.get(name, Mode.REFLECTIVE))
                for name, items in constructs.items()
            ),
            tuple(map(Path.of, paths)),
            tuple(higher_order),
            tuple(map(Interaction.of, interactions)),
        )

    @property
    def plain(self) -> bool:
        """No higher order and no interaction: one stage of estimation does."""
        return not self.higher_order and not self.interactions

    def construct(self, name: str) -> Construct:
        """A construct by its name; AnalysisError where there is none."""
        for each in self.shown:
            if each.name == name:
                return each
        raise AnalysisError("construct_unknown", construct=name, known=", ".join(self.names))

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


def _modes(
    constructs: Mapping[str, Sequence[str] | str],
    formative: Sequence[str],
    unit: Sequence[str],
) -> dict[str, Mode]:
    """The mode of every construct that is not reflective."""
    modes: dict[str, Mode] = {}
    for mode, names in ((Mode.FORMATIVE, formative), (Mode.UNIT, unit)):
        for name in names:
            if name not in constructs:
                known = ", ".join(map(str, constructs))
                raise AnalysisError(
                    "setting_unknown", setting=mode.value, value=name, choices=known
                )
            if modes.get(name, mode) is not mode:
                raise AnalysisError("mode_twice", construct=name)
            modes[name] = mode
    return modes


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
