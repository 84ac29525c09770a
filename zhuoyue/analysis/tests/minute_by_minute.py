"""Work in working hours, counted minute by minute: slow, and easy to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Integers
    from zhuoyue.analysis.rehearsing.hours import Hours


def minutes_of(hours: Hours) -> Integers:
    return np.flatnonzero(hours.open())


def working(minutes: Integers, now: int, ticks: int) -> tuple[int, int]:
    """Start and end of so much work."""
    week, minute = divmod(now // 60_000, 10_080)
    if len(minutes) == 10_080:
        return now, now + ticks
    at = int(np.searchsorted(minutes, minute))
    if at == len(minutes):
        week, at = week + 1, 0
    start = max(now, (week * 10_080 + int(minutes[at])) * 60_000)
    clock, left = start, ticks
    while True:
        until = (clock // 60_000 + 1) * 60_000
        if clock + left <= until:
            return start, clock + left
        left -= until - clock
        at += 1
        if at == len(minutes):
            week, at = week + 1, 0
        clock = (week * 10_080 + int(minutes[at])) * 60_000
