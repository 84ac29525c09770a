"""Interrupted time series: did a series step or turn when something was changed?

Segmented regression with Newey-West errors. Sources: Wagner, Soumerai, Zhang & Ross-Degnan 2002;
Bernal, Cummins & Gasparrini 2017; Newey & West 1987, 1994 for the lag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import listed, numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.proving.least_squares import Coefficient, fit, newey_west
from zhuoyue.analysis.settings import whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.proving.least_squares import Fit

ADVISED = 8  # points on either side
RELATED = (1.5, 2.5)  # Durbin-Watson outside: neighbours are related


@dataclass(frozen=True, slots=True)
class Expected:
    """A point after the change: seen, and what the old course would have given."""

    label: str
    seen: float
    without: float
    effect: Coefficient


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did, against the course that held until then."""

    label: str  # the first point after it
    step: Coefficient  # at that point
    turn: Coefficient  # change of the slope
    slope: Coefficient  # a step of time, from here on


@dataclass(frozen=True, kw_only=True)
class InterruptedSeries(MethodResult):
    """What changed; `n` counts the points."""

    method: ClassVar[str] = "interrupted_series"
    before: int  # points before the first change
    after: int
    level_before: Coefficient  # at the first point
    slope_before: Coefficient  # a step of time
    changes: tuple[Change, ...]
    seasons: Mapping[str, Coefficient]  # against the first season
    points: tuple[Expected, ...]  # after the first change
    mean_effect: Coefficient  # of all changes together, over those points
    durbin_watson: float
    lag: int


def interrupted_series(
    values: ArrayLike,
    change: int | Sequence[int],
    *,
    labels: Sequence[str] | None = None,
    seasons: Sequence[str] | None = None,
    lag: int | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """A series in steps of equal length; `change`: how many points lie before it (before each).

    `seasons` (a name for each point) are levels of their own. `lag` of the errors: without it
    floor(4 (n/100)^(2/9)). Limits on Student's t with n - k degrees.

    Raises AnalysisError (`proving_...`). Source: Wagner et al. 2002; Newey and West 1987.
    """
    given = numbers_of(values, "values")
    n = len(given)
    names = tuple(map(str, range(1, n + 1) if labels is None else labels))
    starts = tuple(whole(each, "change", 0) for each in listed(change))
    _check(given, starts, names, seasons)
    design, terms = _design(n, starts, seasons)
    plain, bread = fit(design, given, terms)
    steps = int(4 * (n / 100) ** (2 / 9)) if lag is None else lag
    if not 0 <= steps < n:
        raise AnalysisError("proving_lag", found=steps, most=n - 1)
    found = newey_west(plain, bread, design, steps)
    parts = _Parts(found, design, starts, names, level)
    unit = np.eye(len(terms))
    first = 2 + 2 * len(starts)  # of the seasons' terms
    leftover = found.residuals
    squares = float(leftover @ leftover)
    watson = float((np.diff(leftover) ** 2).sum() / squares) if squares > 0 else 2.0
    return InterruptedSeries(
        n=n,
        parameters=frozen({"change": starts, "lag": steps, "errors": "newey-west", "level": level}),
        before=starts[0],
        after=n - starts[0],
        level_before=found.coefficient(unit[0], level),
        slope_before=found.coefficient(unit[1], level),
        changes=parts.changes(),
        seasons=frozen(
            {terms[k]: found.coefficient(unit[k], level) for k in range(first, len(terms))}
        ),
        points=parts.points(given),
        mean_effect=found.coefficient(parts.effects().mean(axis=0), level),
        durbin_watson=watson,
        lag=steps,
        cautions=tuple(_cautions(starts, n, watson)),
    )


@dataclass(frozen=True, eq=False)
class _Parts:
    """The fitted course taken apart."""

    found: Fit
    design: Floats
    starts: tuple[int, ...]
    names: tuple[str, ...]
    level: float

    def changes(self) -> tuple[Change, ...]:
        unit = np.eye(self.design.shape[1])
        slope = unit[1]
        told = []
        for k, start in enumerate(self.starts):
            slope = slope + unit[3 + 2 * k]
            rows = (unit[2 + 2 * k], unit[3 + 2 * k], slope)
            step, turn, since = (self.found.coefficient(row, self.level) for row in rows)
            told.append(Change(self.names[start], step, turn, since))
        return tuple(told)

    def effects(self) -> Floats:
        """All that the changes did at each point after the first, as combinations of terms."""
        rows = np.zeros_like(self.design[self.starts[0] :])
        own = slice(2, 2 + 2 * len(self.starts))
        rows[:, own] = self.design[self.starts[0] :, own]
        return rows

    def points(self, seen: Floats) -> tuple[Expected, ...]:
        fitted = self.design @ self.found.coefficients
        first = self.starts[0]
        return tuple(
            Expected(
                self.names[first + k],
                float(seen[first + k]),
                float(fitted[first + k] - row @ self.found.coefficients),
                self.found.coefficient(row, self.level),
            )
            for k, row in enumerate(self.effects())
        )


def _check(
    values: Floats,
    starts: Sequence[int],
    names: Sequence[str],
    seasons: Sequence[str] | None,
) -> None:
    n = len(values)
    known = np.isfinite(values)
    if values.ndim != 1 or not known.all():
        raise AnalysisError("proving_value", row=int(np.argmin(known)) + 1)
    if len(names) != n or (seasons is not None and len(seasons) != n):
        raise AnalysisError("proving_lengths", values=n, others=len(names))
    if not starts:
        raise AnalysisError("proving_no_change")
    for before, after in _stretches(starts, n):
        if min(before, after) < 3:
            raise AnalysisError("proving_sides", before=before, after=after)


def _stretches(starts: Sequence[int], n: int) -> list[tuple[int, int]]:
    """For each change how many points lie between it and the one before, and the next."""
    ends = (0, *starts, n)
    long = [end - start for start, end in pairwise(ends)]
    return list(pairwise(long))


def _design(
    n: int, starts: Sequence[int], seasons: Sequence[str] | None
) -> tuple[Floats, list[str]]:
    """Level, slope, a step and a turn for each change; a level for all seasons but the first."""
    time = np.arange(n, dtype=np.float64)
    columns, terms = [np.ones(n), time], ["level", "slope"]
    for start in starts:
        after = (time >= start).astype(np.float64)
        columns += [after, after * (time - start)]
        terms += ["step", "turn"]
    kinds = list(dict.fromkeys(seasons or ()))
    for kind in kinds[1:]:
        columns.append(np.array([1.0 if each == kind else 0.0 for each in seasons or ()]))
        terms.append(str(kind))
    return np.column_stack(columns), terms


def _cautions(starts: Sequence[int], n: int, watson: float) -> list[Caution]:
    notes = []
    before, after = min(_stretches(starts, n), key=min)
    if min(before, after) < ADVISED:
        notes.append(caution("series_short", before=before, after=after, advised=ADVISED))
    if not RELATED[0] <= watson <= RELATED[1]:
        notes.append(caution("series_related", durbin_watson=watson))
    return [*notes, caution("series_alone")]
