"""How tests make what the catalogue owns, and who may open its pages."""

from functools import partial
from typing import Any

from tests.cast import STAFF, Cast, Row, rows_of
from zhuoyue.catalogue import actions
from zhuoyue.catalogue.models import Service, ServiceStandard, Touchpoint
from zhuoyue.people.models import Role

EDIT = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER})


def service(cast: Cast, code: str = "testing", **more: Any) -> Service:
    facts = {"title_zh": "试验检测", "title_en": "Testing", "audience": "both", "level": 1} | more
    made: Service = actions.service.create(cast.actor(), code=code, **facts)
    return made


def touchpoint(cast: Cast, code: str = "portal-request", **more: Any) -> Touchpoint:
    facts = {
        "title_zh": "网上提交请求",
        "title_en": "Request on the portal",
        "stage": "ask",
        "channel": "digital",
        "intended_emotion": "confident",
    } | more
    made: Touchpoint = actions.touchpoint.create(cast.actor(), code=code, **facts)
    return made


def service_standard(cast: Cast, code: str = "respond-4h", **more: Any) -> ServiceStandard:
    """First response within four hours, at a touchpoint of its own unless one is given."""
    if "touchpoint" not in more and "service" not in more:
        more["touchpoint"] = touchpoint(cast, f"at-{code}")
    facts = {
        "title_zh": "四小时内首次响应",
        "title_en": "First response within four hours",
        "kind": "response",
        "target": 4,
        "unit": "hours",
        "clock_from": "opened",
        "clock_to": "responded",
    } | more
    made: ServiceStandard = actions.service_standard.create(cast.actor(), code=code, **facts)
    return made


ACTIONS = {
    "catalogue.service.create": lambda cast: partial(service, cast),
    "catalogue.service.correct": lambda cast: partial(
        actions.service.correct, cast.actor(), service(cast), level=3
    ),
    "catalogue.service.withdraw": lambda cast: partial(
        actions.service.withdraw, cast.actor(), service(cast), reason="合并"
    ),
    "catalogue.touchpoint.create": lambda cast: partial(touchpoint, cast),
    "catalogue.touchpoint.correct": lambda cast: partial(
        actions.touchpoint.correct, cast.actor(), touchpoint(cast), owner=cast.person
    ),
    "catalogue.touchpoint.withdraw": lambda cast: partial(
        actions.touchpoint.withdraw, cast.actor(), touchpoint(cast), reason="停用"
    ),
    "catalogue.servicestandard.create": lambda cast: partial(
        service_standard, cast, touchpoint=touchpoint(cast)
    ),
    "catalogue.servicestandard.correct": lambda cast: partial(
        actions.service_standard.correct, cast.actor(), service_standard(cast), target=2
    ),
    "catalogue.servicestandard.withdraw": lambda cast: partial(
        actions.service_standard.withdraw, cast.actor(), service_standard(cast), reason="换新"
    ),
    "catalogue.seed": lambda cast: partial(actions.seed_catalogue, cast.actor()),
}
MATRIX = {
    **rows_of("catalogue:service", service, view=STAFF, edit=EDIT),
    **rows_of("catalogue:touchpoint", touchpoint, view=STAFF, edit=EDIT),
    **rows_of("catalogue:service-standard", service_standard, view=STAFF, edit=EDIT),
    "catalogue:seed": Row(EDIT, method="POST"),
}
