"""Writes of needs."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import Work, action, check, require_same_tenant
from zhuoyue.kit.numbering import next_number
from zhuoyue.kit.records import CORRECTED, WITHDREW, RecordActions
from zhuoyue.needs import rules
from zhuoyue.needs.access import ANSWER_REQUESTS, EDIT_NEEDS, RAISE_NEEDS
from zhuoyue.needs.events import NeedRecorded, RequestRaised
from zhuoyue.needs.models import (
    Need,
    NeedVerbatim,
    Request,
    Source,
    Verbatim,
)
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import ContactPerson, Recipient

source = RecordActions(Source, permission=EDIT_NEEDS)
verbatim = RecordActions(Verbatim, permission=EDIT_NEEDS)


def require_own(actor: Actor, recipient: Recipient | None) -> None:
    """A recipient speaks for no other organisation."""
    if is_recipient(actor):
        if recipient is None or recipient.pk not in actor.belonging("people.recipient"):
            raise PermissionDenied("another recipient")


# -- requests --------------------------------------------------------------------------------


@action(
    "needs.request.create",
    permission=RAISE_NEEDS,
    sentence=lazy("%(actor)s raised the request “%(target)s”"),
)
def raise_request(work: Work, /, *, recipient: Recipient, **values: Any) -> Request:
    require_own(work.actor, recipient)
    request = work.keep(
        Request(number=next_number(work, Request), raised_at=clock.now()),
        recipient=recipient,
        raised_by=work.actor.name,
        **values,
    )
    work.announce(RequestRaised(work.actor, request.pk))
    return request


@action("needs.request.correct", permission=EDIT_NEEDS, sentence=CORRECTED)
def correct_request(work: Work, /, request: Request, **values: Any) -> Request:
    return work.keep(request, **values)


@action("needs.request.withdraw", permission=EDIT_NEEDS, sentence=WITHDREW)
def withdraw_request(work: Work, /, request: Request, *, reason: str) -> Request:
    return work.keep(request, withdrawn_at=clock.now(), withdrawn_reason=reason)


@action(
    "needs.request.answer",
    permission=ANSWER_REQUESTS,
    sentence=lazy("%(actor)s answered the request “%(target)s”"),
)
def answer_request(work: Work, /, request: Request, *, status: str, answer: str = "") -> Request:
    """Understood, declined with a reason, or taken up again."""
    require_way(request, status)
    return work.keep(request, status=status, answer=answer.strip())


@action(
    "needs.request.turn",
    permission=EDIT_NEEDS,
    sentence=lazy("%(actor)s made the request “%(target)s” into work"),
)
def turn_request(work: Work, /, request: Request, *, into: str) -> Request:
    """Called by the rooms above: the request became a scheme or a case."""
    if into not in {rules.SCHEME, rules.CASE}:
        raise ValueError(into)
    require_way(request, into)
    return work.keep(request, status=into)


def require_way(request: Request, status: str) -> None:
    if not rules.request_may_become(request.status, status):
        raise ValidationError(
            _("A request that is “%(old)s” cannot become “%(new)s”.")
            % {
                "old": request.get_status_display(),
                "new": Request.Status(status).label,
            }
        )


# -- needs -----------------------------------------------------------------------------------


@action(
    "needs.need.create",
    permission=RAISE_NEEDS,
    sentence=lazy("%(actor)s recorded the need “%(target)s”"),
)
def capture_need(
    work: Work,
    /,
    *,
    recipient: Recipient | None = None,
    request: Request | None = None,
    words: str = "",
    source: Source | None = None,
    source_kind: str = "",
    source_title: str = "",
    contact: ContactPerson | None = None,
    said_on: date | None = None,
    **values: Any,
) -> Need:
    """Record a need, with the first words behind it when there are any.

    The words' source is the one given, a new one (kind and title), or the request itself.
    """
    recipient = recipient or (request.recipient if request else None)
    require_own(work.actor, recipient)
    need = Need(number=next_number(work, Need), recipient=recipient, request=request)
    said = None
    if words.strip():
        origin = source or new_source(work, need, source_kind, source_title, said_on)
        said = keep_words(work, need, origin, words, contact=contact, said_on=said_on)
    work.keep(need, **values)
    if said is not None:
        lay_behind(work, need, said)
    if request is not None and request.status == rules.NEW:
        request.status = rules.UNDERSTOOD
        request.save(update_fields=["status"])
        work.note(**{request.code: [rules.NEW, rules.UNDERSTOOD]})
    work.announce(NeedRecorded(work.actor, need.pk))
    return need


def new_source(work: Work, need: Need, kind: str, title: str, held_on: date | None) -> Source:
    """The source of words that came with the need itself."""
    if need.request is not None:
        return source_of_request(work, need.request)
    if is_recipient(work.actor):
        kind, title = Source.Kind.REQUEST, f"{need.recipient} · {work.actor.name}"
    if not kind or not title.strip():
        raise ValidationError(
            {"source": _("Say where the words come from: a known source, or a new one's title.")}
        )
    return work.keep(Source(), kind=kind, title=title.strip(), held_on=held_on or clock.today())


def source_of_request(work: Work, request: Request) -> Source:
    """A request is a source of its own, made when its words are first used."""
    known: Source | None = (
        Source.objects.filter(tenant=work.tenant)
        .standing()
        .filter(reference_kind="needs.request", reference_id=request.pk)
        .first()
    )
    return known or work.keep(
        Source(reference_kind="needs.request", reference_id=request.pk),
        kind=Source.Kind.REQUEST,
        title=str(request),
        held_on=timezone.localdate(request.raised_at),
    )


def keep_words(
    work: Work,
    need: Need,
    source: Source,
    text: str,
    *,
    contact: ContactPerson | None = None,
    said_on: date | None = None,
) -> Verbatim:
    """New words about a need, as part of an action on the need."""
    said = work.keep(
        Verbatim(),
        source=source,
        recipient=need.recipient or (contact.recipient if contact else None),
        contact=contact,
        text=text.strip(),
        said_on=said_on or source.held_on,
    )
    work.note(words=said.text, source=str(source))
    return said


def lay_behind(work: Work, need: Need, said: Verbatim) -> NeedVerbatim:
    """The link is a row of its own, but the work is about the need."""
    link = NeedVerbatim(
        tenant=work.tenant,
        created_by=work.actor.user,
        created_at=clock.now(),
        need=need,
        verbatim=said,
    )
    require_same_tenant(link)
    check(link)
    link.save()
    return link


@action("needs.need.correct", permission=EDIT_NEEDS, sentence=CORRECTED)
def correct_need(work: Work, /, need: Need, **values: Any) -> Need:
    return work.keep(need, **values)


@action("needs.need.withdraw", permission=EDIT_NEEDS, sentence=WITHDREW)
def withdraw_need(work: Work, /, need: Need, *, reason: str) -> Need:
    return work.keep(need, withdrawn_at=clock.now(), withdrawn_reason=reason)


@action(
    "needs.need.decide",
    permission=EDIT_NEEDS,
    sentence=lazy("%(actor)s decided on the need “%(target)s”"),
)
def decide_need(work: Work, /, need: Need, *, status: str, status_reason: str = "") -> Need:
    """Adopt, decline or park a need, or open it again; the last two need a reason."""
    return work.keep(need, status=status, status_reason=status_reason.strip())


@action(
    "needs.need.say",
    permission=EDIT_NEEDS,
    sentence=lazy("%(actor)s added words to the need “%(target)s”"),
)
def say_words(
    work: Work,
    /,
    need: Need,
    *,
    source: Source,
    text: str,
    contact: ContactPerson | None = None,
    said_on: date | None = None,
) -> Verbatim:
    said = keep_words(work, need, source, text, contact=contact, said_on=said_on)
    lay_behind(work, need, said)
    work.about(need)
    return said


@action(
    "needs.need.link",
    permission=EDIT_NEEDS,
    sentence=lazy("%(actor)s laid words behind the need “%(target)s”"),
)
def link_words(work: Work, /, need: Need, *, verbatim: Verbatim) -> NeedVerbatim:
    work.about(need)
    work.note(words=verbatim.text)
    return lay_behind(work, need, verbatim)


@action(
    "needs.need.unlink",
    permission=EDIT_NEEDS,
    sentence=lazy("%(actor)s took words away from the need “%(target)s”"),
)
def unlink_words(work: Work, /, link: NeedVerbatim) -> NeedVerbatim:
    work.keep(link, withdrawn_at=clock.now(), withdrawn_reason=_("not about this need"))
    work.about(link.need)
    work.note(words=link.verbatim.text)
    return link
