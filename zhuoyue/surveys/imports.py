"""Reading a file of answers for the command line and the browser alike."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zhuoyue.analysis import AnalysisError, read_table
from zhuoyue.kit.analysis_words import say_error
from zhuoyue.surveys import reading
from zhuoyue.surveys.actions import FileFacts
from zhuoyue.surveys.codes import read_codes
from zhuoyue.surveys.reading import Reading, Trouble

SHOWN_TROUBLES = 200


@dataclass(frozen=True)
class Plan:
    """What an import would do, and everything that stands against it."""

    file: FileFacts
    reading: Reading
    sentences: tuple[str, ...]  # problems in words; not more than SHOWN_TROUBLES
    notes: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not self.reading.troubles and bool(self.reading.items) and bool(self.reading.rows)


def plan_import(
    path: Path,
    *,
    name: str = "",
    codes: Path | None = None,
    scale: tuple[int, int] | None = None,
) -> Plan:
    """A dry run: all problems at once, nothing written."""
    name = name or path.name
    if path.stat().st_size > settings.FILE_LIMIT:
        limit = settings.FILE_LIMIT // (1024 * 1024)
        raise ValidationError(
            _("%(name)s is larger than the limit of %(limit)s MB.") % {"name": name, "limit": limit}
        )
    try:
        table = read_table(path)
        known = read_codes(codes) if codes else None
    except AnalysisError as error:
        raise ValidationError(
            say_error(error, get_language() or "zh").replace(path.name, name)
        ) from error
    columns = [[cell_text(c) for c in table.columns[n]] for n in table.names]
    rows = list(zip(*columns, strict=True))
    found = reading.read_table(table.names, rows, codes=known, scale=scale)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    troubles = [trouble_in_words(name, t) for t in found.troubles[:SHOWN_TROUBLES]]
    if not found.items:
        troubles.append(
            _("%(file)s: no column looks like an item of a survey. Give the scale, or a code list.")
            % {"file": name}
        )
    return Plan(FileFacts(name, digest), found, tuple(troubles), tuple(notes_of(found)))


def cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return "" if text == "nan" else text


def trouble_in_words(file: str, trouble: Trouble) -> str:
    """File, row, column, value and remedy in one sentence."""
    facts = {
        "file": file,
        "row": trouble.row,
        "column": trouble.column,
        "value": trouble.value,
        **trouble.params,
    }
    sentences = {
        "duplicate_id": _(
            "%(file)s, row %(row)s, column %(column)s: “%(value)s” stands already in row "
            "%(first)s. Remove one of the two rows."
        ),
        "not_a_number": _(
            "%(file)s, row %(row)s, column %(column)s: “%(value)s” is not an answer. Correct it, "
            "or name it in a code list as no answer or not used."
        ),
        "out_of_scale": _(
            "%(file)s, row %(row)s, column %(column)s: %(value)s lies outside %(low)s–%(high)s. "
            "Correct it, or name it in a code list as no answer or not used."
        ),
        "not_a_date": _("%(file)s, row %(row)s: “%(value)s” is not a date. Write 2026-03-31."),
        "not_a_weight": _(
            "%(file)s, row %(row)s: the weight “%(value)s” is not a positive number. Correct it."
        ),
    }
    return sentences[trouble.code] % facts


def notes_of(found: Reading) -> list[str]:
    """What the reader should know before landing the file."""
    low, high = found.scale
    notes = [
        _("%(answers)d answers, %(items)d items, %(attributes)d other columns.")
        % {
            "answers": len(found.rows),
            "items": len(found.items),
            "attributes": len(found.columns) - len(found.items),
        },
        _("Scale %(low)s–%(high)s.") % {"low": low, "high": high}
        if found.scale_was_given
        else _("Scale %(low)s–%(high)s, taken from the answers seen; state it if it is wider.")
        % {"low": low, "high": high},
    ]
    excluded = found.excluded()
    if excluded:
        notes.append(
            _("%(no_answer)d times no answer and %(not_used)d times not used: they leave n.")
            % {"no_answer": excluded.get("no_answer", 0), "not_used": excluded.get("not_used", 0)}
        )
    if found.ignored:
        notes.append(
            _("Not read, because they could tell who someone is: %(columns)s.")
            % {"columns": ", ".join(found.ignored)}
        )
    if found.constructs:
        listed = "; ".join(f"{name} ({len(items)})" for name, items in found.constructs.items())
        notes.append(_("Constructs suggested by the names: %(list)s.") % {"list": listed})
    return notes


def more_troubles(found: Reading) -> str:
    rest = len(found.troubles) - SHOWN_TROUBLES
    if rest <= 0:
        return ""
    return ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest}
