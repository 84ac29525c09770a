"""What delivery proves: recorded on the spot, answered, recovered."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence

MOST = 200  # the newest; nobody reads a hundred thousand


def contacts(actor: Actor, period: Period, wanted: Q) -> list[Contact]:
    rows = Contact.objects.visible_to(actor).standing().filter(wanted, at__range=period.moments)
    return list(rows.select_related("recipient", "touchpoint").order_by("-at", "-pk")[:MOST])


@evidence("5.3.a", "X1a-r2", label=lazy("Obstacles, opportunities and opinions at touchpoints"))
def learnt(actor: Actor, period: Period) -> list[Fact]:
    spoken = ~Q(obstacle="") | ~Q(opportunity="") | ~Q(opinion="")
    return [
        Fact(
            _("%(contact)s: %(words)s")
            % {"contact": row, "words": (row.obstacle or row.opportunity or row.opinion)[:120]},
            "delivery.contact",
            row.pk,
            row.at,
        )
        for row in contacts(actor, period, spoken)
    ]


@evidence("5.3.a", "X2a-r3", label=lazy("Felt experience taken in the moment"))
def felt(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(
            _("%(contact)s: it felt “%(felt)s”") % {"contact": row, "felt": row.get_felt_display()},
            "delivery.contact",
            row.pk,
            row.at,
        )
        for row in contacts(actor, period, Q(felt__isnull=False))
    ]


def cases(actor: Actor, period: Period, moment: str, wanted: Q) -> list[tuple[Case, datetime]]:
    rows = Case.objects.visible_to(actor).standing()
    rows = rows.filter(wanted, **{f"{moment}__range": period.moments}).order_by(f"-{moment}")
    return [(row, getattr(row, moment)) for row in rows.select_related("recipient")[:MOST]]


@evidence("X2b", "X2b-r1", label=lazy("Promises kept"))
def kept(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(_("The promise was kept: %(case)s") % {"case": row}, "delivery.case", row.pk, moment)
        for row, moment in cases(actor, period, "resolved_at", Q(promise_kept=True))
    ]


@evidence("6.3.2.d", "X2d", "X2d-r1", label=lazy("Complaints that were resolved"))
def recovered(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(
            _("The complaint was resolved: %(case)s") % {"case": row},
            "delivery.case",
            row.pk,
            moment,
        )
        for row, moment in cases(actor, period, "resolved_at", Q(kind=Case.Kind.COMPLAINT))
    ]


@evidence("X2d-r2", label=lazy("Complaints that were taken"))
def taken(actor: Actor, period: Period) -> list[Fact]:
    return [
        Fact(
            _("%(recipient)s complained: %(case)s") % {"recipient": row.recipient, "case": row},
            "delivery.case",
            row.pk,
            moment,
        )
        for row, moment in cases(actor, period, "opened_at", Q(kind=Case.Kind.COMPLAINT))
    ]
