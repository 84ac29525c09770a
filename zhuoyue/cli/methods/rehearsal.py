"""`zhuoyue method rehearsal`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.rehearsing.rehearse import Measured, Rehearsal


def run(given: "MethodInput") -> "Rehearsal":
    from zhuoyue.analysis.rehearsing.reading import PARTS, journeys_from
    from zhuoyue.analysis.rehearsing.rehearse import rehearse

    given.knows(*PARTS, "variants", "weeks", "warm_up", "replications", "seed", "level")
    return rehearse(
        journeys_from(given.options),
        weeks=given.number("weeks", 52, 0),
        warm_up=given.number("warm_up", 4, 0),
        replications=given.integer("replications", 50, 2),
        seed=given.integer("seed", 1),
        level=given.number("level", 0.95, 0, 1),
    )


def blocks(found: "Rehearsal") -> Iterator[Block]:
    from zhuoyue.analysis.rehearsing.reading import FIRST

    for name, each in found.variants.items():
        figures: list[tuple[tuple[str, str], Measured | None]] = [
            (("办结用时（小时）", "lead time, hours"), each.lead_time),
            (("办结用时中位数", "median lead time"), each.lead_time_median),
            (("办结用时第 90 百分位", "90th percentile of it"), each.lead_time_p90),
            (("等待（小时）", "waiting, hours"), each.waiting),
            (("信守承诺率", "promises kept"), each.promise_kept),
            (("期末未办结", "unfinished at the end"), each.unfinished),
        ]
        figures += [
            ((f"信守承诺率：{kind}", f"promises kept: {kind}"), kept)
            for kind, kept in each.promise_kept_of.items()
            if len(each.promise_kept_of) > 1
        ]
        figures += [
            ((f"{step} 前的等待", f"waiting for {step}"), wait)
            for step, wait in each.waiting_at.items()
        ]
        figures += [((f"{team} 的利用率", f"use of {team}"), use) for team, use in each.use.items()]
        yield _table(("原方案", FIRST) if name == FIRST else (name, name), figures)
    for name, change in found.changes.items():
        title = (f"{name}：与第一方案之差", f"{name}: against the first")
        yield _table(
            title,
            [
                (("办结用时（小时）", "lead time, hours"), change.lead_time),
                (("等待（小时）", "waiting, hours"), change.waiting),
                (("信守承诺率", "promises kept"), change.promise_kept),
            ],
        )


def _table(
    title: tuple[str, str], figures: list[tuple[tuple[str, str], "Measured | None"]]
) -> Block:
    return Block(
        title,
        [("指标", "figure"), ("数值", "value"), ("下限", "low"), ("上限", "high")],
        [[name, each.value, each.low, each.high] for name, each in figures if each is not None],
    )


METHOD = Method(
    name="rehearsal",
    line=(
        "旅程预演：排队、人手与工作时间的模拟",
        "rehearsal of a journey: queues, staff and hours, simulated",
    ),
    run=run,
    blocks=blocks,
    example="""
# Contacts arrive by chance and pass the steps in their order; durations are in minutes, promises in
# hours. A duration is a mean (exponential), a list of measured values, or shape (constant,
# exponential, gamma, lognormal, uniform, triangular) with mean, cv, low, mode, high.
# Options: weeks, warm_up (weeks left out), replications, seed, level.
weeks: 4
warm_up: 1
replications: 10
arrivals: {per_week: 300, hours: mon-fri 08:00-18:00}
teams:
  desk: {staff: 2, hours: "mon-fri 08:00-12:00 13:00-18:00"}
  laboratory: {staff: 3, hours: mon-fri 08:00-17:00}
steps:
  intake: {teams: [desk], duration: 10}
  testing:
    teams: [laboratory]
    duration: {shape: lognormal, mean: 60, cv: 1}
    share: 0.3          # of contacts need it
    rework: 0.1         # of tests are done again
  answer: {teams: [desk], duration: {shape: triangular, low: 2, mode: 4, high: 12}}
kinds:
  inside: {frequency: 3, priority: 2, promise: 16}
  outside: {frequency: 1, priority: 1, promise: 8}
promise_hours: mon-fri 08:00-18:00   # promises count these hours only
variants:
  one more at the desk: {teams: {desk: {staff: 3}}}
""",
)
