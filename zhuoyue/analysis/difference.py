"""Before and after: what changed, how surely, and what change could have been shown at all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import (
    normal_quantile,
    t_quantile,
    two_sided_normal,
    two_sided_t,
)
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.intervals import (
    Measured,
    mean,
    nps,
    share,
    wilson_bounds,
)
from zhuoyue.analysis.results import ENGINE

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

POWER = 0.8  # customary chance of showing a difference that exists


class Verdict(StrEnum):
    """What the interval of a difference says."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Difference:
    """After minus before, with its interval and the smallest difference that could be shown."""

    method: str
    before: Measured
    after: Measured
    value: float
    low: float
    high: float
    level: float
    se: float
    degrees_of_freedom: float | None
    p: float | None
    detectable: float
    power: float
    verdict: Verdict
    cautions: tuple[Caution, ...]
    engine: str = ENGINE

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "value": self.value,
            "ci": [self.low, self.high],
            "level": self.level,
            "se": self.se,
            "degrees_of_freedom": self.degrees_of_freedom,
            "p": self.p,
            "detectable": self.detectable,
            "power": self.power,
            "verdict": self.verdict.value,
            "cautions": [each.to_dict() for each in self.cautions],
            "engine": self.engine,
        }


def difference_of_means(
    before: ArrayLike, after: ArrayLike, *, level: float = 0.95, power: float = POWER
) -> Difference:
    """Means of two independent groups, with Welch's t interval (Welch 1947)."""
    return difference_of_mean_measures(
        mean(before, level=level), mean(after, level=level), power=power
    )


def difference_of_mean_measures(
    before: Measured, after: Measured, *, power: float = POWER
) -> Difference:
    """Two independent means already measured (from roll-ups, say), with Welch's interval."""
    first, second = (before.se or 0.0) ** 2, (after.se or 0.0) ** 2
    se = math.sqrt(first + second)
    value, level = after.value - before.value, before.level
    if se == 0:
        freedom, p = float(before.n + after.n - 2), 1.0 if value == 0 else 0.0
    else:
        freedom = (first + second) ** 2 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
        p = two_sided_t(value / se, freedom)
    half = t_quantile(level, freedom) * se
    reach = t_quantile(level, freedom) + t_quantile(2 * power - 1, freedom)
    return _difference(
        "means_welch",
        before,
        after,
        (value, value - half, value + half),
        se=se,
        degrees_of_freedom=freedom,
        p=p,
        detectable=reach * se,
        power=power,
    )


def difference_of_pairs(
    before: ArrayLike, after: ArrayLike, *, level: float = 0.95, power: float = POWER
) -> Difference:
    """Means of the same people twice, without gaps: Student's interval of the changes."""
    one, two = numbers_of(before, "before"), numbers_of(after, "after")
    change = mean(two - one, level=level)
    se, freedom = change.se or 0.0, float(change.n - 1)
    p = two_sided_t(change.value / se, freedom) if se else float(change.value == 0)
    return _difference(
        "means_paired",
        mean(one, level=level),
        mean(two, level=level),
        (change.value, change.low, change.high),
        se=se,
        degrees_of_freedom=freedom,
        p=p,
        detectable=(t_quantile(level, freedom) + t_quantile(2 * power - 1, freedom)) * se,
        power=power,
    )


def difference_of_shares(
    count_before: int,
    n_before: int,
    count_after: int,
    n_after: int,
    *,
    level: float = 0.95,
    power: float = POWER,
) -> Difference:
    """Two independent proportions, with Newcombe's interval (1998, method 10)."""
    before = share(count_before, n_before, level=level)
    after = share(count_after, n_after, level=level)
    z = normal_quantile(level)
    lower_b, upper_b = wilson_bounds(before.value, n_before, z)
    lower_a, upper_a = wilson_bounds(after.value, n_after, z)
    value = after.value - before.value
    low = value - math.hypot(after.value - lower_a, upper_b - before.value)
    high = value + math.hypot(upper_a - after.value, before.value - lower_b)
    pooled = (count_before + count_after) / (n_before + n_after)
    se = math.hypot(before.se or 0.0, after.se or 0.0)
    null = math.sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
    return _difference(
        "shares_newcombe",
        before,
        after,
        (value, low, high),
        se=se,
        degrees_of_freedom=None,
        p=_two_sided(value, null),
        detectable=_reach(level, power) * null,
        power=power,
    )


def difference_of_nps(
    before: tuple[int, int, int],
    after: tuple[int, int, int],
    *,
    level: float = 0.95,
    power: float = POWER,
) -> Difference:
    """Two net promoter scores, each as (promoters, passives, detractors), in points."""
    first, second = nps(*before, level=level), nps(*after, level=level)
    se = math.hypot(first.se or 0.0, second.se or 0.0)
    value = second.value - first.value
    half = normal_quantile(level) * se
    return _difference(
        "nps_normal",
        first,
        second,
        (value, value - half, value + half),
        se=se,
        degrees_of_freedom=None,
        p=_two_sided(value, se),
        detectable=_reach(level, power) * se,
        power=power,
    )


def _difference(
    method: str,
    before: Measured,
    after: Measured,
    bounds: tuple[float, float, float],
    *,
    se: float,
    degrees_of_freedom: float | None,
    p: float | None,
    detectable: float,
    power: float,
) -> Difference:
    value, low, high = bounds
    verdict = Verdict.HIGHER if low > 0 else Verdict.LOWER if high < 0 else Verdict.NOT_SHOWN
    notes = []
    for each in (before, after):
        notes += [note for note in each.cautions if note not in notes]
    if verdict is Verdict.NOT_SHOWN:
        notes.append(caution("effect_not_detectable", detectable=detectable, power=power))
    return Difference(
        method=method,
        before=before,
        after=after,
        value=value,
        low=low,
        high=high,
        level=before.level,
        se=se,
        degrees_of_freedom=degrees_of_freedom,
        p=p,
        detectable=detectable,
        power=power,
        verdict=verdict,
        cautions=tuple(notes),
    )


def _reach(level: float, power: float) -> float:
    if not 0.5 < power < 1:
        raise AnalysisError("setting_not_between", setting="power", value=power, low=0.5, high=1)
    return normal_quantile(level) + normal_quantile(2 * power - 1)


def _two_sided(value: float, se: float) -> float:
    if se == 0:
        return 1.0 if value == 0 else 0.0
    return two_sided_normal(value / se)
