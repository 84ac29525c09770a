"""Pictures of a wave."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.surveys.models import ItemStatistics

COLOURS = ["#b8433b", "#d98a82", "#dfe4ea", "#8fb3dc", "#1f5fae"]


def distribution(rows: Sequence[ItemStatistics], low: int, high: int) -> Chart:
    """Shares of every answer, item by item, from the lowest to the highest."""
    answers = list(range(low, high + 1))
    shown = [row for row in rows if row.n]
    labels = [row.item.code for row in shown]
    option = {
        "grid": {"left": 8, "right": 16, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}},
        "yAxis": {"type": "category", "data": labels, "inverse": True},
        "series": [
            {
                "name": str(answer),
                "type": "bar",
                "stack": "answers",
                "barMaxWidth": 16,
                "itemStyle": {"color": shade(index, len(answers)), "borderRadius": 0},
                "data": [round(100 * row.counts.get(str(answer), 0) / row.n, 1) for row in shown],
            }
            for index, answer in enumerate(answers)
        ],
    }
    return Chart(
        id="distribution",
        title=_("Answers item by item"),
        option=option,
        columns=[_("item"), "n", *(str(a) for a in answers)],
        rows=[
            [row.item.code, str(row.n), *(str(row.counts.get(str(a), 0)) for a in answers)]
            for row in shown
        ],
        height=max(220, 70 + 24 * len(shown)),
    )


def shade(index: int, count: int) -> str:
    """A colour between red (lowest) and blue (highest)."""
    position = index / max(count - 1, 1) * (len(COLOURS) - 1)
    left = int(position)
    if left >= len(COLOURS) - 1:
        return COLOURS[-1]
    part = position - left
    one, two = ([int(COLOURS[i][j : j + 2], 16) for j in (1, 3, 5)] for i in (left, left + 1))
    mixed = [round(a + (b - a) * part) for a, b in zip(one, two, strict=True)]
    return "#" + "".join(f"{c:02x}" for c in mixed)
