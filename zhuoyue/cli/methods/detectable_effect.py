"""`zhuoyue method detectable-effect`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.proving.detectable import DetectableEffect


def run(given: "MethodInput") -> "DetectableEffect":
    from zhuoyue.analysis.proving.detectable import Comparison, detectable_effect

    given.knows("comparison", "n", "effect", "power", "sd", "base", "ratio", "level")
    asked = {
        name: given.number(name, None)
        for name in ("n", "effect", "power")
        if given.option(name) is not None
    }
    return detectable_effect(
        given.choice("comparison", Comparison, Comparison.MEANS),
        n=asked.get("n"),
        effect=asked.get("effect"),
        power=asked.get("power"),
        sd=given.number("sd", 1.0),
        base=given.number("base", 0.5),
        ratio=given.number("ratio", 1.0),
        level=given.number("level", 0.95),
    )


def blocks(found: "DetectableEffect") -> Iterator[Block]:
    yield Block(
        ("可察觉的效果", "Detectable effect"),
        [
            ("第一组人数", "first group"),
            ("第二组人数", "second group"),
            ("效果", "effect"),
            ("标准化效果", "standardised"),
            ("检验功效", "power"),
        ],
        [[found.n, found.n_second or "-", found.effect, found.standardised, found.power]],
    )


METHOD = Method(
    name="detectable-effect",
    line=("可察觉的效果与所需样本量", "the effect that data can show, the sample that it needs"),
    run=run,
    blocks=blocks,
    example="""
# No table. Two of n (first group), effect and power; the third is computed. Options: comparison
# (means, pairs, shares), sd (of values; of changes for pairs), base (the first share), ratio (of
# the second group to the first), level.
comparison: means
effect: 0.5
power: 0.8
sd: 1.0
""",
)
