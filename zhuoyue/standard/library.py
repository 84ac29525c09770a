"""Loading the standard: YAML into frozen entries, checked once, shared by all centres."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zhuoyue.kit.bilingual import in_language

DATA = Path(__file__).parent / "data"
EDITION = "db23t-3405-2023"


FILES = {
    "clause": "clauses.yaml",
    "row": "clauses.yaml",
    "dimension": "concepts.yaml",
    "element": "concepts.yaml",
    "concept": "concepts.yaml",
    "practice": "practices.yaml",
    "measure": "measures.yaml",
    "term": "glossary.yaml",
}


class DataError(ValueError):
    """A file of the standard is wrong; the text names file and entry."""


@dataclass(frozen=True)
class Entry:
    """Something with an id and texts in both languages, and the fields its kind adds."""

    kind: str  # clause | row | concept | element | dimension | practice | measure | term
    id: str
    facts: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str:
        """A text in the reader's language."""
        return in_language(self.facts.get(f"{name}_zh", ""), self.facts.get(f"{name}_en", ""))

    def other(self, name: str) -> str:
        """The same text in the other language."""
        return in_language(self.facts.get(f"{name}_en", ""), self.facts.get(f"{name}_zh", ""))

    @property
    def title(self) -> str:
        return self.text("title") or in_language(self.facts.get("zh", ""), self.facts.get("en", ""))

    @property
    def label(self) -> str:
        return self.title if self.kind == "term" else f"{self.id} {self.title}"

    def get(self, name: str) -> Any:
        """A fact that is no text, or None."""
        return self.facts.get(name)


@dataclass(frozen=True)
class Library:
    """One edition of the standard."""

    facts: Mapping[str, Any]
    clauses: Mapping[str, Entry]
    rows: Mapping[str, Entry]
    dimensions: Mapping[str, Entry]
    elements: Mapping[str, Entry]
    concepts: Mapping[str, Entry]
    practices: Mapping[str, Entry]
    measures: Mapping[str, Entry]
    terms: Mapping[str, Entry]

    def rows_of(self, clause: str) -> list[Entry]:
        return [row for row in self.rows.values() if row.get("clause") == clause]

    def children_of(self, clause: str | None) -> list[Entry]:
        return [c for c in self.clauses.values() if c.get("parent") == clause]

    def concepts_of(self, clause: str) -> list[Entry]:
        return [c for c in self.concepts.values() if c.get("clause") == clause]

    def concepts_of_element(self, element: str) -> list[Entry]:
        return [c for c in self.concepts.values() if c.get("element") == element]

    def practices_of(self, *, concept: str = "", element: str = "") -> list[Entry]:
        return [
            p
            for p in self.practices.values()
            if (concept and p.get("concept") == concept)
            or (element and p.get("element") == element)
        ]

    def measures_of(self, element: str) -> list[Entry]:
        return [m for m in self.measures.values() if element in (m.get("elements") or ())]

    def practices_in(self, element: str) -> list[Entry]:
        """An element's practices, those of its concepts among them."""
        concepts = {c.id for c in self.concepts_of_element(element)}
        return [
            p
            for p in self.practices.values()
            if p.get("element") == element or p.get("concept") in concepts
        ]

    def measure(self, number: int) -> Entry | None:
        return self.measures.get(str(number))

    def find(self, id: str) -> Entry | None:
        """The clause, row, element, concept or practice that has this id."""
        kinds = (self.clauses, self.rows, self.elements, self.concepts, self.practices)
        return next((kind[id] for kind in kinds if id in kind), None)

    def knows(self, id: str) -> bool:
        """Whether evidence may be declared for this id."""
        return self.find(id) is not None

    def everything(self) -> Sequence[Entry]:
        kinds = (self.clauses, self.concepts, self.terms, self.practices, self.measures, self.rows)
        return [entry for kind in kinds for entry in kind.values()]

    def print_notes(self, id: str) -> list[str]:
        """Where the printed copy is incomplete or inconsistent at this entry."""
        return [
            in_language(note["note_zh"], note["note_en"])
            for note in self.facts.get("print_notes") or ()
            if note["at"] == id
        ]

    def role(self, code: str) -> str:
        """A role code in words."""
        for role in self.facts["roles"]:
            if role["code"] == code:
                return in_language(role["title_zh"], role["title_en"])
        return code


def read(folder: Path, name: str, *, required: bool = True) -> dict[str, Any]:
    path = folder / f"{name}.yaml"
    if not path.exists():
        if required:
            raise DataError(f"{path.name} is missing in {folder.name}")
        return {}
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DataError(f"{path.name}: {error}") from error
    if not isinstance(found, dict):
        raise DataError(f"{path.name} must be a mapping")
    return found


def keyed(kind: str, entries: Sequence[Mapping[str, Any]], key: str, file: str) -> dict[str, Entry]:
    """Entries by their id; an id that is missing or occurs twice is named."""
    found: dict[str, Entry] = {}
    for number, facts in enumerate(entries, start=1):
        if key not in facts:
            raise DataError(f"{file}.yaml: entry {number} of kind {kind} has no {key}")
        id = str(facts[key])
        if id in found:
            raise DataError(f"{file}.yaml: {kind} {id} occurs twice")
        found[id] = Entry(kind, id, facts)
    return found


def load(folder: Path) -> Library:
    """An edition from its folder, checked; practices, measures and terms may be left out."""
    clauses = read(folder, "clauses").get("clauses") or ()
    concepts = read(folder, "concepts")
    rows = [{**row, "clause": c.get("id")} for c in clauses for row in c.get("rows") or ()]

    def part(file: str, of: str) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = read(folder, file, required=False).get(of) or ()
        return found

    books = Library(
        facts=read(folder, "standard"),
        clauses=keyed("clause", clauses, "id", "clauses"),
        rows=keyed("row", rows, "id", "clauses"),
        dimensions=keyed("dimension", concepts.get("dimensions") or (), "code", "concepts"),
        elements=keyed("element", concepts.get("elements") or (), "code", "concepts"),
        concepts=keyed("concept", concepts.get("concepts") or (), "code", "concepts"),
        practices=keyed("practice", part("practices", "practices"), "id", "practices"),
        measures=keyed("measure", part("measures", "measures"), "number", "measures"),
        terms=keyed("term", part("glossary", "terms"), "code", "glossary"),
    )
    check(books)
    return books


def check(books: Library) -> None:
    """Refuse an edition that points nowhere or says something in one language only."""
    troubles = [*untitled(books), *dangling(books)]
    if troubles:
        raise DataError("; ".join(troubles[:10]))


def untitled(books: Library) -> Iterator[str]:
    for entry in (*books.dimensions.values(), *books.elements.values(), *books.everything()):
        names = ("zh", "en") if entry.kind == "term" else ("title_zh", "title_en")
        for name in names:
            if not entry.get(name):
                yield f"{FILES[entry.kind]}: {entry.kind} {entry.id} has no {name}"


def dangling(books: Library) -> Iterator[str]:
    """References that point to nothing, each with its file, entry and field."""
    for note in books.facts.get("print_notes") or ():
        if not books.knows(note["at"]):
            yield f"standard.yaml: print_notes: no entry {note['at']}"
    links: tuple[tuple[Mapping[str, Entry], str, Mapping[str, Entry]], ...] = (
        (books.clauses, "parent", books.clauses),
        (books.elements, "dimension", books.dimensions),
        (books.elements, "clause", books.clauses),
        (books.concepts, "element", books.elements),
        (books.concepts, "clause", books.clauses),
        (books.practices, "element", books.elements),
        (books.practices, "concept", books.concepts),
        (books.measures, "elements", books.elements),
    )
    for entries, name, known in links:
        for entry in entries.values():
            value = entry.get(name)
            for id in value if isinstance(value, list) else [value] if value is not None else []:
                if id not in known:
                    yield f"{FILES[entry.kind]}: {entry.kind} {entry.id}: no {name} {id}"


def editions() -> list[str]:
    """The editions that are there: each is a folder of data."""
    return sorted(folder.parent.name for folder in DATA.glob("*/standard.yaml"))


@cache
def library(edition: str = EDITION) -> Library:
    return load(DATA / edition)
