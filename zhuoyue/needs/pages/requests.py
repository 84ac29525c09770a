"""Pages of requests: what recipients ask for, and what the centre answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
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
from zhuoyue.needs import actions, forms, models, rules
from zhuoyue.needs.access import ANSWER_REQUESTS, EDIT_NEEDS, RAISE_NEEDS, VIEW_NEEDS
from zhuoyue.people.access import is_recipient

TONES = {"new": "warn", "understood": "info", "declined": "neutral"}


def tone(request: models.Request) -> str:
    return TONES.get(request.status, "good")


class RequestFilter(Filter):
    class Meta:
        model = models.Request
        fields = ["status", "recipient", "channel"]


def links(request: Request, record: models.Request) -> list[Link]:
    """What may be done with a request in its present state."""
    actor, found = request.actor, []
    may_answer = actor.may(ANSWER_REQUESTS)
    if actor.may(RAISE_NEEDS) and record.status != rules.DECLINED:
        url = f"{reverse('needs:need-capture')}?request={record.pk}"
        found.append(Link(_("Record a need"), url, tone="primary", icon="plus"))
    if may_answer and rules.request_may_become(record.status, rules.UNDERSTOOD):
        again = record.status != rules.NEW
        label = _("Take up again") if again else _("Mark as understood")
        found.append(Link(label, reverse("needs:request-understand", args=[record.pk]), "post"))
    if may_answer and rules.request_may_become(record.status, rules.DECLINED):
        found.append(Link(_("Decline"), reverse("needs:request-decline", args=[record.pk])))
    return found


def context(request: Request, record: models.Request) -> dict[str, Any]:
    needs = models.Need.objects.visible_to(request.actor).standing().filter(request=record)
    return {
        "badge": {"text": record.get_status_display(), "tone": tone(record)},
        "needs": needs,
        "text": record.text,
        "answer": record.answer,
        **({"history": None} if is_recipient(request.actor) else {}),
    }


requests = RecordPages(
    model=models.Request,
    noun="request",
    table=Table(
        lazy("Requests"),
        [
            Column("code", lazy("code"), sort="number"),
            Column("title", lazy("title"), sort="title"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("status", lazy("status"), sort="status", kind="badge", tone=tone),
            Column("raised_at", lazy("raised"), sort="raised_at", kind="date"),
            Column("wanted_by", lazy("wanted by"), sort="wanted_by", kind="date"),
        ],
        filters=RequestFilter,
        search=("title", "text", "recipient__name"),
        order=("-number",),
        empty_text=lazy("No request yet."),
    ),
    view=VIEW_NEEDS,
    edit=EDIT_NEEDS,
    rows=lambda actor: models.Request.objects.select_related("recipient", "contact__recipient"),
    facts=facts_from("recipient", "contact", "raised_by", "raised_at", "channel", "wanted_by"),
    context=context,
    detail_template="needs/request_detail.html",
    form=forms.RequestForm,
    correct=actions.correct_request,
    withdraw=actions.withdraw_request,
    links=links,
    list_links=lambda request: (
        [
            Link(
                lazy("Raise a request"),
                reverse("needs:request-create"),
                tone="primary",
                icon="plus",
            )
        ]
        if request.actor.may(RAISE_NEEDS)
        else []
    ),
)


@page(RAISE_NEEDS, methods=("GET", "POST"))
def request_create(request: Request) -> HttpResponse:
    form = forms.RequestForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        record = attempt(form, actions.raise_request, request.actor)
        if record is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": record})
            return redirect(requests.url("detail", record.pk))
    return show_form(request, form, title=_("Raise a request"), cancel=requests.url("list"))


@page(None, methods=("POST",))
def request_understand(request: Request, pk: int) -> HttpResponse:
    record = requests.find(request, pk, ANSWER_REQUESTS)
    require_standing(record)
    form = forms.AnswerForm(request.POST, actor=request.actor)
    if form.is_valid():
        form.cleaned_data["status"] = rules.UNDERSTOOD
        if attempt(form, actions.answer_request, request.actor, record) is None:
            messages.error(request, " ".join(str(e) for e in form.non_field_errors()))
    return redirect(requests.url("detail", pk))


@page(None, methods=("GET", "POST"))
def request_decline(request: Request, pk: int) -> HttpResponse:
    """The recipient reads the reason, so it is asked for."""
    record = requests.find(request, pk, ANSWER_REQUESTS)
    require_standing(record)
    form = forms.AnswerForm(request.POST or None, actor=request.actor)
    form.fields["answer"].required = True
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["status"] = rules.DECLINED
        if attempt(form, actions.answer_request, request.actor, record) is not None:
            messages.success(request, _("Declined: %(what)s") % {"what": record})
            return redirect(requests.url("detail", pk))
    return show_form(
        request,
        form,
        title=_("Decline: %(what)s") % {"what": record},
        cancel=requests.url("detail", pk),
        submit=_("Decline"),
    )
