"""Numbers and pictures as reports print them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.kit.documents import Table

Row = Mapping[str, Any]


def number(value: float | None, digits: int = 3) -> str:
    """A dash where a figure cannot be computed from the answers."""
    return "–" if value is None else f"{value:.{digits}f}"


def interval(row: Row, digits: int = 3) -> str:
    low, high = row.get("ci") or (None, None)
    return "" if low is None or high is None else f"{low:.{digits}f} – {high:.{digits}f}"


def interval_head() -> str:
    return _("95 % interval")


def effect_table(caption: str, effects: Sequence[Row], n: int) -> Table:
    """Effects of one construct on another, with their spread where replicates were drawn."""
    head = [_("from"), _("to"), _("estimate")]
    rows = [[e["from"], e["to"], number(e["estimate"])] for e in effects]
    if any("ci" in e for e in effects):
        head += [interval_head(), _("SE")]
        rows = [[*row, interval(e), number(e["se"])] for row, e in zip(rows, effects, strict=True)]
    columns = [*head, "n"]
    return Table(
        caption, columns, [[*row, str(n)] for row in rows], frozenset(range(2, len(columns)))
    )


def paths_chart(result: Row) -> Chart:
    """Path coefficients as bars with their intervals."""
    paths = list(reversed(result["paths"]))
    names = [f"{p['from']} → {p['to']}" for p in paths]
    option = {
        "grid": {"left": 8, "right": 24, "top": 12, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@number:1"}},
        "yAxis": {"type": "category", "data": names},
        "series": [
            {"type": "bar", "barMaxWidth": 14, "data": [round(p["estimate"], 4) for p in paths]},
            {
                "type": "custom",
                "renderItem": "errorBar",
                "itemPayload": {"horizontal": True, "color": "#1f2a37"},
                "encode": {"x": [1, 2], "y": 0},
                "data": [[i, *p["ci"]] for i, p in enumerate(paths) if p.get("ci")],
                "z": 3,
            },
        ],
    }
    return Chart(
        id="paths",
        title=_("Path coefficients"),
        option=option,
        columns=[_("path"), _("estimate"), "n"],
        rows=[
            [name, number(p["estimate"]), str(result["n"])]
            for name, p in zip(names, paths, strict=True)
        ],
    )
