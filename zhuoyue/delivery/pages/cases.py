"""Pages of cases: the list, one case with its clocks and contacts, and its way."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.delivery import actions, forms, presenting, rules
from zhuoyue.delivery.access import HANDLE_CASES, LOG_CONTACTS, VIEW_CASES, VIEW_CONTACTS
from zhuoyue.delivery.models import Case
from zhuoyue.kit import clock
from zhuoyue.kit.access import Request
from zhuoyue.kit.forms import ActorForm
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import (
    Facts,
    Link,
    RecordPages,
    attempt,
    facts_from,
    require_standing,
    show_form,
)
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.people.access import is_recipient

FACTS = (
    "recipient", "contact_person", "raised_by", "kind", "service", "priority", "channel",
    "department", "owner", "handled_by", "opened_at", "promised_by", "first_response_at",
    "resolved_at", "closed_at", "solved_at_first_contact", "external_number",
)  # fmt: skip
FOR_RECIPIENT = (
    "contact_person", "kind", "service", "opened_at", "promised_by", "first_response_at",
    "resolved_at", "closed_at",
)  # fmt: skip
RARE = {"contact_person", "raised_by", "handled_by", "external_number", "channel"}
ATTENTION = [("open", lazy("open")), ("overdue", lazy("overdue")), ("settled", lazy("settled"))]


def by_attention(rows: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
    if value == "settled":
        return rows.filter(state__in=rules.SETTLED_STATES)
    rows = rows.filter(state__in=rules.OPEN_STATES)
    return rows.filter(overdue()) if value == "overdue" else rows


def overdue() -> Q:
    return Q(promised_by__lt=clock.now(), resolved_at__isnull=True)


PROMISES = [
    ("kept", lazy("kept")),
    ("broken", lazy("not kept")),
    ("unknown", lazy("none, or not known")),
]
KEPT = {"kept": True, "broken": False, "unknown": None}


def by_promise(rows: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
    return rows.filter(promise_kept=KEPT[value])


class CaseFilter(Filter):
    attention = django_filters.ChoiceFilter(
        label=lazy("open or settled"), choices=ATTENTION, method=by_attention
    )
    promise = django_filters.ChoiceFilter(
        label=lazy("promise"), choices=PROMISES, method=by_promise
    )

    class Meta:
        model = Case
        fields = ["state", "kind", "priority", "recipient", "service", "department"]


def facts(request: Request, case: Case) -> Facts:
    names = FOR_RECIPIENT if is_recipient(request.actor) else FACTS
    told = [n for n in names if n not in RARE or getattr(case, n)]
    return facts_from(*told)(request, case)


def links(request: Request, case: Case) -> list[Link]:
    """What may be done with a case in its present state."""
    actor, found = request.actor, []
    if actor.may(LOG_CONTACTS):
        url = f"{reverse('delivery:contact-quick')}?case={case.pk}"
        found.append(Link(_("Log a contact"), url, tone="primary", icon="plus"))
    if not actor.may(HANDLE_CASES):
        return found

    def way(name: str) -> str:
        return reverse(f"delivery:case-{name}", args=[case.pk])

    if rules.may_become(case.state, rules.IN_PROGRESS):
        label = _("Go on") if case.state == rules.WAITING else _("Answered: begin")
        found.append(Link(label, way("respond"), "post"))
    if rules.may_become(case.state, rules.WAITING):
        found.append(Link(_("Set to waiting"), way("wait")))
    if rules.may_become(case.state, rules.RESOLVED):
        found.append(Link(_("Resolve"), way("resolve"), icon="check"))
    if rules.may_become(case.state, rules.CLOSED):
        found.append(Link(_("Close"), way("close"), "post"))
    if rules.may_reopen(case.state):
        found.append(Link(_("Open again"), way("reopen")))
    return found


def context(request: Request, case: Case) -> dict[str, Any]:
    contacts = case.contacts.filter(withdrawn_at__isnull=True).order_by("-at", "-pk")
    told = contacts.select_related("touchpoint", "by", "contact_person__recipient")
    more: dict[str, Any] = {"history": None} if is_recipient(request.actor) else {}
    return {
        "badge": {"text": case.get_state_display(), "tone": presenting.state_tone(case)},
        "stats": presenting.stats(case),
        "contacts": presenting.toned(told),
        "open_contacts": request.actor.may(VIEW_CONTACTS),
        **more,
    }


def asked_for(request: Request) -> dict[str, Any]:
    """A new case may begin from a recipient's or a service's page."""
    asked = {n: rules.id_in(request.GET.get(n, "")) for n in ("recipient", "service")}
    return {name: id for name, id in asked.items() if id is not None}


cases = RecordPages(
    model=Case,
    noun="case",
    table=Table(
        lazy("Cases"),
        [
            Column("code", lazy("code"), sort="number"),
            Column("title", lazy("title"), sort="title"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("state", lazy("state"), sort="state", kind="badge", tone=presenting.state_tone),
            Column("priority", lazy("priority"), sort="priority"),
            Column("owner.name", lazy("case owner"), sort="owner__name", hide_on_phone=True),
            Column("opened_at", lazy("opened"), sort="opened_at", kind="date"),
            Column("promised_by", lazy("promised by"), sort="promised_by", kind="date"),
            Column(
                "promise",
                lazy("promise"),
                value=presenting.promise_words,
                sort="promise_kept",
                kind="badge",
                tone=presenting.promise_tone,
            ),
            Column(
                "response",
                lazy("hours to respond"),
                value=lambda case: case.response_hours,
                kind="number",
                hide_on_phone=True,
            ),
            Column(
                "resolution",
                lazy("hours to resolve"),
                value=lambda case: case.resolution_hours,
                kind="number",
                hide_on_phone=True,
            ),
        ],
        filters=CaseFilter,
        search=("title", "text", "recipient__name", "external_number", "handled_by"),
        order=("-opened_at", "-id"),
        empty_text=lazy("No case yet."),
    ),
    view=VIEW_CASES,
    edit=HANDLE_CASES,
    rows=lambda actor: Case.objects.select_related(
        "recipient", "owner", "service", "department", "contact_person__recipient"
    ),
    facts=facts,
    context=context,
    links=links,
    initial=asked_for,
    detail_template="delivery/case_detail.html",
    form=forms.CaseForm,
    create=actions.open_case,
    correct=actions.correct_case,
    withdraw=actions.withdraw_case,
    create_label=lazy("Open a case"),
)


def step(request: Request, pk: int, write: Any) -> HttpResponse:
    """A step of a case that asks nothing."""
    case = cases.find(request, pk, HANDLE_CASES)
    require_standing(case)
    form = ActorForm(request.POST, actor=request.actor)
    if form.is_valid() and attempt(form, write, request.actor, case) is None:
        messages.error(request, " ".join(str(e) for e in form.non_field_errors()))
    return redirect(cases.url("detail", pk))


def asking_step(
    request: Request, pk: int, form_type: Any, write: Any, title: str, **more: Any
) -> HttpResponse:
    """A step of a case with a form."""
    case = cases.find(request, pk, HANDLE_CASES)
    require_standing(case)
    if "case" in more:
        more["case"] = case
    form = form_type(request.POST or None, actor=request.actor, **more)
    if request.method == "POST" and form.is_valid():
        if attempt(form, write, request.actor, case) is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": case})
            return redirect(cases.url("detail", pk))
    return show_form(request, form, title=title, lead=str(case), cancel=cases.url("detail", pk))


@page(None, methods=("POST",))
def case_respond(request: Request, pk: int) -> HttpResponse:
    return step(request, pk, actions.respond)


@page(None, methods=("POST",))
def case_close(request: Request, pk: int) -> HttpResponse:
    return step(request, pk, actions.close)


@page(None, methods=("GET", "POST"))
def case_wait(request: Request, pk: int) -> HttpResponse:
    return asking_step(request, pk, forms.WaitForm, actions.wait, _("Set to waiting"))


@page(None, methods=("GET", "POST"))
def case_reopen(request: Request, pk: int) -> HttpResponse:
    return asking_step(request, pk, forms.ReopenForm, actions.reopen, _("Open again"))


@page(None, methods=("GET", "POST"))
def case_resolve(request: Request, pk: int) -> HttpResponse:
    return asking_step(request, pk, forms.ResolveForm, actions.resolve, _("Resolve"), case=None)
