"""Writes of delivery: cases and their way, contacts and the daily figures of them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.catalogue.models import Emotion, Service, ServiceStandard
from zhuoyue.delivery import rules
from zhuoyue.delivery.access import HANDLE_CASES, LOG_CONTACTS
from zhuoyue.delivery.events import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    CaseResolved,
    ContactLogged,
)
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.delivery.rollups import roll_up
from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action, check
from zhuoyue.kit.numbering import next_number
from zhuoyue.kit.records import CORRECTED, WITHDREW
from zhuoyue.people.models import Recipient

# -- cases -----------------------------------------------------------------------------------


@action(
    "delivery.case.create",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s opened the case “%(target)s”"),
)
def open_case(work: Work, /, *, recipient: Recipient, title: str, **values: Any) -> Case:
    """Open a case. Without a promised moment, the service's own standard promises one."""
    values.setdefault("opened_at", clock.now())
    if values.get("promised_by") is None:
        values["promised_by"] = standard_promise(values.get("service"), values["opened_at"])
    case = work.keep(
        Case(number=next_number(work, Case)), recipient=recipient, title=title, **values
    )
    work.announce(CaseOpened(work.actor, case.pk))
    return case


def standard_promise(service: Service | None, opened: datetime) -> datetime | None:
    """What the service's standard of the time to resolve promises; the strictest one counts."""
    if service is None:
        return None
    standards = service.standards.filter(
        withdrawn_at__isnull=True,
        touchpoint__isnull=True,
        kind=ServiceStandard.Kind.RESOLUTION,
        direction=ServiceStandard.Direction.AT_MOST,
        clock_from=ServiceStandard.Moment.OPENED,
        clock_to=ServiceStandard.Moment.RESOLVED,
    )
    return min((rules.due(opened, s.target, s.unit) for s in standards), default=None)


@action("delivery.case.correct", permission=HANDLE_CASES, sentence=CORRECTED)
def correct_case(work: Work, /, case: Case, **values: Any) -> Case:
    """A changed promise is judged anew where the case has been resolved."""
    promised = values.get("promised_by", case.promised_by)
    if promised != case.promised_by:
        values["promise_kept"] = rules.promise_kept(promised, case.resolved_at)
    return work.keep(case, **values)


@action("delivery.case.withdraw", permission=HANDLE_CASES, sentence=WITHDREW)
def withdraw_case(work: Work, /, case: Case, *, reason: str) -> Case:
    return work.keep(case, withdrawn_at=clock.now(), withdrawn_reason=reason)


def require_way(case: Case, wanted: str) -> None:
    if not rules.may_become(case.state, wanted):
        raise ValidationError(
            _("A case that is “%(old)s” cannot become “%(new)s”.")
            % {"old": case.get_state_display(), "new": Case.State(wanted).label}
        )


@action(
    "delivery.case.respond",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s took up the case “%(target)s”"),
)
def respond(work: Work, /, case: Case) -> Case:
    """The recipient has been answered, or waiting is over: the work goes on."""
    require_way(case, rules.IN_PROGRESS)
    answered = case.first_response_at or clock.now()
    return work.keep(case, state=rules.IN_PROGRESS, state_reason="", first_response_at=answered)


@action(
    "delivery.case.wait",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s set the case “%(target)s” to waiting"),
)
def wait(work: Work, /, case: Case, *, reason: str) -> Case:
    """Waiting for somebody or something else; the recipient's clocks go on."""
    require_way(case, rules.WAITING)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the case waits for.")})
    return work.keep(case, state=rules.WAITING, state_reason=reason.strip())


@action(
    "delivery.case.resolve",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s resolved the case “%(target)s”"),
)
def resolve(
    work: Work,
    /,
    case: Case,
    *,
    solution: str,
    solved_at_first_contact: bool | None = None,
    promise_kept: bool | None = None,
) -> Case:
    """Solved for the recipient. What is not told is found by rule, or stays unknown."""
    settle(work, case, solution, solved_at_first_contact, promise_kept)
    return case


def settle(
    work: Work, case: Case, solution: str, first: bool | None = None, kept: bool | None = None
) -> None:
    work.keep(case, **settled(case, clock.now(), solution, first, kept))
    work.announce(CaseResolved(work.actor, case.pk))


def settled(
    case: Case, at: datetime, solution: str, first: bool | None = None, kept: bool | None = None
) -> dict[str, Any]:
    """What resolving a case says of it."""
    require_way(case, rules.RESOLVED)
    logged = case.contacts.filter(withdrawn_at__isnull=True).count()
    by_rule = rules.promise_kept(case.promised_by, at)
    return {
        "state": rules.RESOLVED,
        "state_reason": "",
        "solution": solution.strip(),
        "resolved_at": at,
        "first_response_at": case.first_response_at or at,
        "promise_kept": kept if by_rule is None else by_rule,
        "solved_at_first_contact": rules.first_contact_resolution(logged, first, case.reopen_count),
    }


@action(
    "delivery.case.close",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s closed the case “%(target)s”"),
)
def close(work: Work, /, case: Case) -> Case:
    require_way(case, rules.CLOSED)
    work.keep(case, state=rules.CLOSED, closed_at=clock.now())
    work.announce(CaseClosed(work.actor, case.pk))
    return case


@action(
    "delivery.case.reopen",
    permission=HANDLE_CASES,
    sentence=lazy("%(actor)s opened the case “%(target)s” again"),
)
def reopen(work: Work, /, case: Case, *, reason: str) -> Case:
    """It did not hold: the clock runs on, and a promise by a moment is judged anew."""
    if not rules.may_reopen(case.state):
        raise ValidationError(_("Only a resolved or closed case can be opened again."))
    work.keep(
        case,
        state=rules.IN_PROGRESS,
        state_reason=reason.strip(),
        resolved_at=None,
        closed_at=None,
        promise_kept=None if case.promised_by else case.promise_kept,
        reopen_count=case.reopen_count + 1,
        solved_at_first_contact=False,
    )
    work.announce(CaseReopened(work.actor, case.pk))
    return case


# -- contacts --------------------------------------------------------------------------------


@action(
    "delivery.contact.create",
    permission=LOG_CONTACTS,
    sentence=lazy("%(actor)s logged the contact “%(target)s”"),
)
def log_contact(
    work: Work,
    /,
    *,
    recipient: Recipient | None = None,
    case: Case | None = None,
    resolves: bool = False,
    **values: Any,
) -> Contact:
    """Log what happened. A contact on a case answers it, and takes its recipient and service.

    `resolves`: the case is resolved with this contact.
    """
    if case is not None:
        recipient = recipient or case.recipient
        values["service"] = values.get("service") or case.service
    complete(values)
    contact = work.keep(Contact(), recipient=recipient, case=case, **values)
    roll_up([contact])
    if case is not None:
        answer(work, case, contact)
        if resolves:
            settle_with(work, case, contact)
    work.announce(ContactLogged(work.actor, contact.pk))
    return contact


def complete(values: dict[str, Any]) -> None:
    """What follows from what has been told: the touchpoint's usual channel, an emotion's weight."""
    touchpoint = values.get("touchpoint")
    if not values.get("channel") and touchpoint is not None:
        values["channel"] = rules.USUAL_CHANNEL[touchpoint.channel]
    if values.get("felt") is None and values.get("emotion"):
        values["felt"] = rules.felt_of_valence(Emotion(values["emotion"]).valence)


def answer(work: Work, case: Case, contact: Contact) -> None:
    """The first contact on a new case is its first response."""
    if case.state == rules.NEW and contact.at >= case.opened_at:
        answered = case.first_response_at or contact.at
        change(work, case, state=rules.IN_PROGRESS, first_response_at=answered)


def settle_with(work: Work, case: Case, contact: Contact) -> None:
    change(work, case, **settled(case, contact.at, contact.opinion))
    work.announce(CaseResolved(work.actor, case.pk))


def change(work: Work, case: Case, **values: Any) -> None:
    """Change a case beside the contact that the work is about; the contact's entry tells it."""
    work.note(**{case.code: [case.get_state_display(), Case.State(values["state"]).label]})
    for name, value in values.items():
        setattr(case, name, value)
    case.updated_at = clock.now()
    check(case)
    case.save(update_fields=[*values, "updated_at"])


@action("delivery.contact.correct", permission=LOG_CONTACTS, sentence=CORRECTED)
def correct_contact(work: Work, /, contact: Contact, **values: Any) -> Contact:
    """Counted out as it stands in the database, and in again as it is now."""
    roll_up([Contact.objects.get(pk=contact.pk)], sign=-1)
    work.keep(contact, **values)
    roll_up([contact])
    return contact


@action("delivery.contact.withdraw", permission=LOG_CONTACTS, sentence=WITHDREW)
def withdraw_contact(work: Work, /, contact: Contact, *, reason: str) -> Contact:
    roll_up([Contact.objects.get(pk=contact.pk)], sign=-1)
    return work.keep(contact, withdrawn_at=clock.now(), withdrawn_reason=reason)
