"""`zhuoyue method servqual`."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.servqual import Servqual


def run(given: "MethodInput") -> "Servqual":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.understanding.servqual import servqual

    given.knows("dimensions", "points", "expected", "perceived", "level")
    dimensions = given.option("dimensions")
    if not isinstance(dimensions, Mapping) or not all(
        isinstance(items, list) and items for items in dimensions.values()
    ):
        expected = "{dimension: [item, ...]}"
        raise AnalysisError(
            "option_invalid", option="dimensions", value=dimensions, expected=expected
        )
    members = {str(name): tuple(map(str, items)) for name, items in dimensions.items()}
    before, after = (
        str(given.option(name, word)) for name, word in (("expected", "E "), ("perceived", "P "))
    )
    items = [item for each in members.values() for item in each]
    return servqual(
        {item: given.numbers(before + item) for item in items},
        {item: given.numbers(after + item) for item in items},
        members,
        points=given.by_name("points"),
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "Servqual") -> Iterator[Block]:
    yield figures(
        ("各维度的差距（感知减期望）", "Gaps of dimensions (perceived - expected)"),
        [((name, name), each.gap) for name, each in found.dimensions.items()],
        found.n,
    )
    yield figures(
        ("总体", "Overall"),
        [(("未加权", "unweighted"), found.plain), (("按分值加权", "by points"), found.weighted)],
        found.n,
    )
    yield figures(
        ("各条目的差距", "Gaps of items"),
        [((name, name), each) for name, each in found.items.items()],
        found.n,
    )
    yield Block(
        ("维度的分值与信度", "Points and reliability of dimensions"),
        [("维度", "dimension"), ("分值", "points"), "alpha"],
        [[name, each.points, each.alpha] for name, each in found.dimensions.items()],
    )


METHOD = Method(
    name="servqual",
    line=("SERVQUAL：感知与期望的差距", "SERVQUAL: gaps of perceived and expected"),
    run=run,
    blocks=blocks,
    example="""
# One person in each row; for every item a column "E item" (expected) and "P item" (perceived).
# Options: dimensions {name: [items]}, points {dimension: points} (of 100), expected and perceived
# (what these columns begin with), level.
dimensions: {reliability: [on time, right first time], responsiveness: [quick answer]}
points: {reliability: 60, responsiveness: 40}
columns: [E on time, E right first time, E quick answer, P on time, P right first time,
  P quick answer]
rows:
  - [7, 7, 6, 5, 6, 6]
  - [6, 7, 7, 6, 6, 5]
  - [7, 6, 6, 4, 5, 6]
  - [7, 7, 7, 6, 6, 7]
""",
)
