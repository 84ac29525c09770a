"""What studies can measure: the customer satisfaction index (50)."""

from collections.abc import Mapping
from typing import Any

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import MeasureValue, Period, measure
from zhuoyue.studies.models import Study


@measure(50, cuts=("wave",))
def satisfaction_index(actor: Actor, period: Period, cut: Mapping[str, Any]) -> MeasureValue:
    """The 0–100 index of the target construct in the newest study of a wave of the period."""
    rows = (
        Study.objects.visible_to(actor)
        .standing()
        .filter(state=Study.State.DONE, wave__ended_on__range=(period.first, period.last))
    )
    if "wave" in cut:
        rows = rows.filter(wave=cut["wave"])
    study = rows.select_related("wave").order_by("-wave__ended_on", "-id").first()
    if study is None or study.result is None:
        return MeasureValue(None, 0)
    result = study.result
    low, high = result["spread"]["index"][study.target]["ci"]
    return MeasureValue(
        value=result["index"][study.target],
        n=result["n"],
        low=low,
        high=high,
        level=result["level"],
        invited=study.wave.invited,
        cautions=tuple(sorted({c["code"] for c in result["cautions"]})),
    )
