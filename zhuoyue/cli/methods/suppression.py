"""`zhuoyue method suppression`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.suppression import Suppression


def run(given: "MethodInput") -> "Suppression":
    from zhuoyue.analysis.surveys.suppression import suppress_table

    given.knows("threshold")
    table = given.labelled()
    return suppress_table(
        table.values,
        threshold=given.integer("threshold", 5, 2),
        rows=table.rows,
        columns=table.columns,
    )


def blocks(found: "Suppression") -> Iterator[Block]:
    yield Block(
        ("可公布的表（* 为隐去）", "What may be shown (* hidden)"),
        [("行", "row"), *found.columns, ("合计", "total")],
        [
            [name, *("*" if value is None else value for value in row)]
            for name, row in zip((*found.rows, ("合计", "total")), found.shown, strict=True)
        ],
    )


METHOD = Method(
    name="suppression",
    line=("隐去小组：计数表的主要与补充隐去", "suppression of small groups in a table of counts"),
    run=run,
    blocks=blocks,
    example="""
# Counts with names in the first column, without totals. Option: threshold (counts below it, nought
# excepted, are hidden, and others with them so that they cannot be worked out).
threshold: 5
columns: [department, content, neither, annoyed]
rows:
  - [welding, 20, 3, 9]
  - [drawing, 15, 12, 8]
  - [testing, 11, 7, 30]
""",
)
