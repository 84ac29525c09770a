"""How tests make what surveys own, and who may open its pages."""

from functools import partial

from tests.cast import STAFF, Cast, Row, rows_of
from zhuoyue.people.models import Role
from zhuoyue.surveys import actions, reading
from zhuoyue.surveys.actions import FileFacts
from zhuoyue.surveys.models import Item, Questionnaire, Wave

EDIT = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST})
NAMES = ["qual1", "qual2", "sat1", "sat2", "gender"]


def small_reading(n: int = 40) -> reading.Reading:
    """Forty made-up answers in which satisfaction follows quality."""
    rows = [
        [str(1 + (i * 7) % 5), str(1 + (i * 7 + i % 2) % 5), str(1 + (i * 7 + 1) % 5),
         str(1 + (i * 7 + i % 3) % 5), "fm"[i % 2]]
        for i in range(n)
    ]  # fmt: skip
    return reading.read_table(NAMES, rows, scale=(1, 5))


def wave(cast: Cast, code: str = "w1") -> Wave:
    made: Wave = actions.import_wave(
        cast.actor(),
        code=code,
        title="2026 年满意度调查",
        reading=small_reading(),
        file=FileFacts("answers.csv", "0" * 64),
    )
    return made


def questionnaire(cast: Cast) -> Questionnaire:
    return cast.once("surveys:wave", wave).questionnaire  # type: ignore[no-any-return]  # Any of the cast


def item(cast: Cast) -> Item:
    return questionnaire(cast).items.get(code="sat1")


ACTIONS = {
    "surveys.wave.import": lambda cast: partial(wave, cast, "w2"),
    "surveys.wave.create": lambda cast: partial(
        actions.wave.create,
        cast.actor(),
        questionnaire=questionnaire(cast),
        code="w3",
        title="下一次",
        started_on="2026-01-01",
        ended_on="2026-01-31",
    ),
    "surveys.wave.correct": lambda cast: partial(
        actions.wave.correct, cast.actor(), wave(cast), invited=100
    ),
    "surveys.wave.withdraw": lambda cast: partial(
        actions.wave.withdraw, cast.actor(), wave(cast), reason="误导入"
    ),
    "surveys.questionnaire.create": lambda cast: partial(
        actions.questionnaire.create,
        cast.actor(),
        code="q",
        title_zh="问卷",
        scale_low=1,
        scale_high=5,
    ),
    "surveys.questionnaire.correct": lambda cast: partial(
        actions.questionnaire.correct, cast.actor(), questionnaire(cast), note="第二版措辞另建"
    ),
    "surveys.questionnaire.withdraw": lambda cast: partial(
        actions.questionnaire.withdraw, cast.actor(), questionnaire(cast), reason="不用"
    ),
    "surveys.item.create": lambda cast: partial(
        actions.item.create, cast.actor(), questionnaire=questionnaire(cast), code="x", position=9
    ),
    "surveys.item.correct": lambda cast: partial(
        actions.item.correct, cast.actor(), item(cast), kind="csat"
    ),
    "surveys.item.withdraw": lambda cast: partial(
        actions.item.withdraw, cast.actor(), item(cast), reason="不用"
    ),
}
MATRIX = {
    **rows_of(
        "surveys:wave", wave, view=STAFF, edit=EDIT, pages="list detail correct withdraw attach"
    ),
    **rows_of(
        "surveys:questionnaire",
        questionnaire,
        view=STAFF,
        edit=EDIT,
        pages="list detail correct withdraw attach",
    ),
    **rows_of("surveys:item", item, view=STAFF, edit=EDIT, pages="list detail correct attach"),
    "surveys:import": Row(EDIT),
    "surveys:import-check": Row(EDIT),
}
