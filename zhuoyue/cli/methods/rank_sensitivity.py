"""`zhuoyue method rank-sensitivity`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.decision_input import decision_input, need_weights
from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.rank_sensitivity import RankSensitivity


def run(given: "MethodInput") -> "RankSensitivity":
    from zhuoyue.analysis.weighing.rank_sensitivity import rank_sensitivity
    from zhuoyue.analysis.weighing.topsis import Normalisation

    given.knows("weights", "costs", "normalisation", "change", "draws", "seed")
    return rank_sensitivity(
        **decision_input(given),
        weights=need_weights(given),
        normalisation=given.choice("normalisation", Normalisation, Normalisation.VECTOR),
        change=given.number("change", 0.1, 0.001, 1),
        draws=given.integer("draws", 10_000, 1, 1_000_000),
        seed=given.integer("seed", 0),
    )


def blocks(found: "RankSensitivity") -> Iterator[Block]:
    yield Block(
        ("随机权重下的名次", "Ranks under random weights"),
        [
            ("方案", "alternative"),
            ("名次", "rank"),
            ("贴近度", "closeness"),
            ("居首比例", "share first"),
            *((f"领先 {name}", f"ahead of {name}") for name in found.alternatives),
        ],
        [
            [name, found.ranks[k], found.closeness[k], found.first_shares[name], *found.ahead[k]]
            for k, name in enumerate(found.alternatives)
        ],
    )
    yield Block(
        ("单个权重变动", "One weight moved"),
        [
            ("准则", "criterion"),
            ("变动", "change"),
            ("权重", "weight"),
            ("居首", "first"),
            ("名次改变数", "ranks changed"),
        ],
        [
            [each.criterion, each.change, each.weight, each.first, each.moved]
            for each in found.moves
        ],
    )
    yield Block(
        ("使首位改变的最小变动", "Smallest change that turns the first place"),
        [
            ("准则", "criterion"),
            ("权重", "weight"),
            ("转折点", "turns at"),
            ("相对变动", "change"),
            ("新居首", "new first"),
        ],
        [
            [each.criterion, each.weight, each.turns_at, each.change, each.first]
            for each in sorted(found.turns, key=lambda one: abs(one.turns_at - one.weight))
        ],
    )


METHOD = Method(
    name="rank-sensitivity",
    line=(
        "排序灵敏度：权重变动对 TOPSIS 名次的影响",
        "how a TOPSIS ranking hangs on its weights",
    ),
    run=run,
    blocks=blocks,
    example="""
# As for topsis. Options: weights, costs, normalisation, change (by which share weights are moved),
# draws and seed (of random weights).
weights: {gain: 0.4, quality: 0.4, days: 0.2}
costs: [days]
change: 0.1
draws: 2000
columns: [scheme, gain, quality, days]
rows:
  - [A, 120, 7, 30]
  - [B, 150, 6, 45]
  - [C, 90, 9, 20]
  - [D, 110, 8, 60]
""",
)
