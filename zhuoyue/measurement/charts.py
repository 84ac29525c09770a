"""Pictures of measures."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.kit.registry import MeasureValue, Period


def trend_chart(title: str, points: Sequence[tuple[Period, MeasureValue]]) -> Chart:
    """A measure quarter by quarter, with its intervals; quarters without records are gaps."""
    names = [f"{p.first.year} Q{(p.first.month + 2) // 3}" for p, _value in points]
    option = {
        "grid": {"left": 8, "right": 16, "top": 20, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": names},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            {
                "type": "line",
                "name": title,
                "connectNulls": False,
                "data": [None if v.value is None else round(v.value, 3) for _p, v in points],
            },
            {
                "type": "custom",
                "renderItem": "errorBar",
                "itemPayload": {"color": "#525e6d"},
                "encode": {"x": 0, "y": [1, 2]},
                "data": [
                    [i, round(v.low, 3), round(v.high, 3)]
                    for i, (_p, v) in enumerate(points)
                    if v.low is not None and v.high is not None
                ],
                "z": 3,
            },
        ],
    }
    return Chart(
        id="trend",
        title=title,
        option=option,
        columns=[_("quarter"), _("value"), _("95 % interval"), "n"],
        rows=[
            [
                name,
                "" if v.value is None else f"{v.value:.2f}",
                f"{v.low:.2f} – {v.high:.2f}" if v.low is not None and v.high is not None else "",
                str(v.n),
            ]
            for name, (_p, v) in zip(names, points, strict=True)
        ],
        height=260,
    )
