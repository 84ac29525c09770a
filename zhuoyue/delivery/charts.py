"""Pictures of delivery."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.delivery.journey import Leg
from zhuoyue.kit.charts import Chart


def journey_chart(legs: Sequence[Leg]) -> Chart:
    """What was meant and what was felt from stage to stage; a stage without readings is a gap."""
    meant = [None if one.intended is None else round(one.intended, 2) for one in legs]
    felt = [None if one.felt.value is None else round(one.felt.value, 2) for one in legs]
    spans = [
        [i, max(1.0, round(one.felt.low, 2)), min(5.0, round(one.felt.high, 2))]
        for i, one in enumerate(legs)
        if not one.is_thin and one.felt.low is not None and one.felt.high is not None
    ]
    option: dict[str, Any] = {
        "grid": {"left": 8, "right": 16, "top": 36, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [one.label for one in legs]},
        "yAxis": {"type": "value", "min": 1, "max": 5},
        "series": [
            {"type": "line", "name": _("intended"), "data": meant, "lineStyle": {"type": "dashed"}},
            {"type": "line", "name": _("felt"), "data": felt},
            {
                "type": "custom",
                "renderItem": "errorBar",
                "itemPayload": {"color": "#525e6d"},
                "encode": {"x": 0, "y": [1, 2]},
                "data": spans,
                "z": 3,
            },
        ],
    }
    return Chart(
        id="journey",
        title=_("Felt and intended emotion along the journey"),
        option=option,
        columns=[_("stage"), _("intended"), _("felt"), _("gap"), "n"],
        rows=[
            [one.label, *(figure(x) for x in (one.intended, one.felt.value, one.gap.value)),
             str(one.felt.n)]
            for one in legs
        ],
        height=300,
        note=_("1 = very bad, 5 = delighted; bars: 95 % interval"),
    )  # fmt: skip


def figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
