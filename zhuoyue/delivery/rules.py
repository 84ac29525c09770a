"""Pure rules of delivery: states and clocks of a case, promises, channels, feelings."""

from datetime import datetime, timedelta

NEW, IN_PROGRESS, WAITING, RESOLVED, CLOSED = "new", "in_progress", "waiting", "resolved", "closed"
OPEN_STATES = (NEW, IN_PROGRESS, WAITING)
SETTLED_STATES = (RESOLVED, CLOSED)
# From which state a case may go to which. Reopening is its own step, for it is counted.
WAYS = {
    NEW: {IN_PROGRESS, WAITING, RESOLVED},
    IN_PROGRESS: {WAITING, RESOLVED},
    WAITING: {IN_PROGRESS, RESOLVED},
    RESOLVED: {CLOSED},
    CLOSED: set[str](),
}
DIGITAL = frozenset({"platform", "message", "mail", "video", "automatic"})
# How the contacts at a touchpoint usually come about, by the touchpoint's own channel.
USUAL_CHANNEL = {
    "digital": "platform",
    "phone": "phone",
    "on_site": "visit",
    "meeting": "meeting",
    "document": "letter",
    "handover": "handover",
}
POINTS = (1, 2, 3, 4, 5)
NEUTRAL = 3
ENOUGH = 10  # readings below which a figure says little (the least n of measure 31)
SATURDAY = 5


def id_in(text: str) -> int | None:
    """The id that an address names, or None for anything else, such as “²” or forty digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def may_become(state: str, wanted: str) -> bool:
    return wanted in WAYS[state]


def may_reopen(state: str) -> bool:
    return state in SETTLED_STATES


def is_digital(channel: str) -> bool | None:
    """Counts as digital in measure 44; None when nobody knows how it came about."""
    return channel in DIGITAL if channel else None


def felt_of_valence(valence: int) -> int:
    """An emotion's weight from −2 to +2 on the scale from 1 to 5."""
    return valence + NEUTRAL


def hours_between(start: datetime | None, end: datetime | None) -> float | None:
    """Clock hours from one moment to another; unknown when either is."""
    if start is None or end is None:
        return None
    return (end - start).total_seconds() / 3600


def promise_kept(promised_by: datetime | None, resolved_at: datetime | None) -> bool | None:
    """Resolved by the promised moment or not; unknown without either. On the dot is kept."""
    if promised_by is None or resolved_at is None:
        return None
    return resolved_at <= promised_by


def is_overdue(promised_by: datetime | None, resolved_at: datetime | None, now: datetime) -> bool:
    """Still unresolved after the promised moment."""
    return promised_by is not None and resolved_at is None and promised_by < now


def first_contact_resolution(contacts: int, told: bool | None, reopened: int) -> bool | None:
    """Solved at first contact: as told, else from the contacts logged; unknown without any.

    A case that had to be opened again was not solved the first time, whatever was thought then.
    """
    if reopened:
        return False
    if told is not None:
        return told
    return contacts == 1 if contacts else None


def due(opened: datetime, target: float, unit: str) -> datetime:
    """When a time promised from the opening runs out.

    A working day is a day from Monday to Friday; holidays are not known here.
    """
    if unit == "hours":
        return opened + timedelta(hours=target)
    moment, left = opened, target
    while left >= 1:
        moment += timedelta(days=1)
        if moment.weekday() < SATURDAY:
            left -= 1
    moment += timedelta(days=left)
    while moment.weekday() >= SATURDAY:
        moment += timedelta(days=1)
    return moment
