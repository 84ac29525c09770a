"""`zhuoyue method false-alarms`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.watching.false_alarms import FalseAlarms


def run(given: "MethodInput") -> "FalseAlarms":
    from zhuoyue.analysis.watching.false_alarms import false_alarms
    from zhuoyue.cli.methods.control_chart import rules

    given.knows("rules", "points", "charts", "simulated", "seed")
    return false_alarms(
        rules(given.option("rules", "western_electric")),
        points=given.integer("points", 25, 1),
        charts=given.integer("charts", 1, 1),
        simulated=given.integer("simulated", 4000, 1),
        seed=given.integer("seed", 1),
    )


def blocks(found: "FalseAlarms") -> Iterator[Block]:
    yield Block(
        ("没有异常时的误报", "False alarms when nothing happens"),
        [
            ("平均链长", "mean run length"),
            ("标准误", "standard error"),
            ("每点误报率", "alarms a point"),
            ("至少一次误报的机会", "chance of at least one"),
        ],
        [[found.run_length, found.run_length_se, found.rate, found.some_alarm]],
    )


METHOD = Method(
    name="false-alarms",
    line=("一组控制图与规则的误报率", "false alarms to expect of charts and rules"),
    run=run,
    blocks=blocks,
    example="""
# No table. Options: rules (western_electric, nelson, or a list of rules), points of each chart,
# charts, simulated, seed.
rules: western_electric
points: 25
charts: 12
simulated: 2000
seed: 1
""",
)
