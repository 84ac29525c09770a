"""Reads of surveys that pages and higher rooms need."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, When
from django.db.models.fields.json import KeyTextTransform

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue
from zhuoyue.surveys.models import Item, ItemStatistics, Response, Wave

WHOLE = re.compile(r"^(-?\d+)\.0$")


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


@dataclass(frozen=True)
class Grouping:
    """A column that sorts the answers of a wave into groups, with the answers in each."""

    code: str
    label: str
    counts: Mapping[str, int]


MOST_COLUMNS = 30  # of a wave that are looked at for groups
MOST_GROUPS = 20  # more are numbers or names, not groups


def groupings_of(actor: Actor, wave: Wave) -> list[Grouping]:
    """What the respondents of a wave can be sorted by: attributes, and numbers of no construct.

    Attributes come first: many files put them behind all their questions.
    """
    items = (
        Item.objects.visible_to(actor)
        .standing()
        .filter(questionnaire_id=wave.questionnaire_id)
        .exclude(kind=Item.Kind.TEXT)
        .filter(Q(kind=Item.Kind.ATTRIBUTE) | Q(construct=""))
        .order_by(Case(When(kind=Item.Kind.ATTRIBUTE, then=0), default=1), "position")
    )[:MOST_COLUMNS]
    found = [Grouping(item.code, str(item), group_counts(actor, wave, item.code)) for item in items]
    return [each for each in found if 2 <= len(each.counts) <= MOST_GROUPS]


def group_counts(actor: Actor, wave: Wave, code: str) -> dict[str, int]:
    """The answers of each group of a column; one group too many where there are very many."""
    answer = KeyTextTransform(code, "answers")
    rows = Response.objects.visible_to(actor).filter(wave=wave).order_by()
    counted = rows.values_list(answer).annotate(count=Count("pk"))
    counts: dict[str, int] = {}
    for value, count in counted[: MOST_GROUPS + 2]:
        name = group_name(value)
        if name is not None:
            counts[name] = counts.get(name, 0) + count
    return dict(sorted(counts.items()))


def group_labels(actor: Actor, wave: Wave, code: str) -> list[str | None]:
    """The group of each answer of a wave, in the order of their numbers."""
    rows = Response.objects.visible_to(actor).filter(wave=wave).order_by("number")
    answers = rows.values_list("answers", flat=True).iterator(chunk_size=2000)
    return [group_name(each.get(code)) for each in answers]


def group_name(answer: Any) -> str | None:
    """A group as people write it: 1, not the 1.0 that the reading of a file made of it."""
    name = "" if answer is None else str(answer).strip()
    return WHOLE.sub(r"\1", name) or None


def number(answer: Any) -> float:
    return float(answer) if isinstance(answer, int | float) else float("nan")
