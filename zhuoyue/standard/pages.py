"""The library in the browser: clauses, concepts, measures, terms, and live records beside them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor, Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.references import resolve
from zhuoyue.kit.registry import Fact, Period, evidence_for
from zhuoyue.standard.library import Entry, library, search

FACTS_SHOWN = 10


@dataclass(frozen=True)
class LiveEvidence:
    """What the work itself has left behind for one id, over the last twelve months."""

    label: str
    count: int
    facts: list[tuple[Fact, str]]  # with the address, "" where the actor may not open it


def last_year() -> Period:
    return Period(clock.today() - timedelta(days=365), clock.today())


def live_evidence(actor: Actor, ids: list[str]) -> list[LiveEvidence]:
    """Evidence of all ids, each declaration once."""
    declared = {id(e): e for wanted in ids for e in evidence_for(wanted)}
    found = []
    for evidence in declared.values():
        facts = list(evidence.facts(actor, last_year()))
        if not facts:
            continue
        shown = []
        for fact in facts[:FACTS_SHOWN]:
            seen = resolve(actor, fact.kind, fact.id)
            shown.append((fact, seen.url if seen else ""))
        found.append(LiveEvidence(str(evidence.label), len(facts), shown))
    return found


def tree(active: str) -> list[dict[str, Any]]:
    """The clauses with their level, for the list at the side."""
    return [
        {"entry": c, "level": c.id.count("."), "active": c.id == active}
        for c in library().clauses.values()
    ]


def address_of(entry: Entry) -> str:
    """Where an entry is shown."""
    match entry.kind:
        case "clause":
            return reverse("standard:clause", args=[entry.id])
        case "row":
            return reverse("standard:clause", args=[entry.get("clause")]) + f"#row-{entry.id}"
        case "concept":
            return reverse("standard:concept", args=[entry.id])
        case "practice":
            concept = entry.get("concept") or ""
            if concept:
                return reverse("standard:concept", args=[concept])
            return reverse("standard:concepts")
        case "measure":
            return reverse("standard:measures") + f"#measure-{entry.id}"
        case "term":
            return reverse("standard:terms") + f"#term-{entry.id}"
    return reverse("standard:concepts")


@page(None)
def overview(request: Request) -> HttpResponse:
    """The standard at a glance, and its search."""
    text = request.GET.get("q", "").strip()[:100]
    hits = [(entry, address_of(entry)) for entry in search(text)]
    context = {
        "title": _("The standard"),
        "library": library(),
        "note": Entry("standard", library().facts["id"], library().facts),
        "tree": tree(""),
        "text": text,
        "hits": hits,
    }
    return render(request, "standard/overview.html", context)


@page(None)
def clause(request: Request, id: str) -> HttpResponse:
    books = library()
    entry = books.clauses.get(id)
    if entry is None:
        raise Http404(id)
    rows = books.rows_of(id)
    concepts = books.concepts_of(id)
    elements = {c.get("element") for c in concepts}
    ids = [id, *(r.id for r in rows), *(c.id for c in concepts)]
    context = {
        "title": entry.label,
        "pretitle": books.facts["number"],
        "entry": entry,
        "rows": rows,
        "children": books.children_of(id),
        "concepts": concepts,
        "practices": [
            p
            for e in sorted(elements)
            for p in books.practices.values()
            if p.get("element") == e or (p.get("concept") or "")[:2] == e
        ],
        "measures": [m for e in sorted(elements) for m in books.measures_of(e)],
        "evidence": live_evidence(request.actor, ids),
        "tree": tree(id),
        "library": books,
    }
    return render(request, "standard/clause.html", context)


@page(None)
def concepts(request: Request) -> HttpResponse:
    books = library()
    groups = [
        {
            "dimension": dimension,
            "elements": [
                (e, books.concepts_of_element(e.id))
                for e in books.elements.values()
                if e.get("dimension") == dimension.id
            ],
        }
        for dimension in books.dimensions.values()
    ]
    context = {"title": _("Concepts of annex A"), "groups": groups}
    return render(request, "standard/concepts.html", context)


@page(None)
def concept(request: Request, code: str) -> HttpResponse:
    books = library()
    entry = books.concepts.get(code)
    if entry is None:
        raise Http404(code)
    context = {
        "title": entry.label,
        "pretitle": books.elements[entry.get("element")].label,
        "entry": entry,
        "practices": books.practices_of(concept=code),
        "measures": books.measures_of(entry.get("element")),
        "evidence": live_evidence(request.actor, [code]),
        "library": books,
    }
    return render(request, "standard/concept.html", context)


@page(None)
def measures(request: Request) -> HttpResponse:
    context = {"title": _("Measures"), "measures": list(library().measures.values())}
    return render(request, "standard/measures.html", context)


@page(None)
def terms(request: Request) -> HttpResponse:
    context = {"title": _("Glossary"), "terms": list(library().terms.values())}
    return render(request, "standard/terms.html", context)
