"""What surveys can measure: satisfaction (49), recommendation (53), effort (54)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhuoyue.analysis import nps
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period, measure
from zhuoyue.surveys.models import Item, ItemStatistics, Wave

TOP_OF_FIVE = (4, 5)


@dataclass(frozen=True)
class Pooled:
    """The answers to one kind of item over the waves of a period that share a scale."""

    counts: Counter[float]
    invited: int | None
    excluded: dict[str, int]
    scale: tuple[int, int]

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def pooled(actor: Actor, period: Period, kind: str, cut: Mapping[str, Any]) -> Pooled | None:
    """Counts of answers. Waves on another scale than the newest one are a series of their own."""
    rows = (
        ItemStatistics.objects.visible_to(actor)
        .filter(
            item__kind=kind,
            item__withdrawn_at__isnull=True,
            wave__withdrawn_at__isnull=True,
            wave__ended_on__range=(period.first, period.last),
            **({"wave": cut["wave"]} if "wave" in cut else {}),
        )
        .select_related("wave__questionnaire")
        .order_by("-wave__ended_on", "-wave_id")
    )
    found = list(rows)
    if not found:
        return None
    scale = scale_of(found[0].wave)
    same = [row for row in found if scale_of(row.wave) == scale]
    counts: Counter[float] = Counter()
    for row in same:
        counts.update({float(answer): count for answer, count in row.counts.items()})
    waves = {row.wave_id: row.wave for row in same}.values()
    known = [w.invited for w in waves]
    return Pooled(
        counts,
        sum(k for k in known if k is not None) if all(k is not None for k in known) else None,
        {
            "no_answer": sum(row.no_answer for row in same),
            "not_used": sum(row.not_used for row in same),
            "other_scale": sum(row.n for row in found) - sum(row.n for row in same),
        },
        scale,
    )


def scale_of(wave: Wave) -> tuple[int, int]:
    return (wave.questionnaire.scale_low, wave.questionnaire.scale_high)


@measure(49, cuts=("wave",))
def satisfaction(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Top two of five in percent; on another scale the mean, stretched to 0–100."""
    found = pooled(actor, period, Item.Kind.CSAT, cut)
    if found is None or not found.n:
        return MeasureValue(None, 0)
    more: dict[str, Any] = {"invited": found.invited, "excluded": found.excluded}
    low, high = found.scale
    if (low, high) == (1, 5):
        top = sum(found.counts[float(answer)] for answer in TOP_OF_FIVE)
        return MeasureValue.of_share(top, found.n, **more)
    stretched = {(a - low) / (high - low) * 100: c for a, c in found.counts.items()}
    return MeasureValue.of_mean(
        found.n,
        sum(a * c for a, c in stretched.items()),
        sum(a * a * c for a, c in stretched.items()),
        **more,
    )


@measure(53, cuts=("wave",))
def recommendation(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Promoters (9, 10) minus detractors (0–6), in points."""
    found = pooled(actor, period, Item.Kind.NPS, cut)
    if found is None or not found.n:
        return MeasureValue(None, 0)
    promoters = sum(c for a, c in found.counts.items() if a >= 9)
    detractors = sum(c for a, c in found.counts.items() if a <= 6)
    return MeasureValue.of(
        nps(promoters, found.n - promoters - detractors, detractors),
        numerator=promoters - detractors,
        denominator=found.n,
        invited=found.invited,
        excluded=found.excluded,
    )


@measure(54, cuts=("wave",))
def effort(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Mean agreement from 1 to 7 that it was made easy."""
    found = pooled(actor, period, Item.Kind.CES, cut)
    if found is None or not found.n:
        return MeasureValue(None, 0)
    return MeasureValue.of_mean(
        found.n,
        sum(a * c for a, c in found.counts.items()),
        sum(a * a * c for a, c in found.counts.items()),
        invited=found.invited,
        excluded=found.excluded,
    )
