"""How tests make what studies own, and who may open its pages."""

from functools import partial

from tests.cast import STAFF, Cast, Row, rows_of
from zhuoyue.people.models import Role
from zhuoyue.studies import actions
from zhuoyue.studies.jobs import execute, rerun
from zhuoyue.studies.models import CausalModel, Finding, Study
from zhuoyue.surveys.tests.makers import wave

RUN = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST})
MODEL = "Quality =~ qual1 + qual2\nSatisfaction =~ sat1 + sat2\nSatisfaction ~ Quality"


def causal_model(cast: Cast) -> CausalModel:
    made: CausalModel = actions.causal_model.create(
        cast.actor(), code="m1", title="效应链", text=MODEL
    )
    return made


def study(cast: Cast, model: str = MODEL) -> Study:
    made: Study = actions.start_study(
        cast.actor(), wave=cast.once("surveys:wave", wave), model_text=model, replicates=200
    )
    return made


def done(cast: Cast, model: str = MODEL) -> Study:
    made = study(cast, model)
    execute(made.pk)
    made.refresh_from_db()
    return made


def finding(cast: Cast) -> Finding:
    made = done(cast)
    return Finding.objects.create(
        tenant=cast.tenant, study=made, kind="weak_item", subject="qual9", facts={"loading": 0.2}
    )


def finishing(cast: Cast) -> partial[Study]:
    made = study(cast)
    run = rerun(made, (1, 5))
    return partial(actions.finish_study, cast.actor(), made, result=run.result, draws=run.draws)


ACTIONS = {
    "studies.causalmodel.create": lambda cast: partial(causal_model, cast),
    "studies.causalmodel.correct": lambda cast: partial(
        actions.causal_model.correct, cast.actor(), causal_model(cast), target="Satisfaction"
    ),
    "studies.causalmodel.withdraw": lambda cast: partial(
        actions.causal_model.withdraw, cast.actor(), causal_model(cast), reason="不用"
    ),
    "studies.study.start": lambda cast: partial(study, cast),
    "studies.study.finish": finishing,
    "studies.study.fail": lambda cast: partial(
        actions.fail_study, cast.actor(), study(cast), error={"code": "values_none", "params": {}}
    ),
    "studies.study.withdraw": lambda cast: partial(
        actions.withdraw_study, cast.actor(), study(cast), reason="重做"
    ),
}
MATRIX = {
    **rows_of("studies:causal-model", causal_model, view=STAFF, edit=RUN),
    **rows_of("studies:study", done, view=STAFF, edit=RUN, pages="list detail withdraw attach"),
    **rows_of("studies:finding", finding, view=STAFF, edit=RUN, pages="list detail attach"),
    "studies:study-start": Row(RUN),
    "studies:study-groupings": Row(RUN),
    "studies:study-draws": Row(STAFF, lambda cast: {"pk": cast.once("studies:study", done).pk}),
    "studies:study-progress": Row(STAFF, lambda cast: {"pk": cast.once("studies:study", done).pk}),
}
