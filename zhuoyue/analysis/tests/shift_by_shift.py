"""Journeys played event by event in plain Python, with the same chance: who is on duty and free
takes the most urgent, whatever teams and hours a step has."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from zhuoyue.analysis.rehearsing.draws import AGAIN, KIND_BITS, POOL, STRIDE, draw
from zhuoyue.analysis.rehearsing.durations import VALUES
from zhuoyue.analysis.rehearsing.hours import MINUTE, MINUTES
from zhuoyue.analysis.rehearsing.plan import NEVER, SHIFT
from zhuoyue.analysis.tests.minute_by_minute import minutes_of, working

if TYPE_CHECKING:
    from zhuoyue.analysis.rehearsing.journey import Journey

ARRIVAL = -1


class ShiftByShift:
    """One replication; `leads` holds lead times in ticks, `waits` those of all visits by step."""

    def __init__(self, journey: Journey, weeks: float, seed: int, number: int) -> None:
        self.journey = journey
        drawn = draw([journey], weeks, seed, [number])
        self.arrivals, self.records = drawn.arrivals[0], drawn.records[0]
        self.durations, self.rework = drawn.durations[0], drawn.rework[0]
        self.tables = [step.duration.ticks() for step in journey.steps]
        self.names = [each.name for each in journey.steps]
        self.team = [each.name for each in journey.teams for _ in range(each.staff)]
        hours = [each.hours for each in journey.teams for _ in range(each.staff)]
        self.minutes, self.open = [minutes_of(h) for h in hours], [h.open() for h in hours]
        self.serving: list[int | None] = [None] * len(self.team)
        self.waiting: dict[int, tuple[int, int, int]] = {}  # contact: urgency, since, step
        self.place: dict[int, int] = {}
        self.times = dict.fromkeys(range(len(self.records)), 0)
        self.events: list[tuple[int, int, int]] = []  # time, server, contact
        self.leads: dict[int, int] = {}
        self.waits: list[list[int]] = [[] for _ in journey.steps]

    def run(self) -> ShiftByShift:
        self.events = [
            (key >> SHIFT, ARRIVAL, who)
            for who, key in enumerate(self.arrivals.tolist())
            if key != NEVER
        ]
        heapq.heapify(self.events)
        now = 0
        while self.events or self.waiting:
            # Openings are on whole minutes: while somebody waits, each of them is looked at.
            minute = (now // MINUTE + 1) * MINUTE
            if self.waiting and (not self.events or self.events[0][0] > minute):
                now = minute
            else:
                now, server, who = heapq.heappop(self.events)
                place = self._needed(who, 0) if server == ARRIVAL else self._finish(now, who)
                if place < len(self.names):
                    self._join(now, who, place)
                if server != ARRIVAL:
                    self.serving[server] = None
            self._give_out(now)
        return self

    def _finish(self, now: int, who: int) -> int:
        place = self.place[who]
        step = self.journey.steps[place]
        drawn = self.rework[(who * STRIDE + place + self.times[who] * AGAIN) % POOL]
        if step.rework and drawn < round(step.rework * VALUES):
            self.times[who] += 1
            return self.names.index(step.back_to or step.name)
        place = self._needed(who, place + 1)
        if place == len(self.names):
            self.leads[who] = now - (int(self.arrivals[who]) >> SHIFT)
        return place

    def _needed(self, who: int, place: int) -> int:
        needs = int(self.records[who]) >> KIND_BITS
        while place < len(self.names) and not needs >> place & 1:
            place += 1
        return place

    def _join(self, now: int, who: int, place: int) -> None:
        kind = self.journey.kinds[int(self.records[who]) & (2**KIND_BITS - 1)]
        self.waiting[who] = (kind.priority, now, place)
        self._give_out(now)  # before the one who sent it on is free

    def _give_out(self, now: int) -> None:
        """The most urgent contact to the first choice of those who are there, again and again."""
        minute = now // MINUTE % MINUTES
        for who, (_, since, place) in sorted(self.waiting.items(), key=lambda each: each[1]):
            teams = self.journey.steps[place].teams
            there = [
                (teams.index(self.team[k]), k)
                for k, open_ in enumerate(self.open)
                if self.serving[k] is None and self.team[k] in teams and open_[minute]
            ]
            if not there:
                continue
            _, server = min(there)
            del self.waiting[who]
            self.serving[server] = who
            self.place[who] = place
            at = (who * STRIDE + place + self.times[who] * AGAIN) % POOL
            ticks = max(1, int(self.tables[place][self.durations[at]]))
            _, end = working(self.minutes[server], now, ticks)
            self.waits[place].append(now - since)
            heapq.heappush(self.events, (end, server, who))
