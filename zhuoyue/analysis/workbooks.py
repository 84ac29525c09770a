"""What a workbook (.xlsx) holds that the library which reads it does not tell.

It shows cells with an error, and formulas that nobody has calculated, as empty, which would be a
silent loss; and it makes room for every cell up to the last, so that one stray cell far off takes
all memory. Both are seen in the parts of the file before it is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 20
ROOM = 20_000_000  # cells that are made without a question
THIN = 50  # cells of room for each that holds something: a table is not that thin
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ParseError),
    *(NotImplementedError, RuntimeError, UnicodeDecodeError),  # of encrypted or odd parts
)
_CELL = re.compile(rb' r="([A-Z]+)\d')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Fault:
    """A cell without a value that should have one."""

    row: int  # from 1
    column: int  # from 0
    code: str  # cell_error, formula
    text: str  # what a person reads in the cell or above it


@dataclass(frozen=True)
class Sheet:
    """What was seen of a sheet."""

    last: str = "A1"  # the cell in the last row and the last column
    area: int = 0
    filled: int = 0
    suspicious: bool = False  # whether there is any formula or error at all

    @property
    def sprawls(self) -> bool:
        """Whether it is nearly all emptiness, up to some stray cell far off."""
        return self.area > max(ROOM, THIN * self.filled)


def look_at(path: Path, name: str | None = None) -> tuple[Sheet, tuple[Fault, ...]]:
    """The sheet of that name, or the first one; nothing where the file is damaged or no .xlsx."""
    seen = Sheet()
    faults: list[Fault] = []
    with suppress(*DAMAGED), zipfile.ZipFile(path) as parts:
        part = _part(parts, name)
        if part is not None:
            seen = _seen(parts, part)
            if seen.suspicious and not seen.sprawls:
                faults.extend(_faults(parts, part))
    return seen, tuple(faults)


def _part(parts: zipfile.ZipFile, name: str | None) -> str | None:
    """The part that holds the sheet."""
    book = fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 - expat bounds entities itself
    links = fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    for sheet in _named(book, "sheet"):
        if name is not None and sheet.get("name") != name:
            continue
        key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        for link in _named(links, "Relationship"):
            if link.get("Id") == key:
                target = str(link.get("Target")).removeprefix("/")
                target = target if target.startswith("xl/") else f"xl/{target}"
                return target if target in parts.namelist() else None
    return None


def _named(root: Element, kind: str) -> Iterator[Element]:
    """Elements by their name, whatever the edition of the format calls their space."""
    return (each for each in root.iter() if each.tag.rpartition("}")[2] == kind)


def _seen(parts: zipfile.ZipFile, part: str) -> Sheet:
    widest, lowest, filled, suspicious, tail = "A", 1, 0, False, b""
    with parts.open(part) as content:
        while chunk := content.read(CHUNK):
            seen = tail + chunk
            end = seen.rfind(b"<") if len(chunk) == CHUNK else len(seen)
            seen, tail = seen[:end], seen[end:]
            columns = _CELL.findall(seen)
            filled += len(columns)
            widest = max(widest, *(c.decode() for c in set(columns)), key=_order)
            lowest = max(lowest, *map(int, _ROW.findall(seen)), 1)
            suspicious = suspicious or b"<f" in seen or b't="e"' in seen
    area = lowest * (column_index(widest) + 1)
    return Sheet(f"{widest}{lowest}", area, filled, suspicious)


def _order(letters: str) -> tuple[int, str]:
    return len(letters), letters


def _faults(parts: zipfile.ZipFile, part: str) -> Iterator[Fault]:
    with parts.open(part) as content:
        for _event, cell in iterparse(content):  # noqa: S314 - expat bounds entities itself
            kind = cell.tag.rpartition("}")[2]
            if kind == "row":
                cell.clear()
            found = _PLACE.fullmatch(cell.get("r", "")) if kind == "c" else None
            if found:
                code, text = _wrong(cell)
                if code:
                    yield Fault(int(found[2]), column_index(found[1]), code, text)


def _wrong(cell: Element) -> tuple[str, str]:
    inner = {each.tag.rpartition("}")[2]: each for each in cell}
    formula, value = inner.get("f"), inner.get("v")
    text = "" if value is None else value.text or ""
    if cell.get("t") == "e":
        return "cell_error", text or "#ERROR"
    if formula is None or text or (cell.get("t") == "str" and value is not None):
        return "", ""
    return "formula", f"={formula.text or ''}"


def column_index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
