"""Pages of schemes: the list, the overview, beginning and copying."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Link, RecordPages, attempt, facts_from, require_standing, show_form
from zhuoyue.kit.signing import make_token
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.people.access import is_recipient
from zhuoyue.schemes import actions, forms, rules
from zhuoyue.schemes.access import EDIT_SCHEMES, PRESENT_SCHEMES, VIEW_SCHEMES
from zhuoyue.schemes.models import Scheme
from zhuoyue.schemes.pages.tabs import tabs
from zhuoyue.schemes.presenting import readable
from zhuoyue.schemes.queries import history_of_scheme, signatures_of
from zhuoyue.schemes.waiting import seats_for

TONES = {
    rules.DRAFT: "neutral",
    rules.PRESENTED: "info",
    rules.RETURNED: "warn",
    rules.SIGNED: "info",
    rules.ACCEPTED: "good",
}
ROAD = (rules.DRAFT, rules.PRESENTED, rules.SIGNED, rules.ACCEPTED)


def tone(scheme: Scheme) -> str:
    return TONES[scheme.status]


class SchemeFilter(Filter):
    class Meta:
        model = Scheme
        fields = ["status", "recipient", "service", "owner"]


def stages_of_work(scheme: Scheme) -> list[dict[str, str]]:
    """How far the scheme has come; a returned one is back at the departments' table."""
    at = ROAD.index(rules.PRESENTED if scheme.status == rules.RETURNED else scheme.status)
    found = []
    for number, status in enumerate(ROAD):
        done = number < at or scheme.status == rules.ACCEPTED
        state = "done" if done else "current" if number == at else "todo"
        returned = number == at and scheme.status == rules.RETURNED
        label = Scheme.Status(rules.RETURNED if returned else status).label
        found.append({"label": str(label), "state": state})
    return found


def answer_url(request: Request, scheme: Scheme) -> str:
    """The recipient's link to the version that was signed."""
    path = reverse("schemes:scheme-answer", args=[make_token(scheme.latest.target)])
    return request.build_absolute_uri(path)


def links(request: Request, scheme: Scheme) -> list[Link]:
    actor, found = request.actor, []
    if scheme.status == rules.DRAFT and actor.may(PRESENT_SCHEMES):
        url = reverse("schemes:scheme-present", args=[scheme.pk])
        label = _("Present for counter-signing")
        found.append(Link(label, url, tone="primary", icon="send"))
    if seats_for(actor, scheme):
        url = reverse("schemes:scheme-sign", args=[scheme.pk])
        found.append(Link(_("Sign or return"), url, tone="primary", icon="signature"))
    if actor.may(EDIT_SCHEMES):
        url = reverse("schemes:scheme-copy", args=[scheme.pk])
        found.append(Link(_("Copy"), url, icon="copy"))
    return found


def context(request: Request, scheme: Scheme) -> dict[str, Any]:
    latest = scheme.latest
    hands_over = scheme.status == rules.SIGNED and request.actor.may(PRESENT_SCHEMES)
    versions = scheme.versions.prefetch_related("answers").defer("content").order_by("-number")
    return {
        "badge": {"text": scheme.get_status_display(), "tone": tone(scheme)},
        "tabs": tabs(request, scheme, "detail"),
        "stages": stages_of_work(scheme),
        "latest": latest,
        "signatures": signatures_of(latest),
        "versions": versions,
        "answer_link": answer_url(request, scheme) if hands_over else "",
        "history": history_of_scheme(request.actor, scheme),
    }


def begun_from(request: Request) -> dict[str, Any]:
    """A scheme begun from a request has its recipient; the owner is whoever begins it."""
    initial: dict[str, Any] = {}
    own = request.actor.belonging("people.person")
    if len(own) == 1:
        initial["owner"] = next(iter(own))
    asked = request.GET.get("request", "")
    if asked.isdigit():
        rows: Any = forms.SchemeForm(actor=request.actor).fields["request"]
        found = rows.queryset.filter(pk=asked).first()
        if found is not None:
            initial |= {"request": found, "recipient": found.recipient_id, "title": found.title}
    return initial


@dataclass(frozen=True)
class SchemePages(RecordPages[Scheme]):
    """The usual pages, but recipients read what was signed for them and nothing else."""

    def show_detail(self, request: Request, /, pk: int) -> HttpResponse:
        scheme = self.find(request, pk, self.view)
        if not is_recipient(request.actor):
            return super().show_detail(request, pk)
        open_ = scheme.status == rules.SIGNED
        handed_out = open_ or scheme.status == rules.ACCEPTED
        version = scheme.latest if handed_out else scheme.in_force
        assert version is not None  # else `visible_to` would not have shown the scheme
        state = scheme.status if handed_out else rules.ACCEPTED  # what is being redrafted is ours
        read = {
            "title": version.content["title"],
            "pretitle": _("Service scheme"),
            "list_url": self.url("list"),
            "badge": {"text": Scheme.Status(state).label, "tone": TONES.get(state, "neutral")},
            "content": readable(version.content),
            "version": version,
            "answer_link": answer_url(request, scheme) if open_ else "",
        }
        return render(request, "schemes/scheme_for_recipient.html", read)


schemes = SchemePages(
    model=Scheme,
    noun="scheme",
    table=Table(
        lazy("Service schemes"),
        [
            Column("code", lazy("code"), sort="number"),
            Column("title", lazy("title"), sort="title"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("service.title", lazy("service"), sort="service__code", hide_on_phone=True),
            Column("owner.name", lazy("owner"), sort="owner__name"),
            Column("status", lazy("status"), sort="status", kind="badge", tone=tone),
            Column("updated_at", lazy("updated"), sort="updated_at", kind="date"),
        ],
        filters=SchemeFilter,
        search=("title", "recipient__name", "service__title_zh", "service__title_en"),
        order=("-number",),
        empty_text=lazy("No scheme yet."),
    ),
    view=VIEW_SCHEMES,
    edit=EDIT_SCHEMES,
    rows=lambda actor: Scheme.objects.select_related(
        "recipient", "service", "owner", "request", "copied_from"
    ),
    facts=facts_from("recipient", "service", "owner", "request", "copied_from"),
    context=context,
    detail_template="schemes/scheme_detail.html",
    form=forms.SchemeForm,
    create=actions.create_scheme,
    correct=actions.correct_scheme,
    withdraw=actions.withdraw_scheme,
    links=links,
    initial=begun_from,
    create_label=lazy("Begin a scheme"),
)


@page(None, methods=("GET", "POST"))
def scheme_copy(request: Request, pk: int) -> HttpResponse:
    scheme = schemes.find(request, pk, EDIT_SCHEMES)
    initial = {"title": scheme.title, "recipient": scheme.recipient_id, "owner": scheme.owner_id}
    form = forms.CopyForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.copy_scheme, request.actor, scheme)
        if made is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": made})
            return redirect(schemes.url("detail", made.pk))
    title = _("A new scheme from %(what)s") % {"what": scheme}
    return show_form(request, form, title=title, cancel=schemes.url("detail", pk))


def find_standing(request: Request, pk: int, needed: Any) -> Scheme:
    scheme = schemes.find(request, pk, needed)
    require_standing(scheme)
    return scheme
