"""One lane of a rehearsal as a compiled loop; `lanes.Lanes` explains it and finds the same."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from zhuoyue.analysis.rehearsing.draws import AGAIN, KIND_BITS, POOL, STRIDE
from zhuoyue.analysis.rehearsing.hours import HOUR, MINUTE, WEEK
from zhuoyue.analysis.rehearsing.lanes import NUMBER, URGENT
from zhuoyue.analysis.rehearsing.plan import NEVER, RANK, SHIFT, UNFIT

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Integers
    from zhuoyue.analysis.rehearsing.plan import Tables

NOBODY = int(NEVER)
KINDS = (1 << KIND_BITS) - 1


class Chance(NamedTuple):
    """The draws of one replication."""

    arrivals: Integers  # keys
    records: Any
    durations: Any
    rework: Any


class State(NamedTuple):
    """Where one lane stands."""

    events: Integers  # by server: keys
    serving: Integers  # by server
    idle: Flags  # by server
    heads: Integers  # by queue: keys
    front: Integers
    last: Integers
    since: Integers  # by contact
    behind: Any
    step: Any
    times: Any


class Follow(NamedTuple):
    """The lane's part of `lanes.Counts`."""

    leads: Any
    waited: Integers
    visits: Integers
    kept: Integers
    measured: Integers
    busy: Integers
    unfinished: Integers


def _jit(function: Any) -> Any:
    """Nothing is made inside, so that holders of arrays need no counting: it took two thirds."""
    settings = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return import_module("numba").njit(**settings)(function)


def _worked(tables: Tables, ticks: int, calendar: int) -> int:
    week, rest = ticks // WEEK, ticks % WEEK
    minute = rest // MINUTE
    inside = (rest - minute * MINUTE) * tables.opened[calendar, minute]
    return int(week * tables.total[calendar] + tables.worked[calendar, minute] + inside)


worked = _jit(_worked)


def _ends(tables: Tables, start: int, ticks: int, calendar: int) -> int:
    if tables.total[calendar] == WEEK:
        return start + ticks
    whole = worked(tables, start, calendar) + ticks - 1
    week, rest = whole // tables.total[calendar], whole % tables.total[calendar]
    minute = rest // MINUTE
    place = tables.places[calendar, minute]
    return int(week * WEEK + place * MINUTE + (rest - minute * MINUTE) + 1)


ends = _jit(_ends)


def _opens(tables: Tables, now: int, calendar: int) -> int:
    week, minute = now // WEEK, now % WEEK // MINUTE
    following = tables.next_open[calendar, minute]
    if following == minute:
        return now
    return int(week * WEEK + following * MINUTE)


opens = _jit(_opens)


def _serve(  # noqa: PLR0917 - no keywords when compiled
    tables: Tables,
    variant: int,
    window: tuple[int, int],
    chance: Chance,
    state: State,
    follow: Follow,
    now: int,
    server: int,
    who: int,
) -> None:
    """Lanes._serve."""
    step = state.step[who]
    at = (who * STRIDE + step + state.times[who] * AGAIN) & (POOL - 1)
    ticks = tables.durations[tables.duration_of[variant, step], chance.durations[at]]
    calendar = tables.calendar_of[variant, server]
    end = ends(tables, now, max(ticks, 1), calendar)
    state.events[server] = end << SHIFT | server
    state.serving[server] = who
    if chance.arrivals[who] >> SHIFT >= window[0]:
        follow.waited[step] += now - state.since[who]
        follow.visits[step] += 1
    if window[0] <= now < window[1]:
        follow.busy[tables.team_of[variant, server]] += ticks


serve = _jit(_serve)


def _ask(tables: Tables, variant: int, state: State, now: int, step: int) -> int:
    """Who is idle and on duty; nil where nobody is: then all who could are called (Lanes._ask)."""
    best, minute = UNFIT, now % WEEK // MINUTE
    for server in range(1, len(state.idle)):
        if state.idle[server] and tables.opened[tables.calendar_of[variant, server], minute]:
            best = min(best, tables.choice[variant, step, server])
    if best < UNFIT:
        desk = best & (RANK - 1)
        state.idle[desk] = False
        return int(desk)
    for server in range(1, len(state.idle)):
        if state.idle[server] and tables.choice[variant, step, server] < UNFIT:
            opening = opens(tables, now, tables.calendar_of[variant, server])
            state.events[server] = opening << SHIFT | server
            state.idle[server] = False
    return 0


ask = _jit(_ask)


def _queue(  # noqa: PLR0917 - no keywords when compiled
    tables: Tables, variant: int, state: State, kind: int, now: int, who: int
) -> None:
    """Lanes._queue."""
    urgency = tables.priority[variant, kind]
    priorities = len(state.heads) // tables.duration_of.shape[1]
    queue = state.step[who] * priorities + urgency
    if state.heads[queue] == NOBODY:
        state.heads[queue] = urgency << URGENT | now << SHIFT | queue
        state.front[queue] = who
    else:
        state.behind[state.last[queue]] = who
    state.last[queue] = who


queue_up = _jit(_queue)


def _take(tables: Tables, variant: int, state: State, server: int) -> int:
    """The most urgent who waits for a server; -1 where nobody does (Lanes._take)."""
    key = NOBODY
    for queue in range(len(state.heads)):
        if tables.serves[variant, server, queue]:
            key = min(key, state.heads[queue])
    if key == NOBODY:
        return -1
    queue = key & NUMBER
    who = state.front[queue]
    if who == state.last[queue]:
        state.heads[queue] = NOBODY
        return int(who)
    second = state.behind[who]
    state.front[queue] = second
    state.heads[queue] = key >> URGENT << URGENT | state.since[second] << SHIFT | queue
    return int(who)


take = _jit(_take)


def _first_choice(tables: Tables, variant: int, state: State, now: int, step: int) -> int:
    """Of all who come on duty now the step's first choice (Lanes._first_choice)."""
    best = UNFIT
    for server in range(1, len(state.events)):
        if state.serving[server] < 0 and state.events[server] >> SHIFT == now:
            best = min(best, tables.choice[variant, step, server])
    return int(best & (RANK - 1))


first_choice = _jit(_first_choice)


def _leave(  # noqa: PLR0917 - no keywords when compiled
    tables: Tables,
    variant: int,
    window: tuple[int, int],
    follow: Follow,
    came: int,
    now: int,
    who: int,
    kind: int,
) -> None:
    """Lanes._leave."""
    if came < window[0]:
        return
    follow.leads[who] = np.float32((now - came) / HOUR)
    took, clock = now - came, tables.clock[variant]
    if clock >= 0:
        took = worked(tables, now, clock) - worked(tables, came, clock)
    follow.measured[kind] += 1
    follow.kept[kind] += took <= tables.promise[variant, kind]
    follow.unfinished[0] += now > window[1]


leave = _jit(_leave)


def _onward(tables: Tables, variant: int, chance: Chance, state: State, who: int) -> int:
    """The next step of a contact whose step has ended; as many as there are at the end."""
    step = state.step[who]
    if tables.rework[variant, step] > 0:
        at = (who * STRIDE + step + state.times[who] * AGAIN) & (POOL - 1)
        if chance.rework[at] < tables.rework[variant, step]:
            state.times[who] += 1
            return int(tables.back[variant, step])
    return int(tables.following[chance.records[who] >> KIND_BITS, step + 1])


onward = _jit(_onward)


def _run_lane(  # noqa: PLR0912, PLR0917 - one loop; no keywords when compiled
    tables: Tables,
    variant: int,
    window: tuple[int, int],
    chance: Chance,
    state: State,
    follow: Follow,
) -> None:
    """Lanes.run for one lane."""
    coming, steps = 0, tables.duration_of.shape[1]
    while True:
        key = NOBODY
        for row in range(len(state.events)):
            key = min(key, state.events[row])
        if key == NOBODY:
            return
        server, now, who, step = key & NUMBER, key >> SHIFT, -1, steps
        called = False
        if server == 0:
            who = coming
            coming += 1
            state.events[0] = chance.arrivals[coming]
            step = tables.following[chance.records[who] >> KIND_BITS, 0]
        else:
            who = state.serving[server]
            state.serving[server] = -1
            called = who < 0
            if who >= 0:
                step = onward(tables, variant, chance, state, who)
                if step == steps:
                    came, kind = chance.arrivals[who] >> SHIFT, chance.records[who] & KINDS
                    leave(tables, variant, window, follow, came, now, who, kind)
        if step < steps:
            state.since[who] = now
            state.step[who] = step
            desk = ask(tables, variant, state, now, step)
            if desk:
                serve(tables, variant, window, chance, state, follow, now, desk, who)
            else:
                queue_up(tables, variant, state, chance.records[who] & KINDS, now, who)
        if server:
            calendar = tables.calendar_of[variant, server]
            opening = opens(tables, now, calendar)
            if opening > now:
                state.events[server] = opening << SHIFT | server
                continue
            who = take(tables, variant, state, server)
            if who >= 0:
                if called:
                    server = first_choice(tables, variant, state, now, state.step[who])
                serve(tables, variant, window, chance, state, follow, now, server, who)
            else:
                state.events[server] = NOBODY
                state.idle[server] = True


run_lane = _jit(_run_lane)


def fresh_state(tables: Tables, variant: int, queues: int, contacts: int, first: int) -> State:
    """A lane before its first arrival."""
    servers = tables.team_of.shape[1]
    events = np.full(servers, NEVER, dtype=np.int64)
    events[0] = first
    return State(
        events,
        np.full(servers, -1, dtype=np.int64),
        tables.team_of[variant] >= 0,
        np.full(queues, NEVER, dtype=np.int64),
        np.zeros(queues, dtype=np.int64),
        np.zeros(queues, dtype=np.int64),
        np.zeros(contacts, dtype=np.int64),
        np.zeros(contacts, dtype=np.int32),
        np.zeros(contacts, dtype=np.int8),
        np.zeros(contacts, dtype=np.int16),
    )
