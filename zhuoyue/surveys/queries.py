"""Reads of surveys that pages and higher rooms need."""

from dataclasses import dataclass
from typing import Any

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue
from zhuoyue.surveys.models import Item, ItemStatistics, Response, Wave


@dataclass(frozen=True)
class ItemResult:
    """One item of a wave with its mean, interval and the answers that do not count."""

    item: Item
    statistics: ItemStatistics
    mean: MeasureValue


def item_results(actor: Actor, wave: Wave) -> list[ItemResult]:
    rows = (
        ItemStatistics.objects.visible_to(actor)
        .filter(wave=wave)
        .select_related("item")
        .order_by("item__position")
    )
    return [
        ItemResult(row.item, row, MeasureValue.of_mean(row.n, row.total, row.squares))
        for row in rows
    ]


@dataclass(frozen=True)
class Answers:
    """The numeric answers of a wave as columns; NaN where there is none."""

    items: tuple[str, ...]
    columns: dict[str, list[float]]
    weights: list[float]
    constructs: dict[str, list[str]]
    scale: tuple[int, int]
    n: int


def answers_of(actor: Actor, wave: Wave) -> Answers:
    """All answers of a wave, in the order of their numbers, ready for the analysis library."""
    items = list(
        Item.objects.visible_to(actor)
        .filter(questionnaire_id=wave.questionnaire_id)
        .order_by("position")
    )
    numeric = [i.code for i in items if i.is_number]
    columns: dict[str, list[float]] = {code: [] for code in numeric}
    weights = []
    rows = Response.objects.visible_to(actor).filter(wave=wave).order_by("number")
    for answers, weight in rows.values_list("answers", "weight").iterator(chunk_size=2000):
        weights.append(weight)
        for code in numeric:
            columns[code].append(number(answers.get(code)))
    constructs: dict[str, list[str]] = {}
    for item in items:
        if item.construct and item.is_number:
            constructs.setdefault(item.construct, []).append(item.code)
    asked = wave.questionnaire
    scale = (asked.scale_low, asked.scale_high)
    return Answers(tuple(numeric), columns, weights, constructs, scale, len(weights))


def number(answer: Any) -> float:
    return float(answer) if isinstance(answer, int | float) else float("nan")
