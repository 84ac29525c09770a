"""`zhuoyue method importance-performance`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.importance import ImportancePerformance


def run(given: "MethodInput") -> "ImportancePerformance":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.understanding.importance import Crosshair, importance_performance

    given.knows("crosshair", "importance", "performance")
    names = given.need_table().names
    lines: Crosshair | tuple[float, float]
    asked = given.option("crosshair")
    if isinstance(asked, list):
        if len(asked) != 2 or not all(isinstance(each, int | float) for each in asked):
            expected = "[importance, performance]"
            raise AnalysisError(
                "option_invalid", option="crosshair", value=asked, expected=expected
            )
        lines = (float(asked[0]), float(asked[1]))
    else:
        lines = given.choice("crosshair", Crosshair, Crosshair.MEANS)
    return importance_performance(
        given.texts(names[0]),
        given.complete(str(given.option("importance", "importance"))),
        given.complete(str(given.option("performance", "performance"))),
        crosshair=lines,
    )


def blocks(found: "ImportancePerformance") -> Iterator[Block]:
    yield Block(
        ("重要性与绩效", "Importance and performance"),
        [
            ("属性", "attribute"),
            ("重要性", "importance"),
            ("绩效", "performance"),
            ("差距", "gap"),
            ("象限", "quadrant"),
        ],
        [
            [name, each.importance, each.performance, each.gap, _QUADRANTS[each.quadrant.value]]
            for name, each in found.attributes.items()
        ],
    )
    yield Block(
        ("十字线", "Cross-hair"),
        [("重要性", "importance"), ("绩效", "performance")],
        [list(found.crosshair)],
    )


_QUADRANTS = {
    "concentrate": ("集中改进", "concentrate here"),
    "keep_up": ("继续保持", "keep up the good work"),
    "low_priority": ("低优先", "low priority"),
    "overkill": ("可能过度", "possible overkill"),
}

METHOD = Method(
    name="importance-performance",
    line=("重要性—绩效分析：该集中在哪里", "importance-performance: where to concentrate"),
    run=run,
    blocks=blocks,
    example="""
# One attribute in each row. Options: crosshair (means, medians, or [importance, performance]),
# importance and performance (names of the columns).
crosshair: means
columns: [attribute, importance, performance]
rows:
  - [speed, 3.8, 2.6]
  - [expertise, 3.6, 3.2]
  - [manner, 2.9, 3.4]
  - [price, 2.5, 2.4]
""",
)
