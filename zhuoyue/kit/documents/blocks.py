"""What a document is made of. All texts are plain: they are never read as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhuoyue.kit.charts import Chart


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
    widths: Sequence[float] = ()  # parts of the text width


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
