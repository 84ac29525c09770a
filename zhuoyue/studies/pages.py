"""Pages of studies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.analysis_words import say, say_caution
from zhuoyue.kit.jobs.backend import share_done
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Facts, Link, RecordPages, attempt, show_form
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.studies import actions, charts, forms, rules
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.jobs import run_study
from zhuoyue.studies.models import CausalModel, Finding, Study
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import answers_of


class StudyFilter(Filter):
    class Meta:
        model = Study
        fields = ["state", "wave"]


class FindingFilter(Filter):
    class Meta:
        model = Finding
        fields = ["kind", "study"]


STATE_TONES = {"done": "good", "failed": "bad", "running": "info", "waiting": "neutral"}


def causal_model_facts(request: Request, model: CausalModel) -> Facts:
    return [
        (lazy("code"), model.code),
        (lazy("title"), model.title),
        (lazy("target"), model.target),
        (lazy("constructs"), "、".join(model.model.names)),
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
            Column("target", lazy("target")),
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


def study_facts(request: Request, study: Study) -> Facts:
    frozen = study.input_file
    return [
        (lazy("wave"), study.wave),
        (lazy("state"), study.get_state_display()),
        ("n", study.n),
        (lazy("target"), study.target),
        (lazy("replicates"), study.replicates),
        (lazy("seed"), study.seed),
        (lazy("engine"), study.engine),
        (lazy("finished"), study.finished_at),
        (lazy("frozen answers (SHA-256)"), frozen.sha256 if frozen else ""),
    ]


def study_context(request: Request, study: Study) -> dict[str, Any]:
    """Everything the page of a study shows, once it is done."""
    language = get_language() or "zh"
    if study.error:
        return {"error": say(study.error["code"], study.error["params"], language)}
    if not study.result:
        return {"is_running": True, **running(study)}
    result = study.result
    drivers = rules.drivers_of(result, study.target)
    ranked = rules.may_rank(result)
    return {
        "result": result,
        "graph": charts.model_graph(result),
        "drivers_chart": charts.drivers_chart(drivers, study.target, result["n"]),
        "map_chart": charts.map_chart(drivers, study.target, result["n"]) if ranked else None,
        "drivers": drivers,
        "is_ranked": ranked,
        "reliability": list(result["reliability"].items()),
        "findings": study.findings.all(),
        "cautions": [say_caution(c, language) for c in result["cautions"]],
        "index": study_index(study),
    }


def study_index(study: Study) -> dict[str, Any]:
    """The target's index as a tile."""
    assert study.result is not None
    low, high = study.result["spread"]["index"][study.target]["ci"]
    return {
        "label": _("Index of “%(target)s” (0–100)") % {"target": study.target},
        "value": f"{study.result['index'][study.target]:.1f}",
        "n": study.result["n"],
        "interval": f"{low:.1f} – {high:.1f}",
    }


studies = RecordPages(
    model=Study,
    noun="study",
    table=Table(
        lazy("Studies"),
        [
            Column("title", lazy("title"), sort="title"),
            Column("wave.title", lazy("wave"), sort="wave__title"),
            Column(
                "state",
                lazy("state"),
                sort="state",
                kind="badge",
                tone=lambda study: STATE_TONES[study.state],
            ),
            Column("n", "n", kind="number"),
            Column("target", lazy("target"), hide_on_phone=True),
            Column("finished_at", lazy("finished"), sort="finished_at", kind="date"),
        ],
        filters=StudyFilter,
        search=("title", "wave__title"),
        empty_text=lazy("No study yet. Choose a wave and a model to begin."),
    ),
    view=VIEW_STUDIES,
    edit=RUN_STUDIES,
    rows=lambda actor: Study.objects.select_related("wave__questionnaire", "input_file"),
    facts=study_facts,
    context=study_context,
    detail_template="studies/study_detail.html",
    withdraw=actions.withdraw_study,
    list_links=lambda request: (
        [Link(lazy("Start a study"), reverse("studies:study-start"), tone="primary", icon="play")]
        if request.actor.may(RUN_STUDIES)
        else []
    ),
)


def finding_facts(request: Request, finding: Finding) -> Facts:
    return [
        (lazy("study"), finding.study),
        (lazy("kind"), finding.get_kind_display()),
        (lazy("subject"), finding.subject),
        *((name, value) for name, value in finding.facts.items()),
    ]


findings = RecordPages(
    model=Finding,
    noun="finding",
    table=Table(
        lazy("Findings"),
        [
            Column("subject", lazy("subject"), sort="subject"),
            Column("kind", lazy("kind"), sort="kind", kind="badge"),
            Column("study.title", lazy("study"), sort="study__title"),
        ],
        filters=FindingFilter,
        search=("subject", "study__title"),
        empty_text=lazy("Findings come from studies."),
    ),
    view=VIEW_STUDIES,
    edit=RUN_STUDIES,
    rows=lambda actor: Finding.objects.select_related("study"),
    facts=finding_facts,
)


def suggested_model(request: Request) -> dict[str, Any]:
    """What the form begins with: a stored model, or a wave's constructs as measurement lines."""
    chosen = request.GET.get("causal_model")
    if chosen:
        model = get_for(request.actor, CausalModel.objects.standing(), pk=chosen)
        return {"model_text": model.text, "target": model.target}
    if not request.GET.get("wave"):
        return {}
    wave = get_for(
        request.actor,
        Wave.objects.standing().select_related("questionnaire"),
        pk=request.GET["wave"],
    )
    constructs = answers_of(request.actor, wave).constructs
    lines = [f"{name} =~ {' + '.join(items)}" for name, items in constructs.items()]
    return {"wave": wave.pk, "title": wave.title, "model_text": "\n".join(lines)}


@page(RUN_STUDIES, methods=("GET", "POST"))
def study_start(request: Request) -> HttpResponse:
    if request.method == "POST":
        form = forms.StudyForm(request.POST, actor=request.actor)
        if form.is_valid():
            study = attempt(form, actions.start_and_run, request.actor)
            if study is not None:
                messages.success(request, _("Started: %(what)s") % {"what": study})
                return redirect(studies.url("detail", study.pk))
    else:
        form = forms.StudyForm(actor=request.actor, initial=suggested_model(request))
    return show_form(
        request,
        form,
        title=_("Start a study"),
        cancel=studies.url("list"),
        submit=_("Start"),
        template="studies/study_start.html",
        stored=CausalModel.objects.visible_to(request.actor).standing(),
    )


def running(study: Study) -> dict[str, Any]:
    """How far the job of a study is, in whole percent."""
    share = share_done(run_study, study.pk) if study.state not in actions.FINISHED else None
    return {"percent": None if share is None else round(share * 100)}


@page(None)
def study_progress(request: Request, pk: int) -> HttpResponse:
    """Asked again and again while a study runs; when it is done the whole page is fetched."""
    study = get_for(request.actor, Study.objects.all(), pk=pk)
    request.actor.require(VIEW_STUDIES)
    response = render(request, "studies/_running.html", {"record": study, **running(study)})
    if study.state in actions.FINISHED:
        response["HX-Refresh"] = "true"
    return response
