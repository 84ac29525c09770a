"""Working hours of a week, and time counted in them.

A clock of ticks (milliseconds) starts on Monday at midnight; weeks repeat. Openings begin and end
on whole minutes, so that tables by minute of the week answer every question exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhuoyue.analysis.arrays import Flags, Integers

MINUTE = 60_000  # ticks
HOUR = 60 * MINUTE
MINUTES = 7 * 24 * 60  # of a week
WEEK = MINUTES * MINUTE

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"
_DAY = r"(mon|tue|wed|thu|fri|sat|sun|周[一二三四五六日天])"
_DAY_RANGE = re.compile(rf"^{_DAY}(?:\s*[-–至]\s*{_DAY})?\s+(.+)$", re.IGNORECASE)
_TIMES = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a team works: openings as (first minute, end) of the week, in order, apart."""

    openings: tuple[tuple[int, int], ...]

    @classmethod
    def always(cls) -> Hours:
        return cls(((0, MINUTES),))

    @classmethod
    def of(cls, text: str) -> Hours:
        """From words: `mon-fri 08:00-12:00 13:00-17:00; sat 09:00-12:00`, `周一-周五 …`,
        `always`."""
        if text.strip().lower() in {"always", "24/7", "全天"}:
            return cls.always()
        spans = sorted(
            span for part in re.split(r"[;；]", text) if part.strip() for span in _part(text, part)
        )
        if not spans:
            raise AnalysisError("journey_hours", found=text)
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                raise AnalysisError("journey_hours_overlap", found=text)
        return cls(tuple(spans))

    @property
    def per_week(self) -> int:
        """Open minutes of a week."""
        return sum(end - start for start, end in self.openings)

    def open(self) -> Flags:
        """Whether each minute of the week is open."""
        found = np.zeros(MINUTES, dtype=bool)
        for start, end in self.openings:
            found[start:end] = True
        return found


def _part(text: str, part: str) -> Iterator[tuple[int, int]]:
    """The openings of one group of days."""
    matched = _DAY_RANGE.match(part.strip())
    if matched is None:
        raise AnalysisError("journey_hours", found=text)
    first = _day(matched[1])
    last = _day(matched[2]) if matched[2] else first
    for times in re.split(r"[\s,，]+", matched[3].strip()):
        found = _TIMES.match(times)
        if found is None:
            raise AnalysisError("journey_hours", found=text)
        h1, m1, h2, m2 = (int(each) for each in found.groups())
        start, end = 60 * h1 + m1, 60 * h2 + m2
        if not 0 <= start < end <= 24 * 60 or m1 > 59 or m2 > 59 or last < first:
            raise AnalysisError("journey_hours", found=text)
        for day in range(first, last + 1):
            yield day * 1440 + start, day * 1440 + end


def _day(word: str) -> int:
    if word[0] == "周":
        return _CHINESE.index(word[1].replace("天", "日"))
    return _DAYS.index(word.lower())


def clock_tables(hours: Hours) -> tuple[Integers, Integers, Integers, Integers, int]:
    """By minute of the week: ticks worked before it, whether open, the next open minute (may lie in
    the week after); by open minute: its place in the week; and the ticks worked in a week."""
    opened = hours.open()
    count = opened.astype(np.int64)
    worked = (np.cumsum(count) - count) * MINUTE
    places = np.flatnonzero(opened).astype(np.int64)
    following = np.searchsorted(places, np.arange(MINUTES))
    next_open = np.append(places, places[0] + MINUTES)[following].astype(np.int64)
    return worked, count, next_open, places, int(count.sum()) * MINUTE
