"""The effect check: two waves, or a measure in two periods, compared by the analysis library."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.analysis import AnalysisError, Difference, difference_of_means, difference_of_shares
from zhuoyue.improvement import rules
from zhuoyue.kit.access import Actor
from zhuoyue.kit.analysis_words import say_error
from zhuoyue.kit.registry import MeasureValue, Period, measures
from zhuoyue.standard.library import library
from zhuoyue.studies.models import Study
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import Answers, answers_of

# Other people may have answered, and no group without the improvement stands beside.
ALWAYS = ("no_comparison_group",)


@dataclass(frozen=True)
class Effect:
    """What was compared, the difference, and what it means."""

    subject: str
    before: str
    after: str
    difference: Difference
    verdict: str
    cautions: tuple[str, ...] = ALWAYS


def between_waves(actor: Actor, before: Wave, after: Wave, subject: str) -> Effect:
    """Each respondent's mean over an item or the items of a construct, before and after."""
    if before.pk == after.pk:
        raise ValidationError({"after": _("Choose two different waves.")})
    first, second = answers_of(actor, before), answers_of(actor, after)
    if first.scale != second.scale:
        raise ValidationError(
            {"after": _("The waves were answered on different scales and cannot be compared.")}
        )
    items = shared_items(first, second, subject, in_models(actor, [before, after], subject))
    values = [scores(answers, items) for answers in (first, second)]
    found = computed(lambda: difference_of_means(values[0], values[1]))
    return Effect(subject, str(before), str(after), found, rules.verdict(found.verdict, "up"))


def in_models(actor: Actor, waves: list[Wave], subject: str) -> list[str]:
    """The items that the newest study of these waves has for a construct of this name."""
    studies = Study.objects.visible_to(actor).standing().filter(wave__in=waves)
    for study in studies.order_by("-pk"):
        for construct in study.model.constructs:
            if construct.name == subject:
                return list(construct.items)
    return []


def shared_items(first: Answers, second: Answers, subject: str, modelled: list[str]) -> list[str]:
    """The items of a construct or the item itself, which both waves must have asked."""
    items = modelled or first.constructs.get(subject) or [subject]
    missing = [i for i in items if i not in first.columns or i not in second.columns]
    if missing:
        known = [*first.constructs, *(i for i in first.items if i in second.columns)]
        raise ValidationError(
            {
                "subject": _("Not asked in both waves: %(items)s. Asked in both: %(known)s.")
                % {"items": ", ".join(missing), "known": ", ".join(known)}
            }
        )
    return items


def scores(answers: Answers, items: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Means over the items answered; people who answered none of them are left out."""
    table = np.array([answers.columns[item] for item in items], dtype=np.float64)
    answered = ~np.isnan(table).all(axis=0)
    means: np.ndarray[tuple[int], np.dtype[np.float64]] = np.nanmean(table[:, answered], axis=0)
    return means


def between_periods(actor: Actor, number: int, before: Period, after: Period) -> Effect:
    """A share of the set of measures in two periods that do not overlap."""
    if before.last >= after.first:
        raise ValidationError({"after_first": _("The later period must begin after the earlier.")})
    declared = measures().get(number)
    entry = library().measure(number)
    if declared is None or entry is None:
        raise ValidationError({"measure": _("This measure is not computed here.")})
    first, second = (declared.compute(actor, period, {}) for period in (before, after))
    counts = [counted(value) for value in (first, second)]
    found = computed(lambda: difference_of_shares(*counts[0], *counts[1]))
    meaning = rules.verdict(found.verdict, entry.facts["direction"])
    subject = f"{entry.id} {entry.title}"
    return Effect(subject, spoken(before), spoken(after), found, meaning)


def spoken(period: Period) -> str:
    return f"{period.first} – {period.last}"


def counted(value: MeasureValue) -> tuple[int, int]:
    """Hits and n of a share."""
    if not value.n:
        raise ValidationError(_("One of the periods holds no records to compare."))
    if value.numerator is None or value.denominator != value.n:
        raise ValidationError(
            {"measure": _("Only shares are compared by period; compare means by survey waves.")}
        )
    return int(value.numerator), value.n


def computed(work: Callable[[], Difference]) -> Difference:
    try:
        return work()
    except AnalysisError as error:
        raise ValidationError(say_error(error, get_language() or "zh")) from error
