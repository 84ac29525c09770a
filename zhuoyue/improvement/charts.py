"""The picture of an effect check."""

from django.utils.translation import gettext as _

from zhuoyue.improvement.models import EffectCheck
from zhuoyue.kit.charts import Chart


def effect_chart(check: EffectCheck) -> Chart:
    """Before and after, each with its interval."""
    sides = [check.figure("before"), check.figure("after")]
    names = [check.before, check.after]
    option = {
        "grid": {"left": 8, "right": 16, "top": 20, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": names},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            {
                "type": "scatter",
                "name": check.subject,
                "symbolSize": 12,
                "data": [round(side["value"], 4) for side in sides],
            },
            {
                "type": "custom",
                "renderItem": "errorBar",
                "itemPayload": {"color": "#525e6d"},
                "encode": {"x": 0, "y": [1, 2]},
                "data": [
                    [i, round(side["ci"][0], 4), round(side["ci"][1], 4)]
                    for i, side in enumerate(sides)
                ],
                "z": 3,
            },
        ],
    }
    return Chart(
        id=f"effect-{check.pk}",
        title=check.subject,
        option=option,
        columns=[_("when"), _("value"), _("95 % interval"), "n"],
        rows=[
            [
                name,
                f"{side['value']:.3f}",
                f"{side['ci'][0]:.3f} – {side['ci'][1]:.3f}",
                str(side["n"]),
            ]
            for name, side in zip(names, sides, strict=True)
        ],
        height=220,
    )
