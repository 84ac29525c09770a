"""`zhuoyue method control-chart`."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.watching.charts import ControlChart
    from zhuoyue.analysis.watching.rules import Rule

OPTIONS = ("chart", "rules", "values", "sizes", "labels", "phases", "baseline", "explained")


def run(given: "MethodInput") -> "ControlChart":
    from zhuoyue.analysis.watching.charts import control_chart
    from zhuoyue.analysis.watching.limits import OF_SUBGROUPS, Chart

    given.knows(*OPTIONS)
    chart = given.choice("chart", Chart, Chart.IMR)
    names = given.need_table().names
    others = [str(given.option(k)) for k in ("sizes", "labels", "phases") if given.option(k)]
    wanted = given.option("values") or [name for name in names if name not in others]
    read = given.numbers if chart in OF_SUBGROUPS else given.complete
    columns = [read(str(name)) for name in (wanted if isinstance(wanted, list) else [wanted])]
    many = chart in OF_SUBGROUPS
    sizes, labels, phases = (given.option(name) for name in ("sizes", "labels", "phases"))
    return control_chart(
        chart,
        list(zip(*columns, strict=True)) if many or len(columns) > 1 else columns[0],
        sizes=None if sizes is None else given.complete(str(sizes)),
        labels=None if labels is None else given.texts(str(labels)),
        phases=None if phases is None else given.texts(str(phases)),
        baseline=given.integer("baseline", None, 2) if given.option("baseline") else None,
        explained=explained(given.option("explained")),
        rules=rules(given.option("rules", "western_electric")),
    )


def explained(given: Any) -> dict[str, str]:
    """Label -> reason."""
    from zhuoyue.analysis import AnalysisError

    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise AnalysisError(
            "option_invalid", option="explained", value=given, expected="{label: reason}"
        )
    return {str(label): str(reason or "") for label, reason in given.items()}


def rules(given: Any) -> "tuple[Rule, ...]":
    """A named set, or a list of rules."""
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.watching.rules import NELSON, WESTERN_ELECTRIC, Rule

    sets = {"western_electric": WESTERN_ELECTRIC, "nelson": NELSON}
    found: list[Rule] = []
    for each in given if isinstance(given, list) else [given]:
        name = str(each)
        if name not in sets and name not in {rule.value for rule in Rule}:
            known = ", ".join(rule.value for rule in Rule)
            raise AnalysisError("chart_rule", found=name, known=known)
        found += sets[name] if name in sets else (Rule(name),)
    return tuple(dict.fromkeys(found))


def blocks(found: "ControlChart") -> Iterator[Block]:
    for name, points in found.panels.items():
        limits = {(p.phase, p.centre, p.lower, p.upper): p for p in points}
        phases = {p.phase for p in points}
        head = [("阶段", "phase"), ("中心线", "centre"), ("下限", "lower"), ("上限", "upper")]
        if len(limits) == len(phases):
            yield Block(
                (f"{name} 图的界限", f"Limits of {name}"),
                head,
                [[p.phase, p.centre, p.lower, p.upper] for p in limits.values()],
            )
        else:
            yield Block(
                (f"{name} 图的各点", f"Points of {name}"),
                [("点", "point"), ("值", "value"), *head],
                [[p.label, p.value, p.phase, p.centre, p.lower, p.upper] for p in points],
            )
    yield Block(
        ("信号", "Signals"),
        [("图", "panel"), ("点", "point"), ("规则", "rule"), ("有关的点", "points")],
        [[s.panel, s.label, RULES[s.rule.value], ", ".join(s.points)] for s in found.signals]
        or [[("无", "none"), "", "", ""]],
    )
    if found.reasons:
        yield Block(
            ("已解释的点", "Explained points"),
            [("点", "point"), ("原因", "reason")],
            list(found.reasons.items()),
        )


RULES = {
    "beyond_limit": ("超出界限", "beyond a limit"),
    "two_of_three": ("三点中两点超过 2σ", "two of three beyond 2σ"),
    "four_of_five": ("五点中四点超过 1σ", "four of five beyond 1σ"),
    "eight_one_side": ("连续八点在同一侧", "eight on one side"),
    "nine_one_side": ("连续九点在同一侧", "nine on one side"),
    "six_trend": ("连续六点上升或下降", "six rising or falling"),
    "fourteen_alternating": ("连续十四点上下交替", "fourteen alternating"),
    "fifteen_inside": ("连续十五点在 1σ 内", "fifteen within 1σ"),
    "eight_outside": ("连续八点在 1σ 外", "eight outside 1σ on both sides"),
}

METHOD = Method(
    name="control-chart",
    line=(
        "控制图：过程是否平稳、何处有信号",
        "control chart: is a process steady, where is a signal",
    ),
    run=run,
    blocks=blocks,
    example="""
# One point in each row. chart: imr, xbar_r, xbar_s (several columns of values), p, np, c, u,
# laney_p, laney_u (p, np, u and Laney's need sizes). Options: values (column or list of columns),
# sizes, labels, phases (columns), baseline (so many first points of a phase make its limits),
# explained {label: reason}, rules: western_electric, nelson, or a list of beyond_limit,
# two_of_three, four_of_five, eight_one_side, nine_one_side, six_trend, fourteen_alternating,
# fifteen_inside, eight_outside.
chart: p
values: late
sizes: requests
labels: week
rules: western_electric
explained: {w06: storm closed the site for two days}
columns: [week, late, requests]
rows:
  - [w01, 6, 110]
  - [w02, 4, 95]
  - [w03, 7, 120]
  - [w04, 5, 101]
  - [w05, 8, 130]
  - [w06, 31, 98]
  - [w07, 6, 105]
  - [w08, 5, 112]
  - [w09, 16, 90]
  - [w10, 6, 108]
""",
)
