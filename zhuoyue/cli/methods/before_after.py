"""`zhuoyue method before-after`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.proving.before_after import BeforeAfter


def run(given: "MethodInput") -> "BeforeAfter":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.proving.before_after import (
        before_after,
        before_after_pairs,
        before_after_shares,
    )

    given.knows(
        "before", "after", "paired", "level", "group", "value",
        "count_before", "n_before", "count_after", "n_after",
    )  # fmt: skip
    level = given.number("level", 0.95, 0.5, 0.999999)
    if not given.table.n and "count_before" in given.options:
        counts = (given.integer(name, None) for name in ("count_before", "n_before"))
        later = (given.integer(name, None) for name in ("count_after", "n_after"))
        return before_after_shares(*counts, *later, level=level)
    before, after = (str(given.option(name, name)) for name in ("before", "after"))
    if given.option("group") is None:
        work = before_after_pairs if given.flag("paired") else before_after
        return work(given.numbers(before), given.numbers(after), level=level)
    groups, values = (
        given.texts(str(given.option("group"))),
        given.numbers(str(given.option("value", "value"))),
    )
    for each in groups:
        if each not in {before, after}:
            raise AnalysisError("proving_group", found=each, before=before, after=after)
    first, second = (
        [value for value, each in zip(values.tolist(), groups, strict=True) if each == name]
        for name in (before, after)
    )
    return before_after(first, second, level=level)


def blocks(found: "BeforeAfter") -> Iterator[Block]:
    yield figures(
        ("之前与之后", "Before and after"),
        [(("之前", "before"), found.before), (("之后", "after"), found.after)],
    )
    yield Block(
        ("变化", "Change"),
        [
            ("之后减之前", "after - before"),
            ("下限", "low"),
            ("上限", "high"),
            "p",
            ("效应量", "effect size"),
            ("可察觉的最小差异", "smallest detectable"),
        ],
        [[found.value, found.low, found.high, found.p, found.size, found.detectable]],
    )


METHOD = Method(
    name="before-after",
    line=("前后之差及其区间", "difference of before and after with its interval"),
    run=run,
    blocks=blocks,
    example="""
# Columns before and after with values of different people (unequally many: leave cells empty), or
# of the same people (paired: true); or a column of groups: group: wave, value: score, before: W1,
# after: W2; or no table but count_before, n_before, count_after, n_after for two shares.
# Options: level.
paired: true
columns: [person, before, after]
rows:
  - [1, 6, 8]
  - [2, 7, 7]
  - [3, 5, 8]
  - [4, 8, 9]
  - [5, 6, 7]
  - [6, 7, 9]
""",
)
