"""What measurement proves: that measures have targets with reasons."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence
from zhuoyue.measurement.models import Target


@evidence("6.4.2.a", "O2b", label=_("Targets of measures"))
def targets(actor: Actor, period: Period) -> list[Fact]:
    rows = (
        Target.objects.visible_to(actor)
        .standing()
        .filter(valid_from__range=(period.first, period.last))
    )
    return [Fact(str(t), "measurement.target", t.pk, t.created_at) for t in rows]
