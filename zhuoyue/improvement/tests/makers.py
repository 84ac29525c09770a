"""How tests make what improvement owns, and who may open its pages."""

from datetime import date
from functools import partial
from typing import Any

from tests.cast import STAFF, Cast, Row, rows_of
from zhuoyue.delivery.tests.makers import contact
from zhuoyue.improvement import actions
from zhuoyue.improvement.models import Cause, EffectCheck, Improvement, Step
from zhuoyue.kit import clock
from zhuoyue.kit.registry import Period
from zhuoyue.people.models import Role
from zhuoyue.surveys import actions as surveys
from zhuoyue.surveys.actions import FileFacts
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.tests.makers import small_reading

EDITORS = STAFF - {Role.ASSESSOR}
JUDGES = EDITORS - {Role.ENGINEER}


def improvement(cast: Cast, **more: Any) -> Improvement:
    facts: dict[str, Any] = {
        "title": "缩短检测报告周期",
        "goal": "满意度提高半分",
        "owner": cast.person,
        "subject": "sat1",
        "due_on": date(2030, 1, 31),
    }
    return actions.open_improvement(cast.actor(), **facts | more)


def step(cast: Cast, of: Improvement | None = None) -> Step:
    home = of or improvement(cast)
    return actions.step.create(cast.actor(), improvement=home, text="设加急窗口")


def cause(cast: Cast, of: Improvement | None = None) -> Cause:
    home = of or improvement(cast)
    return actions.cause.create(cast.actor(), improvement=home, text="排队靠人工", is_root=True)


def doing(cast: Cast) -> Improvement:
    made = improvement(cast)
    step(cast, made)
    return actions.start(cast.actor(), made)


def to_check(cast: Cast) -> Improvement:
    made = doing(cast)
    for one in Step.objects.filter(improvement=made):
        actions.finish_step(cast.actor(), one)
    return actions.hand_over(cast.actor(), made)


def wave(cast: Cast, code: str, n: int) -> Wave:
    made: Wave = surveys.import_wave(
        cast.actor(),
        code=code,
        title=code,
        reading=small_reading(n),
        file=FileFacts(f"{code}.csv", code[0] * 64),
    )
    return made


def waves(cast: Cast) -> dict[str, Any]:
    return {"before": wave(cast, "a1", 40), "after": wave(cast, "b1", 60), "subject": "sat1"}


def checked(cast: Cast, of: Improvement | None = None) -> EffectCheck:
    return actions.check_waves(cast.actor(), of or to_check(cast), **waves(cast))


def judged(cast: Cast, *, is_effective: bool = True) -> Improvement:
    made = to_check(cast)
    checked(cast, made)
    write = partial(actions.judge, cast.actor("director"), made, judgement="两次调查对比")
    return write(is_effective=is_effective)


def contact_periods(cast: Cast) -> dict[str, Any]:
    """A phone contact a while ago, a digital one today."""
    contact(cast, channel="phone", at=clock.now().replace(year=2025, month=3, day=1))
    contact(cast, channel="platform")
    last_year = Period(date(2025, 1, 1), date(2025, 12, 31))
    return {"measure": 44, "before": last_year, "after": Period(date(2026, 1, 1), clock.today())}


def handing_over(cast: Cast) -> partial[Improvement]:
    made = doing(cast)
    actions.finish_step(cast.actor(), made.steps.get())
    return partial(actions.hand_over, cast.actor(), made)


ACTIONS = {
    "improvement.improvement.create": lambda cast: partial(improvement, cast),
    "improvement.improvement.correct": lambda cast: partial(
        actions.correct_improvement, cast.actor(), improvement(cast), title="再缩短"
    ),
    "improvement.improvement.withdraw": lambda cast: partial(
        actions.withdraw_improvement, cast.actor(), improvement(cast), reason="重复"
    ),
    "improvement.cause.create": lambda cast: partial(cause, cast, improvement(cast)),
    "improvement.cause.correct": lambda cast: partial(
        actions.cause.correct, cast.actor(), cause(cast), text="排队无规则"
    ),
    "improvement.cause.withdraw": lambda cast: partial(
        actions.cause.withdraw, cast.actor(), cause(cast), reason="误录"
    ),
    "improvement.step.create": lambda cast: partial(step, cast, improvement(cast)),
    "improvement.step.correct": lambda cast: partial(
        actions.step.correct, cast.actor(), step(cast), text="设网上预约"
    ),
    "improvement.step.withdraw": lambda cast: partial(
        actions.step.withdraw, cast.actor(), step(cast), reason="误录"
    ),
    "improvement.improvement.start": lambda cast: partial(
        actions.start, cast.actor(), step(cast).improvement
    ),
    "improvement.step.finish": lambda cast: partial(
        actions.finish_step, cast.actor(), doing(cast).steps.get()
    ),
    "improvement.improvement.hand_over": handing_over,
    "improvement.effectcheck.create": lambda cast: partial(
        actions.check_waves, cast.actor(), improvement(cast), **waves(cast)
    ),
    "improvement.effectcheck.create_of_measure": lambda cast: partial(
        actions.check_measure, cast.actor(), improvement(cast), **contact_periods(cast)
    ),
    "improvement.improvement.judge": lambda cast: partial(
        actions.judge,
        cast.actor("director"),
        checked(cast).improvement,
        is_effective=True,
        judgement="两次调查对比",
    ),
    "improvement.improvement.standardise": lambda cast: partial(
        actions.standardise, cast.actor(), judged(cast), made_standard="服务标准 S-3"
    ),
    "improvement.improvement.plan_again": lambda cast: partial(
        actions.plan_again, cast.actor(), judged(cast, is_effective=False)
    ),
}


def fresh(make: Any) -> Any:
    """A record of its own for each request, for what is posted changes it."""
    return lambda cast: {"pk": make(cast).pk}


def once(name: str, make: Any) -> Any:
    return lambda cast: {"pk": cast.once(f"improvement:{name}", make).pk}


MATRIX = {
    **rows_of("improvement:improvement", improvement, view=STAFF, edit=EDITORS),
    "improvement:board": Row(STAFF),
    **{
        f"improvement:improvement-{name}": Row(EDITORS, fresh(improvement), method="POST")
        for name in ("start", "hand-over", "plan-again")
    },
    **{
        f"improvement:improvement-{name}": Row(EDITORS, once("improvement", improvement))
        for name in ("check-waves", "check-measure", "standardise")
    },
    # The engineer of the cast owns it; nobody judges what is their own.
    "improvement:improvement-judge": Row(JUDGES, once("improvement", improvement)),
    "improvement:step-add": Row(EDITORS, once("improvement", improvement)),
    "improvement:cause-add": Row(EDITORS, once("improvement", improvement)),
    "improvement:step-finish": Row(EDITORS, fresh(step), method="POST"),
    "improvement:step-withdraw": Row(EDITORS, fresh(step), method="POST"),
    "improvement:cause-withdraw": Row(EDITORS, fresh(cause), method="POST"),
}
