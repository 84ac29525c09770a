"""The start of a study, and how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.jobs.backend import share_done
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import attempt, show_form
from zhuoyue.studies import actions, forms
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.jobs import run_study
from zhuoyue.studies.models import CausalModel, Study
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import answers_of


def suggested_model(request: Request) -> dict[str, Any]:
    """What the form begins with: a stored model, or a wave's constructs as measurement lines."""
    chosen: dict[str, Any] = {}
    if request.GET.get("wave"):
        waves = Wave.objects.standing().select_related("questionnaire")
        wave = get_for(request.actor, waves, pk=request.GET["wave"])
        constructs = answers_of(request.actor, wave).constructs
        lines = [f"{name} =~ {' + '.join(items)}" for name, items in constructs.items()]
        chosen = {"wave": wave.pk, "title": wave.title, "model_text": "\n".join(lines)}
    if request.GET.get("causal_model"):
        stored = CausalModel.objects.standing()
        model = get_for(request.actor, stored, pk=request.GET["causal_model"])
        chosen |= {"model_text": model.text, "target": model.target}
    return chosen


@page(RUN_STUDIES, methods=("GET", "POST"))
def study_start(request: Request) -> HttpResponse:
    if request.method == "POST":
        form = forms.StudyForm(request.POST, actor=request.actor)
        if form.is_valid():
            study = attempt(form, actions.start_and_run, request.actor)
            if study is not None:
                messages.success(request, _("Started: %(what)s") % {"what": study})
                return redirect("studies:study-detail", study.pk)
    else:
        form = forms.StudyForm(actor=request.actor, initial=suggested_model(request))
    return show_form(
        request,
        form,
        title=_("Start a study"),
        cancel=reverse("studies:study-list"),
        submit=_("Start"),
        template="studies/study_start.html",
        stored=CausalModel.objects.visible_to(request.actor).standing(),
        wave=form["wave"].value(),
    )


@page(RUN_STUDIES)
def study_groupings(request: Request) -> HttpResponse:
    """The choices of groups that a wave allows, for the form in which it was just chosen."""
    choices = forms.grouping_choices(request.actor, request.GET.get("wave", ""))
    return render(request, "studies/_groupings.html", {"choices": choices})


def running(study: Study) -> dict[str, Any]:
    """How far the job of a study is, in whole percent, and in words whether it has begun."""
    share = share_done(run_study, study.pk) if study.state not in actions.FINISHED else None
    is_at_work = share and not study.is_withdrawn
    return {
        "state": Study.State.RUNNING.label if is_at_work else study.get_state_display(),
        "percent": None if share is None else round(share * 100),
    }


@page(None)
def study_progress(request: Request, pk: int) -> HttpResponse:
    """Asked again and again while a study runs; when it is done the whole page is fetched."""
    study = get_for(request.actor, Study.objects.all(), pk=pk)
    request.actor.require(VIEW_STUDIES)
    response = render(request, "studies/_running.html", {"record": study, **running(study)})
    if study.state in actions.FINISHED:
        response["HX-Refresh"] = "true"
    return response
