"""How the text of a cell becomes a value: one small reader per kind of field."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation

from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports import moments
from zhuoyue.kit.imports.problems import CellProblem
from zhuoyue.kit.imports.source import Cell

LANGUAGES = ("zh-hans", "en")
LISTED = 12  # known values named in a sentence

type Read = Callable[[Cell], Any]


@dataclass(frozen=True)
class Scope:
    """What a reader must know of the file and of who imports it."""

    actor: Actor
    day_first: bool | None = None
    creates: frozenset[str] = frozenset()  # fields whose unknown records are to be made


@dataclass(frozen=True)
class New:
    """A reference to a record that is not there yet and is to be made."""

    text: str


def text_of(cell: Cell) -> str:
    """What a person sees in the cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell).strip()


def plain(text: str) -> str:
    """For comparing: without case, spaces and underscores."""
    return "".join(text.casefold().replace("_", " ").split())


class Reader:
    """A kind of field. `bound` gives the function that reads its cells; it gets no empty cell."""

    hint: str = ""

    def bound(self, name: str, scope: Scope) -> Read:
        raise NotImplementedError

    def choices(self, scope: Scope) -> list[tuple[str, str]]:
        """What may stand in the cell, where that is a short list."""
        return []


@dataclass(frozen=True)
class Text(Reader):
    limit: int = 200
    checks: tuple[Callable[[str], None], ...] = ()  # validators of Django

    def bound(self, name: str, scope: Scope) -> Read:
        def read(cell: Cell) -> str:
            text = text_of(cell)
            if len(text) > self.limit:
                raise CellProblem("too_long", limit=self.limit)
            for check in self.checks:
                try:
                    check(text)
                except ValidationError as error:
                    raise CellProblem("refused", reason=" ".join(error.messages)) from None
            return text

        return read


@dataclass(frozen=True)
class Number(Reader):
    low: float | None = None
    high: float | None = None
    whole: bool = False

    def bound(self, name: str, scope: Scope) -> Read:
        return self._whole if self.whole else self._any

    def _any(self, cell: Cell) -> float:
        text = text_of(cell)
        try:
            if "_" in text:  # Python reads 1_000 as a number, people do not
                raise ValueError
            value = float(text)
        except ValueError:
            raise CellProblem("not_number") from None
        return self._within(value)

    def _whole(self, cell: Cell) -> int:
        try:
            value = self._any(cell)
        except CellProblem as problem:
            code = "not_whole" if problem.code == "not_number" else problem.code
            raise CellProblem(code, **problem.params) from None
        if not value.is_integer():
            raise CellProblem("not_whole")
        return int(value)

    def _within(self, value: float) -> float:
        low = float("-inf") if self.low is None else self.low
        high = float("inf") if self.high is None else self.high
        if not low <= value <= high or value in (float("inf"), float("-inf")):
            raise CellProblem("out_of_range", low=f"{low:g}", high=f"{high:g}")
        return value


@dataclass(frozen=True)
class Moment(Reader):
    """A date with time; a date alone is its midnight."""

    def bound(self, name: str, scope: Scope) -> Read:
        known: dict[str, datetime] = {}

        def read(cell: Cell) -> datetime:
            if isinstance(cell, datetime):
                return moments.aware(cell)
            text = text_of(cell)
            if text not in known:
                known[text] = moments.read(text, scope.day_first)
            return known[text]

        return read


@dataclass(frozen=True)
class Day(Reader):
    def bound(self, name: str, scope: Scope) -> Read:
        def read(cell: Cell) -> date:
            if isinstance(cell, datetime):
                return cell.date()
            if isinstance(cell, date):
                return cell
            try:
                return moments.read(text_of(cell), scope.day_first).date()
            except CellProblem as problem:
                raise CellProblem(
                    "not_day" if problem.code == "not_moment" else problem.code
                ) from None

        return read


YES = {"yes", "y", "true", "t", "1", "是", "有", "已", "√"}
NO = {"no", "n", "false", "f", "0", "否", "无", "未", "×"}


@dataclass(frozen=True)
class YesNo(Reader):
    def bound(self, name: str, scope: Scope) -> Read:
        def read(cell: Cell) -> bool:
            word = plain(text_of(cell))
            if word not in YES | NO:
                raise CellProblem("not_yes_no")
            return word in YES

        return read


def in_both_languages(text: Any) -> list[str]:
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(text))
    return found


def listed(names: Iterable[str]) -> str:
    """Known values for a sentence; not more than a reader takes in."""
    every = list(names)
    return ", ".join(every[:LISTED]) + (" …" if len(every) > LISTED else "")


@dataclass(frozen=True)
class Choice(Reader):
    """One of a fixed set, by code or by its label in either language."""

    of: type[TextChoices]
    synonyms: Mapping[str, str] = field(default_factory=dict)  # what people write → code

    def bound(self, name: str, scope: Scope) -> Read:
        known = {plain(k): v for k, v in self.synonyms.items()}
        for code, label in self.of.choices:
            known |= dict.fromkeys(map(plain, [str(code), *in_both_languages(label)]), str(code))
        labels = listed(f"{label}（{code}）" for code, label in self.of.choices)

        def read(cell: Cell) -> str:
            found = known.get(plain(text_of(cell)))
            if found is None:
                raise CellProblem("not_choice", known=labels)
            return found

        return read

    def choices(self, scope: Scope) -> list[tuple[str, str]]:
        return [(str(code), str(label)) for code, label in self.of.choices]


@dataclass(frozen=True)
class Reference(Reader):
    """A record of the centre, by one of its keys (code, name); gives its id.

    Where the importer may make missing records and the map asks for it, an unknown one is `New`.
    """

    rows: Callable[[Actor], Any]  # standing rows that the actor may see
    keys: tuple[str, ...] = ("code",)

    def bound(self, name: str, scope: Scope) -> Read:
        known: dict[str, set[int]] = defaultdict(set)
        codes: list[str] = []
        for pk, *texts in self.rows(scope.actor).values_list("pk", *self.keys):
            codes.append(str(texts[0]))
            for text in filter(None, texts):
                known[plain(str(text))].add(pk)
        labels = listed(codes) or "–"
        makes = name in scope.creates

        def read(cell: Cell) -> int | New:
            text = text_of(cell)
            found = known.get(plain(text))
            if found is None:
                if makes:
                    return New(text)
                raise CellProblem("not_found", known=labels)
            if len(found) > 1:
                raise CellProblem("not_one")
            return next(iter(found))

        return read

    def choices(self, scope: Scope) -> list[tuple[str, str]]:
        found = self.rows(scope.actor).values_list(*self.keys)[:500]
        return [(str(texts[0]), " · ".join(str(t) for t in texts if t)) for texts in found]
