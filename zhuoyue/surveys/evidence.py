"""What surveys prove: that recipients are listened to, and that the tools are kept."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence
from zhuoyue.surveys.models import Wave


@evidence("6.3.1.a", "5.4.a", "X1a", "X1b", "O2c", label=_("Survey waves"))
def waves(actor: Actor, period: Period) -> list[Fact]:
    rows = (
        Wave.objects.visible_to(actor)
        .standing()
        .filter(ended_on__range=(period.first, period.last))
        .order_by("-ended_on")
    )
    return [
        Fact(
            _("%(title)s: %(count)d answers") % {"title": w.title, "count": w.responses_count},
            "surveys.wave",
            w.pk,
            w.created_at,
        )
        for w in rows
    ]
