"""What the log of a case management system tells about a case: one row is one update. Pure.

What the log does not show stays unknown (None): a log that begins when a case was already under
way does not tell when it was first answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

from zhuoyue.delivery import rules

type Step = Literal["opened", "answered", "resolved", "reopened"]


@dataclass(frozen=True)
class Update:
    """One row of the log."""

    row: int
    at: datetime
    state: str
    by: str = ""


@dataclass(frozen=True)
class Told:
    """What the rows of a case state outright, besides their states.

    Where the log has a column for the resolution, an empty one means that nobody knows it.
    """

    opened: datetime | None = None
    resolved: datetime | None = None
    closed: datetime | None = None
    reopened: int | None = None
    kept: bool | None = None
    knows_resolved: bool = False
    knows_closed: bool = False


@dataclass(frozen=True)
class Event:
    """A moment in which the recipient and the centre met; internal updates are none."""

    step: Step
    at: datetime
    by: str = ""


@dataclass(frozen=True)
class Story:
    """A case, as far as the log tells it."""

    opened_at: datetime
    first_response_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    state: str
    reopen_count: int
    promise_kept: bool | None
    solved_at_first_contact: bool | None
    events: tuple[Event, ...]


def in_order(updates: Sequence[Update]) -> list[Update]:
    """By time; updates of one moment as the file has them."""
    return sorted(updates, key=lambda u: u.at)


def story_of(updates: Sequence[Update], told: Told) -> Story:
    """Put the updates of one case together."""
    ordered = in_order(updates)
    first, last = ordered[0], ordered[-1]
    answer = first_answer(ordered)
    resolutions = entries_into(ordered, rules.RESOLVED)
    reopenings = reopened(ordered)
    opened = told.opened or first.at
    closings = entries_into(ordered, rules.CLOSED)
    is_open = last.state in rules.OPEN_STATES
    resolved = told.resolved if told.knows_resolved else last_at(resolutions)
    closed = told.closed if told.knows_closed else last_at(closings)
    count = len(reopenings) if told.reopened is None else told.reopened
    return Story(
        opened_at=opened,
        first_response_at=answer.at if answer else None,
        resolved_at=None if is_open else resolved,
        closed_at=closed if last.state == rules.CLOSED else None,
        state=last.state,
        reopen_count=count,
        promise_kept=told.kept,
        solved_at_first_contact=solved_at_once(answer, count),
        events=events_of(opened, answer, resolutions, reopenings, resolved),
    )


def last_at(updates: Sequence[Update]) -> datetime | None:
    return updates[-1].at if updates else None


def first_answer(ordered: Sequence[Update]) -> Update | None:
    """The first update out of the state “new”; unknown where the log begins later."""
    if ordered[0].state != rules.NEW:
        return None
    return next((u for u in ordered if u.state != rules.NEW), None)


def entries_into(ordered: Sequence[Update], state: str) -> list[Update]:
    """Updates that bring the case into a state."""
    before = [None, *(u.state for u in ordered)]
    return [u for u, old in zip(ordered, before, strict=False) if u.state == state != old]


def reopened(ordered: Sequence[Update]) -> list[Update]:
    """Updates that open a settled case again."""
    pairs = pairwise(ordered)
    return [b for a, b in pairs if a.state in rules.SETTLED_STATES and b.state in rules.OPEN_STATES]


def solved_at_once(answer: Update | None, reopen_count: int) -> bool | None:
    """Solved by the very step that answered it, and never opened again."""
    told = None if answer is None else answer.state in rules.SETTLED_STATES
    return rules.first_contact_resolution(0, told, reopen_count)


def events_of(
    opened: datetime,
    answer: Update | None,
    resolutions: Sequence[Update],
    reopenings: Sequence[Update],
    resolved: datetime | None,
) -> tuple[Event, ...]:
    """Opening, first answer, every resolution and reopening that is known."""
    found = [Event("opened", opened)]
    if answer is not None and answer.state not in rules.SETTLED_STATES:
        found.append(Event("answered", answer.at, answer.by))
    found += [Event("resolved", u.at, u.by) for u in resolutions]
    if not resolutions and resolved is not None:
        found.append(Event("resolved", resolved))
    found += [Event("reopened", u.at, u.by) for u in reopenings]
    return tuple(sorted(found, key=lambda e: e.at))
