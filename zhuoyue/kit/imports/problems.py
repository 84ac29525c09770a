"""What is wrong with a file, cell by cell, in words of the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

SHOWN = 200  # sentences on a page or in a terminal
KEPT = 5_000  # rows of the workbook of problems


SENTENCES: dict[str, str | Promise] = {
    "file_kind": _("This kind of file is not read. Save it as .csv or .xlsx."),
    "file_too_large": _("The file is larger than the limit of %(limit)s MB. Split it."),
    "file_empty": _("The file is empty. Export it again, with its heading row."),
    "file_again": _("This very file was imported on %(day)s. Leave it out."),
    "rows_none": _("There is a heading row but nothing below it. Export the data again."),
    "rows_many": _("There are more than %(limit)s rows. Split the file."),
    "encoding": _(
        "The text is neither UTF-8 nor GB18030. Save it as UTF-8 (in Excel: “CSV UTF-8”) "
        "or as .xlsx."
    ),
    "not_excel": _("Excel cannot be read from this file (%(reason)s). Save it again as .xlsx."),
    "quotes": _(
        "The quotation marks do not pair up (%(reason)s). Double every quotation mark "
        "inside a cell."
    ),
    "row_length": _(
        "The row has %(found)s cells, the heading %(expected)s. Check separators and "
        "quotation marks."
    ),
    "header_empty": _("The heading of column %(number)s is empty. Give it a name."),
    "header_twice": _("Two columns have this heading. Rename one of them."),
    "formula": _(
        "The formula has no value. Open the file in Excel, let it calculate, save it again; "
        "or paste the values."
    ),
    "cell_error": _("The cell shows an Excel error. Correct it or empty it."),
    "map_text": _("The map is not valid YAML (%(reason)s). Check indentation and colons."),
    "map_key": _("The map does not know this key. Known: %(known)s."),
    "map_form": _("This entry of the map must be %(expected)s."),
    "field_unknown": _("There is no such field. Known: %(known)s."),
    "column_unknown": _("There is no such column. In the file: %(known)s."),
    "field_unmapped": _("No column is given for “%(field)s”. Choose one, or a fixed value."),
    "required": _("“%(field)s” is empty. Fill it in."),
    "too_long": _("The text is longer than %(limit)s characters. Shorten it."),
    "not_whole": _("This is not a whole number. Write digits only."),
    "not_number": _("This is not a number. Write digits, with a point for decimals."),
    "out_of_range": _("The number must lie from %(low)s to %(high)s."),
    "not_day": _("This is not a date. Write it as 2026-03-31."),
    "not_moment": _("This is not a date with time. Write it as 2026-03-31 14:05."),
    "order_open": _(
        "Day and month could change places here. State whether the day or the month comes first."
    ),
    "not_choice": _("This is none of the choices: %(known)s."),
    "not_yes_no": _("Write yes or no."),
    "not_found": _("There is none of this code or name here. Known: %(known)s."),
    "not_one": _("More than one goes by this name. Write the code instead."),
    "twice": _("This stands already in row %(first)s. Remove one of the two rows."),
    "exists": _("There is one of this already. Leave the row out, or correct it there."),
    "refused": "%(reason)s",
}


def sentence_for(code: str, sentence: str | Promise) -> str:
    """A room's own kind of problem; the sentence says what is wrong and what to do."""
    if code in SENTENCES:
        raise ValueError(f"problem {code} is registered twice")
    SENTENCES[code] = sentence
    return code


@dataclass(frozen=True)
class RowError:
    """One problem: where, what stands there, and what to do. Row 1 is the heading."""

    file: str
    code: str
    row: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def remedy(self) -> str:
        return str(SENTENCES[self.code]) % self.params

    @property
    def place(self) -> str:
        if self.row is None:
            return str(_("%(file)s, column %(column)s") % vars(self)) if self.column else self.file
        if not self.column:
            return str(_("%(file)s, row %(row)s") % vars(self))
        return str(_("%(file)s, row %(row)s, column %(column)s") % vars(self))

    @property
    def sentence(self) -> str:
        shown = (
            _("%(place)s, “%(value)s”: %(remedy)s") if self.value else _("%(place)s: %(remedy)s")
        )
        return str(shown) % {"place": self.place, "value": self.value, "remedy": self.remedy}


class CellProblem(Exception):
    """Raised while a cell is read; the plan adds file, row and column."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class FileRefused(ValidationError):
    """The file as a whole cannot be read."""

    def __init__(self, *problems: RowError) -> None:
        super().__init__([p.sentence for p in problems])
        self.problems = problems


class Problems:
    """All problems of a file: the first of them kept, all of them counted."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.kept: list[RowError] = []
        self.total = 0

    def __bool__(self) -> bool:
        return self.total > 0

    def add(
        self, code: str, *, row: int | None = None, column: str = "", value: Any = "", **params: Any
    ) -> None:
        self.total += 1
        if len(self.kept) < KEPT:
            text = "" if value is None else str(value)
            text = text if len(text) <= 80 else text[:79] + "…"
            self.kept.append(RowError(self.file, code, row, column, text, params))

    def sentences(self) -> Sequence[str]:
        """What fits on a page, in the order of the file, with a last line for the rest."""
        ordered = sorted(self.kept, key=lambda p: p.row or 0)[:SHOWN]
        shown = [p.sentence for p in ordered]
        rest = self.total - len(shown)
        if rest > 0:
            more = ngettext("… and %(count)d more problem.", "… and %(count)d more problems.", rest)
            shown.append(more % {"count": rest})
        return shown
