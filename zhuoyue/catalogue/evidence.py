"""What the catalogue proves: services placed on the pyramid, touchpoints owned, promises set."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.catalogue.models import Service, ServiceStandard, Touchpoint
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence


def kept_in(rows: Any, actor: Actor, period: Period) -> QuerySet[Any]:
    """Standing rows that the actor may see and that were made or revised in the period."""
    found: QuerySet[Any] = rows.visible_to(actor).standing()
    return found.filter(
        updated_at__date__gte=period.first, updated_at__date__lte=period.last
    ).order_by("-updated_at")


@evidence("3.2", "3.2.a", label=lazy("Services placed on the pyramid"))
def services_on_the_pyramid(actor: Actor, period: Period) -> list[Fact]:
    rows = kept_in(Service.objects.filter(level__isnull=False, is_active=True), actor, period)
    return [
        Fact(
            _("“%(title)s” stands on level %(level)s")
            % {"title": row.title, "level": row.get_level_display()},
            "catalogue.service",
            row.pk,
            row.updated_at,
        )
        for row in rows
    ]


@evidence("3.3", "3.3.a", "X2a", label=lazy("Touchpoints with an owner"))
def owned_touchpoints(actor: Actor, period: Period) -> list[Fact]:
    rows = kept_in(Touchpoint.objects.filter(owner__isnull=False), actor, period)
    return [
        Fact(
            _("%(owner)s owns the touchpoint “%(title)s”")
            % {"owner": row.owner, "title": row.title},
            "catalogue.touchpoint",
            row.pk,
            row.updated_at,
        )
        for row in rows.select_related("owner")
    ]


@evidence("X2b", "6.3.2", label=lazy("Service standards"))
def standards_set(actor: Actor, period: Period) -> list[Fact]:
    rows = kept_in(ServiceStandard.objects.all(), actor, period)
    return [
        Fact(
            _("“%(title)s”: %(promise)s") % {"title": row.title, "promise": row.promise},
            "catalogue.servicestandard",
            row.pk,
            row.updated_at,
        )
        for row in rows
    ]
