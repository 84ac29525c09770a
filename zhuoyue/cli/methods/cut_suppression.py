"""`zhuoyue method cut-suppression`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.cut_suppression import CutSuppression

REASONS = {
    "small": ("本身是小组", "is a small group itself"),
    "difference": ("与另一切分之差是小组", "differs from a shown cut by a small group"),
    "combination": (
        "与其他切分合起来会（或可能）暴露小组",
        "may give a small group away with other cuts",
    ),
}


def run(given: "MethodInput") -> "CutSuppression":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.surveys.cut_suppression import suppress_cuts

    given.knows("threshold")
    table = given.labelled()
    for row, cells in enumerate(table.values.tolist(), start=1):
        for column, cell in zip(table.columns, cells, strict=True):
            if cell not in (0.0, 1.0):
                raise AnalysisError("suppression_member", row=row, column=column, value=cell)
    cuts = {
        column: {row for row, inside in zip(table.rows, cells, strict=True) if inside}
        for column, cells in zip(table.columns, table.values.T.tolist(), strict=True)
    }
    return suppress_cuts(cuts, threshold=given.integer("threshold", 5, 2))


def blocks(found: "CutSuppression") -> Iterator[Block]:
    yield Block(
        ("可一起公布的切分", "Cuts that may be shown together"),
        [("切分", "cut"), ("人数", "people")],
        [[name, size] for name, size in found.shown.items()],
    )
    yield Block(
        ("隐去的切分", "Hidden cuts"),
        [("切分", "cut"), ("原因", "reason")],
        [[name, REASONS[reason.value]] for name, reason in found.hidden.items()],
    )


METHOD = Method(
    name="cut-suppression",
    line=("重叠切分：哪些可以一起公布", "overlapping cuts: which may be shown together"),
    run=run,
    blocks=blocks,
    example="""
# A person in each row (a number will do), a cut in each column; 1: belongs to it, 0: does not.
# Option: threshold (a group of fewer people is small).
threshold: 3
columns: [person, all, engineers, not in welding, first year]
rows: [[1, 1, 1, 1, 0], [2, 1, 1, 1, 0], [3, 1, 1, 1, 1], [4, 1, 1, 1, 1], [5, 1, 1, 1, 1],
  [6, 1, 0, 1, 1], [7, 1, 0, 1, 0], [8, 1, 0, 1, 0], [9, 1, 0, 0, 1], [10, 1, 0, 0, 0]]
""",
)
