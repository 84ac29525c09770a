"""`zhuoyue method weighting`."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.surveys.weighting import Weighting

KINDS = {
    "post_stratification": ("事后分层", "post-stratification"),
    "raking": ("迭代比例拟合", "raking"),
}


def run(given: "MethodInput") -> "Weighting":
    from zhuoyue.analysis.surveys.weighting import weighting

    given.knows("margins", "trim")
    margins = read_margins(given.option("margins"))
    trim = None if given.option("trim") is None else given.number("trim", None, 1.000001)
    return weighting({name: given.texts(name) for name in margins}, margins, trim=trim)


def read_margins(found: object) -> dict[str, dict[str, float]]:
    """Names of columns, of groups, and sizes."""
    from zhuoyue.analysis.errors import AnalysisError

    expected = "{column: {group: size, ...}, ...}"
    if found is None:
        raise AnalysisError("option_missing", option="margins", expected=expected)
    if not isinstance(found, Mapping) or not all(
        isinstance(groups, Mapping)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in groups.values())
        for groups in found.values()
    ):
        raise AnalysisError("option_invalid", option="margins", value=found, expected=expected)
    return {
        str(name): {str(group): float(size) for group, size in groups.items()}
        for name, groups in found.items()
    }


def blocks(found: "Weighting") -> Iterator[Block]:
    yield Block(
        ("加权", "Weighting"),
        [
            ("方法", "method"),
            "n",
            ("有效样本量", "effective n"),
            ("设计效应", "design effect"),
            ("最小权重", "least weight"),
            ("最大权重", "largest weight"),
            ("轮数", "rounds"),
        ],
        [
            [
                *(KINDS[found.kind], found.n, found.effective_n, found.design_effect),
                *(min(found.weights), max(found.weights), found.steps),
            ]
        ],
    )
    yield Block(
        ("各组比例", "Shares of groups"),
        [
            ("变量", "variable"),
            ("组", "group"),
            ("答案数", "answers"),
            ("加权前", "before"),
            ("加权后", "after"),
            ("目标", "target"),
        ],
        [
            [one.margin, one.group, one.answers, one.unweighted, one.weighted, one.target]
            for one in found.groups
        ],
    )


METHOD = Method(
    name="weighting",
    line=("答案加权：事后分层与迭代比例拟合", "weights of answers: post-stratification, raking"),
    run=run,
    blocks=blocks,
    example="""
# In each row the groups of one answer. margins: of each column, the size of every group in the
# population (counts or shares); one column: post-stratification, several: raking. The weights
# stand in the JSON, in the order of the rows. Option: trim (largest weight, in means).
margins:
  department: {plants: 600, offices: 400}
  age: {young: 300, old: 700}
columns: [department, age]
rows:
  - [plants, young]
  - [plants, young]
  - [plants, old]
  - [offices, young]
  - [offices, old]
  - [offices, old]
  - [offices, young]
  - [plants, young]
""",
)
