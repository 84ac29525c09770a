"""`zhuoyue method ces`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.satisfaction import Effort


def run(given: "MethodInput") -> "Effort":
    from zhuoyue.analysis.surveys.satisfaction import ces

    given.knows("column", "easy_from", "low", "high", "high_is_easy", "level")
    column = given.option("column", given.need_table().names[0])
    return ces(
        given.numbers(str(column)),
        easy_from=given.number("easy_from", 5),
        low=given.number("low", 1),
        high=given.number("high", 7),
        high_is_easy=given.flag("high_is_easy", default=True),
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "Effort") -> Iterator[Block]:
    measured = [
        (("觉得省力者比例", "share that found it easy"), found.share),
        (("平均分", "mean"), found.mean),
    ]
    yield figures(("费力度", "Effort"), measured, found.n)


METHOD = Method(
    name="ces",
    line=(
        "客户费力度：平均分与觉得省力者比例及其区间",
        "customer effort: mean and share that found it easy",
    ),
    run=run,
    blocks=blocks,
    example="""
# One answer in each row (null: none). Options: column (default the first), low and high of the
# scale, easy_from (the first easy answer), high_is_easy (false: low answers are the easy ones).
easy_from: 5
columns: [it_was_easy]
rows: [[7], [6], [5], [3], [7], [6], [2], [null], [6], [5]]
""",
)
