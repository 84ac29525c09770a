"""`zhuoyue method interrupted-series`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, figures

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.proving.interrupted_series import InterruptedSeries


def run(given: "MethodInput") -> "InterruptedSeries":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.proving.interrupted_series import interrupted_series

    given.knows("value", "label", "change", "season", "lag", "level")
    names = given.need_table().names
    label = str(given.option("label", names[0]))
    labels = given.texts(label)
    asked = given.option("change", "")
    changes = [str(each) for each in (asked if isinstance(asked, list) else [asked])]
    for change in changes:
        if change not in labels:
            expected = f"{labels[0]} .. {labels[-1]}"
            raise AnalysisError("option_invalid", option="change", value=change, expected=expected)
    season = given.option("season")
    return interrupted_series(
        given.complete(str(given.option("value", names[-1]))),
        [labels.index(change) for change in changes],
        labels=labels,
        seasons=None if season is None else given.texts(str(season)),
        lag=given.integer("lag", None) if given.option("lag") is not None else None,
        level=given.number("level", 0.95, 0.5, 0.999999),
    )


def blocks(found: "InterruptedSeries") -> Iterator[Block]:
    told = [
        pair
        for change in found.changes
        for pair in (
            ((f"{change.label}：水平的跳变", f"{change.label}: step"), change.step),
            ((f"{change.label}：斜率的变化", f"{change.label}: turn of the slope"), change.turn),
            ((f"{change.label}：此后的斜率", f"{change.label}: slope since"), change.slope),
        )
    ]
    yield figures(
        ("变化", "What changed"),
        [
            *told,
            (
                ("平均效果（与原走势相比）", "mean effect, against the old course"),
                found.mean_effect,
            ),
            (("变化前的斜率", "slope before"), found.slope_before),
            (("起点水平", "level at the start"), found.level_before),
        ],
        found.n,
    )
    yield Block(
        ("变化之后：实际与原走势", "After the change: seen, and the old course"),
        [
            ("点", "point"),
            ("实际", "seen"),
            ("原走势", "without"),
            ("效果", "effect"),
            ("下限", "low"),
            ("上限", "high"),
        ],
        [
            [p.label, p.seen, p.without, p.effect.value, p.effect.low, p.effect.high]
            for p in found.points
        ],
    )
    yield Block(
        ("误差", "Errors"),
        [("滞后", "lag"), "Durbin-Watson", ("之前", "before"), ("之后", "after")],
        [[found.lag, found.durbin_watson, found.before, found.after]],
    )


METHOD = Method(
    name="interrupted-series",
    line=("中断时间序列：跳变与转折", "interrupted series: did it step or turn"),
    run=run,
    blocks=blocks,
    example="""
# One point in each row, in equal steps of time. change: the first point after the change; a list
# in order of time where there were several.
# Options: label (column, default the first), value (column, default the last), season (column with
# the season of each point), lag (of the errors), level.
change: m11
columns: [month, answered]
rows: [[m01, 20], [m02, 21], [m03, 19], [m04, 22], [m05, 21], [m06, 23], [m07, 22], [m08, 24],
  [m09, 23], [m10, 22], [m11, 28], [m12, 29], [m13, 31], [m14, 30], [m15, 33], [m16, 32], [m17, 34],
  [m18, 36], [m19, 35], [m20, 38]]
""",
)
