"""What of improvement waits: own actions that are due, effects to judge. Also what is searched."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.improvement import rules
from zhuoyue.improvement.access import JUDGE_IMPROVEMENT, VIEW_IMPROVEMENT
from zhuoyue.improvement.models import Improvement
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.references import url_of
from zhuoyue.kit.registry import Hit, Waiting, searches, waits

SOON = timedelta(days=7)
FOUND = 10


@waits
def due(actor: Actor) -> Iterator[Waiting]:
    """Own actions that are overdue or due within a week."""
    mine = actor.belonging("people.person")
    if not mine:
        return
    today = clock.today()
    rows = Improvement.objects.visible_to(actor).standing()
    rows = rows.filter(owner__in=mine, state__in=rules.OPEN_STATES, due_on__lte=today + SOON)
    for row in rows.order_by("due_on"):
        assert row.due_on is not None
        since = timezone.make_aware(datetime.combine(row.due_on, time.min))
        label = _("Overdue: %(what)s") if row.is_overdue else _("Due soon: %(what)s")
        yield Waiting(
            label % {"what": row}, url_of(row), since, tone="bad" if row.is_overdue else "warn"
        )


@waits
def to_judge(actor: Actor) -> Iterator[Waiting]:
    """Actions of others whose effect is to be judged."""
    if not actor.may(JUDGE_IMPROVEMENT):
        return
    rows = Improvement.objects.visible_to(actor).standing().filter(state=rules.CHECKING)
    for row in rows.exclude(owner__in=actor.belonging("people.person")).order_by("updated_at"):
        label = _("Effect to be judged: %(what)s") % {"what": row}
        yield Waiting(label, url_of(row), row.updated_at, tone="info")


@searches
def search(actor: Actor, text: str) -> Iterator[Hit]:
    if actor.may(VIEW_IMPROVEMENT):
        rows = Improvement.objects.visible_to(actor).standing()
        wanted = Q(title__icontains=text) | Q(goal__icontains=text)
        for row in rows.filter(wanted)[:FOUND]:
            yield Hit(str(row), _("Improvement action"), url_of(row))
