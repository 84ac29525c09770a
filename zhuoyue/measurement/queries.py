"""The board: every measure of the set with its value in a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period, measures
from zhuoyue.measurement import rules
from zhuoyue.measurement.models import Target
from zhuoyue.standard.library import Entry, library

NOTHING = MeasureValue(None, 0)


@dataclass(frozen=True)
class BoardRow:
    """A measure, its value, and what that says."""

    number: int
    entry: Entry
    is_declared: bool
    value: MeasureValue
    target: float | None
    verdict: str
    is_thin: bool

    @property
    def is_measured(self) -> bool:
        return self.value.value is not None


def compute(
    actor: Actor, number: int, period: Period, cut: Mapping[str, Any] | None = None
) -> MeasureValue:
    declared = measures().get(number)
    return declared.compute(actor, period, cut or {}) if declared else NOTHING


def targets(actor: Actor, period: Period) -> dict[int, float]:
    """The target in force at the end of the period, by measure."""
    rows: QuerySet[Target] = (
        Target.objects.visible_to(actor)
        .standing()
        .filter(valid_from__lte=period.last)
        .order_by("valid_from", "id")
    )
    return {row.number: row.value for row in rows}


def board(actor: Actor, period: Period) -> list[BoardRow]:
    """All measures of the set, in its order."""
    wanted = targets(actor, period)
    found = []
    for id, entry in library().measures.items():
        number = int(id)
        value = compute(actor, number, period)
        target = wanted.get(number)
        found.append(
            BoardRow(
                number,
                entry,
                number in measures(),
                value,
                target,
                rules.verdict(value, target, entry.facts["direction"]),
                rules.is_thin(value, entry.facts["minimum_n"]),
            )
        )
    return found


def trend(
    actor: Actor, number: int, periods: Sequence[Period]
) -> list[tuple[Period, MeasureValue]]:
    return [(period, compute(actor, number, period)) for period in periods]
