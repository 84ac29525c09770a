"""Values of service measures with their intervals: shares, NPS, means, medians, ratios.

Every function returns a `Measured` with the value, its interval, n, method and cautions. Shares
are fractions of one and NPS is in points from -100 to 100.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import binomial_at_most, normal_quantile, t_quantile
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.results import ENGINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

N_SMALL = 30  # below this a reader is told that little stands behind the figure
NPS_ROUGH = 100  # below this the normal interval of NPS is known to be rough
PROMOTER_FROM, PASSIVE_FROM, NPS_TOP = 9, 7, 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that never travels without its n and its interval."""

    method: str
    value: float
    n: int
    low: float
    high: float
    level: float
    se: float | None = None
    parameters: Mapping[str, float] = field(default_factory=lambda: frozen({}))
    cautions: tuple[Caution, ...] = ()
    engine: str = ENGINE

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "value": self.value,
            "n": self.n,
            "ci": [self.low, self.high],
            "level": self.level,
            "se": self.se,
            "parameters": dict(self.parameters),
            "cautions": [each.to_dict() for each in self.cautions],
            "engine": self.engine,
        }


def share(count: int, n: int, *, level: float = 0.95) -> Measured:
    """A proportion with Wilson's score interval (1927), sound also for 0 or n hits."""
    _check_counts("share", n, count=count)
    z = normal_quantile(level)
    p = count / n
    low, high = wilson_bounds(p, n, z)
    return Measured(
        "share_wilson",
        p,
        n,
        low,
        high,
        level,
        se=math.sqrt(p * (1 - p) / n),
        parameters=frozen({"count": float(count), "z": z}),
        cautions=_size_cautions(n),
    )


def wilson_bounds(p: float, n: int, z: float) -> tuple[float, float]:
    """Wilson's score limits of a proportion."""
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if p == 0 else max(0.0, centre - half)
    high = 1.0 if p == 1 else min(1.0, centre + half)
    return low, high


def nps(promoters: int, passives: int, detractors: int, *, level: float = 0.95) -> Measured:
    """Net promoter score in points, with the normal interval of a difference of two shares."""
    n = promoters + passives + detractors
    _check_counts("nps", n, promoters=promoters, passives=passives, detractors=detractors)
    z = normal_quantile(level)
    value, variance = nps_moments(promoters, detractors, n)
    se = math.sqrt(variance / n)
    notes = list(_size_cautions(n))
    if n < NPS_ROUGH:
        notes.append(caution("normal_approximation_poor", n=n))
    if variance == 0:
        notes.append(caution("zero_variance"))
    return Measured(
        "nps_normal",
        100 * value,
        n,
        100 * max(-1.0, value - z * se),
        100 * min(1.0, value + z * se),
        level,
        se=100 * se,
        parameters=frozen(
            {
                "promoters": float(promoters),
                "passives": float(passives),
                "detractors": float(detractors),
                "variance": variance,
                "z": z,
            }
        ),
        cautions=tuple(notes),
    )


def nps_moments(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Net promoter share and the variance of one answer: p+ + p- - nps squared."""
    plus, minus = promoters / n, detractors / n
    value = plus - minus
    return value, max(0.0, plus + minus - value * value)


def nps_from_scores(scores: ArrayLike, *, level: float = 0.95) -> Measured:
    """Net promoter score of answers from 0 to 10 (9 and 10 promote, 0 to 6 detract)."""
    values = _values(scores, "nps", 1)
    for value in values:
        if not 0 <= value <= NPS_TOP:
            raise AnalysisError("score_out_of_range", value=float(value), low=0, high=NPS_TOP)
    promoters = int((values >= PROMOTER_FROM).sum())
    detractors = int((values < PASSIVE_FROM).sum())
    return nps(promoters, len(values) - promoters - detractors, detractors, level=level)


def mean(values: ArrayLike, *, level: float = 0.95) -> Measured:
    """A mean with Student's t interval."""
    numbers = _values(values, "mean", 2)
    centre = float(numbers.mean())
    squares = float(((numbers - centre) ** 2).sum())
    return _mean_from(len(numbers), centre, squares, level)


def mean_from_sums(n: int, total: float, squares: float, *, level: float = 0.95) -> Measured:
    """A mean with its t interval from n, the sum and the sum of squares, as roll-ups keep them."""
    if n < 2:
        raise AnalysisError("values_too_few", method="mean", needed=2, n=n)
    return _mean_from(n, total / n, max(0.0, squares - total * total / n), level)


def _mean_from(n: int, centre: float, deviations: float, level: float) -> Measured:
    deviation = math.sqrt(deviations / (n - 1))
    se = deviation / math.sqrt(n)
    half = t_quantile(level, n - 1) * se
    notes = [*_size_cautions(n)]
    if deviation == 0:
        notes.append(caution("zero_variance"))
    return Measured(
        "mean_t",
        centre,
        n,
        centre - half,
        centre + half,
        level,
        se=se,
        parameters=frozen({"deviation": deviation, "degrees_of_freedom": n - 1.0}),
        cautions=tuple(notes),
    )


def median(values: ArrayLike, *, level: float = 0.95) -> Measured:
    """A median with the interval between two order statistics (exact binomial coverage)."""
    numbers = np.sort(_values(values, "median", 1))
    n = len(numbers)
    rank, coverage = median_ranks(n, level)
    notes = [*_size_cautions(n)]
    if coverage < level:
        notes.append(caution("coverage_below_level", n=n, level=level, coverage=coverage))
    return Measured(
        "median_order_statistics",
        float(np.median(numbers)),
        n,
        float(numbers[rank - 1]),
        float(numbers[n - rank]),
        level,
        parameters=frozen(
            {"rank_low": float(rank), "rank_high": float(n - rank + 1), "coverage": coverage}
        ),
        cautions=tuple(notes),
    )


def median_ranks(n: int, level: float) -> tuple[int, float]:
    """The rank r for which the r-th smallest and r-th largest values enclose the median.

    The narrowest such pair that covers at least `level`; the extremes where none does.
    """
    tail = (1 - level) / 2
    rank = 1
    while rank < n // 2 and binomial_at_most(rank, n, 0.5) <= tail:
        rank += 1
    return rank, 1 - 2 * binomial_at_most(rank - 1, n, 0.5)


def ratio(numerators: ArrayLike, denominators: ArrayLike, *, level: float = 0.95) -> Measured:
    """Sum over sum of paired values, with the linearised standard error of a ratio."""
    upper, lower = numbers_of(numerators, "numerators"), numbers_of(denominators, "denominators")
    if upper.shape != lower.shape:
        raise AnalysisError("lengths_differ", first=upper.size, second=lower.size)
    answered = ~(np.isnan(upper) | np.isnan(lower))
    upper, lower = _values(upper[answered], "ratio", 2), _values(lower[answered], "ratio", 2)
    total = float(lower.sum())
    if total == 0:
        raise AnalysisError("denominator_zero")
    n, value = len(upper), float(upper.sum()) / total
    residual = upper - value * lower
    se = math.sqrt(float((residual**2).sum()) / (n - 1) * n) / abs(total)
    half = t_quantile(level, n - 1) * se
    return Measured(
        "ratio_linearised",
        value,
        n,
        value - half,
        value + half,
        level,
        se=se,
        parameters=frozen({"numerator": float(upper.sum()), "denominator": total}),
        cautions=_size_cautions(n),
    )


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How many answers are needed; `exact` before rounding up."""

    exact: float
    needed: int
    population: int | None
    margin: float
    level: float
    share: float
    z: float
    method: str = "sample_size_share"
    engine: str = ENGINE

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "exact": self.exact,
            "needed": self.needed,
            "population": self.population,
            "margin": self.margin,
            "level": self.level,
            "share": self.share,
            "z": self.z,
            "engine": self.engine,
        }


def sample_size(
    population: int | None, *, margin: float = 0.05, level: float = 0.95, share: float = 0.5
) -> SampleSize:
    """Answers needed to know a share to within `margin`, from a finite population or a large one.

    n = N z^2 p(1-p) / (e^2 (N-1) + z^2 p(1-p)), with z as tables print it (1.960, three digits).
    """
    for setting, value in (("margin", margin), ("level", level), ("share", share)):
        if not 0 < value < 1:
            raise AnalysisError("setting_not_between", setting=setting, value=value, low=0, high=1)
    if population is not None and population < 1:
        raise AnalysisError("setting_too_small", setting="population", value=population, low=1)
    z = round(normal_quantile(level), 3)
    spread = z * z * share * (1 - share)
    if population is None:
        exact = spread / margin**2
    else:
        exact = population * spread / (margin**2 * (population - 1) + spread)
    return SampleSize(exact, math.ceil(exact), population, margin, level, share, z)


def _values(values: ArrayLike, method: str, needed: int) -> Floats:
    """Finite numbers; missing ones are left out of n."""
    numbers = numbers_of(values, "values").ravel()
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        raise AnalysisError("value_infinite", row=int(infinite[0]) + 1, column=method)
    numbers = numbers[~np.isnan(numbers)]
    if not len(numbers):
        raise AnalysisError("values_none", method=method)
    if len(numbers) < needed:
        raise AnalysisError("values_too_few", method=method, needed=needed, n=len(numbers))
    return numbers


def _check_counts(method: str, n: int, **counts: int) -> None:
    if n == 0 and not any(counts.values()):
        raise AnalysisError("values_none", method=method)
    for name, value in counts.items():
        if value < 0 or value > n or value != int(value):
            raise AnalysisError("count_invalid", name=name, value=value, limit=n)


def _size_cautions(n: int) -> tuple[Caution, ...]:
    return (caution("n_small", n=n),) if n < N_SMALL else ()
