"""How tests make what needs own, and who may open its pages."""

from functools import partial
from typing import Any

from tests.cast import EVERYONE, STAFF, Cast, Row, rows_of
from zhuoyue.needs import actions
from zhuoyue.needs.models import Need, NeedVerbatim, Request, Source, Verbatim
from zhuoyue.people.models import Role

KEEPERS = STAFF - {Role.ASSESSOR}
ANSWERERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER})
RAISERS = KEEPERS | {Role.RECIPIENT}


def request(cast: Cast, **more: Any) -> Request:
    facts: dict[str, Any] = {
        "recipient": cast.recipient,
        "title": "缩短检测周期",
        "text": "报告能快点吗？",
    } | more
    return actions.raise_request(cast.actor(), **facts)


def foreign_request(cast: Cast) -> Request:
    """Of a recipient who is not the signed-in one."""
    return request(cast, recipient=cast.other_recipient)


def source(cast: Cast, **more: Any) -> Source:
    made: Source = actions.source.create(
        cast.actor(), **({"kind": "interview", "title": "一车间访谈"} | more)
    )
    return made


def verbatim(cast: Cast, **more: Any) -> Verbatim:
    facts: dict[str, Any] = {"recipient": cast.recipient, "text": "等报告等得心里没底。"} | more
    facts.setdefault("source", source(cast))
    made: Verbatim = actions.verbatim.create(cast.actor(), **facts)
    return made


def need(cast: Cast, **more: Any) -> Need:
    facts: dict[str, Any] = {
        "recipient": cast.recipient,
        "who": "车间工艺员",
        "situation": "新材料试制期间",
        "wish": "随时知道检测进度",
        "strength": 4,
    } | more
    return actions.capture_need(cast.actor(), **facts)


def other_need(cast: Cast) -> Need:
    return need(cast, recipient=cast.other_recipient)


def link(cast: Cast) -> NeedVerbatim:
    return actions.link_words(cast.actor(), need(cast), verbatim=verbatim(cast))


ACTIONS = {
    "needs.request.create": lambda cast: partial(request, cast),
    "needs.request.correct": lambda cast: partial(
        actions.correct_request, cast.actor(), request(cast), title="缩短周期"
    ),
    "needs.request.withdraw": lambda cast: partial(
        actions.withdraw_request, cast.actor(), request(cast), reason="重复"
    ),
    "needs.request.answer": lambda cast: partial(
        actions.answer_request, cast.actor(), request(cast), status="declined", answer="不在范围内"
    ),
    "needs.request.turn": lambda cast: partial(
        actions.turn_request, cast.actor(), request(cast), into="scheme"
    ),
    "needs.source.create": lambda cast: partial(source, cast),
    "needs.source.correct": lambda cast: partial(
        actions.source.correct, cast.actor(), source(cast), title="访谈"
    ),
    "needs.source.withdraw": lambda cast: partial(
        actions.source.withdraw, cast.actor(), source(cast), reason="误建"
    ),
    "needs.verbatim.create": lambda cast: partial(verbatim, cast, source=source(cast)),
    "needs.verbatim.correct": lambda cast: partial(
        actions.verbatim.correct, cast.actor(), verbatim(cast), text="等得没底"
    ),
    "needs.verbatim.withdraw": lambda cast: partial(
        actions.verbatim.withdraw, cast.actor(), verbatim(cast), reason="未同意引用"
    ),
    "needs.need.create": lambda cast: partial(need, cast),
    "needs.need.correct": lambda cast: partial(
        actions.correct_need, cast.actor(), need(cast), strength=5
    ),
    "needs.need.withdraw": lambda cast: partial(
        actions.withdraw_need, cast.actor(), need(cast), reason="重复"
    ),
    "needs.need.decide": lambda cast: partial(
        actions.decide_need, cast.actor(), need(cast), status="adopted"
    ),
    "needs.need.say": lambda cast: partial(
        actions.say_words, cast.actor(), need(cast), source=source(cast), text="每天问一遍"
    ),
    "needs.need.link": lambda cast: partial(
        actions.link_words, cast.actor(), need(cast), verbatim=verbatim(cast)
    ),
    "needs.need.unlink": lambda cast: partial(actions.unlink_words, cast.actor(), link(cast)),
}


def pk_of(make: Any) -> Any:
    return lambda cast: {"pk": cast.once(f"needs:{make.__name__}", make).pk}


HIDDEN = frozenset({Role.RECIPIENT})
MATRIX = {
    **rows_of(
        "needs:request",
        request,
        view=EVERYONE,
        edit=KEEPERS,
        pages="list detail correct withdraw attach",
    ),
    **rows_of("needs:source", source, view=STAFF, edit=KEEPERS, hidden_from=HIDDEN),
    **rows_of("needs:verbatim", verbatim, view=STAFF, edit=KEEPERS),
    **rows_of(
        "needs:need",
        need,
        view=EVERYONE,
        edit=KEEPERS,
        pages="list detail correct withdraw attach",
    ),
    "needs:request-create": Row(RAISERS),
    "needs:request-understand": Row(
        ANSWERERS, pk_of(foreign_request), method="POST", hidden_from=HIDDEN
    ),
    "needs:request-decline": Row(ANSWERERS, pk_of(request)),
    "needs:need-capture": Row(RAISERS),
    "needs:need-decide": Row(KEEPERS, pk_of(need)),
    "needs:need-words": Row(KEEPERS, pk_of(need)),
    "needs:need-link": Row(KEEPERS, pk_of(other_need), hidden_from=HIDDEN),
    "needs:words-unlink": Row(
        KEEPERS,
        lambda cast: {"pk": link(cast).pk},
        method="POST",
    ),
}
