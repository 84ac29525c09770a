"""The library in the browser: clauses, concepts, practices, measures, terms, and live records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.standard import queries
from zhuoyue.standard.library import Entry, Library, editions, library
from zhuoyue.standard.searching import search
from zhuoyue.standard.words import class_word, level_word

CLASSES = ("input", "throughput", "output", "outcome")
LEVELS = ("operational", "tactical", "strategic")


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class Node:
    """A line of the tree at the left."""

    label: str
    url: str
    level: int
    active: bool


@dataclass(frozen=True)
class Choice:
    """A choice of a filter, as a link that keeps the other filters."""

    label: str
    url: str
    active: bool


def frame(request: Request, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of the library has: its parts as tabs, and the search."""
    parts = (
        ("overview", _("Clauses")),
        ("concepts", _("Concepts")),
        ("practices", _("Practices")),
        ("measures", _("Measures")),
        ("terms", _("Glossary")),
    )
    tabs = [Tab(label, reverse(f"standard:{name}"), name == tab) for name, label in parts]
    return {"tabs": tabs, "library": library(), "search_url": reverse("standard:search"), **more}


def clause_tree(active: str = "") -> list[Node]:
    return [
        Node(c.label, address_of(c), c.id.count("."), c.id == active)
        for c in library().clauses.values()
    ]


def concept_tree(active: str = "") -> list[Node]:
    books, found = library(), []
    for dimension in books.dimensions.values():
        url = reverse("standard:concepts") + f"#{dimension.id}"
        found.append(Node(dimension.title, url, 0, False))
        for element in books.elements.values():
            if element.get("dimension") == dimension.id:
                found.append(Node(element.label, address_of(element), 1, False))
                found += [
                    Node(c.label, address_of(c), 2, c.id == active)
                    for c in books.concepts_of_element(element.id)
                ]
    return found


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
            return reverse("standard:practices") + f"#practice-{entry.id}"
        case "measure":
            return reverse("standard:measures") + f"#measure-{entry.id}"
        case "term":
            return reverse("standard:terms") + f"#term-{entry.id}"
    return reverse("standard:concepts") + f"#{entry.id}"


@page(None)
def overview(request: Request) -> HttpResponse:
    """The standard at a glance: what to know before reading, and its clauses."""
    books = library()
    chapters = [c for c in books.clauses.values() if c.get("parent") is None]
    context = frame(
        request,
        "overview",
        title=books.facts["number"],
        note=Entry("standard", books.facts["id"], books.facts),
        chapters=[(c, books.children_of(c.id)) for c in chapters],
        tree=clause_tree(),
        editions=editions(),
    )
    return render(request, "standard/overview.html", context)


@page(None)
def search_page(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    hits = [(found, address_of(found.entry)) for found in search(text)]
    context = frame(request, "", title=_("Search the standard"), text=text, hits=hits)
    return render(request, "standard/search.html", context)


@page(None)
def clause(request: Request, id: str) -> HttpResponse:
    books = library()
    entry = found_or_404(books.clauses, id)
    concepts = books.concepts_of(id)
    elements = [e for e in books.elements.values() if e.get("clause") == id]
    practices = [p for e in elements for p in books.practices_in(e.id)]
    rows = books.rows_of(id)
    order = list(books.clauses.values())
    at = order.index(entry)
    context = frame(
        request,
        "overview",
        title=entry.label,
        pretitle=books.facts["number"],
        entry=entry,
        rows=rows,
        children=books.children_of(id),
        concepts=concepts,
        practices=practices,
        measures=[m for e in elements for m in books.measures_of(e.id)],
        print_notes=books.print_notes(id),
        previous=order[at - 1] if at else None,
        next=order[at + 1] if at + 1 < len(order) else None,
        tree=clause_tree(id),
        **live(request, [id, *ids_of(rows), *ids_of(elements), *ids_of(concepts)], practices),
    )
    return render(request, "standard/clause.html", context)


def ids_of(entries: Sequence[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def live(request: Request, ids: Sequence[str], practices: Sequence[Entry]) -> dict[str, Any]:
    """The live records for these ids and practices."""
    wanted = [*ids, *ids_of(practices)]
    return {
        "evidence": queries.live_evidence(request.actor, wanted),
        "is_declared": queries.is_declared(wanted),
    }


def found_or_404(entries: Mapping[str, Entry], id: str) -> Entry:
    if id not in entries:
        raise Http404(id)
    return entries[id]


@page(None)
def concepts(request: Request) -> HttpResponse:
    """The four dimensions, their nine elements and 31 concepts."""
    books = library()
    groups = [(d, elements_of(books, d.id)) for d in books.dimensions.values()]
    context = frame(request, "concepts", title=_("Concepts"), groups=groups, tree=concept_tree())
    return render(request, "standard/concepts.html", context)


def elements_of(books: Library, dimension: str) -> list[tuple[Entry, list[Entry]]]:
    of_it = [e for e in books.elements.values() if e.get("dimension") == dimension]
    return [(element, books.concepts_of_element(element.id)) for element in of_it]


@page(None)
def concept(request: Request, code: str) -> HttpResponse:
    books = library()
    entry = found_or_404(books.concepts, code)
    practices = books.practices_of(concept=code)
    context = frame(
        request,
        "concepts",
        title=entry.label,
        pretitle=books.elements[entry.get("element")].label,
        entry=entry,
        practices=practices,
        measures=books.measures_of(entry.get("element")),
        print_notes=books.print_notes(code),
        tree=concept_tree(code),
        **live(request, [code], practices),
    )
    return render(request, "standard/concept.html", context)


def choices(request: Request, name: str, options: Sequence[tuple[str, str]]) -> list[Choice]:
    """A filter as links: all, and one for each option."""
    chosen, found = request.GET.get(name, ""), []
    for value, label in [("", _("all")), *options]:
        query = request.GET.copy()
        query[name] = value
        found.append(Choice(label, f"?{query.urlencode()}", value == chosen))
    return found


@page(None)
def practices(request: Request) -> HttpResponse:
    """The practices of annex A.2 by element, printed or reconstructed."""
    books = library()
    origin, wanted = request.GET.get("origin", ""), request.GET.get("element", "")
    groups = []
    for element in books.elements.values():
        rows = [
            p
            for p in books.practices_in(element.id)
            if not origin or bool(p.get("printed")) == (origin == "printed")
        ]
        if rows and wanted in ("", element.id):
            groups.append((element, rows))
    origins = [("printed", _("printed")), ("reconstructed", _("reconstructed"))]
    context = frame(
        request,
        "practices",
        title=_("Practices"),
        groups=groups,
        count=sum(len(rows) for _element, rows in groups),
        origins=choices(request, "origin", origins),
        elements=choices(request, "element", [(e.id, e.id) for e in books.elements.values()]),
    )
    return render(request, "standard/practices.html", context)


@page(None)
def measures(request: Request) -> HttpResponse:
    """The measure set, by class, level and element."""
    books = library()
    asked = {name: request.GET.get(name, "") for name in ("class", "level", "element")}
    rows = [
        m
        for m in books.measures.values()
        if asked["class"] in ("", m.get("measure_class"))
        and (not asked["level"] or asked["level"] in m.get("levels"))
        and (not asked["element"] or asked["element"] in m.get("elements"))
    ]
    context = frame(
        request,
        "measures",
        title=_("Measures"),
        measures=rows,
        classes=choices(request, "class", [(c, class_word(c)) for c in CLASSES]),
        levels=choices(request, "level", [(x, level_word(x)) for x in LEVELS]),
        elements=choices(request, "element", [(e.id, e.id) for e in books.elements.values()]),
    )
    return render(request, "standard/measures.html", context)


@page(None)
def terms(request: Request) -> HttpResponse:
    context = frame(request, "terms", title=_("Glossary"), terms=list(library().terms.values()))
    return render(request, "standard/terms.html", context)
