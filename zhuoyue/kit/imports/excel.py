"""The first sheet of a workbook: its values, and the cells that have none though they should."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from zhuoyue.analysis.workbooks import look_at

MOST_SWELLING = 20  # a workbook that unpacks to more than this many times the limit is refused


class Unreadable(Exception):
    """No workbook can be read from the file."""


@dataclass(frozen=True)
class Book:
    sheet: str
    cells: Any  # the sheet, as the reading library holds it
    first_row: int  # the filled area begins here
    broken: Sequence[tuple[int, int, str]]  # row, column index, what is wrong

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows with the numbers that Excel shows; whole numbers as such."""
        for number, cells in enumerate(self.cells, start=self.first_row + 1):
            yield number, [plain(cell) for cell in cells]


def plain(cell: Any) -> Any:
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def read_book(path: Path) -> Book:
    import python_calamine

    try:
        with zipfile.ZipFile(path) as parts:
            swollen = sum(part.file_size for part in parts.infolist())
        if swollen > MOST_SWELLING * settings.FILE_LIMIT:
            raise Unreadable("unpacks to more than the limit")
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        if not book.sheet_names:
            raise Unreadable("no sheet")
        seen, faults = look_at(path)
        if seen.sprawls:  # one stray cell would take all memory
            raise Unreadable(f"nearly empty up to {seen.last}")
        sheet = book.get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=True)
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError) as error:
        raise Unreadable(str(error)) from None
    row, column = sheet.start or (0, 0)
    broken = tuple((each.row, each.column - column, each.code) for each in faults)
    return Book(sheet.name, cells, row, broken)
