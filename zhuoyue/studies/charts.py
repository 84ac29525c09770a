"""Pictures of a study's result: the model with its estimates, the map, the drivers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.studies.rules import Driver

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Graph:
    """A graph of boxes and arrows with the same content as a table."""

    id: str
    title: str
    data: dict[str, Any]
    columns: list[str]
    rows: list[list[str]]
    height: int = 420
    note: str = ""


def interval(row: Mapping[str, Any]) -> str:
    ci = row.get("ci")
    return f"{ci[0]:.3f} – {ci[1]:.3f}" if ci else ""


def model_graph(result: Result) -> Graph:
    """Constructs with index and R², paths with estimate; dashed where zero is not ruled out."""
    nodes = [
        {"id": name, "label": node_label(result, name), "tone": "neutral"}
        for name in result["model"]["constructs"]
    ]
    edges = [
        {
            "source": path["from"],
            "target": path["to"],
            "label": f"{path['estimate']:.2f}",
            "tone": "neutral" if spans_zero(path) else "info" if path["estimate"] > 0 else "bad",
            "width": 1 + 5 * abs(path["estimate"]),
        }
        for path in result["paths"]
    ]
    return Graph(
        id="model-graph",
        title=_("Effect chain with estimates"),
        data={"direction": "LR", "nodes": nodes, "edges": edges},
        columns=[_("from"), _("to"), _("estimate"), _("95 % interval")],
        rows=[[p["from"], p["to"], f"{p['estimate']:.3f}", interval(p)] for p in result["paths"]],
        note=f"n = {result['n']}",
    )


def node_label(result: Result, name: str) -> str:
    index = _("index %(value).1f") % {"value": result["index"][name]}
    r2 = result["r2"].get(name)
    return f"{name}\n{index}" + (f" · R² {r2:.2f}" if r2 is not None else "")


def spans_zero(effect: Mapping[str, Any]) -> bool:
    ci = effect.get("ci")
    return ci is not None and bool(ci[0] <= 0 <= ci[1])


def drivers_chart(drivers: Sequence[Driver], target: str, n: int) -> Chart:
    """Total effects on the target with their intervals, the largest on top."""
    ordered = sorted(drivers, key=lambda d: d.importance)
    names = [d.construct for d in ordered]
    option = {
        "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@number:1"}},
        "yAxis": {"type": "category", "data": names},
        "series": [
            {
                "type": "bar",
                "name": _("total effect"),
                "barMaxWidth": 18,
                "data": [round(d.importance, 4) for d in ordered],
            },
            {
                "type": "custom",
                "name": _("95 % interval"),
                "renderItem": "errorBar",
                "itemPayload": {"horizontal": True, "color": "#1f2a37"},
                "encode": {"x": [1, 2], "y": 0},
                "data": [[i, d.low, d.high] for i, d in enumerate(ordered) if d.low is not None],
                "z": 3,
            },
        ],
    }
    return Chart(
        id="drivers",
        title=_("What moves “%(target)s”: total effects") % {"target": target},
        option=option,
        columns=[_("construct"), _("total effect"), _("95 % interval"), "n"],
        rows=[
            [
                d.construct,
                f"{d.importance:.3f}",
                f"{d.low:.3f} – {d.high:.3f}" if d.low is not None else "",
                str(n),
            ]
            for d in reversed(ordered)
        ],
        height=max(200, 60 + 34 * len(ordered)),
        note=f"n = {n}",
    )


def map_chart(drivers: Sequence[Driver], target: str, n: int) -> Chart:
    """Importance across, performance up; the cross stands at the means."""
    points = [
        {"name": d.construct, "value": [round(d.importance, 4), round(d.performance, 2)]}
        for d in drivers
    ]
    mean_x = sum(d.importance for d in drivers) / max(len(drivers), 1)
    mean_y = sum(d.performance for d in drivers) / max(len(drivers), 1)
    option = {
        "grid": {"left": 12, "right": 60, "top": 32, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {
            "type": "value",
            "name": _("importance"),
            "nameLocation": "middle",
            "nameGap": 26,
            "scale": True,
            "axisLabel": {"formatter": "@number:2"},
        },
        "yAxis": {
            "type": "value",
            "name": _("performance (0–100)"),
            "nameTextStyle": {"align": "left"},
            "scale": True,
        },
        "series": [
            {
                "type": "scatter",
                "symbolSize": 13,
                "data": points,
                "label": {"show": True, "position": "right", "formatter": "{b}"},
                "labelLayout": {"hideOverlap": False},
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "label": {"show": False},
                    "data": [{"xAxis": round(mean_x, 4)}, {"yAxis": round(mean_y, 2)}],
                },
            }
        ],
    }
    return Chart(
        id="map",
        title=_("Importance and performance for “%(target)s”") % {"target": target},
        option=option,
        columns=[_("construct"), _("importance"), _("performance (0–100)"), "n"],
        rows=[
            [d.construct, f"{d.importance:.3f}", f"{d.performance:.1f}", str(n)] for d in drivers
        ],
        note=_("Lower right: important and weak, so improve it first. The cross shows the means."),
    )
