"""What needs prove: that recipients are heard, individually and in common."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence
from zhuoyue.needs.models import Need, Request, Source, Verbatim


@evidence("5.1.a", "4.2.a", "X1b", label=lazy("Requests of recipients"))
def requests(actor: Actor, period: Period) -> list[Fact]:
    rows = Request.objects.visible_to(actor).standing()
    rows = rows.filter(raised_at__range=period.moments).order_by("-raised_at")
    return [
        Fact(
            _("%(recipient)s asked: %(title)s")
            % {"recipient": row.recipient.name, "title": row.title},
            "needs.request",
            row.pk,
            row.raised_at,
        )
        for row in rows.select_related("recipient")
    ]


@evidence("5.1.a", "6.3.1.a", "4.2.a", "X1b", label=lazy("Needs, expectations and desires"))
def needs(actor: Actor, period: Period) -> list[Fact]:
    rows = Need.objects.visible_to(actor).standing()
    rows = rows.filter(created_at__range=period.moments).order_by("-created_at")
    return [
        Fact(
            _("%(kind)s of %(who)s: %(wish)s")
            % {"kind": row.get_kind_display(), "who": row.who, "wish": row.wish},
            "needs.need",
            row.pk,
            row.created_at,
        )
        for row in rows
    ]


@evidence("6.3.1.a", "X1a", "X1b", label=lazy("Sources of voices"))
def sources(actor: Actor, period: Period) -> list[Fact]:
    rows = Source.objects.visible_to(actor).standing()
    rows = rows.filter(held_on__range=(period.first, period.last)).order_by("-held_on")
    return [
        Fact(
            _("%(kind)s: %(title)s") % {"kind": row.get_kind_display(), "title": row.title},
            "needs.source",
            row.pk,
            row.created_at,
        )
        for row in rows
    ]


@evidence("6.3.1.a", "X1b", label=lazy("Verbatims"))
def verbatims(actor: Actor, period: Period) -> list[Fact]:
    rows = Verbatim.objects.visible_to(actor).standing()
    rows = rows.filter(said_on__range=(period.first, period.last)).order_by("-said_on")
    return [Fact(f"“{row}”", "needs.verbatim", row.pk, row.created_at) for row in rows]
