"""`zhuoyue method critic`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.decision_input import decision_input
from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.critic import CriticWeights


def run(given: "MethodInput") -> "CriticWeights":
    from zhuoyue.analysis.weighing.critic import critic

    given.knows("costs", "ddof")
    return critic(**decision_input(given), ddof=given.integer("ddof", 1, 0, 1))


def blocks(found: "CriticWeights") -> Iterator[Block]:
    yield Block(
        ("权重", "Weights"),
        [
            ("准则", "criterion"),
            (f"标准差 (ddof={found.ddof})", f"deviation (ddof={found.ddof})"),
            ("冲突性", "conflict"),
            ("信息量", "information"),
            ("权重", "weight"),
        ],
        [
            [
                *(name, found.deviations[name], found.conflicts[name]),
                *(found.information[name], weight),
            ]
            for name, weight in found.weights.items()
        ],
    )
    names = list(found.weights)
    yield Block(
        ("相关系数", "Correlations"),
        [("准则", "criterion"), *names],
        [[name, *row] for name, row in zip(names, found.correlations, strict=True)],
    )


METHOD = Method(
    name="critic",
    line=("CRITIC 赋权：标准差乘以与其他准则的冲突性", "CRITIC weights: deviation times conflict"),
    run=run,
    blocks=blocks,
    example="""
# One alternative in each row, one criterion in each column.
# Options: costs (criteria of which less is better), ddof (0, 1).
costs: [days]
columns: [scheme, gain, quality, days]
rows:
  - [A, 120, 7, 30]
  - [B, 150, 6, 45]
  - [C, 90, 9, 20]
  - [D, 110, 8, 60]
""",
)
