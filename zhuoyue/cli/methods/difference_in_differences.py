"""`zhuoyue method difference-in-differences`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.proving.differences import DifferenceInDifferences


def run(given: "MethodInput") -> "DifferenceInDifferences":
    from zhuoyue.analysis.proving.differences import difference_in_differences

    given.knows("value", "treated", "period", "after", "unit", "level")
    unit = given.option("unit")
    words = [each.lower() for each in given.texts(str(given.option("treated", "treated")))]
    return difference_in_differences(
        given.complete(str(given.option("value", "value"))),
        [word in {"yes", "true", "1", "1.0", "是"} for word in words],
        given.texts(str(given.option("period", "period"))),
        [str(each) for each in given.listed("after") or ()],
        clusters=None if unit is None else given.texts(str(unit)),
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "DifferenceInDifferences") -> Iterator[Block]:
    yield figures(
        ("效果", "Effect"), [(("双重差分", "difference in differences"), found.effect)], found.n
    )
    errors = (
        ("逐行稳健 HC1", "robust, HC1")
        if found.clusters is None
        else (f"按群组，{found.clusters} 组", f"by cluster, {found.clusters} of them")
    )
    yield Block(
        (f"均值（误差：{errors[0]}）", f"Means (errors: {errors[1]})"),
        [("组", "group"), ("之前", "before"), ("之后", "after")],
        [
            [name, found.means[key]["before"], found.means[key]["after"]]
            for key, name in (
                ("treated", ("实施组", "treated")),
                ("control", ("对照组", "control")),
            )
        ],
    )
    yield figures(
        (
            "各时期两组之差（相对变化前最后一期）",
            "Gap of the groups by period, against the last before",
        ),
        [((name, name), each) for name, each in found.by_period.items()],
        found.n,
    )
    if found.parallel_p is not None:
        yield Block(("变化前同步", "Alike before the change"), ["p"], [[found.parallel_p]])


METHOD = Method(
    name="difference-in-differences",
    line=(
        "双重差分：有变化者是否比无变化者动得更多",
        "difference in differences: a change against a control",
    ),
    run=run,
    blocks=blocks,
    example="""
# One row for each unit and period: a value, whether the unit gets the change (yes, no), the
# period. after: the periods with the change. Options: value, treated, period, unit (columns; with
# unit, errors are by unit), level.
after: [q3]
unit: site
columns: [site, treated, period, value]
rows:
  - [a, yes, q1, 10]
  - [a, yes, q2, 11]
  - [a, yes, q3, 15]
  - [b, yes, q1, 9]
  - [b, yes, q2, 10]
  - [b, yes, q3, 13]
  - [c, no, q1, 8]
  - [c, no, q2, 9]
  - [c, no, q3, 10]
  - [d, no, q1, 9]
  - [d, no, q2, 9]
  - [d, no, q3, 10]
""",
)
