"""`zhuoyue method ewma`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.watching.weighted import Ewma


def run(given: "MethodInput") -> "Ewma":
    from zhuoyue.analysis.watching.weighted import ewma

    given.knows("values", "weight", "width", "target", "sigma", "asymptotic")
    return ewma(
        given.complete(str(given.option("values", given.need_table().names[0]))),
        weight=given.number("weight", 0.2),
        width=given.number("width", 3.0),
        target=given.number("target", None) if "target" in given.options else None,
        sigma=given.number("sigma", None) if "sigma" in given.options else None,
        asymptotic=given.flag("asymptotic"),
    )


def blocks(found: "Ewma") -> Iterator[Block]:
    yield Block(
        ("指数加权移动平均", "Exponentially weighted means"),
        [
            ("点", "point"),
            ("值", "value"),
            "EWMA",
            ("下限", "lower"),
            ("上限", "upper"),
            ("信号", "signal"),
        ],
        [
            [k, value, smooth, low, high, ("有", "yes") if k in found.signals else ""]
            for k, (value, smooth, low, high) in enumerate(
                zip(found.values, found.smoothed, found.lower, found.upper, strict=True), start=1
            )
        ],
    )
    yield Block(
        ("目标与 sigma", "Target and sigma"),
        [("目标", "target"), "sigma"],
        [[found.target, found.sigma]],
    )


METHOD = Method(
    name="ewma",
    line=("指数加权移动平均控制图：小的偏移", "EWMA chart: small shifts"),
    run=run,
    blocks=blocks,
    example="""
# One value in each row. Options: values (column, default the first), weight (lambda), width
# (in sigma), target and sigma (without them: the mean and the mean moving range), asymptotic.
weight: 0.3
target: 50
sigma: 2.0539
asymptotic: true
columns: [flow]
rows: [[52.0], [47.0], [53.0], [49.3], [50.1], [47.0], [51.0], [50.1], [51.2], [50.5]]
""",
)
