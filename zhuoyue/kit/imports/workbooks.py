"""Workbooks around an import: the template to fill in, and the list of what is wrong."""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.cells import Choice, Reference, Scope
from zhuoyue.kit.imports.importer import Field, Importer
from zhuoyue.kit.imports.problems import Problems
from zhuoyue.kit.tables import workbook

LISTED = 200


def template_of(importer: Importer, actor: Actor) -> bytes:
    """An empty table with the headings of all fields, and a sheet that explains them."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        needed = book.add_format({"bold": True, "bottom": 1, "bg_color": "#fff2cc"})
        usual = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(_("Data"))
        page.freeze_panes(1, 0)
        page.set_column(0, len(importer.fields) - 1, 18, text)
        for index, one in enumerate(importer.fields):
            page.write_string(0, index, str(one.label), needed if one.required else usual)
            known = one.reader.choices(Scope(actor)) if isinstance(one.reader, Choice) else []
            if known:
                labels = [label for _code, label in known]
                page.data_validation(1, index, 5000, index, {"validate": "list", "source": labels})
        page = book.add_worksheet(_("Explanation"))
        page.set_column(0, 3, 24)
        page.write_row(0, 0, [_("Column"), _("Must be filled in"), _("What it says")], usual)
        for row, one in enumerate(importer.fields, start=1):
            page.write_row(
                row, 0, [str(one.label), _("yes") if one.required else "", explained(one, actor)]
            )
    return out.getvalue()


def explained(one: Field, actor: Actor) -> str:
    parts = [str(one.help)] if one.help else []
    if isinstance(one.reader, Choice | Reference):
        known = one.reader.choices(Scope(actor))[:LISTED]
        labels = [label if isinstance(one.reader, Choice) else code for code, label in known]
        parts.append(_("One of: %(known)s") % {"known": "; ".join(labels) or "–"})
    if one.example:
        parts.append(_("For example: %(example)s") % {"example": one.example})
    return " ".join(parts)


def problems_workbook(problems: Problems) -> bytes:
    """Every problem kept, one row each, to be worked through beside the file."""
    headings = [_("Row"), _("Column"), _("Value"), _("What to do")]
    ordered = sorted(problems.kept, key=lambda p: p.row or 0)
    rows: Iterable[list[object]] = ([p.row, p.column, p.value, p.remedy] for p in ordered)
    return workbook(_("Problems"), headings, rows)
