"""Laddering: how attributes lead to consequences and to values, from what people said step by step.

Source: Reynolds & Gutman 1988 (implication matrix, cut-off, hierarchical value map); Pieters,
Baumgartner & Allen 1995 (abstractness, centrality, from direct links).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, ClassVar

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_lengths
from zhuoyue.analysis.labels import label
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EXPLAINED = 2 / 3
FEW_PEOPLE = 20

type Pair = tuple[str, str]


class Level(StrEnum):
    """How far a code lies from the thing itself."""

    ATTRIBUTE = "attribute"
    CONSEQUENCE = "consequence"
    VALUE = "value"


class Basis(StrEnum):
    """Which links a cut-off looks at."""

    DIRECT = "direct"
    TOTAL = "total"  # direct and indirect


@dataclass(frozen=True, slots=True)
class Link:
    """That one code led to another: in neighbouring rungs, and with others between."""

    source: str
    target: str
    direct: int
    indirect: int

    @property
    def printed(self) -> str:
        """As in the implication matrix: direct, a point, indirect with two digits."""
        return f"{self.direct}.{self.indirect:02d}"


@dataclass(frozen=True, slots=True)
class Code:
    """A code's place among the others, by direct links."""

    level: Level | None
    inward: int
    outward: int
    abstractness: float | None  # inward / (inward + outward); None without links
    centrality: float  # (inward + outward) / all direct links


@dataclass(frozen=True, slots=True)
class CutOff:
    """What a cut-off keeps."""

    cut_off: int
    cells: int
    links: int  # direct links in these cells
    share: float  # of all direct links


@dataclass(frozen=True, kw_only=True)
class Laddering(MethodResult):
    """Links, codes, cut-offs and the map; `n` counts the people."""

    method: ClassVar[str] = "laddering"
    ladders: int
    links: tuple[Link, ...]  # every cell of the implication matrix, strongest first
    codes: Mapping[str, Code]
    cut_offs: tuple[CutOff, ...]
    cut_off: int  # of the map
    suggested: int  # the highest that keeps two thirds of the direct links
    drawn: tuple[Link, ...]  # edges of the hierarchical value map


def laddering(
    people: Sequence[str],
    ladders: Sequence[Sequence[str]],
    *,
    levels: Mapping[str, Level] | None = None,
    cut_off: int | None = None,
    basis: Basis | str = Basis.DIRECT,
    once_a_person: bool = False,
) -> Laddering:
    """From ladders (person of each, codes from the bottom rung up).

    Every ladder counts; with `once_a_person` a person counts once for each link. Without `cut_off`
    the suggested one is taken. Raises AnalysisError for a ladder that is too short or meets a code
    twice.

    Source: Reynolds and Gutman 1988; Pieters, Baumgartner and Allen 1995.
    """
    basis = choice(Basis, basis, "basis")
    check_lengths(people=people, ladders=ladders)
    ladders = [_rungs(each) for each in ladders]
    counted = _count(people, ladders, once_a_person)
    links = sorted(counted, key=lambda each: (-each.direct, -each.indirect, each.source))
    kept = _cut_offs(links, basis)
    suggested = max((each.cut_off for each in kept if each.share >= EXPLAINED), default=1)
    chosen = suggested if cut_off is None else cut_off
    if chosen < 1:
        raise AnalysisError("laddering_cut_off", found=chosen)
    levels = {label(code): choice(Level, level, "levels") for code, level in (levels or {}).items()}
    persons = len(set(people))
    return Laddering(
        n=persons,
        parameters=frozen(
            {
                "basis": basis.value,
                "once_a_person": once_a_person,
                "suggestion": "highest cut-off that keeps two thirds of the direct links",
            }
        ),
        ladders=len(ladders),
        links=tuple(links),
        codes=frozen(_codes(links, ladders, levels)),
        cut_offs=tuple(kept),
        cut_off=chosen,
        suggested=suggested,
        drawn=_map(links, chosen, basis),
        cautions=tuple(_cautions(ladders, levels, persons, kept, chosen)),
    )


def _rungs(ladder: Sequence[object]) -> list[str]:
    """The codes of a ladder; a row of a table is as long as the longest, with gaps at its end."""
    codes = [label(each) for each in ladder]
    while codes and not codes[-1]:
        codes.pop()
    return codes


def _count(
    people: Sequence[str], ladders: Sequence[Sequence[str]], once_a_person: bool
) -> list[Link]:
    direct: Counter[Pair] = Counter()
    indirect: Counter[Pair] = Counter()
    seen: set[tuple[str, Pair, bool]] = set()
    for row, (person, ladder) in enumerate(zip(people, ladders, strict=True), start=1):
        _check(row, ladder)
        near = set(pairwise(ladder))
        for pair in combinations(ladder, 2):
            key = (person, pair, pair in near)
            if once_a_person and key in seen:
                continue
            seen.add(key)
            (direct if pair in near else indirect)[pair] += 1
    if not direct:
        raise AnalysisError("laddering_empty")
    return [
        Link(source, target, direct[source, target], indirect[source, target])
        for source, target in direct.keys() | indirect.keys()
    ]


def _check(row: int, ladder: Sequence[str]) -> None:
    if len(ladder) < 2 or not all(ladder):
        raise AnalysisError("laddering_short", row=row, found=" > ".join(ladder))
    twice = [code for code, count in Counter(ladder).items() if count > 1]
    if twice:
        raise AnalysisError("laddering_twice", row=row, found=twice[0])


def _strength(link: Link, basis: Basis) -> int:
    return link.direct if basis is Basis.DIRECT else link.direct + link.indirect


def _cut_offs(links: Sequence[Link], basis: Basis) -> list[CutOff]:
    everything = sum(each.direct for each in links)
    highest = max(_strength(each, basis) for each in links)
    found = []
    for cut_off in range(1, highest + 1):
        kept = [each for each in links if _strength(each, basis) >= cut_off]
        direct = sum(each.direct for each in kept)
        found.append(CutOff(cut_off, len(kept), direct, direct / everything))
    return found


def _codes(
    links: Iterable[Link], ladders: Sequence[Sequence[str]], levels: Mapping[str, Level]
) -> dict[str, Code]:
    inward: Counter[str] = Counter()
    outward: Counter[str] = Counter()
    for each in links:
        outward[each.source] += each.direct
        inward[each.target] += each.direct
    everything = sum(inward.values())
    found = {}
    for name in dict.fromkeys(code for ladder in ladders for code in ladder):
        both = inward[name] + outward[name]
        found[name] = Code(
            levels.get(name),
            inward[name],
            outward[name],
            inward[name] / both if both else None,
            both / everything,
        )
    return found


def _map(links: Sequence[Link], cut_off: int, basis: Basis) -> tuple[Link, ...]:
    """Links at the cut-off, without those that a longer chain of drawn ones implies.

    The weakest are tried first, so that what can be reached stays so even where codes lead to each
    other in a circle.
    """
    kept = {(each.source, each.target) for each in links if _strength(each, basis) >= cut_off}
    for each in sorted(links, key=lambda link: (link.direct, link.direct + link.indirect)):
        edge = (each.source, each.target)
        if edge in kept and _reaches(kept - {edge}, *edge):
            kept.remove(edge)
    return tuple(each for each in links if (each.source, each.target) in kept)


def _reaches(edges: set[Pair], start: str, end: str) -> bool:
    reached, new = {start}, {start}
    while new and end not in reached:
        new = {target for source, target in edges if source in new} - reached
        reached |= new
    return end in reached


def _cautions(
    ladders: Sequence[Sequence[str]],
    levels: Mapping[str, Level],
    people: int,
    kept: Sequence[CutOff],
    chosen: int,
) -> list[Caution]:
    notes = []
    if people < FEW_PEOPLE:
        notes.append(caution("laddering_few", people=people, advised=FEW_PEOPLE))
    order = list(Level)
    down = {
        (lower, upper)
        for ladder in ladders
        for lower, upper in pairwise(ladder)
        if lower in levels
        and upper in levels
        and order.index(levels[upper]) < order.index(levels[lower])
    }
    if down:
        source, target = min(down)
        notes.append(caution("laddering_down", links=len(down), source=source, target=target))
    share = next((each.share for each in kept if each.cut_off == chosen), 0.0)
    if share < EXPLAINED:
        notes.append(caution("laddering_cut_high", cut_off=chosen, share=share))
    return notes
