"""`zhuoyue method kappa`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.kappa import Kappa


def run(given: "MethodInput") -> "Kappa":
    from zhuoyue.analysis.understanding.kappa import Weighting, cohen, fleiss, kappa

    given.knows("coders", "categories", "weighting", "level", "counts")
    weighting = given.choice("weighting", Weighting, Weighting.NONE)
    level = given.number("level", 0.95, 0.5, 0.999999)
    table = given.need_table()
    if given.flag("counts"):
        counts = given.labelled()
        if counts.rows == counts.columns:
            return cohen(counts.rows, counts.values, weighting=weighting, level=level)
        return fleiss(counts.columns, counts.values, level=level)
    coders = given.listed("coders") or table.names
    categories = given.listed("categories")
    return kappa(
        [given.texts(str(name)) for name in coders],
        categories=None if categories is None else [str(each) for each in categories],
        weighting=weighting,
        level=level,
    )


def blocks(found: "Kappa") -> Iterator[Block]:
    yield Block(
        ("一致性", "Agreement"),
        [
            "kappa",
            ("下限", "low"),
            ("上限", "high"),
            ("标准误", "standard error"),
            ("观察一致", "observed"),
            ("期望一致", "expected"),
            ("编码者", "coders"),
            "n",
        ],
        [
            [
                found.kappa,
                found.low,
                found.high,
                found.se,
                found.observed,
                found.expected,
                found.coders,
                found.n,
            ]
        ],
    )
    yield Block(
        ("各类别对其余", "Each category against the others"),
        [("类别", "category"), "kappa"],
        list(found.by_category.items()),
    )


METHOD = Method(
    name="kappa",
    line=("kappa：编码者之间超出偶然的一致", "kappa: agreement of coders beyond chance"),
    run=run,
    blocks=blocks,
    example="""
# A column for each coder, a row for each thing; two coders: Cohen's kappa, more: Fleiss'.
# Options: coders (columns, without it all), categories (in their order), weighting (none, linear,
# quadratic; two coders), level; counts: true for a table of counts instead (category x category, or
# thing x category with the number of coders in each cell).
categories: [low, middle, high]
weighting: linear
coders: [Li, Wang]
columns: [thing, Li, Wang]
rows:
  - [1, low, low]
  - [2, middle, high]
  - [3, high, high]
  - [4, low, middle]
  - [5, middle, middle]
  - [6, high, high]
""",
)
