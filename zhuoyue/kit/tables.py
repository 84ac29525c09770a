"""Lists: columns, filter, search, sort, pages, and the same rows as an Excel file."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhuoyue.kit.access import current_actor
from zhuoyue.kit.forms import narrow

PAGE_SIZE = 50
EXPORT_LIMIT = 200_000


class Filter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter form of a list."""


@dataclass(frozen=True)
class Column:
    """A column: the key is an attribute path ("recipient.name") unless `value` is given."""

    key: str
    label: str | Promise
    value: Callable[[Any], Any] | None = None
    sort: str | None = None  # order_by field; None: not sortable
    kind: str = "text"  # text | number | badge | date | datetime
    tone: Callable[[Any], str] | None = None
    hide_on_phone: bool = False

    def read(self, row: Any) -> Any:
        if self.value is not None:
            return self.value(row)
        found = row
        for part in self.key.split("."):
            found = getattr(found, part, None)
            if found is None:
                return None
        display = getattr(row, f"get_{self.key}_display", None)
        found = display() if display else found
        return found() if callable(found) else found


@dataclass(frozen=True)
class Table:
    """What a list shows; declared once beside the noun."""

    title: str | Promise
    columns: Sequence[Column]
    filters: type[Filter] | None = None
    search: Sequence[str] = ()
    order: Sequence[str] = ("-id",)
    empty_text: str | Promise = ""


@dataclass(frozen=True)
class Heading:
    key: str
    label: str
    sortable: bool
    numeric: bool
    sort_url: str
    sorted: str
    hide_on_phone: bool


@dataclass(frozen=True)
class Cell:
    column: Heading
    value: str
    kind: str
    tone: str


@dataclass(frozen=True)
class Row:
    url: str
    cells: Sequence[Cell]


def shown(value: Any) -> str:
    """A value as people read it; nothing stays nothing, for the template to show."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, float):
        return number_format(value, decimal_pos=2)
    return str(value)


class Listing:
    """One request's view of a table: the rows asked for, and the links around them."""

    def __init__(
        self,
        request: HttpRequest,
        table: Table,
        rows: QuerySet[Any],
        *,
        row_url: Callable[[Any], str],
        create_url: str = "",
        create_label: str | Promise = "",
    ) -> None:
        self.request, self.table, self.row_url = request, table, row_url
        self.title, self.empty_text = table.title, table.empty_text
        self.create_url, self.create_label = create_url, create_label
        self.query = request.GET.copy()
        self.filter = filter_class(table)(self.query, rows, request=request)
        actor = current_actor(request)
        if actor is not None:  # a choice of records must not name those of another tenant
            narrow(self.filter.form, actor)
        self.filter_form = self.filter.form if self.filter.filters else None
        self.filter_count = sum(1 for name in self.filter.filters if self.query.get(name))
        self.all_rows = self._ordered(self.filter.qs)

    def _ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.query.get("sort", "")
        self.direction = "desc" if asked.startswith("-") else "asc"
        self.sort_key = asked.lstrip("-")
        for column in self.table.columns:
            if column.key == self.sort_key and column.sort:
                sign = "-" if self.direction == "desc" else ""
                return rows.order_by(sign + column.sort, "pk")
        self.sort_key = ""
        return rows.order_by(*self.table.order, "pk")

    def _url(self, **changes: str | int) -> str:
        query: QueryDict = self.query.copy()
        for key, value in changes.items():
            query[key] = str(value)
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def sort(self) -> str:
        return ("-" if self.direction == "desc" else "") + self.sort_key if self.sort_key else ""

    @property
    def columns(self) -> list[Heading]:
        return [self._heading(column) for column in self.table.columns]

    def _heading(self, column: Column) -> Heading:
        is_sorted = column.key == self.sort_key
        descending = is_sorted and self.direction == "asc"
        return Heading(
            key=column.key,
            label=str(column.label),
            sortable=column.sort is not None,
            numeric=column.kind == "number",
            sort_url=self._url(sort=("-" if descending else "") + column.key, page=1),
            sorted=self.direction if is_sorted else "",
            hide_on_phone=column.hide_on_phone,
        )

    @property
    def page(self) -> Any:
        if not hasattr(self, "_page"):
            self._page = Paginator(self.all_rows, PAGE_SIZE).get_page(self.query.get("page"))
        return self._page

    @property
    def rows(self) -> list[Row]:
        headings = self.columns
        return [
            Row(
                self.row_url(row),
                [
                    Cell(
                        heading,
                        shown(column.read(row)),
                        column.kind,
                        column.tone(row) if column.tone else "",
                    )
                    for heading, column in zip(headings, self.table.columns, strict=True)
                ],
            )
            for row in self.page.object_list
        ]

    @property
    def total(self) -> int:
        return int(self.page.paginator.count)

    @property
    def page_number(self) -> int:
        return int(self.page.number)

    @property
    def page_count(self) -> int:
        return int(self.page.paginator.num_pages)

    @property
    def previous_url(self) -> str:
        return self._url(page=self.page_number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(page=self.page_number + 1) if self.page.has_next() else ""

    @property
    def export_url(self) -> str:
        return self._url(format="xlsx")

    @property
    def wants_export(self) -> bool:
        return self.query.get("format") == "xlsx"

    def export(self, filename: str) -> HttpResponse:
        """All rows of the list as asked for, in its order, frozen at this moment."""
        headings = [str(column.label) for column in self.table.columns]
        rows = (
            [column.read(row) for column in self.table.columns]
            for row in self.all_rows[:EXPORT_LIMIT].iterator(chunk_size=2000)
        )
        return excel_response(filename, str(self.title), headings, rows)


def filter_class(table: Table) -> type[Filter]:
    """The table's filters, with a search field in front when it can be searched."""
    base = table.filters or Filter
    if not table.search:
        return base

    def search(rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        wanted = Q()
        for part in text.strip()[:100].split():
            anywhere = Q()
            for name in table.search:
                anywhere |= Q((f"{name}__icontains", part))
            wanted &= anywhere
        return rows.filter(wanted)

    field = django_filters.CharFilter(method=search, label=_("Search"))
    found: type[Filter] = type("SearchFilter", (base,), {"q": field})
    found.base_filters.move_to_end("q", last=False)
    return found


def excel_response(filename: str, sheet: str, headings: Sequence[str], rows: Any) -> HttpResponse:
    response = HttpResponse(
        workbook(sheet, headings, rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{filename}.xlsx"'
    return response


def workbook(sheet: str, headings: Sequence[str], rows: Any) -> bytes:
    """Bytes of a workbook with one sheet; texts stay texts, never formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        page = book.add_worksheet("".join(c for c in sheet if c not in "[]:*?/\\")[:31] or "1")
        page.freeze_panes(1, 0)
        page.set_column(0, max(len(headings) - 1, 0), 18)
        page.write_row(0, 0, headings, bold)
        for number, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                write_cell(page, number, index, value)
    return out.getvalue()


def write_cell(page: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, shown(value)[:32_000])
