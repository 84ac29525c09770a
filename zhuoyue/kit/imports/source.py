"""A file as a table: named columns and numbered rows, read one by one."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings

from zhuoyue.kit.imports import excel
from zhuoyue.kit.imports.encodings import encoding_of
from zhuoyue.kit.imports.problems import FileRefused, Problems, RowError

type Cell = str | int | float | bool | datetime | date | time | timedelta | None
type NumberedRow = tuple[int, Sequence[Cell]]

TEXTS = {"csv", "tsv", "txt"}
BOOKS = {"xlsx"}
SEPARATORS = (",", "\t", ";", "，", "；")
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class SourceTable:
    """What a file holds. `rows()` reads it anew each time; row 1 is the heading."""

    file: str
    sha256: str
    encoding: str  # utf-8 | utf-8-sig | gb18030 | utf-16 | "" for Excel
    sheet: str
    columns: tuple[str, ...]
    read: Callable[[Problems], Iterator[NumberedRow]] = field(repr=False, compare=False)

    def rows(self, problems: Problems) -> Iterator[NumberedRow]:
        """Rows that hold something, numbered as a spreadsheet shows them.

        What is wrong with single rows goes into `problems` while they are read.
        """
        count = 0
        for row in self.read(problems):
            count += 1
            if count > MOST_ROWS:
                problems.add("rows_many", limit=MOST_ROWS)
                return
            yield row
        if not count and not problems:
            problems.add("rows_none")

    def sample(self, count: int = 3) -> list[Sequence[Cell]]:
        return [cells for _number, cells in islice(self.read(Problems(self.file)), count)]


def open_table(path: Path, *, name: str = "") -> SourceTable:
    """Open a CSV or Excel file; what makes it unreadable as a whole is refused at once."""
    name = name or path.name
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in TEXTS | BOOKS:
        raise FileRefused(RowError(name, "file_kind"))
    size = path.stat().st_size
    if size > settings.FILE_LIMIT:
        limit = settings.FILE_LIMIT // (1024 * 1024)
        raise FileRefused(RowError(name, "file_too_large", params={"limit": limit}))
    if size == 0:
        raise FileRefused(RowError(name, "file_empty"))
    return _open_text(path, name) if ending in TEXTS else _open_book(path, name)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def header_of(name: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    """The names of the columns: each there, each once."""
    names = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    while names and not names[-1]:  # spreadsheets often trail empty columns
        names.pop()
    wrong = [
        RowError(name, "header_empty", row=1, params={"number": i})
        for i, column in enumerate(names, start=1)
        if not column
    ]
    wrong += [
        RowError(name, "header_twice", row=1, column=column)
        for column, count in Counter(names).items()
        if column and count > 1
    ]
    if wrong:
        raise FileRefused(*wrong)
    if not names:
        raise FileRefused(RowError(name, "file_empty"))
    return tuple(names)


def _open_text(path: Path, name: str) -> SourceTable:
    encoding = encoding_of(path)
    if encoding is None:
        raise FileRefused(RowError(name, "encoding"))
    separator = _separator(path, encoding)
    try:
        first = next(_records(path, encoding, separator), None)
    except csv.Error as error:
        raise FileRefused(RowError(name, "quotes", row=1, params={"reason": error})) from None
    if first is None:
        raise FileRefused(RowError(name, "file_empty"))
    heading_row, heading = first
    columns = header_of(name, heading)
    width = len(columns)

    def rows(problems: Problems) -> Iterator[NumberedRow]:
        number = heading_row
        try:
            for number, cells in _records(path, encoding, separator):
                if number == heading_row:
                    continue
                if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                    problems.add("row_length", row=number, found=len(cells), expected=width)
                else:
                    yield number, cells
        except csv.Error as error:
            problems.add("quotes", row=number + 1, reason=error)

    return SourceTable(name, sha256_of(path), encoding, "", columns, rows)


def _records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a text file that are not blank, numbered as a spreadsheet would number them."""
    with path.open(encoding=encoding, newline="") as lines:
        for number, cells in enumerate(
            csv.reader(lines, delimiter=separator, strict=True), start=1
        ):
            if any(cell.strip() for cell in cells):
                yield number, cells


def _separator(path: Path, encoding: str) -> str:
    """The separator that the heading uses most, outside quotation marks."""
    with path.open(encoding=encoding, newline="") as lines:
        heading = next((line for line in lines if line.strip()), "")
    outside = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _open_book(path: Path, name: str) -> SourceTable:
    try:
        book = excel.read_book(path)
    except excel.Unreadable as error:
        raise FileRefused(RowError(name, "not_excel", params={"reason": error})) from None
    filled = (row for row in book.rows() if any(cell not in (None, "") for cell in row[1]))
    first = next(filled, None)
    if first is None:
        raise FileRefused(RowError(name, "file_empty"))
    heading_row, heading = first
    columns = header_of(name, heading)
    width = len(columns)

    def rows(problems: Problems) -> Iterator[NumberedRow]:
        for row, index, code in book.broken:
            if row > heading_row and 0 <= index < width:
                problems.add(code, row=row, column=columns[index])
        for number, cells in book.rows():
            if number > heading_row and any(cell not in (None, "") for cell in cells[:width]):
                yield number, [*cells[:width], *[None] * (width - len(cells))]

    return SourceTable(name, sha256_of(path), "", book.sheet, columns, rows)
