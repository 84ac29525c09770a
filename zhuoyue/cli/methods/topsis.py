"""`zhuoyue method topsis`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.decision_input import decision_input, need_weights
from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.topsis import Ranking


def run(given: "MethodInput") -> "Ranking":
    from zhuoyue.analysis.weighing.topsis import Normalisation, topsis

    given.knows("weights", "costs", "normalisation")
    return topsis(
        **decision_input(given),
        weights=need_weights(given),
        normalisation=given.choice("normalisation", Normalisation, Normalisation.VECTOR),
    )


def blocks(found: "Ranking") -> Iterator[Block]:
    yield Block(
        ("排序", "Ranking"),
        [
            ("名次", "rank"),
            ("方案", "alternative"),
            ("贴近度", "closeness"),
            ("到理想解", "to ideal"),
            ("到负理想解", "to anti-ideal"),
        ],
        [
            [each.rank, name, each.closeness, each.to_ideal, each.to_anti_ideal]
            for name, each in sorted(found.standings.items(), key=lambda pair: pair[1].rank)
        ],
    )
    yield Block(
        (f"理想解（{found.normalisation.value}）", f"Ideals ({found.normalisation.value})"),
        [
            ("准则", "criterion"),
            ("权重", "weight"),
            ("理想解", "ideal"),
            ("负理想解", "anti-ideal"),
        ],
        [
            [name, weight, found.ideal[name], found.anti_ideal[name]]
            for name, weight in found.weights.items()
        ],
    )


METHOD = Method(
    name="topsis",
    line=("TOPSIS 逼近理想解排序", "TOPSIS: ranks by closeness to the ideal"),
    run=run,
    blocks=blocks,
    example="""
# One alternative in each row, one criterion in each column; weights are brought to sum one.
# Options: costs (criteria of which less is better), normalisation (vector, max, linear, min_max,
# sum).
weights: {gain: 0.4, quality: 0.4, days: 0.2}
costs: [days]
normalisation: vector
columns: [scheme, gain, quality, days]
rows:
  - [A, 120, 7, 30]
  - [B, 150, 6, 45]
  - [C, 90, 9, 20]
  - [D, 110, 8, 60]
""",
)
