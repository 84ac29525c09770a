"""What improvement proves: that evaluation leads to action, and action to a checked effect."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.improvement.models import EffectCheck, Improvement
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence


@evidence("5.4.a", label=lazy("Improvement actions"))
def improvements(actor: Actor, period: Period) -> list[Fact]:
    rows = Improvement.objects.visible_to(actor).standing()
    rows = rows.filter(created_at__range=period.moments).order_by("-created_at")
    return [
        Fact(
            _("%(what)s (%(state)s)") % {"what": row, "state": row.get_state_display()},
            "improvement.improvement",
            row.pk,
            row.created_at,
        )
        for row in rows
    ]


@evidence("5.4.a", "6.4.2.c", label=lazy("Checked effects"))
def effects(actor: Actor, period: Period) -> list[Fact]:
    rows = EffectCheck.objects.visible_to(actor).standing()
    rows = rows.filter(created_at__range=period.moments).order_by("-created_at")
    return [
        Fact(
            _("%(action)s: %(verdict)s, %(check)s")
            % {"action": row.improvement.code, "verdict": row.get_verdict_display(), "check": row},
            "improvement.improvement",
            row.improvement_id,
            row.created_at,
        )
        for row in rows.select_related("improvement")
    ]
