"""What delivery can measure: promises kept (29), emotion gap (31), first-contact resolution (34),
digital share (44). What nobody knows leaves n, and is counted beside it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from zhuoyue.delivery import journey, rules
from zhuoyue.delivery.models import Case, ContactDay
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period, measure


def known(cut: Mapping[str, Any], *names: str, **paths: str) -> dict[str, Any]:
    """The cut as a filter."""
    return {paths.get(name, name): cut[name] for name in names if name in cut}


def settled(actor: Actor, period: Period, cut: Mapping[str, Any]) -> QuerySet[Case]:
    """Cases resolved in the period; of old ones that name no such moment, when they were closed."""
    rows: QuerySet[Case] = Case.objects.visible_to(actor).standing()
    return (
        rows.filter(state__in=rules.SETTLED_STATES, **known(cut, "service", "recipient"))
        .annotate(moment=Coalesce("resolved_at", "closed_at", "opened_at"))
        .filter(moment__range=period.moments)
    )


def counted(rows: QuerySet[Case], field: str) -> Counter[bool | None]:
    return Counter(rows.order_by().values_list(field, flat=True))


@measure(29, cuts=("service", "recipient"))
def promises_kept(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Kept ÷ promised. A promise that ran out in the period on an open case is broken already."""
    found = counted(settled(actor, period, cut), "promise_kept")
    first, last = period.moments
    broken = (
        Case.objects.visible_to(actor)
        .standing()
        .filter(
            state__in=rules.OPEN_STATES,
            promised_by__range=(first, min(last, clock.now())),
            **known(cut, "service", "recipient"),
        )
        .count()
    )
    n = found[True] + found[False] + broken
    return MeasureValue.of_share(found[True], n, excluded={"unknown": found[None]})


@measure(34, cuts=("service", "recipient"))
def solved_at_first_contact(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Solved at first contact ÷ cases resolved in the period of which that is known."""
    found = counted(settled(actor, period, cut), "solved_at_first_contact")
    n = found[True] + found[False]
    return MeasureValue.of_share(found[True], n, excluded={"unknown": found[None]})


def days(actor: Actor, period: Period, cut: Mapping[str, Any]) -> QuerySet[ContactDay]:
    names = known(cut, "service", "touchpoint", "stage", stage="touchpoint__stage")
    rows: QuerySet[ContactDay] = ContactDay.objects.visible_to(actor)
    return rows.filter(day__range=(period.first, period.last), **names).order_by()


@measure(31, cuts=("stage", "touchpoint", "service"))
def emotion_gap(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Mean of intended minus felt on the scale from 1 to 5; above zero it fell short.

    What a touchpoint intends is what its catalogue page says now.
    """
    names = known(cut, "service", "touchpoint", "stage", stage="touchpoint__stage")
    return journey.gap_of(journey.readings(actor, period, **names))


@measure(44, cuts=("service", "touchpoint", "stage"))
def digital_share(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Digital contacts ÷ contacts of which the channel is known."""
    found: Counter[bool | None] = Counter()
    for channel, count in days(actor, period, cut).values_list("channel").annotate(Sum("n")):
        found[rules.is_digital(channel)] += count
    n = found[True] + found[False]
    return MeasureValue.of_share(found[True], n, excluded={"unknown": found[None]})
