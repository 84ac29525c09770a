"""Pages of needs: the statement, the words behind it, and what was decided."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import (
    Link,
    RecordPages,
    attempt,
    facts_from,
    require_standing,
    show_form,
)
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.needs import actions, forms, models
from zhuoyue.needs.access import EDIT_NEEDS, RAISE_NEEDS, VIEW_NEEDS
from zhuoyue.needs.models import Need, NeedVerbatim
from zhuoyue.needs.queries import words_behind
from zhuoyue.people.access import is_recipient

FACTS = (
    "recipient", "request", "kind", "strength", "scope", "horizon", "is_must_be", "touchpoint",
    "status_reason",
)  # fmt: skip
TONES = {"open": "warn", "adopted": "good", "declined": "neutral", "parked": "neutral"}


def tone(need: Need) -> str:
    return TONES[need.status]


class NeedFilter(Filter):
    class Meta:
        model = Need
        fields = ["status", "kind", "scope", "horizon", "recipient", "touchpoint", "is_must_be"]


def links(request: Request, need: Need) -> list[Link]:
    if not request.actor.may(EDIT_NEEDS):
        return []
    url = reverse("needs:need-decide", args=[need.pk])
    return [Link(_("Decide"), url, tone="primary", icon="check")]


def context(request: Request, need: Need) -> dict[str, Any]:
    may_edit = request.actor.may(EDIT_NEEDS) and not need.is_withdrawn
    return {
        "badge": {"text": need.get_status_display(), "tone": tone(need)},
        "words": words_behind(request.actor, need),
        "words_url": reverse("needs:need-words", args=[need.pk]) if may_edit else "",
        "link_url": reverse("needs:need-link", args=[need.pk]) if may_edit else "",
        **({"history": None} if is_recipient(request.actor) else {}),
    }


def list_links(request: Request) -> list[Link]:
    if not request.actor.may(RAISE_NEEDS):
        return []
    url = reverse("needs:need-capture")
    return [Link(_("Record a need"), url, tone="primary", icon="plus")]


needs = RecordPages(
    model=Need,
    noun="need",
    table=Table(
        lazy("Needs, expectations and desires"),
        [
            Column("code", lazy("code"), sort="number"),
            Column("wish", lazy("wish"), sort="wish"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("kind", lazy("kind of need"), sort="kind", kind="badge"),
            Column("scope", lazy("individual or common"), sort="scope", hide_on_phone=True),
            Column("strength", lazy("strength"), sort="strength", kind="number"),
            Column("status", lazy("status"), sort="status", kind="badge", tone=tone),
        ],
        filters=NeedFilter,
        search=("wish", "who", "situation", "reason", "recipient__name"),
        order=("-number",),
        empty_text=lazy("No need recorded yet."),
    ),
    view=VIEW_NEEDS,
    edit=EDIT_NEEDS,
    rows=lambda actor: Need.objects.select_related("recipient", "request", "touchpoint"),
    facts=facts_from(*FACTS),
    context=context,
    detail_template="needs/need_detail.html",
    form=forms.NeedForm,
    correct=actions.correct_need,
    withdraw=actions.withdraw_need,
    links=links,
    list_links=list_links,
)


@page(RAISE_NEEDS, methods=("GET", "POST"))
def need_capture(request: Request) -> HttpResponse:
    """A need and its first words in one form, begun from a request or from nothing."""
    origin = None
    if request.GET.get("request"):
        rows = models.Request.objects.standing().select_related("recipient")
        origin = get_for(request.actor, rows, pk=request.GET["request"])
    initial = {"words": origin.text, "who": origin.recipient.name} if origin else {}
    form = forms.CaptureForm(
        request.POST or None, actor=request.actor, request=origin, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["request"] = origin
        need = attempt(form, actions.capture_need, request.actor)
        if need is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": need})
            return redirect(needs.url("detail", need.pk))
    return show_form(
        request,
        form,
        title=_("Record a need"),
        lead=_("From the request %(request)s") % {"request": origin} if origin else "",
        cancel=reverse("needs:request-detail", args=[origin.pk]) if origin else needs.url("list"),
    )


@page(None, methods=("GET", "POST"))
def need_decide(request: Request, pk: int) -> HttpResponse:
    need = needs.find(request, pk, EDIT_NEEDS)
    require_standing(need)
    initial = {"status": need.status, "status_reason": need.status_reason}
    form = forms.DecisionForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(form, actions.decide_need, request.actor, need) is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": need})
            return redirect(needs.url("detail", pk))
    title = _("Decide: %(what)s") % {"what": need}
    return show_form(request, form, title=title, cancel=needs.url("detail", pk))


def with_words(request: Request, pk: int, form_type: Any, write: Any, title: str) -> HttpResponse:
    """A form that lays words behind a need."""
    need = needs.find(request, pk, EDIT_NEEDS)
    require_standing(need)
    form = form_type(request.POST or None, actor=request.actor, need=need)
    if request.method == "POST" and form.is_valid():
        if attempt(form, write, request.actor, need) is not None:
            return redirect(needs.url("detail", pk))
    return show_form(request, form, title=title, lead=str(need), cancel=needs.url("detail", pk))


@page(None, methods=("GET", "POST"))
def need_words(request: Request, pk: int) -> HttpResponse:
    return with_words(request, pk, forms.WordsForm, actions.say_words, _("Add words"))


@page(None, methods=("GET", "POST"))
def need_link(request: Request, pk: int) -> HttpResponse:
    return with_words(request, pk, forms.LinkForm, actions.link_words, _("Choose recorded words"))


@page(None, methods=("POST",))
def words_unlink(request: Request, pk: int) -> HttpResponse:
    rows = NeedVerbatim.objects.standing().select_related("need", "verbatim")
    link = get_for(request.actor, rows, pk=pk)
    needs.find(request, link.need_id, EDIT_NEEDS)
    actions.unlink_words(request.actor, link)
    return redirect(needs.url("detail", link.need_id))
