"""Intraclass correlation in six forms: how far raters agree about the same targets.

Sources: Shrout and Fleiss 1979 for the forms and estimates; McGraw and Wong 1996 (with the
corrections of 1996b) for the names and the intervals, after Satterthwaite for absolute agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import f_above, f_quantiles
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

FREEDOM = 0.1  # no fewer degrees: quantiles of F are beyond all numbers
TARGETS_FEW = 10  # below this the intervals are too wide to decide anything


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The two-way analysis of variance of targets x raters without repetition."""

    targets: float  # BMS
    within: float  # WMS
    raters: float  # JMS
    error: float  # EMS


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the coefficient; `low` .. `high` its F-based interval."""

    shrout_fleiss: str  # ICC(2,k)
    mcgraw_wong: str  # ICC(A,k)
    model: str  # one_way_random, two_way_random, two_way_mixed
    agreement: str  # absolute, consistency
    average: bool  # of the mean of all raters rather than of a single one
    value: float
    low: float
    high: float
    f: float  # of the hypothesis that the coefficient is nil
    freedom_above: int
    freedom_below: int
    p: float


@dataclass(frozen=True, kw_only=True)
class Intraclass(MethodResult):
    """Six coefficients of one table of ratings; `n` counts the targets."""

    method: ClassVar[str] = "icc"
    raters: int
    forms: tuple[Form, ...]
    mean_squares: MeanSquares

    def form(self, name: str) -> Form:
        """A form by either of its names, such as ICC(2,1) or ICC(A,1)."""
        for each in self.forms:
            if name in {each.shrout_fleiss, each.mcgraw_wong}:
                return each
        known = ", ".join(each.shrout_fleiss for each in self.forms)
        raise AnalysisError("icc_form_unknown", name=name, known=known)


def icc(ratings: ArrayLike, *, level: float = 0.95) -> Intraclass:
    """Six intraclass correlations of a table of ratings (targets x raters).

    One-way: each target had other raters. Two-way random, absolute agreement: the raters stand for
    others, and a rater's own level counts as error. Two-way mixed, consistency: only these raters,
    levels do not count. Targets with a gap are left out, which is a caution. Where two-way raters
    are fixed and agreement is absolute, the estimate is that of the random model (McGraw and Wong).

    Raises AnalysisError (`icc_...`). Source: Shrout and Fleiss 1979; McGraw and Wong 1996.
    """
    if not 0 < level < 1:
        raise AnalysisError("setting_not_between", setting="level", value=level, low=0, high=1)
    table, dropped = _complete(ratings)
    squares = _mean_squares(table)
    n, k = table.shape
    forms = (
        _one_way(squares, n, k, level, average=False),
        _absolute(squares, n, k, level, average=False),
        _consistent(squares, n, k, level, average=False),
        _one_way(squares, n, k, level, average=True),
        _absolute(squares, n, k, level, average=True),
        _consistent(squares, n, k, level, average=True),
    )
    return Intraclass(
        n=n,
        parameters=frozen({"level": level, "interval": "f_mcgraw_wong_1996"}),
        raters=k,
        forms=forms,
        mean_squares=squares,
        cautions=tuple(_cautions(n, dropped, forms)),
    )


def _complete(ratings: ArrayLike) -> tuple[Floats, int]:
    given = numbers_of(ratings, "ratings")
    if given.ndim != 2 or given.shape[1] < 2:
        raise AnalysisError("icc_raters_few", raters=given.shape[1] if given.ndim == 2 else 1)
    for row, column in np.argwhere(np.isinf(given)).tolist():
        raise AnalysisError("value_infinite", row=row + 1, column=str(column + 1))
    table = given[~np.isnan(given).any(axis=1)]
    if len(table) < 2:
        raise AnalysisError("icc_targets_few", targets=len(table), dropped=len(given) - len(table))
    return table, len(given) - len(table)


def _mean_squares(table: Floats) -> MeanSquares:
    n, k = table.shape
    centred = table - table.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - rows[:, None] - columns[None, :]
    targets = k * float((rows**2).sum()) / (n - 1)
    within = float(((centred - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    raters = n * float((columns**2).sum()) / (k - 1)
    error = float((rest**2).sum()) / ((n - 1) * (k - 1))
    dust = 1e-20 * max(float((table**2).mean()), 1e-300) * table.size
    if targets <= dust:
        raise AnalysisError("icc_targets_alike")
    if error <= dust:
        raise AnalysisError("icc_no_error")
    return MeanSquares(targets, within, raters, error)


def _one_way(s: MeanSquares, n: int, k: int, level: float, *, average: bool) -> Form:
    below = n * (k - 1)
    f = s.targets / s.within
    low, high = _single_or_mean(_f_limits(f, n - 1, below, level), k, average=average)
    value = _single_or_mean((f, f), k, average=average)[0]
    kind = "k" if average else "1"
    names = (f"ICC(1,{kind})", f"ICC({kind})", "one_way_random", "absolute")
    return Form(*names, average, value, low, high, f, n - 1, below, f_above(f, n - 1, below))


def _consistent(s: MeanSquares, n: int, k: int, level: float, *, average: bool) -> Form:
    below = (n - 1) * (k - 1)
    f = s.targets / s.error
    low, high = _single_or_mean(_f_limits(f, n - 1, below, level), k, average=average)
    value = _single_or_mean((f, f), k, average=average)[0]
    kind = "k" if average else "1"
    names = (f"ICC(3,{kind})", f"ICC(C,{kind})", "two_way_mixed", "consistency")
    return Form(*names, average, value, low, high, f, n - 1, below, f_above(f, n - 1, below))


def _absolute(s: MeanSquares, n: int, k: int, level: float, *, average: bool) -> Form:
    below = (n - 1) * (k - 1)
    f = s.targets / s.error
    spread = k * (s.raters - s.error) / n
    single = (s.targets - s.error) / (s.targets + (k - 1) * s.error + spread)
    mean = _ratio(s.targets - s.error, s.targets + (s.raters - s.error) / n)
    low, high = _absolute_limits(s, (n, k), single, level, average=average)
    kind = "k" if average else "1"
    names = (f"ICC(2,{kind})", f"ICC(A,{kind})", "two_way_random", "absolute")
    value = mean if average else single
    return Form(*names, average, value, low, high, f, n - 1, below, f_above(f, n - 1, below))


def _absolute_limits(
    s: MeanSquares, shape: tuple[int, int], single: float, level: float, *, average: bool
) -> tuple[float, float]:
    """Limits of absolute agreement, with Satterthwaite's degrees of freedom."""
    n, k = shape
    a = k * single / (n * (1 - single))
    b = 1 + k * single * (n - 1) / (n * (1 - single))
    varied = a * s.raters / s.error  # against the error, whose square may be beyond all numbers
    below = varied**2 / (k - 1) + b**2 / ((n - 1) * (k - 1))
    freedom = max(FREEDOM, (varied + b) ** 2 / below)
    upper = (1 + level) / 2
    f_low = float(f_quantiles(upper, n - 1, np.asarray(freedom)))
    f_high = float(f_quantiles(upper, freedom, np.asarray(n - 1.0)))
    rest = s.raters - s.error if average else k * s.raters + (k * n - k - n) * s.error
    low = _ratio(n * (s.targets - f_low * s.error), f_low * rest + n * s.targets)
    high = _ratio(n * (f_high * s.targets - s.error), rest + n * f_high * s.targets)
    return low, high


def _ratio(above: float, below: float) -> float:
    """Where raters vary less than the error does, the mean of raters may have no lower bound."""
    return above / below if below > 0 else -np.inf


def _f_limits(f: float, above: int, below: int, level: float) -> tuple[float, float]:
    upper = (1 + level) / 2
    return (
        f / float(f_quantiles(upper, above, np.asarray(float(below)))),
        f * float(f_quantiles(upper, below, np.asarray(float(above)))),
    )


def _single_or_mean(ratios: tuple[float, float], k: int, *, average: bool) -> tuple[float, float]:
    first, second = ((f - 1) / f if average else (f - 1) / (f + k - 1) for f in ratios)
    return first, second


def _cautions(n: int, dropped: int, forms: tuple[Form, ...]) -> list[Caution]:
    notes: list[Caution] = []
    if dropped:
        notes.append(caution("icc_dropped", dropped=dropped, targets=n + dropped))
    if n < TARGETS_FEW:
        notes.append(caution("icc_targets_thin", targets=n))
    if any(each.value < 0 for each in forms):
        notes.append(caution("icc_negative"))
    return notes
