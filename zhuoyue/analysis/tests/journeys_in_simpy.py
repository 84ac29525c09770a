"""The same journeys as processes of SimPy, with the same chance: another program's answer.

Only what SimPy's resources can say: each step served by one team, and no team with both hours of
its own and several priorities (SimPy hands out a place at night, where a person decides in the
morning).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

from zhuoyue.analysis.rehearsing.draws import AGAIN, KIND_BITS, POOL, STRIDE, draw
from zhuoyue.analysis.rehearsing.durations import VALUES
from zhuoyue.analysis.rehearsing.plan import NEVER, SHIFT
from zhuoyue.analysis.tests.minute_by_minute import minutes_of, working

if TYPE_CHECKING:
    from collections.abc import Generator

    from zhuoyue.analysis.rehearsing.journey import Journey


class InSimPy:
    """One replication; `leads` holds lead times in ticks, `waits` those of all visits by step."""

    def __init__(self, journey: Journey, weeks: float, seed: int, number: int) -> None:
        self.journey = journey
        drawn = draw([journey], weeks, seed, [number])
        self.arrivals = drawn.arrivals[0]
        self.records = drawn.records[0]
        self.durations, self.rework = drawn.durations[0], drawn.rework[0]
        self.tables = [step.duration.ticks() for step in journey.steps]
        self.env = simpy.Environment()
        self.teams = {
            team.name: simpy.PriorityResource(self.env, team.staff) for team in journey.teams
        }
        self.minutes = {team.name: minutes_of(team.hours) for team in journey.teams}
        self.leads: dict[int, int] = {}
        self.waits: list[list[int]] = [[] for _ in journey.steps]

    def run(self) -> InSimPy:
        self.env.process(self._source())
        self.env.run()
        return self

    def _source(self) -> Generator[Any]:
        for who, key in enumerate(self.arrivals.tolist()):
            if key == NEVER:
                return
            yield self.env.timeout((key >> SHIFT) - self.env.now)
            self.env.process(self._contact(who))

    def _contact(self, who: int) -> Generator[Any]:
        came, times, place = int(self.env.now), 0, self._needed(who, 0)
        turn: Any = self._ask(who, place)
        while turn is not None:
            since, team = int(self.env.now), turn.resource
            yield turn
            step = self.journey.steps[place]
            at = (who * STRIDE + place + times * AGAIN) % POOL
            ticks = max(1, int(self.tables[place][self.durations[at]]))
            start, end = working(self.minutes[step.teams[0]], int(self.env.now), ticks)
            self.waits[place].append(start - since)
            yield self.env.timeout(end - self.env.now)
            if step.rework and self.rework[at] < round(step.rework * VALUES):
                times += 1
                place = self._names.index(step.back_to or step.name)
            else:
                place = self._needed(who, place + 1)
            following = self._ask(who, place)  # joins before the place is given up
            team.release(turn)
            turn = following
        self.leads[who] = int(self.env.now) - came

    @property
    def _names(self) -> list[str]:
        return [each.name for each in self.journey.steps]

    def _needed(self, who: int, place: int) -> int:
        needs = int(self.records[who]) >> KIND_BITS
        while place < len(self.waits) and not needs >> place & 1:
            place += 1
        return place

    def _ask(self, who: int, place: int) -> Any:
        if place == len(self.waits):
            return None
        kind = self.journey.kinds[int(self.records[who]) & (2**KIND_BITS - 1)]
        team = self.teams[self.journey.steps[place].teams[0]]
        return team.request(priority=kind.priority)
