"""Variants of a journey as tables of positions and ticks, padded to one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zhuoyue.analysis.rehearsing.durations import VALUES
from zhuoyue.analysis.rehearsing.hours import HOUR, WEEK, Hours, clock_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Integers
    from zhuoyue.analysis.rehearsing.durations import Duration
    from zhuoyue.analysis.rehearsing.journey import Journey

SHIFT = 11  # room for a server's or a queue's number below the time in a key
NEVER = np.int64(2**62)
UNFIT = 2**40  # a server who cannot serve the step
RANK = 2**12  # between a first choice and a second


class Tables(NamedTuple):
    """What the engines read; the first axis is the variant where not said otherwise."""

    durations: Integers  # table x VALUES: ticks
    duration_of: Integers  # x step: row of `durations`
    rework: Integers  # x step: of VALUES, those who go back
    back: Integers  # x step
    team_of: Integers  # x server; -1 where there is none
    calendar_of: Integers  # x server: row of the calendars
    choice: Integers  # x step x server: rank and number of the server; UNFIT where without skill
    serves: Integers  # x server x queue: one where the skill is there
    priority: Integers  # x kind
    promise: Integers  # x kind: ticks; NEVER without
    clock: Integers  # calendar in which promises count; -1 all hours
    worked: Integers  # calendar x minute: ticks worked before
    opened: Integers  # calendar x minute: one where open
    next_open: Integers  # calendar x minute: the next open minute
    places: Integers  # calendar x open minute: its place in the week
    total: Integers  # by calendar: ticks worked in a week
    following: Integers  # needs (bits) x step + 1: the next step; as many as there are at the end


class Shape(NamedTuple):
    """Sizes after padding."""

    variants: int
    steps: int
    servers: int  # the first row of events holds arrivals, so servers count from one
    kinds: int
    priorities: int
    teams: int


def shape_of(journeys: Sequence[Journey]) -> Shape:
    """The largest of each."""
    return Shape(
        len(journeys),
        max(len(each.steps) for each in journeys),
        max(sum(team.staff for team in each.teams) for each in journeys),
        max(len(each.kinds) for each in journeys),
        max(len({kind.priority for kind in each.kinds}) for each in journeys),
        max(len(each.teams) for each in journeys),
    )


def compile_journeys(journeys: Sequence[Journey]) -> Tables:
    """All variants as tables."""
    shape = shape_of(journeys)
    durations: dict[Duration, int] = {}
    calendars: dict[Hours, int] = {}
    size = shape.variants, shape.steps
    duration_of, rework, back = (np.zeros(size, dtype=np.int64) for _ in range(3))
    team_of = np.full((shape.variants, shape.servers + 1), -1, dtype=np.int64)
    calendar_of = np.zeros_like(team_of)
    choice = np.full((*size, shape.servers + 1), UNFIT, dtype=np.int64)
    queues = shape.steps * shape.priorities
    serves = np.zeros((shape.variants, shape.servers + 1, queues), dtype=np.int64)
    priority = np.zeros((shape.variants, shape.kinds), dtype=np.int64)
    promise = np.full_like(priority, NEVER)
    clock = np.full(shape.variants, -1, dtype=np.int64)
    for v, journey in enumerate(journeys):
        names = [each.name for each in journey.steps]
        for s, step in enumerate(journey.steps):
            duration_of[v, s] = durations.setdefault(step.duration, len(durations))
            rework[v, s] = round(step.rework * VALUES)
            back[v, s] = names.index(step.back_to) if step.back_to else s
        first = 1
        for g, team in enumerate(journey.teams):
            own = slice(first, first + team.staff)
            first += team.staff
            team_of[v, own] = g
            calendar_of[v, own] = calendars.setdefault(team.hours, len(calendars))
            for s, step in enumerate(journey.steps):
                if team.name in step.teams:
                    rank = step.teams.index(team.name)
                    choice[v, s, own] = RANK * rank + np.arange(own.start, own.stop)
                    begin = s * shape.priorities
                    serves[v, own, begin : begin + shape.priorities] = 1
        levels = sorted({kind.priority for kind in journey.kinds})
        for k, kind in enumerate(journey.kinds):
            priority[v, k] = levels.index(kind.priority)
            promise[v, k] = NEVER if kind.promise is None else round(kind.promise * HOUR)
        if journey.promise_hours is not None:
            clock[v] = calendars.setdefault(journey.promise_hours, len(calendars))
    return Tables(
        np.array([each.ticks() for each in durations]),
        duration_of,
        rework,
        back,
        team_of,
        calendar_of,
        choice,
        serves,
        priority,
        promise,
        clock,
        *_calendars(list(calendars)),
        _following(shape.steps),
    )


def _calendars(
    hours: Sequence[Hours],
) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    found = [clock_tables(each) for each in hours]
    longest = max(len(each[3]) for each in found)
    places = np.zeros((len(found), longest), dtype=np.int64)
    for row, each in zip(places, found, strict=True):
        row[: len(each[3])] = each[3]
    worked, opened, next_open = (np.array([each[k] for each in found]) for k in range(3))
    return worked, opened, next_open, places, np.array([each[4] for each in found])


def _following(steps: int) -> Integers:
    """The first step not before a place that is needed, for every set of needs."""
    found = np.full((2**steps, steps + 1), steps, dtype=np.int64)
    needs = np.arange(2**steps)
    for step in reversed(range(steps)):
        found[:, step] = np.where(needs >> step & 1, step, found[:, step + 1])
    return found


def end_of_weeks(weeks: float) -> int:
    """Weeks in ticks."""
    return round(weeks * WEEK)
