"""Charts with a memory, for small shifts: EWMA and CUSUM.

Sources: Roberts 1959 (EWMA); Page 1954 and Montgomery, Introduction to Statistical Quality Control,
chapter 9 (tabular CUSUM); NIST/SEMATECH e-Handbook 6.3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.watching.limits import MOVING

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

FEW = 20


@dataclass(frozen=True, kw_only=True)
class Ewma(MethodResult):
    """Exponentially weighted means; `n` counts the points."""

    method: ClassVar[str] = "ewma"
    target: float
    sigma: float
    values: tuple[float, ...]
    smoothed: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[int, ...]  # points beyond a limit, counted from 1


@dataclass(frozen=True, kw_only=True)
class Cusum(MethodResult):
    """Cumulated sums of what exceeds the slack on either side, in the unit of the values."""

    method: ClassVar[str] = "cusum"
    target: float
    sigma: float
    values: tuple[float, ...]
    above: tuple[float, ...]
    below: tuple[float, ...]
    limit: float
    signals: tuple[int, ...]  # points at which a sum exceeds the limit, counted from 1


def ewma(
    values: ArrayLike,
    *,
    weight: float = 0.2,
    width: float = 3.0,
    target: float | None = None,
    sigma: float | None = None,
    asymptotic: bool = False,
) -> Ewma:
    """z_i = weight x_i + (1 - weight) z_(i-1), from the target on.

    Limits: target +- width sigma sqrt(weight / (2 - weight) (1 - (1 - weight)^(2 i))), or without
    the last factor (`asymptotic`). Without `target` and `sigma`: the mean, and the mean moving
    range over 1.128.

    Raises AnalysisError (`chart_...`). Source: Roberts 1959; NIST e-Handbook 6.3.2.4 (2012).
    """
    given, centre, spread, notes = _prepared(values, target, sigma)
    _between("weight", weight, 0.01, 1.0)
    _between("width", width, 0.1, 10.0)
    smoothed, last = [], centre
    for value in given.tolist():
        last = weight * value + (1 - weight) * last
        smoothed.append(last)
    order = np.arange(1, len(given) + 1)
    settled = 1.0 if asymptotic else 1 - (1 - weight) ** (2 * order)
    reach = width * spread * np.sqrt(weight / (2 - weight) * settled) * np.ones(len(given))
    lower, upper = centre - reach, centre + reach
    beyond = (np.array(smoothed) < lower) | (np.array(smoothed) > upper)
    return Ewma(
        n=len(given),
        parameters=frozen(
            {
                "weight": weight,
                "width": width,
                "limits": "asymptotic" if asymptotic else "exact",
                "target_given": target is not None,
                "sigma_given": sigma is not None,
            }
        ),
        target=centre,
        sigma=spread,
        values=tuple(given.tolist()),
        smoothed=tuple(smoothed),
        lower=tuple(lower.tolist()),
        upper=tuple(upper.tolist()),
        signals=tuple((np.flatnonzero(beyond) + 1).tolist()),
        cautions=tuple(notes),
    )


def cusum(
    values: ArrayLike,
    *,
    slack: float = 0.5,
    limit: float = 5.0,
    target: float | None = None,
    sigma: float | None = None,
) -> Cusum:
    """C+ = max(0, x - (target + k) + C+) and C- = max(0, (target - k) - x + C-), k = slack sigma.

    A signal where a sum exceeds h = limit sigma; sums go on afterwards. Half the shift to be found,
    in sigma, is the customary slack; 4 or 5 the limit.

    Raises AnalysisError (`chart_...`). Source: Page 1954; Montgomery, Introduction to
    Statistical Quality Control (2009).
    """
    given, centre, spread, notes = _prepared(values, target, sigma)
    _between("slack", slack, 0.0, 5.0)
    _between("limit", limit, 0.1, 20.0)
    above, below, high, low = [], [], 0.0, 0.0
    for value in given.tolist():
        high = max(0.0, value - (centre + slack * spread) + high)
        low = max(0.0, (centre - slack * spread) - value + low)
        above.append(high)
        below.append(low)
    beyond = np.maximum(above, below) > limit * spread
    return Cusum(
        n=len(given),
        parameters=frozen(
            {
                "slack": slack,
                "limit": limit,
                "target_given": target is not None,
                "sigma_given": sigma is not None,
            }
        ),
        target=centre,
        sigma=spread,
        values=tuple(given.tolist()),
        above=tuple(above),
        below=tuple(below),
        limit=limit * spread,
        signals=tuple((np.flatnonzero(beyond) + 1).tolist()),
        cautions=tuple(notes),
    )


def _prepared(
    values: ArrayLike, target: float | None, sigma: float | None
) -> tuple[Floats, float, float, list[Caution]]:
    given = numbers_of(values, "values").ravel()
    if len(given) < 2:
        raise AnalysisError("chart_shape", chart="ewma, cusum")
    known = np.isfinite(given)
    if not known.all():
        raise AnalysisError("chart_value", row=int(np.argmin(known)) + 1)
    centre = float(given.mean()) if target is None else float(target)
    spread = float(np.abs(np.diff(given)).mean()) / MOVING if sigma is None else float(sigma)
    if not spread > 0:
        raise AnalysisError("chart_spread")
    estimated = target is None or sigma is None
    few = estimated and len(given) < FEW
    notes = [caution("chart_few", phase="1", points=len(given), advised=FEW)] if few else []
    return given, centre, spread, notes


def _between(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError("chart_between", what=what, value=value, low=low, high=high)
