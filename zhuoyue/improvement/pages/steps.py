"""The steps of an improvement action's way, and the writing of its parts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.improvement import actions, forms, rules
from zhuoyue.improvement.access import EDIT_IMPROVEMENT, JUDGE_IMPROVEMENT
from zhuoyue.improvement.models import Cause, Improvement, Step
from zhuoyue.improvement.pages.improvements import improvements, origin_asked
from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import attempt, require_standing, show_form
from zhuoyue.studies.models import Finding

both = ("GET", "POST")


@page(EDIT_IMPROVEMENT, methods=both)
def improvement_create(request: Request) -> HttpResponse:
    """From a finding the form knows what it aims at."""
    origin = origin_asked(request)
    form = forms.ImprovementForm(
        request.POST or None, actor=request.actor, initial=suggested(request, origin)
    )
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["origin"] = origin
        row = attempt(form, actions.open_improvement, request.actor)
        if row is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": row})
            return redirect(improvements.url("detail", row.pk))
    title = _("Open an improvement action")
    return show_form(request, form, title=title, cancel=improvements.url("list"))


def suggested(request: Request, origin: tuple[str, int] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if request.GET.get("measure", "").isdigit():
        found["measure"] = int(request.GET["measure"])
    if origin and origin[0] == "studies.finding":
        finding = get_for(request.actor, Finding.objects.all(), pk=origin[1])
        found |= {"subject": finding.subject, "title": str(finding)}
    return found


def post_step(write: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """A step of the way that asks nothing."""

    @page(None, methods=("POST",))
    def go(request: Request, pk: int) -> HttpResponse:
        row = improvements.find(request, pk, EDIT_IMPROVEMENT)
        require_standing(row)
        try:
            write(request.actor, row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(improvements.url("detail", pk))

    return go


improvement_start = post_step(actions.start)
improvement_hand_over = post_step(actions.hand_over)
improvement_plan_again = post_step(actions.plan_again)


def ask(
    request: Request, row: Improvement, form: Any, write: Callable[..., Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if attempt(form, write, request.actor, row) is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": row})
            return redirect(improvements.url("detail", row.pk))
    cancel = improvements.url("detail", row.pk)
    return show_form(request, form, title=title, lead=str(row), cancel=cancel)


def found(request: Request, pk: int, needed: Any = EDIT_IMPROVEMENT) -> Improvement:
    row = improvements.find(request, pk, needed)
    require_standing(row)
    return row


@page(None, methods=both)
def improvement_check_waves(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    form = forms.WavesForm(
        request.POST or None, actor=request.actor, initial={"subject": row.subject}
    )
    return ask(request, row, form, actions.check_waves, _("Check the effect by two survey waves"))


@page(None, methods=both)
def improvement_check_measure(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    form = forms.PeriodsForm(
        request.POST or None, actor=request.actor, initial={"measure": row.measure}
    )
    return ask(request, row, form, actions.check_measure, _("Check the effect by a measure"))


@page(None, methods=both)
def improvement_judge(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, JUDGE_IMPROVEMENT)
    if not rules.may_judge(request.actor.belonging("people.person"), row.owner_id):
        raise PermissionDenied("owner")
    form = forms.JudgeForm(request.POST or None, actor=request.actor)
    return ask(request, row, form, actions.judge, _("Judge the effect"))


@page(None, methods=both)
def improvement_standardise(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    form = forms.StandardForm(request.POST or None, actor=request.actor)
    return ask(request, row, form, actions.standardise, _("Make standard"))


# -- parts -----------------------------------------------------------------------------------


def add(write: Callable[..., Any], row: Improvement) -> Callable[..., Any]:
    return lambda actor, _row, **values: write(actor, improvement=row, **values)


@page(None, methods=both)
def step_add(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    form = forms.StepForm(request.POST or None, actor=request.actor)
    return ask(request, row, form, add(actions.step.create, row), _("Add a step"))


@page(None, methods=both)
def cause_add(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    form = forms.CauseForm(request.POST or None, actor=request.actor, improvement=row)
    return ask(request, row, form, add(actions.cause.create, row), _("Add a cause"))


def part(request: Request, model: Any, pk: int) -> Any:
    """The part, of an action that stands and that the actor may change."""
    kept = get_for(request.actor, model.objects.standing().select_related("improvement"), pk=pk)
    found(request, kept.improvement_id)
    return kept


def part_write(model: Any, write: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    @page(None, methods=("POST",))
    def go(request: Request, pk: int) -> HttpResponse:
        kept = part(request, model, pk)
        try:
            write(request.actor, kept)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(improvements.url("detail", kept.improvement_id))

    return go


step_finish = part_write(Step, actions.finish_step)
step_withdraw = part_write(
    Step, lambda actor, row: actions.step.withdraw(actor, row, reason=_("not needed"))
)
cause_withdraw = part_write(
    Cause, lambda actor, row: actions.cause.withdraw(actor, row, reason=_("not needed"))
)
