"""`zhuoyue method csat`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.satisfaction import Satisfaction


def run(given: "MethodInput") -> "Satisfaction":
    from zhuoyue.analysis.surveys.satisfaction import csat

    given.knows("column", "satisfied_from", "low", "high", "level")
    column = given.option("column", given.need_table().names[0])
    return csat(
        given.numbers(str(column)),
        satisfied_from=given.number("satisfied_from", 4),
        low=given.number("low", 1),
        high=given.number("high", 5),
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "Satisfaction") -> Iterator[Block]:
    measured = [(("满意者比例", "share satisfied"), found.share), (("平均分", "mean"), found.mean)]
    yield figures(("满意度", "Satisfaction"), measured, found.n)


METHOD = Method(
    name="csat",
    line=(
        "满意度：满意者比例与平均分及其区间",
        "satisfaction: share satisfied and mean, with intervals",
    ),
    run=run,
    blocks=blocks,
    example="""
# One answer in each row (null: none). Options: column (default the first), low and high of the
# scale, satisfied_from (the lowest answer that counts as satisfied), level.
low: 1
high: 5
satisfied_from: 4
columns: [satisfaction]
rows: [[5], [4], [3], [5], [4], [2], [5], [null], [4], [5]]
""",
)
