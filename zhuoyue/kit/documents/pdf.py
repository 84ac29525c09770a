"""A document as PDF. Texts travel as JSON data, never as source of the typesetter."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zhuoyue.kit.charts import draw
from zhuoyue.kit.documents.blocks import Block, Document, Figure, Table, writable
from zhuoyue.kit.documents.fonts import font_folder

TEMPLATE = Path(__file__).parent / "document.typ"
PICTURE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("figure.svg", width: 450pt)
"""


def write_pdf(document: Document) -> bytes:
    """The same document gives the same bytes."""
    import typst

    document = writable(document)
    figures = [b for b in document.blocks if isinstance(b, Figure)]
    drawn = draw([(f.chart, f.width, f.height) for f in figures], document.language)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, svg in enumerate(drawn):
            (root / f"figure-{number}.svg").write_text(svg, encoding="utf-8")
        (root / "document.json").write_text(json.dumps(data_of(document)), encoding="utf-8")
        (root / "document.typ").write_bytes(TEMPLATE.read_bytes())
        pdf: bytes = typst.compile(
            str(root / "document.typ"),
            root=str(root),
            font_paths=[font_folder()],
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(document.made_at.timestamp()),
        )
    return pdf


def data_of(document: Document) -> dict[str, Any]:
    numbers = iter(range(len(document.blocks)))
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "facts": [list(fact) for fact in document.facts],
        "language": document.language,
        "footer": document.footer,
        "mark": document.mark,
        "contents": "目录" if document.language == "zh" else "Contents",
        "figure": "图" if document.language == "zh" else "Figure",
        "table": "表" if document.language == "zh" else "Table",
        "blocks": [block_data(b, numbers) for b in document.blocks],
    }


def block_data(block: Block, numbers: Any) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    if isinstance(block, Figure):
        name = f"figure-{next(numbers)}.svg"
        return {"kind": kind, "caption": block.caption, "file": name}
    found = asdict(block)
    if "numeric" in found:
        found["numeric"] = sorted(found["numeric"])
    if isinstance(block, Table):
        found["widths"] = block.parts
    return {"kind": kind, **found}


def pictures(svgs: list[str]) -> list[bytes]:
    """SVG as PNG, with the same fonts, for files that cannot hold SVG."""
    import typst

    found = []
    for svg in svgs:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "figure.svg").write_text(svg, encoding="utf-8")
            (root / "figure.typ").write_text(PICTURE, encoding="utf-8")
            found.append(
                typst.compile(
                    str(root / "figure.typ"),
                    root=str(root),
                    font_paths=[font_folder()],
                    ignore_system_fonts=True,
                    format="png",
                    ppi=200,
                )
            )
    return found
