"""What of delivery waits for people: own cases, overdue or unanswered. Also what is searched."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from zhuoyue.delivery import rules
from zhuoyue.delivery.access import HANDLE_CASES, VIEW_CASES, VIEW_CONTACTS
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.references import url_of
from zhuoyue.kit.registry import Hit, Waiting, searches, waits
from zhuoyue.people.models import Role

FOUND = 10
SHOWN = 50
ALL_SEEING = {Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER}


def mine(actor: Actor) -> Q:
    """Cases one owns, those of the department one heads, and for managers those of nobody."""
    found = Q(owner__in=actor.belonging("people.person"))
    heads = actor.belonging("people.department")
    if heads:
        found |= Q(department__in=heads, owner__isnull=True)
    if actor.roles & ALL_SEEING:
        found |= Q(owner__isnull=True, department__isnull=True, handled_by="")
    return found


@waits
def cases(actor: Actor) -> Iterator[Waiting]:
    if not actor.may(HANDLE_CASES):
        return
    now = clock.now()
    rows = (
        Case.objects.visible_to(actor)
        .standing()
        .filter(mine(actor), state__in=rules.OPEN_STATES)
        .filter(Q(promised_by__lt=now) | Q(state=rules.NEW))
        .order_by("opened_at")
    )
    for row in rows.select_related("recipient")[:SHOWN]:
        words = {"case": str(row), "recipient": row.recipient.name}
        if row.promised_by is not None and row.promised_by < now:
            label = _("Overdue: %(case)s of %(recipient)s") % words
            yield Waiting(label, url_of(row), row.promised_by, tone="bad")
        else:
            label = _("Not answered yet: %(case)s of %(recipient)s") % words
            yield Waiting(label, url_of(row), row.opened_at, tone="warn")


@searches
def search(actor: Actor, text: str) -> Iterator[Hit]:
    if actor.may(VIEW_CASES):
        rows = Case.objects.visible_to(actor).standing()
        wanted = Q(title__icontains=text) | Q(text__icontains=text) | Q(external_number=text)
        for row in rows.filter(wanted)[:FOUND]:
            yield Hit(str(row), _("Case"), url_of(row))
    if actor.may(VIEW_CONTACTS):
        told = Contact.objects.visible_to(actor).standing()
        wanted = (
            Q(obstacle__icontains=text)
            | Q(opportunity__icontains=text)
            | Q(opinion__icontains=text)
        )
        for one in told.filter(wanted).select_related("recipient", "touchpoint")[:FOUND]:
            yield Hit(str(one), _("Contact"), url_of(one))
