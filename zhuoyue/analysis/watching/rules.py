"""Run rules: patterns of points that chance rarely makes.

Sources: Western Electric, Statistical Quality Control Handbook (1956), zone tests; Nelson 1984.
Points come as distances from the centre in standard deviations, so that limits may vary from point
to point. A pattern is told at its last point, which must be part of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Flags, Floats


class Rule(StrEnum):
    """One pattern; the number of points it looks at stands in `SPAN`."""

    BEYOND_LIMIT = "beyond_limit"  # one point beyond three sigma
    TWO_OF_THREE = "two_of_three"  # beyond two sigma on one side
    FOUR_OF_FIVE = "four_of_five"  # beyond one sigma on one side
    EIGHT_ONE_SIDE = "eight_one_side"
    NINE_ONE_SIDE = "nine_one_side"
    SIX_TREND = "six_trend"  # all rising or all falling
    FOURTEEN_ALTERNATING = "fourteen_alternating"
    FIFTEEN_INSIDE = "fifteen_inside"  # within one sigma on both sides
    EIGHT_OUTSIDE = "eight_outside"  # none within one sigma, on both sides


WESTERN_ELECTRIC = (
    Rule.BEYOND_LIMIT,
    Rule.TWO_OF_THREE,
    Rule.FOUR_OF_FIVE,
    Rule.EIGHT_ONE_SIDE,
)
NELSON = (
    Rule.BEYOND_LIMIT,
    Rule.NINE_ONE_SIDE,
    Rule.SIX_TREND,
    Rule.FOURTEEN_ALTERNATING,
    Rule.TWO_OF_THREE,
    Rule.FOUR_OF_FIVE,
    Rule.FIFTEEN_INSIDE,
    Rule.EIGHT_OUTSIDE,
)
SPAN = {
    Rule.BEYOND_LIMIT: 1,
    Rule.TWO_OF_THREE: 3,
    Rule.FOUR_OF_FIVE: 5,
    Rule.EIGHT_ONE_SIDE: 8,
    Rule.NINE_ONE_SIDE: 9,
    Rule.SIX_TREND: 6,
    Rule.FOURTEEN_ALTERNATING: 14,
    Rule.FIFTEEN_INSIDE: 15,
    Rule.EIGHT_OUTSIDE: 8,
}


SETS = {"western_electric": WESTERN_ELECTRIC, "nelson": NELSON}


def rules_of(names: Sequence[Rule | str] | str) -> tuple[Rule, ...]:
    """Patterns by their names, or those of a set that has one."""
    if isinstance(names, str):
        return SETS[names] if names in SETS else (choice(Rule, names, "rules"),)
    return tuple(choice(Rule, each, "rules") for each in names)


def found_by(rule: Rule, distance: Floats) -> Flags:
    """Where a pattern ends (... x points), from distances in sigma (... x points)."""
    if rule is Rule.BEYOND_LIMIT:
        return np.asarray(np.abs(distance) > 3)
    if rule is Rule.SIX_TREND:
        step = np.diff(distance, axis=-1)
        return _later(_all(step > 0, 5) | _all(step < 0, 5), 1)
    if rule is Rule.FOURTEEN_ALTERNATING:
        step = np.sign(np.diff(distance, axis=-1))
        turn = step[..., 1:] * step[..., :-1] < 0
        return _later(_all(turn, 12), 2)
    if rule is Rule.FIFTEEN_INSIDE:
        return _all(np.abs(distance) < 1, 15)
    if rule is Rule.EIGHT_OUTSIDE:
        out = _all(np.abs(distance) > 1, 8)
        return out & ~_all(distance > 1, 8) & ~_all(distance < -1, 8)
    share = {Rule.TWO_OF_THREE: (2, 3, 2.0), Rule.FOUR_OF_FIVE: (4, 5, 1.0)}
    if rule in share:
        needed, span, sigma = share[rule]
        up, down = distance > sigma, distance < -sigma
        return (up & (_sums(up, span) >= needed)) | (down & (_sums(down, span) >= needed))
    span = SPAN[rule]
    return _all(distance > 0, span) | _all(distance < 0, span)


def taking_part(rule: Rule, distance: Floats, end: int) -> tuple[int, ...]:
    """The points of a pattern that ends at a place (one series)."""
    first = max(0, end - SPAN[rule] + 1)
    sigma = {Rule.TWO_OF_THREE: 2.0, Rule.FOUR_OF_FIVE: 1.0}.get(rule)
    places = range(first, end + 1)
    if sigma is None:
        return tuple(places)
    side = np.sign(distance[end])
    return tuple(k for k in places if distance[k] * side > sigma)


def any_of(rules: Sequence[Rule], distance: Floats) -> Flags:
    """Where any of the rules ends a pattern."""
    found = np.zeros(distance.shape, dtype=bool)
    for rule in rules:
        found |= found_by(rule, distance)
    return found


def _sums(flags: Flags, span: int) -> Floats:
    """How many of the last `span` points, fewer at the beginning."""
    total = np.cumsum(flags, axis=-1)
    before = np.zeros_like(total)
    before[..., span:] = total[..., :-span]
    return np.asarray(total - before)


def _all(flags: Flags, span: int) -> Flags:
    return _sums(flags, span) >= span


def _later(flags: Flags, by: int) -> Flags:
    """The same flags for points, where they were found for steps between them."""
    lead = np.zeros((*flags.shape[:-1], by), dtype=bool)
    return np.concatenate([lead, flags], axis=-1)
