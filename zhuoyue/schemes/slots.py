"""What schemes put into the pages of lower rooms."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from zhuoyue.kit.access import Request
from zhuoyue.kit.registry import fills
from zhuoyue.needs import models as needs
from zhuoyue.schemes.access import EDIT_SCHEMES, VIEW_SCHEMES
from zhuoyue.schemes.models import Scheme, TraceLink


def listed(request: Request, rows: Any, new: str = "") -> str:
    context = {"schemes": rows, "new_url": new}
    return render_to_string("schemes/_schemes.html", context)


@fills("needs.request")
def of_request(request: Request, asked: needs.Request) -> str:
    """The schemes a request became, and the way to begin one."""
    actor = request.actor
    if not actor.may(VIEW_SCHEMES):
        return ""
    open_ = asked.status in {"new", "understood"} and not asked.is_withdrawn
    new = f"{reverse('schemes:scheme-create')}?request={asked.pk}"
    rows = Scheme.objects.visible_to(actor).standing().filter(request=asked)
    return listed(request, rows, new if open_ and actor.may(EDIT_SCHEMES) else "")


@fills("needs.need")
def of_need(request: Request, need: needs.Need) -> str:
    """The schemes that answer a need."""
    if not request.actor.may(VIEW_SCHEMES):
        return ""
    traced = TraceLink.objects.filter(need=need).standing().values("scheme")
    rows = Scheme.objects.visible_to(request.actor).standing().filter(pk__in=traced)
    return listed(request, rows)
