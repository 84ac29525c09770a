"""`zhuoyue method nps`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.satisfaction import NetPromoters


def run(given: "MethodInput") -> "NetPromoters":
    from zhuoyue.analysis.surveys.satisfaction import nps_counts, nps_score

    given.knows("column", "level", "promoters", "passives", "detractors")
    level = given.number("level", 0.95, 0.5, 0.999999)
    if not given.table.n and "promoters" in given.options:
        return nps_counts(
            given.integer("promoters", None),
            given.integer("passives", None),
            given.integer("detractors", None),
            level=level,
        )
    column = given.option("column", given.need_table().names[0])
    return nps_score(given.numbers(str(column)), level=level)


def blocks(found: "NetPromoters") -> Iterator[Block]:
    score = found.score
    yield Block(
        ("净推荐值（分）", "Net promoter score (points)"),
        ["NPS", ("下限", "low"), ("上限", "high"), ("标准误", "standard error"), "n"],
        [[score.value, score.low, score.high, score.se, found.n]],
    )
    yield Block(
        ("答案", "Answers"),
        [("推荐者", "promoters"), ("被动者", "passives"), ("贬损者", "detractors")],
        [[found.promoters, found.passives, found.detractors]],
    )


METHOD = Method(
    name="nps",
    line=("净推荐值及其区间", "net promoter score with its interval"),
    run=run,
    blocks=blocks,
    example="""
# One answer from 0 to 10 in each row (null: none), or no table but the options
# promoters, passives, detractors. Options: column (default the first), level.
level: 0.95
columns: [recommend]
rows: [[9], [10], [7], [6], [10], [8], [3], [9], [null], [10]]
""",
)
