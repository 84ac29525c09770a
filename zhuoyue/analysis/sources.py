"""Tables from files: CSV, Excel and Parquet become named columns.

The only place of the library that reads data. Columns keep their text until numbers are asked
for, so that the error can show the very cell that is not a number.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.answers import Answers
from zhuoyue.analysis.encodings import read_text
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import listed, place_of
from zhuoyue.analysis.packages import package
from zhuoyue.analysis.parquet_names import true_names
from zhuoyue.analysis.spec import names_in
from zhuoyue.analysis.workbooks import look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zhuoyue.analysis.arrays import Floats

EXCEL = (".xlsx", ".xls", ".xlsb", ".ods")
KINDS = ".csv, .tsv, .txt, .xlsx, .xls, .xlsb, .ods, .parquet"
NO_ANSWER = ("", "NA", "N/A", "NaN", "nan", "null", "NULL")
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an .xls, or a workbook under a password
SEPARATORS = (",", "\t", ";", "|")
SEPARATOR_LINE = re.compile(r"\s*sep=([,\t;|]) *(?:\r\n|\r|\n)", re.IGNORECASE)  # for Excel
END = "\ufdd0"  # no letter: put after a text, it stands alone unless a quote was left open


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Columns as they stand in the file, and the file's name for messages.

    `answers` makes numbers of the items of a model, `numbers` of one column.
    """

    file: str
    columns: Mapping[str, Sequence[object]]

    def __repr__(self) -> str:
        return f"Table of {self.n} rows from {self.file}: {', '.join(self.names)}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    @property
    def n(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def numbers(self, name: str, *, missing_codes: Iterable[str | float] | float = ()) -> Floats:
        """One column as numbers, NaN where there is no answer."""
        if name not in self.columns:
            raise AnalysisError("item_unknown", item=name, known=", ".join(self.names))
        column = self.columns[name]
        codes = {_code(code) for code in listed(missing_codes)}
        if isinstance(column, np.ndarray) and column.dtype.kind in "biuf":
            values = column.astype(np.float64)
            for code in codes:
                if isinstance(code, float):
                    values[values == code] = np.nan
            return values
        return np.array(
            [self._number(name, row, cell, codes) for row, cell in enumerate(column, start=1)],
            dtype=np.float64,
        )

    def answers(
        self, items: Sequence[str], *, missing_codes: Iterable[str | float] | float = ()
    ) -> Answers:
        """The answers to these items; `missing_codes` mean that there is none."""
        codes = listed(missing_codes)
        return Answers.of(
            {item: self.numbers(item, missing_codes=codes) for item in names_in(items)}
        )

    def _number(self, name: str, row: int, cell: object, codes: set[str | float]) -> float:
        if cell is None:
            return float("nan")
        text = str(cell).strip()
        if text in NO_ANSWER or text in codes:
            return float("nan")
        try:
            if "_" in text:  # Python reads 1_000 as a number, a questionnaire does not
                raise ValueError
            value = float(text)
        except ValueError:
            raise AnalysisError(
                "value_not_number", file=self.file, row=row, column=name, value=text[:60]
            ) from None
        return float("nan") if value in codes else value


def read_table(file: str | Path, *, sheet: str | None = None) -> Table:
    """A table with a header row, whatever kind of file holds it.

    CSV (also by tabs, semicolons or bars; UTF-8, GB18030 or UTF-16), Excel or Parquet, by the
    ending of the name. `sheet` is one of an Excel file's; else its first with more than a header.
    Raises AnalysisError where there is no such file or it cannot be read as what its name says.
    """
    place = place_of(file)
    if not place.is_file():
        raise AnalysisError("file_missing", file=place.name or str(place))
    if sheet is not None and place.suffix.lower() not in EXCEL:
        raise AnalysisError("sheet_unknown", file=place.name, sheet=sheet, known="–")
    readers: dict[str, Callable[[], Table]] = {
        ".csv": lambda: _read_text(place),
        ".tsv": lambda: _read_text(place),
        ".txt": lambda: _read_text(place),
        ".parquet": lambda: _read_parquet(place),
    } | {kind: lambda: _read_excel(place, sheet) for kind in EXCEL}
    reader = readers.get(place.suffix.lower())
    if reader is None:
        raise AnalysisError("file_kind_unknown", file=place.name, known=KINDS)
    return reader()


def _code(code: str | float) -> str | float:
    """A code as it may stand in a cell: 99, "99" and 99.0 are the same code."""
    try:
        return float(code)
    except ValueError:
        return str(code).strip()


def _read_text(place: Path) -> Table:
    text = read_text(place)
    if not text.strip():
        raise AnalysisError("file_empty", file=place.name)
    told = SEPARATOR_LINE.match(text)
    header = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    separator = told[1] if told else max(SEPARATORS, key=header.count)
    rows: list[list[object]] = []
    blank = 0
    for line, cells in _cells(place, text[told.end() - 1 :] if told else text, separator):
        if not any(cell.strip() for cell in cells):
            blank += 1  # blank lines end many exports
            continue
        rows += _gaps(rows, blank)
        blank = 0
        if rows and len(cells) != len(rows[0]):
            found, expected = len(cells), len(rows[0])
            raise AnalysisError(
                "row_length", file=place.name, line=line, found=found, expected=expected
            )
        rows.append(list(cells))
    return _table(place.name, rows)


def _gaps(rows: Sequence[Sequence[object]], blank: int) -> list[list[object]]:
    """Blank lines between answers are answers left out where there is but one column."""
    return [[""] for _ in range(blank)] if rows and len(rows[0]) == 1 else []


def _cells(place: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows and the line on which each begins; a quote left open would swallow all that follow."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), [END]), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if cells == [END]:
                return
            if cells and cells[-1].endswith(END):
                raise AnalysisError("quote_open", file=place.name, line=line)
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = f"{error}, line {line}"
        raise AnalysisError("file_unreadable", file=place.name, kind="CSV", reason=reason) from None


def _read_excel(place: Path, sheet: str | None) -> Table:
    calamine = package("python_calamine", "Excel", "python-calamine")
    with place.open("rb") as content:
        if place.suffix.lower() != ".xls" and content.read(8) == OLD_OR_LOCKED:
            raise AnalysisError("file_protected", file=place.name)
    try:
        book = calamine.CalamineWorkbook.from_path(str(place))
        if sheet is not None and sheet not in book.sheet_names:
            raise AnalysisError(
                "sheet_unknown", file=place.name, sheet=sheet, known=", ".join(book.sheet_names)
            )
        shown = calamine.SheetVisibleEnum.Visible
        hidden_last = sorted(book.sheets_metadata, key=lambda each: each.visible != shown)
        for name in [each.name for each in hidden_last] if sheet is None else [sheet]:
            cells = _cells_of(place, book, name)
            alone = bool(cells) and len(cells[0]) == 1  # then a blank line is an answer left out
            rows = [row for row in cells if alone or any(str(cell).strip() for cell in row)]
            if len(rows) > 1:  # not a cover, nor the empty sheet that a new workbook begins with
                return _table(place.name, rows)
    except calamine.PasswordError:
        raise AnalysisError("file_protected", file=place.name) from None
    except (calamine.CalamineError, OSError) as error:
        raise AnalysisError(
            "file_unreadable", file=place.name, kind="Excel", reason=str(error).rstrip(".")
        ) from None
    raise AnalysisError("file_empty", file=place.name)


def _cells_of(place: Path, book: Any, name: str) -> list[list[object]]:
    """The cells of a sheet; an error or a formula without its value stands as its text."""
    seen, faults = look_at(place, name)
    if seen.sprawls:
        raise AnalysisError("sheet_sprawls", file=place.name, sheet=name, cell=seen.last)
    sheet = book.get_sheet_by_name(name)
    cells: list[list[object]] = sheet.to_python()
    top, left = sheet.start or (0, 0)
    for fault in faults:
        row, column = fault.row - 1 - top, fault.column - left
        if 0 <= row < len(cells) and 0 <= column < len(cells[row]):
            cells[row][column] = fault.text
    return cells


def _read_parquet(place: Path) -> Table:
    duckdb = package("duckdb", "Parquet", "duckdb")
    with duckdb.connect() as database:
        try:
            found = database.execute("SELECT * FROM read_parquet(?)", [str(place)]).fetchnumpy()
            names = true_names(database, place)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise AnalysisError(
                "file_unreadable", file=place.name, kind="Parquet", reason=reason
            ) from None
    columns: dict[str, Any] = {}
    for name, column in zip(names, found.values(), strict=True):
        if name in columns:
            raise AnalysisError("header_duplicate", file=place.name, name=name)
        columns[name] = _filled(column)
    if not columns or not len(next(iter(columns.values()))):
        raise AnalysisError("file_empty", file=place.name)
    return Table(place.name, columns)


def _filled(column: Any) -> Any:
    """A column without mask: NaN or None where there is no value."""
    if not np.ma.isMaskedArray(column):
        return column
    if column.dtype.kind in "biuf":
        return np.ma.filled(column.astype(np.float64), np.nan)
    return [
        None if hidden else value
        for value, hidden in zip(column.data, np.ma.getmaskarray(column), strict=True)
    ]


def _table(file: str, rows: Sequence[Sequence[object]]) -> Table:
    """Columns from rows, the first of which names them."""
    if len(rows) < 2:
        raise AnalysisError("file_empty", file=file)
    names = [_name(cell) for cell in rows[0]]
    columns: dict[str, Sequence[object]] = {}
    for number, (name, column) in enumerate(
        zip(names, zip(*rows[1:], strict=True), strict=True), start=1
    ):
        if not name and not any(str(cell or "").strip() for cell in column):
            continue  # spreadsheets often trail empty columns
        if not name:
            raise AnalysisError("header_empty", file=file, column=number)
        if name in columns:
            raise AnalysisError("header_duplicate", file=file, name=name)
        columns[name] = column
    return Table(file, columns)


def _name(cell: object) -> str:
    """A column's name as people write it: 1, not the 1.0 that a spreadsheet makes of it."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if isinstance(cell, float) and whole else cell).strip()
