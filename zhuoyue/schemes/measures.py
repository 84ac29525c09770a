"""What schemes can measure: personalisation (32), trace coverage (33), first-pass sign-off (37)."""

from collections.abc import Mapping
from typing import Any

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period, measure
from zhuoyue.needs.models import Need
from zhuoyue.schemes import rules
from zhuoyue.schemes.models import Scheme, SchemeVersion, TraceLink
from zhuoyue.schemes.queries import SET_ASIDE, path_of


def schemes_of(actor: Actor, cut: Mapping[str, Any]) -> Any:
    rows = Scheme.objects.visible_to(actor).standing()
    known = {name: cut[name] for name in ("service", "recipient") if name in cut}
    return rows.filter(**known)


def presented(actor: Actor, period: Period, cut: Mapping[str, Any]) -> Any:
    """Versions presented in the period, oldest first."""
    rows = SchemeVersion.objects.visible_to(actor).standing()
    rows = rows.filter(scheme__in=schemes_of(actor, cut), presented_at__range=period.moments)
    return rows.order_by("scheme_id", "number")


@measure(32, cuts=("service", "recipient"))
def personalisation(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Of the schemes presented in the period, those with an individual element.

    A scheme presented again counts once, as it was presented last.
    """
    rows = presented(actor, period, cut).values_list("scheme_id", "has_individual")
    last = dict(rows)
    return MeasureValue.of_share(sum(last.values()), len(last))


@measure(33, cuts=("service", "recipient"))
def trace_coverage(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Of the needs known at the period's end, those a scheme answers down to a measure.

    Needs that were declined or parked do not ask for an answer; they are told apart.
    """
    _first, last = period.moments
    needs = Need.objects.visible_to(actor).standing().filter(created_at__lte=last)
    if "recipient" in cut:
        needs = needs.filter(recipient=cut["recipient"])
    aside = needs.filter(status__in=SET_ASIDE).count()
    asked = set(needs.exclude(status__in=SET_ASIDE).values_list("pk", flat=True))
    links = (
        TraceLink.objects.visible_to(actor)
        .standing()
        .filter(scheme__in=schemes_of(actor, cut), created_at__lte=last)
        .select_related("element", "touchpoint")
    )
    whole = {link.need_id for link in links if path_of(link).is_whole}
    if "service" in cut:
        asked &= {link.need_id for link in links}
    excluded = {"set_aside": aside} if aside else {}
    return MeasureValue.of_share(len(asked & whole), len(asked), excluded=excluded)


@measure(37, cuts=("service", "recipient"))
def first_pass(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """Of the schemes first presented in the period, those signed at that presentation.

    Signed: by all departments concerned, none of whom returned it, and the recipient asked for no
    change. A presentation on which departments are still to speak is not counted yet.
    """
    rows = SchemeVersion.objects.visible_to(actor).standing()
    rows = rows.filter(scheme__in=schemes_of(actor, cut)).order_by("scheme_id", "number")
    newest = dict(rows.values_list("scheme_id", "number"))
    firsts: dict[int, SchemeVersion] = {}
    for version in rows.filter(presented_at__isnull=False).defer("content"):
        firsts.setdefault(version.scheme_id, version)
    since, until = period.moments
    outcomes = [
        rules.FirstPass(
            is_signed=version.signed_at is not None,
            was_returned=version.was_returned,
            was_replaced=newest[scheme] > version.number,
        )
        for scheme, version in firsts.items()
        if version.presented_at and since <= version.presented_at <= until
    ]
    settled = [outcome for outcome in outcomes if not outcome.is_pending]
    pending = len(outcomes) - len(settled)
    excluded = {"pending": pending} if pending else {}
    hits = sum(outcome.is_first_pass for outcome in settled)
    return MeasureValue.of_share(hits, len(settled), excluded=excluded)
