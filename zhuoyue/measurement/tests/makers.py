"""How tests make targets, and who may open the pages of measurement."""

from functools import partial

from tests.cast import STAFF, Cast, Row, rows_of
from zhuoyue.measurement import actions
from zhuoyue.measurement.models import Target
from zhuoyue.people.models import Role

SET = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.ANALYST})


def target(cast: Cast) -> Target:
    made: Target = actions.target.create(cast.actor(), number=49, value=85, reason="行业先进水平")
    return made


ACTIONS = {
    "measurement.target.create": lambda cast: partial(target, cast),
    "measurement.target.correct": lambda cast: partial(
        actions.target.correct, cast.actor(), target(cast), value=90
    ),
    "measurement.target.withdraw": lambda cast: partial(
        actions.target.withdraw, cast.actor(), target(cast), reason="改用新目标"
    ),
}
MATRIX = {
    "measurement:board": Row(STAFF),
    "measurement:measure": Row(STAFF, lambda cast: {"number": 49}, shared=True),
    **rows_of("measurement:target", target, view=STAFF, edit=SET),
}
