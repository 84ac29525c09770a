"""What a document is made of. All texts are plain: they are never read as markup."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from zhuoyue.kit.charts import Chart

NARROWEST, WIDEST, GAP = 5, 24, 6  # of a column, in Latin letters


def letters(text: str) -> int:
    """The width of a text in Latin letters; a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Note:
    """A remark set apart: a caution, or how to read what follows."""

    text: str
    tone: str = "note"  # note | caution


@dataclass(frozen=True)
class Bullets:
    texts: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A three-line table; `numeric` names the columns set to the right."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    widths: Sequence[float] = ()  # parts of the text width; left out, they follow the texts

    @property
    def parts(self) -> list[float]:
        """How wide each column is: what stands in one line in a narrow table should stay there."""
        if self.widths:
            return list(self.widths)
        columns = zip(self.columns, *self.rows, strict=True)
        longest = (max(letters(str(text)) for text in column) for column in columns)
        return [float(min(max(each, NARROWEST), WIDEST) + GAP) for each in longest]


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; `chart.rows` are its figures in words for those who cannot see."""

    caption: str
    chart: Chart
    width: int = 720
    height: int = 360


type Block = Heading | Paragraph | Note | Bullets | Table | Figure


@dataclass(frozen=True)
class Document:
    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]  # on the first page
    blocks: Sequence[Block]
    language: str  # zh | en
    made_at: datetime
    footer: str = ""
    mark: str = ""  # printed on every page: demonstration


# What XML, and so Word and SVG, cannot hold: a text from a file may bring an escape for terminals.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable[Part](part: Part) -> Part:
    """The same with a mark for every letter that no file can hold."""
    found: Any = part
    if isinstance(part, str):
        found = UNWRITABLE.sub("\ufffd", part)
    elif isinstance(part, Mapping):
        found = {writable(name): writable(each) for name, each in part.items()}
    elif isinstance(part, list | tuple):
        found = [writable(each) for each in part]
    elif is_dataclass(part) and not isinstance(part, type):
        found = replace(part, **{f.name: writable(getattr(part, f.name)) for f in fields(part)})
    return found  # type: ignore[no-any-return]  # of the same kind, lists for tuples
