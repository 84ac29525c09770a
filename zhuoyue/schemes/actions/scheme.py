"""Beginning, copying, correcting and withdrawing schemes."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action, check
from zhuoyue.kit.numbering import next_number
from zhuoyue.kit.records import CORRECTED, WITHDREW
from zhuoyue.needs import rules as needs_rules
from zhuoyue.needs.actions import turn_request
from zhuoyue.needs.models import Need, Request
from zhuoyue.people.models import Recipient
from zhuoyue.schemes.access import EDIT_SCHEMES
from zhuoyue.schemes.actions.versions import follow
from zhuoyue.schemes.freezing import rows
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    Item,
    JourneyTouchpoint,
    Scheme,
    Stage,
    TraceLink,
)


@action(
    "schemes.scheme.create",
    permission=EDIT_SCHEMES,
    sentence=lazy("%(actor)s began the scheme “%(target)s”"),
)
def create_scheme(work: Work, /, *, request: Request | None = None, **values: Any) -> Scheme:
    """A scheme and its empty first version; a request it comes from is marked so."""
    scheme = work.keep(Scheme(number=next_number(work, Scheme)), request=request, **values)
    follow(work, scheme)
    if request is not None and needs_rules.request_may_become(request.status, needs_rules.SCHEME):
        turn_request(work.actor, request, into=needs_rules.SCHEME)
    return scheme


@action("schemes.scheme.correct", permission=EDIT_SCHEMES, sentence=CORRECTED)
def correct_scheme(work: Work, /, scheme: Scheme, **values: Any) -> Scheme:
    work.keep(scheme, **values)
    follow(work, scheme)
    return scheme


@action("schemes.scheme.withdraw", permission=EDIT_SCHEMES, sentence=WITHDREW)
def withdraw_scheme(work: Work, /, scheme: Scheme, *, reason: str) -> Scheme:
    return work.keep(scheme, withdrawn_at=clock.now(), withdrawn_reason=reason)


@action(
    "schemes.scheme.copy",
    permission=EDIT_SCHEMES,
    sentence=lazy("%(actor)s began the scheme “%(target)s” from another"),
)
def copy_scheme(
    work: Work, /, scheme: Scheme, *, title: str, recipient: Recipient, **values: Any
) -> Scheme:
    """A new draft with the content of another; only what others also need keeps its trace."""
    made = work.keep(
        Scheme(number=next_number(work, Scheme), service=scheme.service, copied_from=scheme),
        title=title,
        recipient=recipient,
        **({"owner": scheme.owner} | values),
    )
    copies: dict[Item, Item] = {}
    for model in (Card, Stage, JourneyTouchpoint, DesignElement):
        for row in rows(model, scheme):
            copies[row] = duplicate(work, row, made, copies)
    for link in rows(TraceLink, scheme, "need"):
        if link.need.scope == Need.Scope.COMMON or link.need.recipient_id == recipient.pk:
            duplicate(work, link, made, copies)
    follow(work, made)
    return made


def duplicate(work: Work, row: Item, made: Scheme, copies: dict[Item, Item]) -> Item:
    """The same part in another scheme; what it points at is the copy there."""
    model = type(row)
    ours = {"id", "tenant", "scheme", "created_at", "created_by", "updated_at"}
    values = {
        field.name: getattr(row, field.name)
        for field in model._meta.concrete_fields
        if field.name not in ours
    }
    values = {
        name: copies[value] if isinstance(value, Item) else value for name, value in values.items()
    }
    now = clock.now()
    copy = model(tenant=work.tenant, scheme=made, created_by=work.actor.user, **values)
    copy.created_at = copy.updated_at = now
    check(copy)
    copy.save()
    return copy
