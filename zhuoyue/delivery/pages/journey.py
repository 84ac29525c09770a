"""The page of the journey as it was felt."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhuoyue.delivery import charts, journey
from zhuoyue.delivery.access import VIEW_CONTACTS
from zhuoyue.kit import clock
from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.registry import Period

SPANS = {"90": 90, "365": 365, "all": 0}


def period_of(name: str) -> Period:
    today = clock.today()
    days = SPANS[name]
    return Period(today - timedelta(days=days) if days else date(2000, 1, 1), today)


@page(VIEW_CONTACTS)
def felt_journey(request: Request) -> HttpResponse:
    """Stage by stage and touchpoint by touchpoint: intended, felt, the gap, and n."""
    asked = request.GET.get("days", "")
    name = asked if asked in SPANS else "365"
    period = period_of(name)
    found = journey.readings(request.actor, period)
    stages = journey.stages(found)
    labels = {"90": _("last 90 days"), "365": _("last 12 months"), "all": _("all")}
    context = {
        "title": _("The journey as it was felt"),
        "chart": charts.journey_chart(stages) if any(one.felt.n for one in stages) else None,
        "stages": stages,
        "touchpoints": journey.touchpoints(request.actor, found),
        "choices": [{"name": n, "label": labels[n], "active": n == name} for n in SPANS],
        "since": period.first,
        "until": period.last,
    }
    return render(request, "delivery/journey.html", context)
