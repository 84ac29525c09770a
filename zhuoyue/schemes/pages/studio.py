"""The studio: four boards of a scheme's content, each part added, corrected and removed in place.

Sent by htmx, a small form gets its board back; without scripts the same address leads back to the
board's page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import attempt, show_form
from zhuoyue.schemes import actions, forms, rules
from zhuoyue.schemes.access import EDIT_SCHEMES, VIEW_DRAFTS
from zhuoyue.schemes.actions.content import ItemActions
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    Item,
    JourneyTouchpoint,
    Scheme,
    Stage,
    TraceLink,
)
from zhuoyue.schemes.pages.schemes import find_standing, schemes, tone
from zhuoyue.schemes.pages.tabs import tabs
from zhuoyue.schemes.queries import TracedNeed, measure_title, trace_of

type Bound = Mapping[str, Any]
NO_FORMS: Bound = {}


# -- the four boards -------------------------------------------------------------------------


def parts(model: type[Item], scheme: Scheme) -> Any:
    return model.objects.filter(scheme=scheme).standing()


def cards_board(request: Request, scheme: Scheme, bound: Bound) -> dict[str, Any]:
    """Seven columns, each with its cards and a small form; a wrong entry stays in its column."""
    rows = list(parts(Card, scheme).select_related("created_by"))
    wrong = bound.get("card")
    columns = []
    for value, label in Card.Type.choices:
        mine = wrong if wrong is not None and wrong.data.get("type") == value else None
        columns.append(
            {
                "type": value,
                "label": label,
                "cards": [row for row in rows if row.type == value],
                "form": mine,
            }
        )
    return {"columns": columns}


def journey_board(request: Request, scheme: Scheme, bound: Bound) -> dict[str, Any]:
    points = parts(JourneyTouchpoint, scheme).select_related("touchpoint", "standard", "department")
    stages = parts(Stage, scheme).prefetch_related(
        Prefetch("touchpoints", queryset=points.order_by("id"), to_attr="points")
    )
    return {
        "stages_of_journey": stages,
        "stage_form": bound.get("stage") or new_stage(request, scheme),
    }


def new_stage(request: Request, scheme: Scheme) -> forms.StageForm:
    last = parts(Stage, scheme).aggregate(last=Max("order"))["last"] or 0
    return forms.StageForm(actor=request.actor, scheme=scheme, initial={"order": last + 1})


def elements_board(request: Request, scheme: Scheme, bound: Bound) -> dict[str, Any]:
    form = bound.get("element") or forms.DesignElementForm(actor=request.actor, scheme=scheme)
    return {"elements": parts(DesignElement, scheme), "element_form": form}


GAPS: dict[str, str | Promise] = {
    "element": lazy("no design element"),
    "touchpoint": lazy("no touchpoint"),
    "standard": lazy("nothing promised at the touchpoint"),
    "measure": lazy("no measure"),
}


def trace_row(traced: TracedNeed) -> dict[str, Any]:
    links = [
        {
            "pk": link.pk,
            "element": link.element,
            "touchpoint": link.touchpoint,
            "promise": promise_text(link.touchpoint),
            "measure": measure_title(link.measure),
        }
        for link in traced.links
    ]
    return {"need": traced.need, "links": links, "gaps": [GAPS[code] for code in traced.gaps]}


def promise_text(point: JourneyTouchpoint | None) -> str:
    if point is None:
        return ""
    standard = point.standard.promise if point.standard else ""
    return "；".join(text for text in (point.promise, standard) if text)


def trace_board(request: Request, scheme: Scheme, bound: Bound) -> dict[str, Any]:
    rows = [trace_row(traced) for traced in trace_of(scheme)]
    whole = sum(not row["gaps"] for row in rows)
    form = bound.get("trace") or forms.TraceLinkForm(actor=request.actor, scheme=scheme)
    return {"rows": rows, "whole": whole, "trace_form": form}


@dataclass(frozen=True)
class Board:
    template: str
    fill: Callable[[Request, Scheme, Bound], dict[str, Any]]


BOARDS = {
    "cards": Board("schemes/_cards.html", cards_board),
    "journey": Board("schemes/_journey.html", journey_board),
    "elements": Board("schemes/_elements.html", elements_board),
    "trace": Board("schemes/_trace.html", trace_board),
}


def show_board(
    request: Request, scheme: Scheme, name: str, bound: Bound = NO_FORMS, status: int = 200
) -> HttpResponse:
    """A board's page, or only the board when the page itself asks for it."""
    board = BOARDS[name]
    handed_over = scheme.status in rules.HANDED_OVER
    asked = "change" in request.GET or request.method == "POST"
    may_edit = request.actor.may(EDIT_SCHEMES) and not scheme.is_withdrawn
    context = {
        "title": scheme.title,
        "pretitle": f"{_('Service scheme')} {scheme.code}",
        "list_url": schemes.url("detail", scheme.pk),
        "badge": {"text": scheme.get_status_display(), "tone": tone(scheme)},
        "record": scheme,
        "tabs": tabs(request, scheme, name),
        "board": board.template,
        "board_url": reverse(f"schemes:scheme-{name}", args=[scheme.pk]),
        "is_editing": may_edit and (not handed_over or asked),
        "may_change": may_edit and handed_over and not asked,
        "next_version": scheme.latest.number + 1,
        **board.fill(request, scheme, bound),
    }
    part = request.headers.get("HX-Target") == "studio"
    template = "schemes/studio.html#board" if part else "schemes/studio.html"
    return render(request, template, context, status=status)


def board_page(name: str) -> Callable[..., HttpResponse]:
    def show(request: Request, pk: int) -> HttpResponse:
        return show_board(request, schemes.find(request, pk, VIEW_DRAFTS), name)

    return show


# -- parts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A part of the content: on which board it lies, and how it is written."""

    noun: str
    board: str
    model: type[Item]
    form: type[forms.ItemForm]
    write: ItemActions[Any]
    add_title: str | Promise


PARTS = (
    Part("card", "cards", Card, forms.CardForm, actions.card, lazy("Add a card")),
    Part("stage", "journey", Stage, forms.StageForm, actions.stage, lazy("Add a stage")),
    Part(
        "touchpoint",
        "journey",
        JourneyTouchpoint,
        forms.JourneyTouchpointForm,
        actions.journey_touchpoint,
        lazy("Add a touchpoint"),
    ),
    Part(
        "element",
        "elements",
        DesignElement,
        forms.DesignElementForm,
        actions.design_element,
        lazy("Add a design element"),
    ),
    Part(
        "trace",
        "trace",
        TraceLink,
        forms.TraceLinkForm,
        actions.trace_link,
        lazy("Trace a need"),
    ),
)


def back_to_board(request: Request, scheme: Scheme, part: Part) -> HttpResponse:
    if request.headers.get("HX-Target") == "studio":
        scheme.refresh_from_db()
        return show_board(request, scheme, part.board)
    return redirect(f"schemes:scheme-{part.board}", scheme.pk)


def part_add(part: Part) -> Callable[..., HttpResponse]:
    def add(request: Request, pk: int) -> HttpResponse:
        scheme = find_standing(request, pk, EDIT_SCHEMES)
        initial = {n: request.GET[n] for n in ("stage", "need") if request.GET.get(n, "").isdigit()}
        form = part.form(request.POST or None, actor=request.actor, scheme=scheme, initial=initial)
        in_place = request.headers.get("HX-Target") == "studio"
        if request.method == "POST" and form.is_valid():
            if attempt(form, part.write.create, request.actor, scheme) is not None:
                return back_to_board(request, scheme, part)
        if in_place:
            return show_board(request, scheme, part.board, {part.noun: form}, status=422)
        cancel = reverse(f"schemes:scheme-{part.board}", args=[pk])
        return show_form(request, form, title=part.add_title, lead=str(scheme), cancel=cancel)

    return add


def find_part(request: Request, part: Part, pk: int) -> Any:
    """The part, standing and of a scheme the actor may change: else 404, then 403."""
    row = get_for(request.actor, part.model.objects.standing().select_related("scheme"), pk=pk)
    find_standing(request, row.scheme_id, EDIT_SCHEMES)
    return row


def part_correct(part: Part) -> Callable[..., HttpResponse]:
    def correct(request: Request, pk: int) -> HttpResponse:
        row = find_part(request, part, pk)
        form = part.form(request.POST or None, actor=request.actor, scheme=row.scheme, instance=row)
        if request.method == "POST" and form.is_valid():
            if attempt(form, part.write.correct, request.actor, row) is not None:
                return redirect(f"schemes:scheme-{part.board}", row.scheme_id)
        title = _("Correct: %(what)s") % {"what": row}
        cancel = reverse(f"schemes:scheme-{part.board}", args=[row.scheme_id])
        return show_form(request, form, title=title, lead=str(row.scheme), cancel=cancel)

    return correct


def part_remove(part: Part) -> Callable[..., HttpResponse]:
    def remove(request: Request, pk: int) -> HttpResponse:
        row = find_part(request, part, pk)
        try:
            part.write.remove(request.actor, row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return back_to_board(request, row.scheme, part)

    return remove


def urls() -> list[URLPattern]:
    """The boards' addresses, and adding, correcting and removing of every part."""
    found = [
        path(f"schemes/<int:pk>/{name}/", page(None)(board_page(name)), name=f"scheme-{name}")
        for name in BOARDS
    ]
    both = ("GET", "POST")
    for part in PARTS:
        noun = part.noun
        add = page(None, methods=both)(part_add(part))
        correct = page(None, methods=both)(part_correct(part))
        remove = page(None, methods=("POST",))(part_remove(part))
        found += [
            path(f"schemes/<int:pk>/{noun}/add/", add, name=f"{noun}-add"),
            path(f"{noun}/<int:pk>/correct/", correct, name=f"{noun}-correct"),
            path(f"{noun}/<int:pk>/remove/", remove, name=f"{noun}-remove"),
        ]
    return found
