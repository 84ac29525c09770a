"""`zhuoyue method share`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.counting import Shares


def run(given: "MethodInput") -> "Shares":
    from zhuoyue.analysis.errors import AnalysisError
    from zhuoyue.analysis.surveys.counting import shares

    given.knows("level")
    table = given.labelled()
    if len(table.columns) != 2:
        raise AnalysisError("share_columns", columns=1 + len(table.columns))
    for name, (count, total) in zip(table.rows, table.values.tolist(), strict=True):
        if not (count.is_integer() and total.is_integer() and 0 <= count <= total < 1e15):
            raise AnalysisError("share_counts", name=name, count=count, total=total)
    counts, totals = table.values.astype(int).T.tolist()
    return shares(table.rows, counts, totals, level=given.number("level", 0.95, 0.5, 0.999999))


def blocks(found: "Shares") -> Iterator[Block]:
    yield Block(
        ("比例（Wilson 区间）", "Shares (Wilson's interval)"),
        [("名称", "name"), ("比例", "share"), ("下限", "low"), ("上限", "high"), "n"],
        [[name, one.value, one.low, one.high, one.n] for name, one in found.shares.items()],
    )


METHOD = Method(
    name="share",
    line=("比例及 Wilson 区间", "shares with Wilson's interval"),
    run=run,
    blocks=blocks,
    example="""
# In each row a name, how many, and of how many. Option: level.
level: 0.95
columns: [department, promises kept, promises]
rows:
  - [welding, 8, 10]
  - [drawing, 430, 500]
  - [testing, 0, 20]
""",
)
