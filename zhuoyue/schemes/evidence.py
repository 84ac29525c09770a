"""What schemes prove: drafted together, individual, traced, signed across departments, accepted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Actor
from zhuoyue.kit.models import CounterSignature
from zhuoyue.kit.registry import Fact, Period, evidence
from zhuoyue.schemes.models import DesignElement, SchemeVersion, Stage


def versions(actor: Actor, period: Period, moment: str) -> list[SchemeVersion]:
    """Versions to which something happened in the period."""
    rows = SchemeVersion.objects.visible_to(actor).standing()
    rows = rows.filter(scheme__withdrawn_at__isnull=True, **{f"{moment}__range": period.moments})
    return list(rows.select_related("scheme").defer("content").order_by(f"-{moment}"))


@evidence("5.1.a", "5.2.a", "6.3.2.a", "X2a", label=lazy("Schemes presented"))
def presented(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(
            _("%(version)s was presented: %(title)s") % {"version": v, "title": v.scheme.title},
            "schemes.scheme",
            v.scheme_id,
            v.presented_at,
        )
        for v in versions(actor, period, "presented_at")
        if v.presented_at
    ]


@evidence("6.3.2.b", label=lazy("Schemes revised"))
def revised(actor: Actor, period: Period) -> list[Fact]:
    """A version after the first is a review whose changes can be read."""
    return [
        Fact(
            _("%(version)s revises %(title)s") % {"version": v, "title": v.scheme.title},
            "schemes.scheme",
            v.scheme_id,
            v.presented_at,
        )
        for v in versions(actor, period, "presented_at")
        if v.presented_at and v.number > 1
    ]


@evidence("5.2.a", "4.2.a", "X2a", label=lazy("Schemes accepted by recipients"))
def accepted(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(
            _("%(version)s was accepted: %(title)s") % {"version": v, "title": v.scheme.title},
            "schemes.scheme",
            v.scheme_id,
            v.accepted_at,
        )
        for v in versions(actor, period, "accepted_at")
        if v.accepted_at
    ]


@evidence("4.4.a", "5.2.a", label=lazy("Counter-signatures of departments"))
def counter_signatures(actor: Actor, period: Period) -> list[Fact]:
    rows = CounterSignature.objects.visible_to(actor).standing()
    rows = rows.filter(kind="schemes.scheme", at__range=period.moments).order_by("-at")
    return [
        Fact(
            _("%(party)s, %(name)s: %(decision)s")
            % {"party": s.party_label, "name": s.signed_by, "decision": s.get_decision_display()},
            "schemes.scheme",
            s.target_id,
            s.at,
        )
        for s in rows
    ]


@evidence("4.2.a", "X2a", label=lazy("Individual design elements"))
def individual_elements(actor: Actor, period: Period) -> list[Fact]:
    rows = DesignElement.objects.visible_to(actor).standing().select_related("scheme__recipient")
    rows = rows.filter(is_individual=True, created_at__range=period.moments).order_by("-created_at")
    return [
        Fact(
            _("For %(recipient)s: %(element)s")
            % {"recipient": e.scheme.recipient.name, "element": e.title},
            "schemes.scheme",
            e.scheme_id,
            e.created_at,
        )
        for e in rows
    ]


@evidence("4.1.c", "6.3.2.a", label=lazy("Journey stages with an intended emotion"))
def intended(actor: Actor, period: Period) -> list[Fact]:
    rows = Stage.objects.visible_to(actor).standing().select_related("scheme")
    rows = rows.exclude(emotion="").filter(created_at__range=period.moments).order_by("-created_at")
    return [
        Fact(
            _("%(scheme)s, %(stage)s: %(emotion)s")
            % {"scheme": s.scheme.code, "stage": s.title, "emotion": s.get_emotion_display()},
            "schemes.scheme",
            s.scheme_id,
            s.created_at,
        )
        for s in rows
    ]
