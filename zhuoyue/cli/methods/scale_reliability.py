"""`zhuoyue method scale-reliability`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.scale_reliability import ScaleReliability


def run(given: "MethodInput") -> "ScaleReliability":
    import numpy as np

    from zhuoyue.analysis.errors import AnalysisError
    from zhuoyue.analysis.surveys.scale_reliability import Gaps, scale_reliability

    given.knows("gaps", "items", "level")
    names = given.need_table().names
    items = [str(each) for each in given.listed("items") or names]
    for item in items:
        if item not in names:
            raise AnalysisError("item_unknown", item=item, known=", ".join(names))
    return scale_reliability(
        items,
        np.column_stack([given.numbers(item) for item in items] or [np.empty(0)]),
        gaps=given.choice("gaps", Gaps, Gaps.PAIRWISE),
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "ScaleReliability") -> Iterator[Block]:
    yield Block(
        ("信度", "Reliability"),
        ["α", ("下限", "low"), ("上限", "high"), "ω", ("行数", "rows"), ("区间用 n", "interval n")],
        [
            [
                *(found.alpha, found.alpha_low, found.alpha_high),
                *(found.omega, found.n, found.interval_n),
            ]
        ],
    )
    yield Block(
        ("题项", "Items"),
        [("题项", "item"), ("答案数", "answers"), ("与其余题项之和的相关", "item-rest r")],
        [[name, found.answered[name], found.item_rest[name]] for name in found.items],
    )
    yield Block(
        ("两题都作答的人数", "Answers to both of a pair"),
        [("题项", "item"), *found.items],
        [[name, *row] for name, row in zip(found.items, found.pair_counts, strict=True)],
    )


METHOD = Method(
    name="scale-reliability",
    line=("量表信度：α 与 ω，允许缺答", "reliability of a scale: alpha and omega, gaps allowed"),
    run=run,
    blocks=blocks,
    example="""
# Items in columns, people in rows (null: no answer). Options: gaps (pairwise, em, complete: where
# the covariances come from), items (a list of columns; default all), level.
gaps: pairwise
items: [q1, q2, q3, q4]
columns: [person, q1, q2, q3, q4]
rows:
  - [Li, 5, 4, 5, 4]
  - [Wang, 3, 3, null, 2]
  - [Zhao, 4, 4, 5, 5]
  - [Chen, 2, 1, 2, null]
  - [Liu, 4, null, 3, 4]
  - [Sun, 1, 2, 2, 1]
  - [Zhou, 5, 5, 4, 4]
  - [Wu, 3, 2, 3, 3]
""",
)
