"""Chance, drawn beforehand: the same for every variant, so that they differ by design only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.rehearsing.durations import VALUES
from zhuoyue.analysis.rehearsing.hours import MINUTES, WEEK
from zhuoyue.analysis.rehearsing.plan import NEVER, SHIFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.rehearsing.journey import Arrivals, Journey

POOL = 1 << 20  # draws of a replication, whatever its size: numbers depend on nothing beside it
STRIDE = 12  # draws from one contact's first step to the next contact's
AGAIN = 7_919  # and from a visit to the next one's after rework
KIND_BITS = 8  # of a contact's record; the bits above say which steps it needs


class Stream(IntEnum):
    """What a stream of random numbers decides."""

    ARRIVALS = 0
    KINDS = 1
    NEEDS = 2
    DURATIONS = 3
    REWORK = 4


@dataclass(frozen=True, eq=False)
class Draws:
    """Contacts of some replications (columns), for each demand that differs."""

    arrivals: NDArray[np.int64]  # columns x contacts + 1: keys, NEVER after the last
    records: NDArray[np.int32]  # columns x contacts: kind and needs
    columns: Integers  # variant x replication -> column
    durations: NDArray[np.uint16]  # replications x pool
    rework: NDArray[np.uint16]  # the same; empty where nothing is done twice

    @property
    def contacts(self) -> int:
        return int(self.records.shape[1])


def draw(
    journeys: Sequence[Journey], weeks: float, seed: int, replications: Sequence[int]
) -> Draws:
    """Draw some replications, each from its own streams, whatever is drawn beside it."""
    demands: dict[tuple[object, ...], int] = {}
    order = [demands.setdefault(_demand(each), len(demands)) for each in journeys]
    found: list[tuple[Integers, NDArray[np.int32]]] = []
    for demand in range(len(demands)):
        journey = journeys[order.index(demand)]
        found += [_contacts(journey, weeks, seed, number) for number in replications]
    most = max(len(times) for times, _ in found)
    arrivals = np.full((len(found), most + 1), NEVER, dtype=np.int64)
    records = np.zeros((len(found), most), dtype=np.int32)
    for row, (times, record) in enumerate(found):
        arrivals[row, : len(times)] = times << SHIFT
        records[row, : len(times)] = record
    count = len(replications)
    columns = np.array(order)[:, None] * count + np.arange(count)
    anyone = any(step.rework for each in journeys for step in each.steps)
    return Draws(
        arrivals,
        records,
        columns.astype(np.int64),
        np.array([_pool(seed, number, Stream.DURATIONS, POOL) for number in replications]),
        np.array(
            [_pool(seed, number, Stream.REWORK, POOL if anyone else 1) for number in replications]
        ),
    )


def _demand(journey: Journey) -> tuple[object, ...]:
    """What decides who comes and what they need."""
    kinds = tuple((each.name, each.frequency, tuple(each.shares.items())) for each in journey.kinds)
    return journey.arrivals, kinds, tuple((each.name, each.share) for each in journey.steps)


def _stream(seed: int, number: int, stream: Stream) -> np.random.Generator:
    return np.random.default_rng([seed, number, int(stream)])


def _pool(seed: int, number: int, stream: Stream, size: int) -> NDArray[np.uint16]:
    return _stream(seed, number, stream).integers(0, VALUES, size, dtype=np.uint16)


def _contacts(
    journey: Journey, weeks: float, seed: int, number: int
) -> tuple[Integers, NDArray[np.int32]]:
    """Arrival ticks and records of those who need at least one step."""
    times = _times(journey.arrivals, weeks, _stream(seed, number, Stream.ARRIVALS))
    share = np.array([each.frequency for each in journey.kinds])
    uniform = _stream(seed, number, Stream.KINDS).random(len(times))
    kinds = np.searchsorted(np.cumsum(share / share.sum())[:-1], uniform, side="right")
    wanted = np.array(
        [
            [kind.shares.get(step.name, step.share) for step in journey.steps]
            for kind in journey.kinds
        ]
    )
    chance = _stream(seed, number, Stream.NEEDS).random((len(times), len(journey.steps)))
    needs = (chance < wanted[kinds]) @ (1 << np.arange(len(journey.steps)))
    somewhere = needs > 0
    records = (needs << KIND_BITS | kinds)[somewhere].astype(np.int32)
    return times[somewhere], records


def _times(arrivals: Arrivals, weeks: float, random: np.random.Generator) -> Integers:
    """A Poisson process: on a clock on which one arrives per unit, then on that of the week."""
    expected = arrivals.per_week * weeks
    count = int(expected + 8 * np.sqrt(expected) + 20)
    units = np.cumsum(random.standard_exponential(count))
    while units[-1] < expected:  # once in many lifetimes
        more = np.cumsum(random.standard_exponential(count)) + units[-1]
        units = np.concatenate([units, more])
    units = units[units < expected] / arrivals.per_week
    week = np.floor(units)
    minute = np.interp(units - week, _intensity(arrivals), np.arange(MINUTES + 1.0))
    return np.asarray((week * WEEK + minute / MINUTES * WEEK).astype(np.int64))


def _intensity(arrivals: Arrivals) -> Floats:
    """The share of a week's arrivals before each minute."""
    rate = arrivals.hours.open().astype(np.float64)
    if arrivals.by_hour:
        rate *= np.asarray(arrivals.by_hour)[np.arange(MINUTES) // 60 % 24]
    total = np.concatenate([[0.0], np.cumsum(rate)])
    return np.asarray(total / total[-1])
