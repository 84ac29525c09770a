"""How the journey felt against how it was meant to feel, stage by stage (measure 31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from zhuoyue.catalogue.models import Emotion, Touchpoint
from zhuoyue.delivery import rules
from zhuoyue.delivery.models import ContactDay
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period


@dataclass(frozen=True)
class Readings:
    """Readings at one touchpoint: how many for each point, and what is intended there."""

    touchpoint: int
    stage: str
    intended: int | None  # on the scale from 1 to 5; None: the catalogue says nothing
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Leg:
    """A stage or a touchpoint: what was felt, what was meant, and the difference."""

    label: str
    key: str
    felt: MeasureValue
    intended: float | None
    gap: MeasureValue

    @property
    def is_thin(self) -> bool:
        """Too few readings for an interval or a verdict."""
        return self.felt.n < rules.ENOUGH


def readings(actor: Actor, period: Period, **cut: Any) -> list[Readings]:
    """From the daily figures, so that a million contacts cost what a hundred do."""
    points = {f"p{p}": Sum(f"felt_{p}") for p in rules.POINTS}
    rows = (
        ContactDay.objects.visible_to(actor)
        .filter(day__range=(period.first, period.last), touchpoint__isnull=False, **cut)
        .order_by()
        .values_list("touchpoint", "touchpoint__stage", "touchpoint__intended_emotion")
        .annotate(**points)
    )
    return [
        Readings(touchpoint, stage, intended_of(emotion), tuple(counts))
        for touchpoint, stage, emotion, *counts in rows
    ]


def intended_of(emotion: str) -> int | None:
    return rules.felt_of_valence(Emotion(emotion).valence) if emotion else None


def mean_of(values: Iterable[tuple[float, int]], **more: Any) -> MeasureValue:
    """The mean of values with how often each came."""
    known = list(values)
    return MeasureValue.of_mean(
        sum(count for _value, count in known),
        sum(value * count for value, count in known),
        sum(value * value * count for value, count in known),
        **more,
    )


def felt_of(found: Iterable[Readings]) -> MeasureValue:
    pairs = (zip(rules.POINTS, one.counts, strict=True) for one in found)
    return mean_of((float(point), count) for some in pairs for point, count in some)


def gap_of(found: Iterable[Readings]) -> MeasureValue:
    """Mean of intended minus felt; readings where nothing is intended are told apart."""
    known = list(found)
    meant = [one for one in known if one.intended is not None]
    values = [
        (float(one.intended - point), count)
        for one in meant
        if one.intended is not None
        for point, count in zip(rules.POINTS, one.counts, strict=True)
    ]
    without = sum(one.n for one in known) - sum(one.n for one in meant)
    return mean_of(values, excluded={"no_intention": without})


def intention_of(found: Iterable[Readings]) -> float | None:
    """What was meant at these readings, on average."""
    meant = [(one.intended, one.n) for one in found if one.intended is not None and one.n]
    n = sum(count for _intended, count in meant)
    return sum(intended * count for intended, count in meant) / n if n else None


def leg(label: str, key: str, found: list[Readings]) -> Leg:
    return Leg(label, key, felt_of(found), intention_of(found), gap_of(found))


def stages(found: list[Readings]) -> list[Leg]:
    """All stages of the journey in their order, also those without a reading."""
    return [
        leg(str(stage.label), stage.value, [one for one in found if one.stage == stage.value])
        for stage in Touchpoint.Stage
    ]


def touchpoints(actor: Actor, found: list[Readings]) -> list[Leg]:
    """Touchpoints with readings: the widest gap first, thin and unintended ones last."""
    names = Touchpoint.objects.visible_to(actor).in_bulk([one.touchpoint for one in found])
    legs = [
        leg(str(names[one.touchpoint]), str(one.touchpoint), [one])
        for one in found
        if one.n and one.touchpoint in names
    ]
    return sorted(
        legs,
        key=lambda one: (one.gap.value is None, one.is_thin, -(one.gap.value or 0), one.label),
    )
