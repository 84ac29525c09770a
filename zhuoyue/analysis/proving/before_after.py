"""Before and after as methods over tables: `difference` has the formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.difference import (
    Difference,
    difference_of_means,
    difference_of_pairs,
    difference_of_shares,
)
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.intervals import Measured


@dataclass(frozen=True, kw_only=True)
class BeforeAfter(MethodResult):
    """After minus before; `n` counts all answers (pairs where paired)."""

    method: ClassVar[str] = "before_after"
    kind: str  # means, paired, shares
    before: Measured
    after: Measured
    value: float
    low: float
    high: float
    p: float | None  # two-sided
    size: float | None  # Hedges' g, or for pairs the mean difference over its deviation
    detectable: float | None  # smallest difference shown four times in five


def before_after(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> BeforeAfter:
    """Two groups of values of different people: Welch's interval and Hedges' g.

    Raises AnalysisError (`proving_...`). Source: Welch 1947; Hedges 1981.
    """
    first, second = _known(before), _known(after)
    found = difference_of_means(first, second, level=level)
    freedom = len(first) + len(second) - 2
    squares = (len(first) - 1) * first.var(ddof=1) + (len(second) - 1) * second.var(ddof=1)
    pooled = float(np.sqrt(squares / freedom))
    g = found.value / pooled * (1 - 3 / (4 * freedom - 1)) if pooled > 0 else None
    return _told("means", found, n=len(first) + len(second), size=g)


def before_after_pairs(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> BeforeAfter:
    """The same people twice: the mean of their changes with Student's interval; gaps left out.

    Raises AnalysisError (`proving_...`). Source: Student 1908.
    """
    one, two = numbers_of(before, "before"), numbers_of(after, "after")
    if one.shape != two.shape:
        raise AnalysisError("proving_lengths", values=len(one), others=len(two))
    both = np.isfinite(one) & np.isfinite(two)
    one, two = one[both], two[both]
    if len(one) < 2:
        raise AnalysisError("proving_short", rows=len(one), needed=2)
    found = difference_of_pairs(one, two, level=level)
    spread = float((two - one).std(ddof=1))
    size = found.value / spread if spread > 0 else None
    left_out = int((~both).sum())
    notes = (caution("pairs_left_out", rows=left_out),) if left_out else ()
    return _told("paired", found, n=len(one), size=size, notes=notes)


def before_after_shares(
    count_before: int, n_before: int, count_after: int, n_after: int, *, level: float = 0.95
) -> BeforeAfter:
    """Two shares: Newcombe's interval.

    Raises AnalysisError (`count_invalid`). Source: Newcombe 1998, method 10.
    """
    found = difference_of_shares(count_before, n_before, count_after, n_after, level=level)
    return _told("shares", found, n=n_before + n_after)


def _told(
    kind: str,
    found: Difference,
    *,
    n: int,
    size: float | None = None,
    notes: tuple[Caution, ...] = (),
) -> BeforeAfter:
    return BeforeAfter(
        n=n,
        parameters=frozen({"kind": kind, "interval": found.method, "level": found.level}),
        kind=kind,
        before=found.before,
        after=found.after,
        value=found.value,
        low=found.low,
        high=found.high,
        p=found.p,
        size=size,
        detectable=found.detectable,
        cautions=(*found.cautions, *notes),
    )


def _known(values: ArrayLike) -> Floats:
    given = numbers_of(values, "values")
    found = given[np.isfinite(given)]
    if len(found) < 2:
        raise AnalysisError("proving_short", rows=len(found), needed=2)
    return found
