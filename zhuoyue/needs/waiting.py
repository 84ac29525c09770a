"""What of needs waits for people: new requests for those who answer them. Also what is searched."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.references import url_of
from zhuoyue.kit.registry import Hit, Waiting, searches, waits
from zhuoyue.needs.access import ANSWER_REQUESTS, VIEW_NEEDS, VIEW_SOURCES
from zhuoyue.needs.models import Need, Request, Verbatim

FOUND = 10


@waits
def new_requests(actor: Actor) -> Iterator[Waiting]:
    if not actor.may(ANSWER_REQUESTS):
        return
    rows = Request.objects.visible_to(actor).standing().filter(status=Request.Status.NEW)
    for row in rows.select_related("recipient"):
        words = {"recipient": row.recipient.name, "request": str(row)}
        label = _("New request of %(recipient)s: %(request)s") % words
        yield Waiting(label, url_of(row), row.raised_at, tone="warn")


@searches
def search(actor: Actor, text: str) -> Iterator[Hit]:
    if actor.may(VIEW_NEEDS):
        asked = Request.objects.visible_to(actor).standing()
        for row in asked.filter(Q(title__icontains=text) | Q(text__icontains=text))[:FOUND]:
            yield Hit(str(row), _("Request"), url_of(row))
        wished = Need.objects.visible_to(actor).standing()
        for need in wished.filter(
            Q(wish__icontains=text) | Q(who__icontains=text) | Q(situation__icontains=text)
        )[:FOUND]:
            yield Hit(str(need), _("Need"), url_of(need))
    if actor.may(VIEW_SOURCES):
        said = Verbatim.objects.visible_to(actor).standing()
        for words in said.filter(text__icontains=text)[:FOUND]:
            yield Hit(str(words), _("Verbatim"), url_of(words))
