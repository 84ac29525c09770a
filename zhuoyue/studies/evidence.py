"""What studies prove: that relations are measured by methods that can be run again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence
from zhuoyue.studies.models import Study


@evidence("6.4.2.c", "6.4.2.d", "5.4.a", "O2a", label=gettext_lazy("Studies of the effect chain"))
def studies(actor: Actor, period: Period) -> list[Fact]:
    rows = (
        Study.objects.visible_to(actor)
        .standing()
        .filter(
            state=Study.State.DONE,
            finished_at__date__gte=period.first,
            finished_at__date__lte=period.last,
        )
        .order_by("-finished_at")
    )
    return [
        Fact(
            _("%(title)s, n = %(n)d") % {"title": s.title, "n": s.n or 0},
            "studies.study",
            s.pk,
            s.finished_at or s.created_at,
        )
        for s in rows
    ]
