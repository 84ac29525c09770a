"""The dry run: every row read as values, every problem collected, nothing written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.cells import Read, Scope, text_of
from zhuoyue.kit.imports.mapping import Columns, check_columns
from zhuoyue.kit.imports.problems import CellProblem, FileRefused, Problems
from zhuoyue.kit.imports.source import Cell, SourceTable

if TYPE_CHECKING:
    from zhuoyue.kit.imports.importer import Importer

type Progress = Callable[[float], None]
REPORT_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row as values; a field without a value is not in it."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


@dataclass(frozen=True)
class Plan:
    """What an import would do, and everything that stands against it."""

    importer: "Importer"
    file: str
    sha256: str
    encoding: str
    mapping: Columns
    rows: list[Row]
    problems: Problems
    unused: tuple[str, ...]  # columns of the file that no field takes
    prepared: Any = None  # what the importer has worked out from all rows together
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.problems and bool(self.rows)

    def told(self) -> list[str]:
        """What the reader should know before landing the file."""
        said = [
            ngettext("%(count)d row in %(file)s.", "%(count)d rows in %(file)s.", len(self.rows))
            % {"count": len(self.rows), "file": self.file}
        ]
        if self.encoding:
            said.append(_("Encoding: %(encoding)s.") % {"encoding": self.encoding.upper()})
        if self.unused:
            said.append(_("Columns not used: %(columns)s.") % {"columns": ", ".join(self.unused)})
        return said + self.notes

    def blame(self, code: str, row: Row, name: str, value: Any = "", **params: Any) -> None:
        """A problem of a row that only all rows together, or the database, could show."""
        column = self.mapping.column_of(name) or name
        self.problems.add(code, row=row.number, column=column, value=value, **params)


@dataclass(frozen=True)
class Slot:
    """A field, where its cell stands, and how it is read."""

    name: str
    index: int
    column: str
    label: str
    is_needed: bool
    words: Mapping[str, str]
    read: Read


def make_plan(
    importer: "Importer", actor: Actor, table: SourceTable, mapping: Columns, progress: Progress
) -> Plan:
    """Read the whole file with this mapping."""
    problems = Problems(table.file)
    check_columns(mapping, importer, table.columns, problems)
    if problems:
        raise FileRefused(*problems.kept)
    scope = Scope(actor, mapping.day_first, frozenset(mapping.create))
    slots = _slots(importer, table, mapping, scope)
    fixed = _fixed_values(importer, mapping, scope, problems)
    missing = {"", *mapping.missing}
    rows: list[Row] = []
    for number, cells in table.rows(problems):
        rows.append(Row(number, fixed | _read_row(number, cells, slots, missing, problems)))
        if len(rows) % REPORT_EVERY == 0:
            progress(len(rows) / (len(rows) + 50_000))  # how many there are is not known yet
    used = set(mapping.columns.values())
    plan = Plan(
        importer, table.file, table.sha256, table.encoding, mapping, rows, problems,
        tuple(c for c in table.columns if c not in used),
    )  # fmt: skip
    _check_unique(importer, plan)
    if importer.prepare is not None:
        object.__setattr__(plan, "prepared", importer.prepare(actor, plan))
    return plan


def _slots(importer: "Importer", table: SourceTable, mapping: Columns, scope: Scope) -> list[Slot]:
    needed = importer.needed(mapping)
    found = []
    for one in importer.fields:
        column = mapping.columns.get(one.name)
        if column is None:
            continue
        words = {k.strip(): v for k, v in mapping.values.get(one.name, {}).items()}
        found.append(
            Slot(
                one.name,
                table.columns.index(column),
                column,
                str(one.label),
                one.name in needed and one.name not in mapping.fixed,
                words,
                one.reader.bound(one.name, scope),
            )
        )
    return found


def _fixed_values(
    importer: "Importer", mapping: Columns, scope: Scope, problems: Problems
) -> dict[str, Any]:
    """Values that are the same in every row; a cell that holds something goes before them."""
    found = {}
    for one in importer.fields:
        text = mapping.fixed.get(one.name, "").strip()
        if not text:
            continue
        try:
            found[one.name] = one.reader.bound(one.name, scope)(text)
        except CellProblem as problem:
            problems.add(problem.code, column=str(one.label), value=text, **problem.params)
    return found


def _read_row(
    number: int, cells: Any, slots: list[Slot], missing: set[str], problems: Problems
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for slot in slots:
        cell: Cell = cells[slot.index]
        text = text_of(cell)
        if slot.words and text in slot.words:
            cell = text = slot.words[text].strip()
        if text in missing:
            if slot.is_needed:
                problems.add("required", row=number, column=slot.column, field=slot.label)
            continue
        try:
            values[slot.name] = slot.read(cell)
        except CellProblem as problem:
            problems.add(problem.code, row=number, column=slot.column, value=text, **problem.params)
    return values


def _check_unique(importer: "Importer", plan: Plan) -> None:
    for name in importer.unique:
        first: dict[Any, int] = {}
        for row in plan.rows:
            value = row.get(name)
            if value is None:
                continue
            if value in first:
                plan.blame("twice", row, name, value, first=first[value])
            else:
                first[value] = row.number
