"""Official scoring by a table: items with points, bonus, penalty, hard floors, grades.

The rules are those that evaluations of technology centres use: linear between a basic and a full
value, in tiers, by judgement, with coefficients by industry. Their figures are data, since they
change with every notice; nothing of them is fixed here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence


CLOSE = 1e-9  # 3 x 1.2 is 3.5999999999999996 in binary and must reach 3.6


class Kind(StrEnum):
    """How an item's points come about."""

    LINEAR = "linear"  # nil below basic, a share of the weight at basic, all of it at full
    TIERED = "tiered"  # points of the highest step reached
    QUALITATIVE = "qualitative"  # a judgement stands for a share of the weight
    BONUS = "bonus"  # points per unit, in tiers or by judgement, at most the weight
    PENALTY = "penalty"  # the same, taken away


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table; `weight` is the most it can give (or take)."""

    name: str
    kind: Kind
    weight: float
    basic: float | None = None  # linear; above `full` where less is better
    full: float | None = None
    base_share: float = 0.6  # of the weight, at `basic`
    steps: tuple[tuple[float, float], ...] = ()  # tiered: from this value on, so many points
    shares: Mapping[str, float] = field(default_factory=lambda: frozen({}))  # qualitative
    per_unit: float = 1.0  # bonus and penalty
    by_industry: bool = False  # its value is multiplied by the industry's coefficient
    # Coefficients of this item alone; None: that industry is given the base share instead.
    coefficients: Mapping[str, float | None] = field(default_factory=lambda: frozen({}))
    # Linear: basic and full of an industry; the others have those above, if there are any.
    bands: Mapping[str, tuple[float, float]] = field(default_factory=lambda: frozen({}))

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", choice(Kind, self.kind, "kind"))
        sound = math.isfinite(self.weight) and self.weight > 0 and 0 <= self.base_share <= 1
        sound &= all(each is None or 0 < each < math.inf for each in self.coefficients.values())
        rising = [each[0] for each in self.steps]
        sound &= rising == sorted(set(rising))
        sound &= all(0 <= points <= self.weight for _, points in self.steps)
        sound &= all(0 <= each <= 1 for each in self.shares.values())
        if self.kind is Kind.LINEAR:
            spans = list(self.bands.values())
            if not spans or self.basic is not None or self.full is not None:
                spans.append((_or_nan(self.basic), _or_nan(self.full)))
            sound &= all(math.isfinite(full - basic) and full != basic for basic, full in spans)
        if self.kind is Kind.TIERED:
            sound &= bool(rising)
        if self.kind is Kind.QUALITATIVE:
            sound &= bool(self.shares)
        if self.kind in {Kind.BONUS, Kind.PENALTY}:
            sound &= self.per_unit > 0
        if not sound:
            raise AnalysisError("scoring_item", item=self.name, kind=self.kind.value)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole table: items, floors, coefficients of industries, and grades from the highest."""

    items: tuple[Item, ...]
    grades: tuple[tuple[float, str], ...] = ((90, "优秀"), (65, "良好"), (60, "基本合格"))
    failed: str = "不合格"
    floors: Mapping[str, float] = field(default_factory=lambda: frozen({}))
    industries: Mapping[str, float] = field(default_factory=lambda: frozen({}))
    bonus_cap: float | None = None  # the most that all bonus items give together

    def __post_init__(self) -> None:
        names = [each.name for each in self.items]
        twice = [name for k, name in enumerate(names) if name in names[:k]]
        if not names or twice:
            raise AnalysisError("scoring_items", found=twice[0] if twice else "-")
        for each in self.items:
            if each.by_industry and not (each.coefficients or self.industries):
                raise AnalysisError("scoring_coefficients", item=each.name)
        limits = [limit for limit, _ in self.grades]
        if not limits or limits != sorted(set(limits), reverse=True):
            raise AnalysisError("scoring_grades")
        if self.bonus_cap is not None and not self.bonus_cap >= 0:
            raise AnalysisError("scoring_bonus_cap", value=self.bonus_cap)


@dataclass(frozen=True, slots=True)
class Points:
    """What an item gave, and by which rule."""

    item: str
    value: float | str | None
    used: float | str | None  # after the industry's coefficient
    points: float  # below nil for a penalty
    kind: Kind  # the rule
    coefficient: float | None = 1.0  # None: not asked of the industry, the base share is given
    reached: float | None = None  # the highest threshold reached: basic, full or a step
    following: float | None = None  # the next one, if there is one


@dataclass(frozen=True, slots=True)
class Scored:
    """One centre."""

    total: float
    grade: str
    points: tuple[Points, ...]
    floors_missed: tuple[str, ...]
    submitted: bool
    over_cap: float = 0.0  # bonus points beyond the cap, not in the total


@dataclass(frozen=True, kw_only=True)
class OfficialScoring(MethodResult):
    """Centres by name, and how many have each grade; `n` counts the centres."""

    method: ClassVar[str] = "official_scoring"
    centres: Mapping[str, Scored]
    by_grade: Mapping[str, int]


def official_scoring(
    scheme: Scheme,
    centres: Mapping[str, Mapping[str, float | str | None]],
    *,
    industries: Mapping[str, str] | None = None,
    not_submitted: Sequence[str] = (),
) -> OfficialScoring:
    """Points, totals and grades of centres (name -> indicator -> value).

    A missing value gives no points, with a caution. A centre that misses a floor, or did not
    submit, fails whatever its total. Coefficients multiply the value, not the threshold. Errors
    are coded `scoring_...` and name centre and item. Source: the notice whose table is given.
    """
    check_mapping(centres, "centres")
    for name, given in centres.items():
        check_mapping(given, f"centres, {name}")
    industries = dict(industries or {})
    for name in [*industries, *not_submitted]:
        if name not in centres:
            raise AnalysisError("scoring_centre", centre=name)
    found = {
        name: _score(scheme, name, values, industries.get(name), name not in not_submitted)
        for name, values in centres.items()
    }
    if not found:
        raise AnalysisError("scoring_nobody")
    names = [*(name for _, name in scheme.grades), scheme.failed]
    return OfficialScoring(
        n=len(found),
        parameters=frozen(
            {
                **{each.name: getattr(scheme, each.name) for each in fields(scheme)},
                "centres": frozen(dict(centres)),
                "industry_of": frozen(industries),
                "not_submitted": tuple(not_submitted),
            }
        ),
        centres=frozen(found),
        by_grade=frozen(
            {name: sum(each.grade == name for each in found.values()) for name in names}
        ),
        cautions=tuple(_cautions(found)),
    )


def grade(scheme: Scheme, total: float, *, floors_ok: bool = True, submitted: bool = True) -> str:
    """The grade of a total: the first whose limit it reaches."""
    if floors_ok and submitted:
        for limit, name in scheme.grades:
            if round(total, 9) >= limit:
                return name
    return scheme.failed


def _score(
    scheme: Scheme,
    name: str,
    values: Mapping[str, float | str | None],
    industry: str | None,
    submitted: bool,
) -> Scored:
    if industry is not None and scheme.industries:
        _known(scheme.industries, name, industry)
    points = tuple(
        _points(scheme, each, name, values.get(each.name), industry) for each in scheme.items
    )
    missed = tuple(
        floor
        for floor, limit in scheme.floors.items()
        if not _number(name, floor, values.get(floor), missing=-math.inf) >= limit
    )
    bonus = sum(each.points for each in points if each.kind is Kind.BONUS)
    over_cap = 0.0 if scheme.bonus_cap is None else max(bonus - scheme.bonus_cap, 0.0)
    total = sum(each.points for each in points) - over_cap
    told = grade(scheme, total, floors_ok=not missed, submitted=submitted)
    return Scored(total, told, points, missed, submitted, over_cap)


def _known(industries: Mapping[str, object], centre: str, industry: str) -> None:
    if industry not in industries:
        known = ", ".join(industries)
        raise AnalysisError("scoring_industry", centre=centre, found=industry, known=known)


def _coefficient(scheme: Scheme, item: Item, centre: str, industry: str | None) -> float | None:
    """What the value is multiplied by: the item's own coefficient before that of the scheme."""
    if not item.coefficients and not item.by_industry:
        return 1.0
    table = item.coefficients or scheme.industries
    _known(table, centre, industry or "-")
    return table[industry or "-"]


def _points(
    scheme: Scheme, item: Item, centre: str, value: float | str | None, industry: str | None
) -> Points:
    coefficient = _coefficient(scheme, item, centre, industry)
    if coefficient is None:
        return Points(item.name, value, None, item.weight * item.base_share, item.kind, None)
    if value is None or value == "":
        return Points(item.name, None, None, 0.0, item.kind, coefficient)
    if item.shares:
        word = str(value).strip()
        if word not in item.shares:
            known = ", ".join(item.shares)
            raise AnalysisError(
                "scoring_word", centre=centre, item=item.name, found=word, known=known
            )
        return Points(
            item.name, word, word, _signed(item, item.weight * item.shares[word]), item.kind
        )
    given = _number(centre, item.name, value)
    used = given * coefficient
    if item.kind is Kind.LINEAR:
        limits: Sequence[float] = _band(item, centre, industry)
        points = _between(item, used, limits[0], limits[1])
    elif item.steps:
        limits = [start for start, _ in item.steps]
        points = max((each for start, each in item.steps if _reaches(used, start)), default=0.0)
    else:
        limits = []
        points = min(max(used, 0.0) * item.per_unit, item.weight)
    reached, following = _passed(used, limits)
    points = _signed(item, points)
    return Points(item.name, given, used, points, item.kind, coefficient, reached, following)


def _reaches(value: float, limit: float, *, falling: bool = False) -> bool:
    close = CLOSE * max(abs(limit), 1.0)
    return value <= limit + close if falling else value >= limit - close


def _passed(value: float, limits: Sequence[float]) -> tuple[float | None, float | None]:
    """The highest threshold reached and the next one; limits from the easiest on."""
    falling = len(limits) > 1 and limits[0] > limits[-1]
    count = sum(_reaches(value, limit, falling=falling) for limit in limits)
    return (
        limits[count - 1] if count else None,
        limits[count] if count < len(limits) else None,
    )


def _signed(item: Item, points: float) -> float:
    return -points if item.kind is Kind.PENALTY and points else points


def _band(item: Item, centre: str, industry: str | None) -> tuple[float, float]:
    if item.basic is None or item.full is None:
        _known(item.bands, centre, industry or "-")
        return item.bands[industry or "-"]
    return item.bands.get(industry or "-", (item.basic, item.full))


def _between(item: Item, value: float, basic: float, full: float) -> float:
    if not _reaches(value, basic, falling=full < basic):
        return 0.0
    way = min(max((value - basic) / (full - basic), 0.0), 1.0)
    return item.weight * (item.base_share + (1 - item.base_share) * way)


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _number(
    centre: str, item: str, value: float | str | None, missing: float | None = None
) -> float:
    if missing is not None and (value is None or value == ""):
        return missing
    try:
        found = float(value)  # type: ignore[arg-type]  # what is no number is refused below
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise AnalysisError("scoring_number", centre=centre, item=item, found=value)
    return found


def _cautions(found: Mapping[str, Scored]) -> list[Caution]:
    notes = []
    gaps = [
        (name, each.item)
        for name, scored in found.items()
        for each in scored.points
        if each.value is None and each.coefficient is not None
    ]
    if gaps:
        centre, item = gaps[0]
        notes.append(caution("scoring_gaps", count=len(gaps), centre=centre, item=item))
    return notes
