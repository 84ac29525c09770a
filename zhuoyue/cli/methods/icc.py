"""`zhuoyue method icc`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, Words

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.icc import Intraclass

MODELS = {
    "one_way_random": ("单向随机", "one-way random"),
    "two_way_random": ("双向随机", "two-way random"),
    "two_way_mixed": ("双向混合", "two-way mixed"),
}
AGREEMENT = {"absolute": ("绝对一致", "absolute"), "consistency": ("次序一致", "consistency")}


def run(given: "MethodInput") -> "Intraclass":
    from zhuoyue.analysis.surveys.icc import icc

    given.knows("level")
    table = given.labelled(complete=False)
    return icc(table.values, level=given.number("level", 0.95, 0.5, 0.999999))


def blocks(found: "Intraclass") -> Iterator[Block]:
    head: list[Words | str] = [
        "Shrout-Fleiss",
        "McGraw-Wong",
        ("模型", "model"),
        ("一致性", "agreement"),
    ]
    yield Block(
        ("组内相关系数", "Intraclass correlations"),
        [*head, "ICC", ("下限", "low"), ("上限", "high"), "F", "p"],
        [
            [
                *(one.shrout_fleiss, one.mcgraw_wong, MODELS[one.model], AGREEMENT[one.agreement]),
                *(one.value, one.low, one.high, one.f, one.p),
            ]
            for one in found.forms
        ],
    )
    squares = found.mean_squares
    yield Block(
        ("均方", "Mean squares"),
        [("对象间", "targets"), ("对象内", "within"), ("评分者", "raters"), ("误差", "error")],
        [[squares.targets, squares.within, squares.raters, squares.error]],
    )


METHOD = Method(
    name="icc",
    line=("组内相关系数：评分者的一致程度（六种形式）", "intraclass correlation in six forms"),
    run=run,
    blocks=blocks,
    example="""
# In each row a target and the rating each rater gave it (null: none). Option: level.
level: 0.95
columns: [target, Li, Wang, Zhao, Chen]
rows:
  - [a, 9, 2, 5, 8]
  - [b, 6, 1, 3, 2]
  - [c, 8, 4, 6, 8]
  - [d, 7, 1, 2, 6]
  - [e, 10, 5, 6, 9]
  - [f, 6, 2, 4, 7]
""",
)
