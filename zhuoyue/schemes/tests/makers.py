"""How tests make what schemes own, and who may open their pages."""

from functools import partial
from typing import Any

from tests.cast import EVERYONE, STAFF, Cast, Row, rows_of
from zhuoyue.kit.access import link_holder
from zhuoyue.kit.signing import make_token
from zhuoyue.needs.tests.makers import need
from zhuoyue.people.models import Role
from zhuoyue.schemes import actions
from zhuoyue.schemes.access import ANSWER_SCHEMES
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    JourneyTouchpoint,
    RecipientAnswer,
    Scheme,
    Stage,
    TraceLink,
)

EDITORS = STAFF - {Role.ASSESSOR, Role.ANALYST}
PRESENTERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER})
SIGNERS = frozenset({Role.DIRECTOR, Role.DEPARTMENT_HEAD})
HIDDEN = frozenset({Role.RECIPIENT})


def scheme(cast: Cast, **more: Any) -> Scheme:
    facts: dict[str, Any] = {
        "title": "新材料检测加急服务",
        "recipient": cast.recipient,
        "owner": cast.person,
    }
    return actions.create_scheme(cast.actor("service_manager"), **(facts | more))


def card(cast: Cast, of: Scheme | None = None) -> Card:
    facts = {"type": "pain", "text": "等报告时不知道进度"}
    return actions.card.create(cast.actor("service_manager"), of or scheme(cast), **facts)


def stage(cast: Cast, of: Scheme | None = None) -> Stage:
    facts: dict[str, Any] = {"order": 1, "title": "送检", "emotion": "confident"}
    return actions.stage.create(cast.actor("service_manager"), of or scheme(cast), **facts)


def touchpoint(cast: Cast, of: Scheme | None = None, **more: Any) -> JourneyTouchpoint:
    home = of or scheme(cast)
    facts: dict[str, Any] = {
        "title": "送检窗口",
        "promise": "当天给出报告日期",
        "department": cast.department,
    }
    facts.setdefault("stage", stage(cast, home))
    write = actions.journey_touchpoint.create
    return write(cast.actor("service_manager"), home, **(facts | more))


def element(cast: Cast, of: Scheme | None = None, **more: Any) -> DesignElement:
    facts: dict[str, Any] = {"title": "进度短信", "is_individual": True} | more
    write = actions.design_element.create
    return write(cast.actor("service_manager"), of or scheme(cast), **facts)


def trace(cast: Cast, of: Scheme | None = None) -> TraceLink:
    home = of or scheme(cast)
    facts = {"need": need(cast), "element": element(cast, home)}
    return actions.trace_link.create(cast.actor("service_manager"), home, **facts)


def drafted(cast: Cast, **more: Any) -> Scheme:
    """A scheme with everything a presentation asks for."""
    made = scheme(cast, **more)
    touchpoint(cast, made)
    element(cast, made)
    card(cast, made)
    return made


def presented(cast: Cast, **more: Any) -> Scheme:
    made = drafted(cast, **more)
    actions.present_scheme(cast.actor("service_manager"), made, departments=[cast.department])
    return made


def signed(cast: Cast, **more: Any) -> Scheme:
    made = presented(cast, **more)
    sign(cast, made)
    return made


def sign(cast: Cast, made: Scheme, role: str = "department_head", **more: Any) -> None:
    facts: dict[str, Any] = {"department": cast.department, "decision": "signed"} | more
    actions.sign_scheme(cast.actor(role), made, **facts)


def answer(cast: Cast, made: Scheme, **more: Any) -> RecipientAnswer:
    holder = link_holder(cast.tenant, "李主任", ANSWER_SCHEMES)
    facts: dict[str, Any] = {"decision": "accepted", "name": "李主任"} | more
    facts.setdefault("target", made.latest.target)
    return actions.answer_scheme(holder, made, **facts)


def manager(cast: Cast, name: str, make: Any, **facts: Any) -> Any:
    """The correcting or removing of a part, by the service manager."""
    write = getattr(actions, name)
    row = make(cast)
    if facts:
        return partial(write.correct, cast.actor("service_manager"), row, **facts)
    return partial(write.remove, cast.actor("service_manager"), row)


ACTIONS = {
    "schemes.scheme.create": lambda cast: partial(scheme, cast),
    "schemes.scheme.correct": lambda cast: partial(
        actions.correct_scheme, cast.actor(), scheme(cast), title="加急"
    ),
    "schemes.scheme.withdraw": lambda cast: partial(
        actions.withdraw_scheme, cast.actor(), scheme(cast), reason="重复"
    ),
    "schemes.scheme.copy": lambda cast: partial(
        actions.copy_scheme, cast.actor(), drafted(cast), title="副本", recipient=cast.recipient
    ),
    "schemes.card.create": lambda cast: partial(card, cast, scheme(cast)),
    "schemes.card.correct": lambda cast: manager(cast, "card", card, text="没有进度"),
    "schemes.card.withdraw": lambda cast: manager(cast, "card", card),
    "schemes.stage.create": lambda cast: partial(stage, cast, scheme(cast)),
    "schemes.stage.correct": lambda cast: manager(cast, "stage", stage, title="交样"),
    "schemes.stage.withdraw": lambda cast: manager(cast, "stage", stage),
    "schemes.journeytouchpoint.create": lambda cast: partial(touchpoint, cast, scheme(cast)),
    "schemes.journeytouchpoint.correct": lambda cast: manager(
        cast, "journey_touchpoint", touchpoint, promise="两小时内答复"
    ),
    "schemes.journeytouchpoint.withdraw": lambda cast: manager(
        cast, "journey_touchpoint", touchpoint
    ),
    "schemes.designelement.create": lambda cast: partial(element, cast, scheme(cast)),
    "schemes.designelement.correct": lambda cast: manager(
        cast, "design_element", element, title="进度页"
    ),
    "schemes.designelement.withdraw": lambda cast: manager(cast, "design_element", element),
    "schemes.tracelink.create": lambda cast: partial(trace, cast, scheme(cast)),
    "schemes.tracelink.correct": lambda cast: manager(cast, "trace_link", trace, measure=31),
    "schemes.tracelink.withdraw": lambda cast: manager(cast, "trace_link", trace),
    "schemes.scheme.present": lambda cast: partial(
        actions.present_scheme, cast.actor(), drafted(cast), departments=[cast.department]
    ),
    "schemes.scheme.sign": lambda cast: partial(sign, cast, presented(cast)),
    "schemes.scheme.answer": lambda cast: partial(answer, cast, signed(cast)),
}


def once(name: str, make: Any) -> Any:
    return lambda cast: {"pk": cast.once(f"schemes:{name}", make).pk}


def version_one(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.once("schemes:version", drafted).pk, "number": 1}


def token(cast: Cast) -> dict[str, Any]:
    return {"token": make_token(cast.once("schemes:answer", signed).latest.target)}


def part_rows(noun: str, make: Any) -> dict[str, Row]:
    """Adding, correcting and removing a part."""
    return {
        f"schemes:{noun}-add": Row(EDITORS, once("add", scheme), hidden_from=HIDDEN),
        f"schemes:{noun}-correct": Row(EDITORS, once(noun, make), hidden_from=HIDDEN),
        f"schemes:{noun}-remove": Row(
            EDITORS, lambda cast: {"pk": make(cast).pk}, method="POST", hidden_from=HIDDEN
        ),
    }


MATRIX = {
    **rows_of("schemes:scheme", scheme, view=EVERYONE, edit=EDITORS, hidden_from=HIDDEN),
    "schemes:scheme-list": Row(EVERYONE),
    "schemes:scheme-create": Row(EDITORS),
    # Recipients may read what was signed for them, but not how it came about.
    "schemes:scheme-detail": Row(EVERYONE, once("signed", signed)),
    "schemes:scheme-cards": Row(STAFF, once("signed", signed)),
    "schemes:scheme-journey": Row(STAFF, once("drafted", drafted), hidden_from=HIDDEN),
    "schemes:scheme-elements": Row(STAFF, once("signed", signed)),
    "schemes:scheme-trace": Row(STAFF, once("drafted", drafted), hidden_from=HIDDEN),
    "schemes:scheme-copy": Row(EDITORS, once("drafted", drafted), hidden_from=HIDDEN),
    "schemes:scheme-present": Row(PRESENTERS, once("drafted", drafted), hidden_from=HIDDEN),
    "schemes:scheme-sign": Row(SIGNERS, once("presented", presented), hidden_from=HIDDEN),
    "schemes:scheme-version": Row(STAFF, version_one, hidden_from=HIDDEN),
    "schemes:scheme-difference": Row(STAFF, once("drafted", drafted), hidden_from=HIDDEN),
    "schemes:scheme-answer": Row(EVERYONE, token, public=True),
    **part_rows("card", card),
    **part_rows("stage", stage),
    **part_rows("touchpoint", touchpoint),
    **part_rows("element", element),
    **part_rows("trace", trace),
}
