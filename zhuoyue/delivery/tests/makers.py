"""How tests make what delivery owns, and who may open its pages."""

from functools import partial
from typing import Any

from tests.cast import EVERYONE, STAFF, Cast, Row, import_of, rows_of
from zhuoyue.catalogue import actions as catalogue
from zhuoyue.catalogue.models import Touchpoint
from zhuoyue.delivery import actions, imports
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.people.models import Role


def case(cast: Cast, **more: Any) -> Case:
    facts: dict[str, Any] = {"recipient": cast.recipient, "title": "检测报告延迟"} | more
    return actions.open_case(cast.actor(), **facts)


def resolved_case(cast: Cast) -> Case:
    return actions.resolve(cast.actor(), case(cast), solution="已加急出具")


def touchpoint(cast: Cast, **more: Any) -> Touchpoint:
    """The usual touchpoint of these tests: progress messages, meant to reassure."""
    facts: dict[str, Any] = {
        "code": "progress",
        "title_zh": "进度通知",
        "stage": "deliver",
        "channel": "digital",
        "intended_emotion": "confident",
    } | more
    known = Touchpoint.objects.filter(tenant=cast.tenant, code=facts["code"]).first()
    made: Touchpoint = known or catalogue.touchpoint.create(cast.actor(), **facts)
    return made


def contact(cast: Cast, **more: Any) -> Contact:
    facts: dict[str, Any] = {
        "recipient": cast.recipient,
        "touchpoint": touchpoint(cast),
        "outcome": "solved",
        "felt": 4,
    } | more
    return actions.log_contact(cast.actor(), **facts)


ACTIONS = {
    "delivery.contact.import": lambda cast: import_of(
        cast, imports.contacts, "when,recipient\n2026-03-02 09:15,W1\n"
    ),
    "delivery.case.create": lambda cast: partial(case, cast),
    "delivery.case.correct": lambda cast: partial(
        actions.correct_case, cast.actor(), case(cast), title="报告迟到"
    ),
    "delivery.case.withdraw": lambda cast: partial(
        actions.withdraw_case, cast.actor(), case(cast), reason="重复"
    ),
    "delivery.case.respond": lambda cast: partial(actions.respond, cast.actor(), case(cast)),
    "delivery.case.wait": lambda cast: partial(
        actions.wait, cast.actor(), case(cast), reason="等待样品"
    ),
    "delivery.case.resolve": lambda cast: partial(
        actions.resolve, cast.actor(), case(cast), solution="已加急出具"
    ),
    "delivery.case.close": lambda cast: partial(actions.close, cast.actor(), resolved_case(cast)),
    "delivery.case.reopen": lambda cast: partial(
        actions.reopen, cast.actor(), resolved_case(cast), reason="问题再现"
    ),
    "delivery.contact.create": lambda cast: partial(contact, cast, touchpoint=touchpoint(cast)),
    "delivery.contact.correct": lambda cast: partial(
        actions.correct_contact, cast.actor(), contact(cast), felt=2
    ),
    "delivery.contact.withdraw": lambda cast: partial(
        actions.withdraw_contact, cast.actor(), contact(cast), reason="误录"
    ),
}


def pk_of(make: Any) -> Any:
    return lambda cast: {"pk": cast.once(f"delivery:{make.__name__}", make).pk}


HANDLERS = STAFF - {Role.ASSESSOR, Role.ANALYST}
LOGGERS = STAFF - {Role.ASSESSOR}
MATRIX = {
    **rows_of("delivery:case", case, view=EVERYONE, edit=HANDLERS),
    **rows_of(
        "delivery:contact",
        contact,
        view=STAFF,
        edit=LOGGERS,
        pages="list detail correct withdraw attach",
    ),
    "delivery:journey": Row(STAFF),
    "delivery:contact-quick": Row(LOGGERS),
    "delivery:case-respond": Row(HANDLERS, lambda cast: {"pk": case(cast).pk}, method="POST"),
    "delivery:case-wait": Row(HANDLERS, pk_of(case)),
    "delivery:case-resolve": Row(HANDLERS, pk_of(case)),
    "delivery:case-close": Row(
        HANDLERS, lambda cast: {"pk": resolved_case(cast).pk}, method="POST"
    ),
    "delivery:case-reopen": Row(HANDLERS, pk_of(resolved_case)),
}
