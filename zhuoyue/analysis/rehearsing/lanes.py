"""The rehearsal of many replications at once: one event of every replication in each round.

A lane is one replication of one variant. All its times are whole ticks, so that whoever computes
them finds the same; keys hold a time above and a number below, so that one minimum finds both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zhuoyue.analysis.rehearsing.draws import AGAIN, KIND_BITS, POOL, STRIDE
from zhuoyue.analysis.rehearsing.durations import VALUES
from zhuoyue.analysis.rehearsing.hours import HOUR, MINUTE, WEEK
from zhuoyue.analysis.rehearsing.plan import NEVER, RANK, SHIFT, UNFIT, Shape, Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Flags, Integers
    from zhuoyue.analysis.rehearsing.draws import Draws

NUMBER = (1 << SHIFT) - 1
URGENT = 57  # bits below a queue's priority in its key


class Counts(NamedTuple):
    """What is followed in each lane (the lane is the last axis); times in ticks."""

    leads: NDArray[np.float32]  # contact x lane: hours; NaN where not measured
    waited: Integers  # step x lane: sum of waits
    visits: Integers  # step x lane
    kept: Integers  # kind x lane: promises kept
    measured: Integers  # kind x lane: contacts
    busy: Integers  # team x lane: work begun in the measured weeks
    unfinished: Integers  # by lane: contacts inside when the measured weeks end


def no_counts(shape: Shape, contacts: int, lanes: int, *, lane_first: bool = False) -> Counts:
    """Everything at nil."""

    def size(rows: int) -> tuple[int, int]:
        return (lanes, rows) if lane_first else (rows, lanes)

    def nil(rows: int) -> Integers:
        return np.zeros(size(rows), dtype=np.int64)

    return Counts(
        np.full(size(contacts), np.nan, dtype=np.float32),
        nil(shape.steps),
        nil(shape.steps),
        nil(shape.kinds),
        nil(shape.kinds),
        nil(shape.teams),
        np.zeros(lanes, dtype=np.int64),
    )


class Lanes:
    """The state of all lanes. Tables of rows x lanes lie flat: place = row * lanes + lane."""

    def __init__(
        self, tables: Tables, shape: Shape, draws: Draws, window: tuple[int, int], lanes: Integers
    ) -> None:
        """`lanes`: variant and replication of each (2 x lanes); `window`: what is measured."""
        self.tables, self.shape, self.window = tables, shape, window
        self.variant, self.replication = lanes
        self.count = count = lanes.shape[1]
        self.column = draws.columns[self.variant, self.replication]
        self.columns = draws.arrivals.shape[0]
        self.arrivals = np.ascontiguousarray(draws.arrivals.T).ravel()
        self.records = np.ascontiguousarray(draws.records.T).ravel()
        self.replications = len(draws.durations)
        self.durations = np.ascontiguousarray(draws.durations.T).ravel()
        self.rework = np.ascontiguousarray(draws.rework.T).ravel()
        self.twice = bool(tables.rework.any())
        self.always = bool(tables.opened.all())
        self.result = no_counts(shape, draws.contacts, count)
        self.leads = self.result.leads.reshape(-1)
        self.next = np.zeros(count, dtype=np.int64)  # the contact that arrives next
        self.events = np.full((shape.servers + 1, count), NEVER, dtype=np.int64)
        self.events[0] = self.arrivals[self.column]
        self.serving = np.full((shape.servers + 1) * count, -1, dtype=np.int64)
        self.idle = tables.team_of[self.variant].T >= 0
        self.off = self.idle.sum(axis=0)  # how many are idle
        queues = shape.steps * shape.priorities
        self.heads = np.full((queues, count), NEVER, dtype=np.int64)  # keys of those in front
        self.front, self.last = (np.zeros(queues * count, dtype=np.int64) for _ in range(2))
        self.queued = np.zeros(count, dtype=np.int64)
        self.room = 256
        self.inside = np.zeros(self.room * count, dtype=bool)
        self.since, self.behind, self.step, self.times = (
            np.zeros(self.room * count, dtype=np.int64) for _ in range(4)
        )

    def run(self) -> Counts:
        """To the last contact's end."""
        while True:
            keys = self.events.min(axis=0)
            alive = keys < NEVER
            if not alive.any():
                return self.result
            server = keys & NUMBER
            now = keys >> SHIFT
            arriving = (alive & (server == 0)).nonzero()[0]
            freed = server.nonzero()[0]  # the key of nobody ends in nil
            self._round(now, arriving, freed, server[freed])

    def _round(self, now: Integers, arriving: Integers, freed: Integers, server: Integers) -> None:
        who, step = self._arrive(arriving)
        lanes = arriving
        called = self.serving[server * self.count + freed] < 0
        if len(freed):
            moved, number, onward = self._finish(now, freed, server)
            lanes = np.concatenate([arriving, moved])
            who, step = np.concatenate([who, number]), np.concatenate([step, onward])
        if len(lanes):
            self._join(now[lanes], lanes, who, step)
        if len(freed):
            self._take(now, freed, server, called)

    def _place(self, who: Integers, lanes: Integers) -> Integers:
        """Where a contact's state lies: in a ring, which grows when it meets itself."""
        return np.asarray((who & (self.room - 1)) * self.count + lanes)

    def _arrive(self, lanes: Integers) -> tuple[Integers, Integers]:
        who = self.next[lanes]
        if not len(lanes):
            return who, who
        column = self.column[lanes]
        place = self._place(who, lanes)
        while self.inside[place].any():
            self._grow()
            place = self._place(who, lanes)
        after = who + 1
        self.next[lanes] = after
        self.events[0, lanes] = self.arrivals[after * self.columns + column]
        self.inside[place] = True
        self.times[place] = 0
        needs = self.records[who * self.columns + column] >> KIND_BITS
        return who, self.tables.following[needs, 0]

    def _grow(self) -> None:
        """Twice the room: every contact inside moves to its new place."""
        old, count = self.room, self.count
        self.room = 2 * old
        place = self.inside.nonzero()[0]
        slot, lanes = place // count, place % count
        newest = self.next[lanes] - 1  # nobody inside is further behind than the ring was long
        who = newest - ((newest - slot) & (old - 1))
        target = self._place(who, lanes)
        for name in ("inside", "since", "behind", "step", "times"):
            held = getattr(self, name)
            wider = np.zeros(self.room * count, dtype=held.dtype)
            wider[target] = held[place]
            setattr(self, name, wider)

    def _drawn(
        self,
        pool: NDArray[np.uint16],
        lanes: Integers,
        who: Integers,
        step: Integers,
        time: Integers,
    ) -> NDArray[np.uint16]:
        """The draw of a contact's visit to a step."""
        at = (who * STRIDE + step + time * AGAIN) & (POOL - 1)
        return np.asarray(pool[at * self.replications + self.replication[lanes]])

    def _finish(
        self, now: Integers, freed: Integers, server: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """Contacts whose step has ended: those who go on, and where to."""
        desk = server * self.count + freed
        who = self.serving[desk]
        self.serving[desk] = -1
        served = who >= 0  # others only came on duty
        if not served.all():
            freed, who = freed[served], who[served]
        place = self._place(who, freed)
        step = self.step[place]
        column = self.column[freed]
        record = self.records[who * self.columns + column]
        onward = self.tables.following[record >> KIND_BITS, step + 1]
        if self.twice:
            variant = self.variant[freed]
            drawn = self._drawn(self.rework, freed, who, step, self.times[place])
            again = drawn < self.tables.rework[variant, step]
            onward = np.where(again, self.tables.back[variant, step], onward)
            self.times[place] += again
        ended = onward == self.shape.steps
        if ended.any():
            gone = ended.nonzero()[0]
            lanes = freed[gone]
            self.inside[place[gone]] = False
            self._leave(now[lanes], lanes, who[gone], record[gone] & (2**KIND_BITS - 1))
            stay = (~ended).nonzero()[0]
            return freed[stay], who[stay], onward[stay]
        return freed, who, onward

    def _leave(self, now: Integers, lanes: Integers, who: Integers, kind: Integers) -> None:
        """Write down those who came in the measured weeks."""
        first, end = self.window
        came = self.arrivals[who * self.columns + self.column[lanes]] >> SHIFT
        counted = came >= first
        if not counted.all():
            now, lanes, who, kind, came = (each[counted] for each in (now, lanes, who, kind, came))
        self.leads[who * self.count + lanes] = (now - came) / HOUR
        variant = self.variant[lanes]
        took = self._clocked(now, variant) - self._clocked(came, variant)
        self.result.measured[kind, lanes] += 1
        self.result.kept[kind, lanes] += took <= self.tables.promise[variant, kind]
        self.result.unfinished[lanes] += now > end

    def _clocked(self, ticks: Integers, variant: Integers) -> Integers:
        """Ticks on the clock of the variant's promises."""
        clock = self.tables.clock[variant]
        if (clock < 0).all():
            return ticks
        return np.where(clock < 0, ticks, self._worked(ticks, np.maximum(clock, 0)))

    def _worked(self, ticks: Integers, calendar: Integers) -> Integers:
        """Ticks worked since the beginning."""
        week, rest = np.divmod(ticks, WEEK)
        minute = rest // MINUTE
        tables = self.tables
        inside = (rest - minute * MINUTE) * tables.opened[calendar, minute]
        before = week * tables.total[calendar] + tables.worked[calendar, minute]
        return np.asarray(before + inside)

    def _ends(self, start: Integers, ticks: Integers, calendar: Integers) -> Integers:
        """When so much work begun at a time is done."""
        if self.always:
            return start + ticks
        whole = self._worked(start, calendar) + ticks - 1  # the last tick of it
        week, rest = np.divmod(whole, self.tables.total[calendar])
        minute = rest // MINUTE
        place = self.tables.places[calendar, minute]
        return np.asarray(week * WEEK + place * MINUTE + (rest - minute * MINUTE) + 1)

    def _opens(self, now: Integers, calendar: Integers) -> Integers:
        """Now, or the next opening."""
        week, rest = np.divmod(now, WEEK)
        minute = rest // MINUTE
        following = self.tables.next_open[calendar, minute]
        return np.where(following == minute, now, week * WEEK + following * MINUTE)

    def _join(self, now: Integers, lanes: Integers, who: Integers, step: Integers) -> None:
        """Contacts come to a step: somebody idle takes them, or they wait."""
        place = self._place(who, lanes)
        self.since[place] = now
        self.step[place] = step
        waiting = np.ones(len(lanes), dtype=bool)
        asked = self.off[lanes].nonzero()[0]
        if len(asked):
            waiting[asked] = ~self._ask(now[asked], lanes[asked], who[asked], step[asked])
            if not waiting.all():
                kept = waiting.nonzero()[0]
                now, lanes, who, step, place = (
                    each[kept] for each in (now, lanes, who, step, place)
                )
        if len(lanes):
            self._queue(now, lanes, who, step)

    def _ask(self, now: Integers, lanes: Integers, who: Integers, step: Integers) -> Flags:
        """Whether somebody idle and on duty takes them; else all who could come at their opening.

        Only one of them called might be taken by another contact, and the rest would sit idle.
        """
        variant = self.variant[lanes]
        wanted = np.where(self.idle[:, lanes], self.tables.choice[variant, step].T, UNFIT)
        present = wanted
        if not self.always:
            calendar = self.tables.calendar_of[variant].T
            here = self.tables.opened[calendar, now % WEEK // MINUTE] > 0
            present = np.where(here, wanted, UNFIT)
        best = present.min(axis=0)
        taken = best < UNFIT
        if not self.always and not taken.all():
            rest = (~taken).nonzero()[0]
            absent = wanted[:, rest] < UNFIT
            self.off[lanes[rest]] -= absent.sum(axis=0)
            desk, place = absent.nonzero()
            lane = lanes[rest[place]]
            calendar = self.tables.calendar_of[self.variant[lane], desk]
            self.events[desk, lane] = self._opens(now[rest[place]], calendar) << SHIFT | desk
            self.idle[desk, lane] = False
        if taken.any():
            chosen = taken.nonzero()[0]
            lane, desk = lanes[chosen], best[chosen] & (RANK - 1)
            self.idle[desk, lane] = False
            self.off[lane] -= 1
            self._serve(now[chosen], lane, desk, who[chosen])
        return taken

    def _queue(self, now: Integers, lanes: Integers, who: Integers, step: Integers) -> None:
        kind = self.records[who * self.columns + self.column[lanes]] & (2**KIND_BITS - 1)
        urgency = self.tables.priority[self.variant[lanes], kind]
        queue = step * self.shape.priorities + urgency
        row = queue * self.count + lanes
        heads = self.heads.reshape(-1)
        empty = heads[row] == NEVER
        key = urgency << URGENT | now << SHIFT | queue
        heads[row] = np.where(empty, key, heads[row])
        self.front[row] = np.where(empty, who, self.front[row])
        tail = self._place(self.last[row], lanes)[~empty]
        self.behind[tail] = who[~empty]
        self.last[row] = who
        self.queued[lanes] += 1

    def _take(self, now: Integers, freed: Integers, server: Integers, called: Flags) -> None:
        """Those on duty take the most urgent who waits for them, or rest; others come later."""
        if not self.always:
            opening = self._opens(now[freed], self.tables.calendar_of[self.variant[freed], server])
            later = opening > now[freed]
            if later.any():
                lanes, desk = freed[later], server[later]
                self.events[desk, lanes] = opening[later] << SHIFT | desk
                freed, server, called = freed[~later], server[~later], called[~later]
        keys = np.where(
            self.tables.serves[self.variant[freed], server].T, self.heads[:, freed], NEVER
        ).min(axis=0)
        busy = keys < NEVER
        if not busy.all():
            rest = (~busy).nonzero()[0]
            lanes, desk = freed[rest], server[rest]
            self.events[desk, lanes] = NEVER
            self.idle[desk, lanes] = True
            self.off[lanes] += 1
            chosen = busy.nonzero()[0]
            freed, server, keys = freed[chosen], server[chosen], keys[chosen]
            called = called[chosen]
        if not len(freed):
            return
        queue = keys & NUMBER
        row = queue * self.count + freed
        who = self.front[row]
        second = self.behind[self._place(who, freed)]
        alone = who == self.last[row]
        since = self.since[self._place(second, freed)]
        key = keys >> URGENT << URGENT | since << SHIFT | queue
        self.heads.reshape(-1)[row] = np.where(alone, NEVER, key)
        self.front[row] = second
        self.queued[freed] -= 1
        if called.any():
            server = np.where(called, self._first_choice(now[freed], freed, who), server)
        self._serve(now[freed], freed, server, who)

    def _first_choice(self, now: Integers, lanes: Integers, who: Integers) -> Integers:
        """Of all who come on duty now the step's first choice; the others are asked next."""
        step = self.step[self._place(who, lanes)]
        resting = self.serving.reshape(-1, self.count)[:, lanes] < 0
        ready = resting & (self.events[:, lanes] >> SHIFT == now)
        choice = self.tables.choice[self.variant[lanes], step].T
        return np.asarray(np.where(ready, choice, UNFIT).min(axis=0) & (RANK - 1))

    def _serve(self, now: Integers, lanes: Integers, server: Integers, who: Integers) -> None:
        """Begin a step."""
        tables = self.tables
        variant = self.variant[lanes]
        place = self._place(who, lanes)
        step = self.step[place]
        drawn = self._drawn(self.durations, lanes, who, step, self.times[place])
        ticks = tables.durations.reshape(-1)[tables.duration_of[variant, step] * VALUES + drawn]
        end = self._ends(now, np.maximum(ticks, 1), tables.calendar_of[variant, server])
        self.events[server, lanes] = end << SHIFT | server
        self.serving[server * self.count + lanes] = who
        first, last = self.window
        came = self.arrivals[who * self.columns + self.column[lanes]] >> SHIFT
        counted = came >= first
        self.result.waited[step, lanes] += np.where(counted, now - self.since[place], 0)
        self.result.visits[step, lanes] += counted
        working = (now >= first) & (now < last)
        self.result.busy[tables.team_of[variant, server], lanes] += np.where(working, ticks, 0)
