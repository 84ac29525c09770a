"""What effect so many answers can show, and how many are needed for an effect.

Sources: Cohen 1988; exact power of t tests from the noncentral t distribution; shares by the normal
approximation of Fleiss, Levin & Paik 2003 without continuity correction (R's power.prop.test).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from typing import ClassVar

from zhuoyue.analysis.cautions import caution
from zhuoyue.analysis.distributions import (
    noncentral_t_below,
    normal_below,
    normal_quantile,
    t_quantile,
)
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

MOST = 10_000_000


class Comparison(StrEnum):
    """What is compared."""

    MEANS = "means"  # two groups of different people
    PAIRS = "pairs"  # the same people twice; sd is that of their changes
    SHARES = "shares"  # two shares; the effect is added to `base`


@dataclass(frozen=True, kw_only=True)
class DetectableEffect(MethodResult):
    """n, effect and power that belong together; `n` counts people (pairs) of the first group."""

    method: ClassVar[str] = "detectable_effect"
    n_second: int  # of the second group; nil for pairs
    n_exact: float  # before rounding up
    effect: float  # in the unit of sd, or in shares; the computed one is a rise
    standardised: float | None  # effect / sd; None for shares
    power: float  # with n rounded up


def detectable_effect(
    comparison: Comparison | str = Comparison.MEANS,
    *,
    n: float | None = None,
    effect: float | None = None,
    power: float | None = None,
    sd: float = 1.0,
    base: float = 0.5,
    ratio: float = 1.0,
    level: float = 0.95,
) -> DetectableEffect:
    """The third of n (of the first group), effect and power, of which two are given.

    `ratio`: people of the second group for each of the first. Tests have two sides at 1 - `level`.

    Raises AnalysisError (`detectable_...`). Source: Cohen 1988.
    """
    comparison = choice(Comparison, comparison, "comparison")
    sought = _sought(n=n, effect=effect, power=power)
    setting = _Setting(comparison, sd, base, ratio, level)
    setting.check()
    if effect is not None:
        setting.check_effect(effect)
    if power is not None:
        _between("power", power, 1 - level + 1e-6, 0.9999)
    if n is not None:
        _between("n", n, 2, MOST)
    size = effect if effect is not None else setting.effect_reaching(power, n)
    many = n if n is not None else setting.n_reaching(power, size)
    whole = ceil(many)
    return DetectableEffect(
        n=whole,
        parameters=frozen(
            {
                "comparison": comparison.value, "sd": sd, "base": base, "ratio": ratio,
                "level": level, "computed": sought,
            }
        ),
        n_second=0 if comparison is Comparison.PAIRS else max(2, ceil(whole * ratio)),
        n_exact=float(many),
        effect=size,
        standardised=None if comparison is Comparison.SHARES else size / sd,
        power=setting.power(whole, size),
        cautions=(caution("detectable_assumed"),),
    )  # fmt: skip


def _sought(**three: float | None) -> str:
    """The one of the three that is not given."""
    found = [name for name, each in three.items() if each is not None]
    if len(found) != 2:
        raise AnalysisError("detectable_two_of_three", found=", ".join(found) or "-")
    return next(name for name in three if name not in found)


@dataclass(frozen=True)
class _Setting:
    comparison: Comparison
    sd: float
    base: float
    ratio: float
    level: float

    def check(self) -> None:
        _between("sd", self.sd, 1e-12, 1e12)
        _between("base", self.base, 0.001, 0.998)
        _between("ratio", self.ratio, 0.01, 100)
        _between("level", self.level, 0.5, 0.9999)

    def check_effect(self, effect: float) -> None:
        """A share may fall as well as rise, to another number of people."""
        falls = effect < 0 and self.comparison is Comparison.SHARES
        largest = self.base - 0.0005 if falls else self.largest
        _between("effect", abs(effect), largest * 1e-6, largest)

    @property
    def largest(self) -> float:
        """The largest effect there can be, or that anybody can mean."""
        return 0.999 - self.base if self.comparison is Comparison.SHARES else 100 * self.sd

    def n_reaching(self, power: float | None, effect: float) -> float:
        assert power is not None  # two of three are given
        if self.power(MOST, effect) < power:
            raise AnalysisError("detectable_never", most=MOST)
        return _solve(lambda many: self.power(many, effect) - power, 2.0, MOST)

    def effect_reaching(self, power: float | None, n: float | None) -> float:
        assert power is not None
        assert n is not None  # two of three are given
        _between("power", power, 0.0, self.power(n, self.largest))
        return _solve(lambda size: self.power(n, size) - power, 0.0, self.largest)

    def power(self, n: float, effect: float) -> float:
        if self.comparison is Comparison.SHARES:
            other = self.base + effect
            middle = (self.base + self.ratio * other) / (1 + self.ratio)
            null = sqrt(middle * (1 - middle) * (1 / n + 1 / (n * self.ratio)))
            spread = sqrt(self.base * (1 - self.base) / n + other * (1 - other) / (n * self.ratio))
            return normal_below((abs(effect) - normal_quantile(self.level) * null) / spread)
        if self.comparison is Comparison.PAIRS:
            freedom, shift = n - 1, abs(effect) / self.sd * sqrt(n)
        else:
            freedom = n * (1 + self.ratio) - 2
            shift = abs(effect) / self.sd / sqrt(1 / n + 1 / (n * self.ratio))
        limit = t_quantile(self.level, freedom)
        above = 1 - noncentral_t_below(limit, freedom, shift)
        # Far out, scipy gives NaN for the other side, of which less than 1e-15 is left.
        return above + (noncentral_t_below(-limit, freedom, shift) if shift < 8 else 0.0)


def _solve(excess: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes nil, by halving; the lower end where it is above already."""
    if excess(low) >= 0:
        return low
    for _ in range(200):
        middle = (low + high) / 2
        if excess(middle) >= 0:
            high = middle
        else:
            low = middle
        if high - low <= 1e-10 * high:
            break
    return high


def _between(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError("detectable_value", what=what, value=value, low=low, high=high)
