"""Pictures of a study's result: the model with its estimates, the map, the drivers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.studies.rules import Driver
from zhuoyue.studies.words import listed

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
            "label": edge_label(path),
            "tone": "neutral" if spans_zero(path) else "info" if path["estimate"] > 0 else "bad",
            "width": round(1 + 6 * min(abs(path["estimate"]), 1), 2),
            "line": "dashed" if spans_zero(path) else "solid",
        }
        for path in result["paths"]
    ]
    return Graph(
        id="model-graph",
        title=_("Effect chain with estimates"),
        data={"direction": "TB", "spacing": [32, 44], "nodes": nodes, "edges": edges},
        columns=[_("from"), _("to"), _("estimate"), _("95 % interval"), "n"],
        rows=[
            [p["from"], p["to"], f"{p['estimate']:.3f}", interval(p), str(result["n"])]
            for p in result["paths"]
        ],
        height=max(360, 40 + 116 * layers(result["paths"])),
        note=f"n = {result['n']} · "
        + _(
            "width: size of the effect; dashed: its interval spans zero; in brackets: 95 % interval"
        ),
    )


def layers(paths: Sequence[Mapping[str, Any]]) -> int:
    """How many constructs stand below each other on the longest way through the model."""
    depth: dict[str, int] = {}
    for _round in paths:  # in a chain without circles that is enough
        for path in paths:
            below = depth.get(path["from"], 1) + 1
            depth[path["to"]] = max(depth.get(path["to"], 1), below)
    return max(depth.values(), default=1)


def edge_label(path: Mapping[str, Any]) -> str:
    ci = path.get("ci")
    limits = f"\n[{ci[0]:.2f}, {ci[1]:.2f}]" if ci else ""
    return f"{path['estimate']:.2f}{limits}"


def node_label(result: Result, name: str) -> str:
    """A construct with its index and R², as far as it has them: a product has no index."""
    index, r2 = result["index"].get(name), result["r2"].get(name)
    told = [
        *([] if index is None else [_("index %(value).1f") % {"value": index}]),
        *([] if r2 is None else [f"R² {r2:.2f}"]),
    ]
    return "\n".join([name, *told])


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
        columns=[
            _("construct"),
            _("total effect"),
            _("95 % interval"),
            _("index points of “%(target)s” per point") % {"target": target},
            _("cannot be told from"),
            "n",
        ],
        rows=[
            [
                d.construct,
                f"{d.importance:.3f}",
                f"{d.low:.3f} – {d.high:.3f}" if d.low is not None else "",
                f"{d.points:.2f}",
                listed(d.alike),
                str(n),
            ]
            for d in reversed(ordered)
        ],
        height=max(200, 60 + 34 * len(ordered)),
        note=f"n = {n}",
    )


@dataclass(frozen=True)
class MapPoint:
    """What stands at one place of a map."""

    name: str
    importance: float
    performance: float
    low: float | None = None  # of the importance
    high: float | None = None
    construct: str = ""  # of an item
    performance_ci: Sequence[float] | None = None  # of a construct


def construct_points(result: Result, target: str) -> list[MapPoint]:
    limits = {e["from"]: e.get("ci") for e in result["total_effects"] if e["to"] == target}
    indices = result.get("spread", {}).get("index", {})
    found = []
    for name, point in result["importance_performance"].get(target, {}).items():
        low, high = limits.get(name) or (None, None)
        ci = indices.get(name, {}).get("ci")
        place = point["importance"], point["performance"]
        found.append(MapPoint(name, *place, low, high, performance_ci=ci))
    return found


def item_points(result: Result, target: str) -> list[MapPoint]:
    found = []
    for each in result.get("item_map", {}).get(target, []):
        low, high = each.get("ci", (None, None))
        point = each["importance"], each["performance"]
        found.append(MapPoint(each["item"], *point, low, high, each["construct"]))
    return found


def maps(result: Result, target: str) -> list[Chart]:
    """The maps of a study: constructs, and the items that make them up."""
    items = item_points(result, target)
    found = [map_chart(construct_points(result, target), target, result["n"])]
    return [*found, item_chart(items, target, result["n"])] if items else found


def map_chart(points: Sequence[MapPoint], target: str, n: int) -> Chart:
    """Importance across, performance up; the cross stands at the means."""
    return Chart(
        id="map",
        title=_("Importance and performance for “%(target)s”") % {"target": target},
        option=map_option(points, _("importance")),
        columns=[
            _("construct"),
            _("importance"),
            _("95 % interval"),
            _("performance (0–100) and its 95 % interval"),
            "n",
        ],
        rows=[[p.name, *map_cells(p, 3), str(n)] for p in points],
        height=380,
        note=f"n = {n} · "
        + _("Lower right: important and weak, so improve it first. The cross shows the means.")
        + " "
        + _("Names that would cover each other are left out; the table has them all."),
    )


def item_chart(points: Sequence[MapPoint], target: str, n: int) -> Chart:
    """The same for items: index points of the target per point of the item on 0–100."""
    return Chart(
        id="item-map",
        title=_("Items by importance and performance for “%(target)s”") % {"target": target},
        option=map_option(
            points,
            _("index points of “%(target)s” per point") % {"target": target},
        ),
        columns=[
            _("item"),
            _("construct"),
            _("importance"),
            _("95 % interval"),
            _("performance (0–100)"),
            "n",
        ],
        rows=[[p.name, p.construct, *map_cells(p, 3), str(n)] for p in points],
        height=380,
        note=f"n = {n} · "
        + _("Names that would cover each other are left out; the table has them all."),
    )


def map_cells(point: MapPoint, digits: int) -> list[str]:
    limits = (
        f"{point.low:.{digits}f} – {point.high:.{digits}f}"
        if point.low is not None and point.high is not None
        else ""
    )
    performance = f"{point.performance:.1f}"
    if point.performance_ci is not None:
        low, high = point.performance_ci
        performance += f" [{low:.1f}, {high:.1f}]"
    return [f"{point.importance:.{digits}f}", limits, performance]


NAME_ON_MAP = {
    "show": True,
    "formatter": "{b}",
    "width": 96,  # has room on a phone
    "overflow": "truncate",
    "ellipsis": "…",
    "textBorderColor": "#fff",  # the lines of the cross stop at a name
    "textBorderWidth": 3,
}


def map_option(points: Sequence[MapPoint], across: str) -> dict[str, Any]:
    """Names end inside the map; where they would cover each other some are left out."""
    importances = [p.importance for p in points]
    least, most = min(importances, default=0.0), max(importances, default=0.0)
    far = least + 0.6 * (most - least)
    mean_x = sum(importances) / max(len(points), 1)
    mean_y = sum(p.performance for p in points) / max(len(points), 1)
    return {
        "grid": {"left": 12, "right": 24, "top": 32, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {
            "type": "value",
            "name": across,
            "nameLocation": "middle",
            "nameGap": 26,
            "scale": True,
            "axisLine": {"onZero": False},
            "axisLabel": {"formatter": "@number:2"},
        },
        "yAxis": {
            "type": "value",
            "name": _("performance (0–100)"),
            "nameTextStyle": {"align": "left"},
            "scale": True,
            "axisLine": {"onZero": False},
        },
        "series": [
            {
                "type": "scatter",
                "symbolSize": 13,
                "data": [
                    {
                        "name": p.name,
                        "value": [round(p.importance, 4), round(p.performance, 2)],
                        "label": {"position": "left" if p.importance > far else "right"},
                    }
                    for p in points
                ],
                "label": NAME_ON_MAP,
                "labelLayout": {"hideOverlap": True},
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "label": {"show": False},
                    "data": [{"xAxis": round(mean_x, 4)}, {"yAxis": round(mean_y, 2)}],
                },
            }
        ],
    }
