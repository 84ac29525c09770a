"""Pages of causal models."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.records import Facts, RecordPages
from zhuoyue.kit.tables import Column, Table
from zhuoyue.studies import actions, forms
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.models import CausalModel
from zhuoyue.studies.words import listed


def causal_model_facts(request: Request, model: CausalModel) -> Facts:
    return [
        (lazy("code"), model.code),
        (lazy("title"), model.title),
        (pgettext_lazy("construct", "target"), model.target),
        (lazy("constructs"), listed(model.model.names)),
    ]


def causal_model_context(request: Request, model: CausalModel) -> dict[str, Any]:
    return {"text": model.text}


causal_models = RecordPages(
    model=CausalModel,
    noun="causal-model",
    table=Table(
        lazy("Causal models"),
        [
            Column("code", lazy("code"), sort="code"),
            Column("title", lazy("title"), sort="title"),
            Column("target", pgettext_lazy("construct", "target")),
        ],
        search=("code", "title"),
        order=("code",),
        empty_text=lazy("No causal model yet. A study can also be started from a wave."),
    ),
    view=VIEW_STUDIES,
    edit=RUN_STUDIES,
    facts=causal_model_facts,
    context=causal_model_context,
    detail_template="studies/causal_model_detail.html",
    form=forms.CausalModelForm,
    create=actions.causal_model.create,
    correct=actions.causal_model.correct,
    withdraw=actions.causal_model.withdraw,
    create_label=lazy("Add a causal model"),
)
