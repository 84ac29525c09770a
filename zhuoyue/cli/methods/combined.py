"""`zhuoyue method combined`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.combined import CombinedWeights

KINDS = {
    "additive": ("加法合成", "additive"),
    "multiplicative": ("乘法合成", "multiplicative"),
    "geometric": ("几何合成（最小相对熵）", "geometric (least relative entropy)"),
}


def run(given: "MethodInput") -> "CombinedWeights":
    from zhuoyue.analysis.weighing.combined import Combination, combined

    given.knows("combination", "shares")
    table = given.labelled()
    sets = {
        name: dict(zip(table.rows, column.tolist(), strict=True))
        for name, column in zip(table.columns, table.values.T, strict=True)
    }
    return combined(
        sets,
        combination=given.choice("combination", Combination, Combination.ADDITIVE),
        shares=given.by_name("shares"),
    )


def blocks(found: "CombinedWeights") -> Iterator[Block]:
    yield Block(
        ("权重", "Weights"),
        [("准则", "criterion"), *found.given, KINDS[found.combination.value]],
        [
            [name, *(each[name] for each in found.given.values()), weight]
            for name, weight in found.weights.items()
        ],
    )
    if found.shares is not None:
        yield Block(
            ("各组权重所占份额", "Shares of the sets"),
            [("组", "set"), ("份额", "share")],
            list(found.shares.items()),
        )


METHOD = Method(
    name="combined",
    line=("组合权重：主观与客观权重合成", "combined weights: judged and computed ones made one"),
    run=run,
    blocks=blocks,
    example="""
# One criterion in each row, one set of weights in each column (each is brought to sum one).
# Options: combination (additive, multiplicative, geometric), shares of the sets (equal by default).
combination: additive
shares: {ahp: 0.6, entropy: 0.4}
columns: [criterion, ahp, entropy]
rows:
  - [speed, 0.32, 0.25]
  - [quality, 0.56, 0.30]
  - [price, 0.12, 0.45]
""",
)
