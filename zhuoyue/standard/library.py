"""Loading the standard: YAML into frozen entries, checked once, shared by all centres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zhuoyue.kit.bilingual import in_language

DATA = Path(__file__).parent / "data"
EDITION = "db23t-3405-2023"


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
        return f"{self.id} {self.title}"

    def get(self, name: str) -> Any:
        """A fact that is no text, or None."""
        return self.facts.get(name)

    @property
    def texts(self) -> str:
        """All texts, for searching."""
        return " ".join(str(v) for k, v in self.facts.items() if k.endswith(("_zh", "_en")))


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

    def measure(self, number: int) -> Entry | None:
        return self.measures.get(str(number))

    def knows(self, id: str) -> bool:
        """Whether a clause, row, element, concept or practice has this id."""
        kinds = (self.clauses, self.rows, self.elements, self.concepts, self.practices)
        return any(id in kind for kind in kinds)

    def find(self, id: str) -> Entry | None:
        for kind in (self.clauses, self.rows, self.elements, self.concepts, self.practices):
            if id in kind:
                return kind[id]
        return None

    def everything(self) -> Sequence[Entry]:
        kinds = (self.clauses, self.rows, self.concepts, self.practices, self.measures, self.terms)
        return [entry for kind in kinds for entry in kind.values()]

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
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
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
    """An edition from its folder. Practices, measures and terms may still be missing."""
    clauses = read(folder, "clauses")["clauses"]
    concepts = read(folder, "concepts")
    practices = read(folder, "practices", required=False)
    measures = read(folder, "measures", required=False)
    terms = read(folder, "glossary", required=False)
    rows = [{**row, "clause": c["id"]} for c in clauses for row in c.get("rows") or ()]
    return Library(
        facts=read(folder, "standard"),
        clauses=keyed("clause", clauses, "id", "clauses"),
        rows=keyed("row", rows, "id", "clauses"),
        dimensions=keyed("dimension", concepts["dimensions"], "code", "concepts"),
        elements=keyed("element", concepts["elements"], "code", "concepts"),
        concepts=keyed("concept", concepts["concepts"], "code", "concepts"),
        practices=keyed("practice", practices.get("practices", ()), "id", "practices"),
        measures=keyed("measure", measures.get("measures", ()), "number", "measures"),
        terms=keyed("term", terms.get("terms", ()), "code", "glossary"),
    )


@cache
def library() -> Library:
    return load(DATA / EDITION)


def search(text: str, limit: int = 60) -> list[Entry]:
    """Entries with all the words, those with them in the title or id first."""
    words = [w.lower() for w in text.split() if w]
    if not words:
        return []
    ranked = []
    for entry in library().everything():
        head = f"{entry.id} {entry.title} {entry.other('title')}".lower()
        whole = f"{head} {entry.texts.lower()}"
        if all(w in whole for w in words):
            ranked.append((sum(w not in head for w in words), entry))
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])][:limit]
