"""How delivery shows its clocks and states."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.delivery import rules
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.tables import shown

STATE_TONES = {"new": "warn", "in_progress": "info", "waiting": "neutral"}
OUTCOME_TONES = {"solved": "good", "moved_on": "info", "not_solved": "bad"}


def state_tone(case: Case) -> str:
    return "bad" if case.is_overdue else STATE_TONES.get(case.state, "good")


def promise_tone(case: Case) -> str:
    if case.promise_kept is None:
        return "bad" if case.is_overdue else "neutral"
    return "good" if case.promise_kept else "bad"


def outcome_tone(contact: Contact) -> str:
    return OUTCOME_TONES.get(contact.outcome, "neutral")


def felt_tone(contact: Contact) -> str:
    if contact.felt is None or contact.felt == rules.NEUTRAL:
        return "neutral"
    return "good" if contact.felt > rules.NEUTRAL else "bad"


def toned(contacts: Iterable[Contact]) -> list[Any]:
    """Contacts with the colours of their badges, for the short list."""
    found: list[Any] = list(contacts)
    for contact in found:
        contact.outcome_tone, contact.felt_tone = outcome_tone(contact), felt_tone(contact)
    return found


def duration(hours: float | None) -> str:
    """A time as people say it: minutes, hours, or days and hours."""
    if hours is None:
        return ""
    minutes = round(hours * 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        words = {"hours": minutes // 60, "minutes": minutes % 60}
        return _("%(hours)d h %(minutes)d min") % words
    words = {"days": minutes // (24 * 60), "hours": minutes % (24 * 60) // 60}
    return _("%(days)d d %(hours)d h") % words


def promise_words(case: Case) -> str:
    if case.promise_kept is not None:
        return _("kept") if case.promise_kept else _("not kept")
    if case.promised_by is None:
        return ""
    return _("overdue") if case.is_overdue else _("not yet due")


def stats(case: Case) -> list[dict[str, Any]]:
    """The clocks of a case as tiles; what is not known says so."""
    due = case.promised_by
    return [
        {
            "label": _("Time to respond"),
            "value": duration(case.response_hours) or _("not known"),
        },
        {
            "label": _("Time to resolve"),
            "value": duration(case.resolution_hours)
            or (_("open") if case.state in rules.OPEN_STATES else _("not known")),
            "note": _("opened again: %(count)d") % {"count": case.reopen_count}
            if case.reopen_count
            else "",
        },
        {
            "label": _("Promise"),
            "value": promise_words(case) or _("none, or not known"),
            "tone": promise_tone(case),
            "note": _("by %(moment)s") % {"moment": shown(due)} if due else "",
        },
    ]
