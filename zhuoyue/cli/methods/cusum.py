"""`zhuoyue method cusum`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.watching.weighted import Cusum


def run(given: "MethodInput") -> "Cusum":
    from zhuoyue.analysis.watching.weighted import cusum

    given.knows("values", "slack", "limit", "target", "sigma")
    return cusum(
        given.complete(str(given.option("values", given.need_table().names[0]))),
        slack=given.number("slack", 0.5),
        limit=given.number("limit", 5.0),
        target=given.number("target", None) if "target" in given.options else None,
        sigma=given.number("sigma", None) if "sigma" in given.options else None,
    )


def blocks(found: "Cusum") -> Iterator[Block]:
    yield Block(
        ("累积和", "Cumulated sums"),
        [
            ("点", "point"),
            ("值", "value"),
            ("上侧", "above"),
            ("下侧", "below"),
            ("信号", "signal"),
        ],
        [
            [k, value, high, low, ("有", "yes") if k in found.signals else ""]
            for k, (value, high, low) in enumerate(
                zip(found.values, found.above, found.below, strict=True), start=1
            )
        ],
    )
    yield Block(
        ("目标、sigma 与界限", "Target, sigma and limit"),
        [("目标", "target"), "sigma", ("界限", "limit")],
        [[found.target, found.sigma, found.limit]],
    )


METHOD = Method(
    name="cusum",
    line=("累积和控制图：小而持续的偏移", "CUSUM chart: small lasting shifts"),
    run=run,
    blocks=blocks,
    example="""
# One value in each row. Options: values (column, default the first), slack and limit (in sigma),
# target and sigma (without them: the mean and the mean moving range).
slack: 0.5
limit: 4
target: 10
sigma: 1
columns: [hours]
rows: [[9.4], [8.0], [9.3], [11.7], [12.2], [10.2], [8.0], [11.5], [9.0], [10.5], [11.9], [12.0]]
""",
)
