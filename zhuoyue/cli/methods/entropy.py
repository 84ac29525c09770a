"""`zhuoyue method entropy`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.decision_input import decision_input
from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.entropy import EntropyWeights


def run(given: "MethodInput") -> "EntropyWeights":
    from zhuoyue.analysis.weighing.entropy import Shares, entropy

    given.knows("costs", "normalisation", "shift")
    return entropy(
        **decision_input(given),
        normalisation=given.choice("normalisation", Shares, Shares.SUM),
        shift=given.number("shift", 0, 0),
    )


def blocks(found: "EntropyWeights") -> Iterator[Block]:
    yield Block(
        ("权重", "Weights"),
        [("准则", "criterion"), ("熵", "entropy"), ("权重", "weight")],
        [[name, found.entropies[name], weight] for name, weight in found.weights.items()],
    )


METHOD = Method(
    name="entropy",
    line=("熵权法：差异大的准则权重大", "entropy weights: what tells alternatives apart weighs"),
    run=run,
    blocks=blocks,
    example="""
# One alternative in each row, one criterion in each column.
# Options: costs (criteria of which less is better), normalisation (sum, min_max), shift.
normalisation: sum
costs: [days]
columns: [scheme, gain, quality, days]
rows:
  - [A, 120, 7, 30]
  - [B, 150, 6, 45]
  - [C, 90, 9, 20]
  - [D, 110, 8, 60]
""",
)
