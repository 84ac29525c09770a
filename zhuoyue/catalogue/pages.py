"""Pages of the catalogue."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.catalogue import actions, forms
from zhuoyue.catalogue.access import EDIT_CATALOGUE, VIEW_CATALOGUE
from zhuoyue.catalogue.models import Service, ServiceStandard, Touchpoint
from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Facts, Link, RecordPages, facts_from
from zhuoyue.kit.tables import Column, Filter, Table


class ServiceFilter(Filter):
    class Meta:
        model = Service
        fields = ["audience", "level", "department", "is_active"]


class TouchpointFilter(Filter):
    class Meta:
        model = Touchpoint
        fields = ["stage", "channel", "internal_line", "owner"]


class ServiceStandardFilter(Filter):
    class Meta:
        model = ServiceStandard
        fields = ["kind", "service", "touchpoint"]


def standards_of(request: Request, record: Service | Touchpoint) -> dict[str, Any]:
    """The measurable promises beside what they promise."""
    rows = ServiceStandard.objects.visible_to(request.actor).standing()
    name = "service" if isinstance(record, Service) else "touchpoint"
    new = f"{reverse('catalogue:service-standard-create')}?{name}={record.pk}"
    may_add = request.actor.may(EDIT_CATALOGUE) and not record.is_withdrawn
    return {
        "standards": rows.filter(**{name: record}).select_related("service", "touchpoint"),
        "add_standard_url": new if may_add else "",
    }


def asked_for(request: Request) -> dict[str, Any]:
    """A standard begun on the page of a service or touchpoint is about it."""
    names = ("service", "touchpoint")
    return {n: request.GET[n] for n in names if request.GET.get(n, "").isdigit()}


def standard_facts(request: Request, standard: ServiceStandard) -> Facts:
    facts: list[tuple[Any, Any]] = [
        (lazy("code"), standard.code),
        (lazy("kind"), standard.get_kind_display()),
        (lazy("promise"), standard.promise),
        (lazy("service"), standard.service),
        (lazy("touchpoint"), standard.touchpoint),
    ]
    if standard.is_timed:
        clock = f"{standard.get_clock_from_display()} → {standard.get_clock_to_display()}"
        facts.append((lazy("clock"), clock))
    facts.append((lazy("compared with the market"), standard.market_note))
    return facts


def touchpoint_facts(request: Request, touchpoint: Touchpoint) -> Facts:
    of_fields = facts_from(
        "code", "stage", "channel", "internal_line", "owner", "intended_emotion", "is_low_volume"
    )
    return [
        *of_fields(request, touchpoint),
        (lazy("what we promise here"), touchpoint.promised),
        (lazy("data points"), touchpoint.data_points),
        (lazy("physical evidence"), touchpoint.physical_evidence),
    ]


def seed_links(request: Request) -> list[Link]:
    """An empty catalogue is offered the usual services and touchpoints."""
    actor = request.actor
    is_empty = not (
        Service.objects.visible_to(actor).exists() or Touchpoint.objects.visible_to(actor).exists()
    )
    if not is_empty or not actor.may(EDIT_CATALOGUE):
        return []
    label = _("Load the usual services and touchpoints")
    return [Link(label, reverse("catalogue:seed"), method="post", icon="download")]


services = RecordPages(
    model=Service,
    noun="service",
    table=Table(
        lazy("Service catalogue"),
        [
            Column("title", lazy("service"), sort="title_zh"),
            Column("code", lazy("code"), sort="code", hide_on_phone=True),
            Column("audience", lazy("offered to"), sort="audience", kind="badge"),
            Column("level", lazy("pyramid level"), sort="level"),
            Column("department.title", lazy("department responsible"), sort="department__code"),
            Column("is_active", lazy("on offer"), sort="is_active", hide_on_phone=True),
        ],
        filters=ServiceFilter,
        search=("code", "title_zh", "title_en", "description"),
        order=("code",),
        empty_text=lazy("No services yet."),
    ),
    view=VIEW_CATALOGUE,
    edit=EDIT_CATALOGUE,
    rows=lambda actor: Service.objects.select_related("department", "owner"),
    facts=facts_from(
        "code", "audience", "level", "is_active", "department", "owner", "description"
    ),
    context=standards_of,
    detail_template="catalogue/with_standards.html",
    form=forms.ServiceForm,
    create=actions.service.create,
    correct=actions.service.correct,
    withdraw=actions.service.withdraw,
    create_label=lazy("Add a service"),
    list_links=seed_links,
)
touchpoints = RecordPages(
    model=Touchpoint,
    noun="touchpoint",
    table=Table(
        lazy("Touchpoints"),
        [
            Column("title", lazy("touchpoint"), sort="title_zh"),
            Column("code", lazy("code"), sort="code", hide_on_phone=True),
            Column("stage", lazy("stage"), sort="stage"),
            Column("channel", lazy("channel"), sort="channel", kind="badge"),
            Column("intended_emotion", lazy("intended emotion"), sort="intended_emotion"),
            Column("owner.name", lazy("touchpoint owner"), sort="owner__name"),
        ],
        filters=TouchpointFilter,
        search=("code", "title_zh", "title_en"),
        order=("code",),
        empty_text=lazy("No touchpoints yet."),
    ),
    view=VIEW_CATALOGUE,
    edit=EDIT_CATALOGUE,
    rows=lambda actor: Touchpoint.objects.select_related("owner"),
    facts=touchpoint_facts,
    context=standards_of,
    detail_template="catalogue/with_standards.html",
    form=forms.TouchpointForm,
    create=actions.touchpoint.create,
    correct=actions.touchpoint.correct,
    withdraw=actions.touchpoint.withdraw,
    create_label=lazy("Add a touchpoint"),
    list_links=seed_links,
)
service_standards = RecordPages(
    model=ServiceStandard,
    noun="service-standard",
    table=Table(
        lazy("Service standards"),
        [
            Column("title", lazy("service standard"), sort="title_zh"),
            Column("promise", lazy("promise"), sort="target"),
            Column("kind", lazy("kind"), sort="kind", kind="badge"),
            Column("service.title", lazy("service"), sort="service__code"),
            Column("touchpoint.title", lazy("touchpoint"), sort="touchpoint__code"),
        ],
        filters=ServiceStandardFilter,
        search=("code", "title_zh", "title_en", "market_note"),
        order=("code",),
        empty_text=lazy("A service standard is a promise that can be measured. None is set yet."),
    ),
    view=VIEW_CATALOGUE,
    edit=EDIT_CATALOGUE,
    rows=lambda actor: ServiceStandard.objects.select_related("service", "touchpoint"),
    facts=standard_facts,
    initial=asked_for,
    form=forms.ServiceStandardForm,
    create=actions.service_standard.create,
    correct=actions.service_standard.correct,
    withdraw=actions.service_standard.withdraw,
    create_label=lazy("Add a service standard"),
)


@page(EDIT_CATALOGUE, methods=("POST",))
def seed(request: Request) -> HttpResponse:
    made = actions.seed_catalogue(request.actor)
    told = _("Added: %(services)d services and %(touchpoints)d touchpoints")
    counts = {"services": made.services, "touchpoints": made.touchpoints}
    messages.success(request, told % counts)
    return redirect(touchpoints.url("list"))
