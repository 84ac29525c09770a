"""`zhuoyue method sample-size`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.counting import SampleSizes


def run(given: "MethodInput") -> "SampleSizes":
    from zhuoyue.analysis.surveys.counting import sample_sizes

    given.knows("population", "margin", "level", "share")
    return sample_sizes(
        populations(given),
        margin=given.number("margin", 0.05, 1e-6, 0.999999),
        level=given.number("level", 0.95, 0.5, 0.999999),
        share=given.number("share", 0.5, 1e-6, 0.999999),
    )


def populations(given: "MethodInput") -> dict[str, int | None]:
    """By the option, by the rows of the table, or one large population."""
    from zhuoyue.analysis.errors import AnalysisError

    if given.option("population") is not None:
        size = given.integer("population", None, 1)
        return {str(size): size}
    if not given.table.n:
        return {"-": None}
    table = given.labelled()
    if len(table.columns) != 1:
        raise AnalysisError("sample_columns", columns=1 + len(table.columns))
    found: dict[str, int | None] = {}
    for name, size in zip(table.rows, table.values[:, 0].tolist(), strict=True):
        if not size.is_integer() or size < 1:
            raise AnalysisError("sample_population", name=name, size=size)
        found[name] = int(size)
    return found


def blocks(found: "SampleSizes") -> Iterator[Block]:
    yield Block(
        ("所需答案数", "Answers needed"),
        [("总体", "population"), "N", ("所需", "needed"), ("取整之前", "before rounding up")],
        [
            [name, "∞" if one.population is None else one.population, one.needed, one.exact]
            for name, one in found.sizes.items()
        ],
    )


METHOD = Method(
    name="sample-size",
    line=("样本量：有限总体中估计比例", "sample size for a share, of finite populations"),
    run=run,
    blocks=blocks,
    example="""
# In each row a name and its population; or the option population; neither: a large population.
# Options: margin (half width), level, share (expected; 0.5 is the careful choice).
margin: 0.05
columns: [recipients, population]
rows:
  - [plants, 100]
  - [suppliers, 2000]
""",
)
