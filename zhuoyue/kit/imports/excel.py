"""The first sheet of a workbook: its values, and the cells that have none though they should."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from django.conf import settings

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELL_NAME = re.compile(r"([A-Z]+)(\d+)")
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
        sheet = book.get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=True)
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError) as error:
        raise Unreadable(str(error)) from None
    row, column = sheet.start or (0, 0)
    broken = tuple((at, index - column, code) for at, index, code in broken_cells(path))
    return Book(sheet.name, cells, row, broken)


def broken_cells(path: Path) -> Iterator[tuple[int, int, str]]:
    """Cells of the first sheet with an error, or with a formula nobody has calculated.

    The reading library shows both as empty, which would be a silent loss.
    """
    with zipfile.ZipFile(path) as parts:
        part = first_sheet(parts)
        if part is None or not _is_suspicious(parts, part):
            return
        try:
            with parts.open(part) as content:
                for _event, cell in iterparse(content):  # noqa: S314 - expat bounds entities itself
                    if cell.tag == f"{MAIN}row":
                        cell.clear()
                    if cell.tag != f"{MAIN}c":
                        continue
                    code = _wrong(cell)
                    found = CELL_NAME.fullmatch(cell.get("r", ""))
                    if code and found:
                        yield int(found[2]), column_index(found[1]), code
        except ParseError:
            return


def first_sheet(parts: zipfile.ZipFile) -> str | None:
    """The part that holds the sheet which the workbook names first."""
    try:
        book = parts.read("xl/workbook.xml").decode()
        links = parts.read("xl/_rels/workbook.xml.rels").decode()
    except (KeyError, UnicodeDecodeError):
        return None
    sheet = re.search(r"<(?:\w+:)?sheet\s[^>]*?\bid=\"([^\"]+)\"", book) or re.search(
        r"<(?:\w+:)?sheet\s[^>]*?r:id=\"([^\"]+)\"", book
    )
    if sheet is None:
        return None
    for link in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        if re.search(rf'\bId="{re.escape(sheet[1])}"', link):
            target = re.search(r'\bTarget="/?([^"]+)"', link)
            name = target[1] if target else ""
            name = name if name.startswith("xl/") else f"xl/{name}"
            return name if name in parts.namelist() else None
    return None


def _is_suspicious(parts: zipfile.ZipFile, part: str) -> bool:
    """Whether there is any formula or error at all; most sheets have none and are not parsed."""
    tail = b""
    with parts.open(part) as content:
        while chunk := content.read(1 << 20):
            seen = tail + chunk
            if b"<f" in seen or b't="e"' in seen:
                return True
            tail = seen[-8:]
    return False


def _wrong(cell: Any) -> str:
    if cell.get("t") == "e":
        return "cell_error"
    formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
    if formula is not None and (value is None or value.text is None):
        return "" if cell.get("t") == "str" and value is not None else "formula"
    return ""


def column_index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
