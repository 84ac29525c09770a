"""What delivery puts into the pages of lower rooms: last contacts and open cases."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from zhuoyue.catalogue.models import Touchpoint
from zhuoyue.delivery import presenting, rules
from zhuoyue.delivery.access import HANDLE_CASES, LOG_CONTACTS, VIEW_CASES, VIEW_CONTACTS
from zhuoyue.delivery.measures import emotion_gap
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor, Request
from zhuoyue.kit.registry import Period, fills
from zhuoyue.people.models import Recipient

LAST = 8
A_YEAR = timedelta(days=365)


def last_contacts(rows: QuerySet[Contact], **more: Any) -> str:
    told = rows.select_related("touchpoint", "by", "recipient").order_by("-at", "-pk")[:LAST]
    context = {"contacts": presenting.toned(told), "open_contacts": True, **more}
    return render_to_string("delivery/_contacts.html", context)


def standing(actor: Actor) -> Any:
    return Contact.objects.visible_to(actor).standing()


@fills("people.recipient")
def of_recipient(request: Request, recipient: Recipient) -> str:
    """Open cases and last contacts of a recipient."""
    actor, found = request.actor, ""
    if actor.may(VIEW_CASES):
        rows = Case.objects.visible_to(actor).standing().filter(recipient=recipient)
        new = f"{reverse('delivery:case-create')}?recipient={recipient.pk}"
        context = {
            "cases": rows.filter(state__in=rules.OPEN_STATES).order_by("-opened_at")[:LAST],
            "all_url": f"{reverse('delivery:case-list')}?recipient={recipient.pk}",
            "new_url": new if actor.may(HANDLE_CASES) and not recipient.is_withdrawn else "",
        }
        found += render_to_string("delivery/_cases.html", context)
    if actor.may(VIEW_CONTACTS):
        new = f"{reverse('delivery:contact-quick')}?recipient={recipient.pk}"
        found += last_contacts(
            standing(actor).filter(recipient=recipient),
            heading=_("Last contacts"),
            all_url=f"{reverse('delivery:contact-list')}?recipient={recipient.pk}",
            new_url=new if actor.may(LOG_CONTACTS) and not recipient.is_withdrawn else "",
        )
    return found


@fills("catalogue.touchpoint")
def of_touchpoint(request: Request, touchpoint: Touchpoint) -> str:
    """How a touchpoint has felt within a year, against what it is meant to feel like."""
    actor = request.actor
    if not actor.may(VIEW_CONTACTS):
        return ""
    today = clock.today()
    gap = emotion_gap(actor, Period(today - A_YEAR, today), {"touchpoint": touchpoint.pk})
    readings = gap.n or gap.excluded.get("no_intention", 0)
    told = ""
    if gap.value is not None:
        told = _("Intended minus felt within a year: %(gap)s (n = %(n)d)") % {
            "gap": number_format(gap.value, decimal_pos=2),
            "n": gap.n,
        }
    elif readings:
        told = _("Readings within a year: %(n)d; no intended emotion is set here.") % {
            "n": readings
        }
    return last_contacts(
        standing(actor).filter(touchpoint=touchpoint),
        heading=_("Last contacts"),
        named=True,
        note=told,
        all_url=f"{reverse('delivery:contact-list')}?touchpoint={touchpoint.pk}",
    )
