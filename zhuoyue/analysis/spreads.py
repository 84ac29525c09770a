"""Intervals of many numbers at once, from one sort of their replicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.distributions import normal_shares, normal_values, t_quantile
from zhuoyue.analysis.results import Spread
from zhuoyue.analysis.settings import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats

DUST = 1e-12  # replicates that differ by less, for their size, differ by rounding alone


@dataclass(frozen=True)
class Rule:
    """How limits are set: the kind of interval, its level, and the units that were resampled."""

    interval: Interval
    level: float
    units: int

    def spreads(
        self, estimates: Sequence[float], draws: Floats, knives: Floats | None
    ) -> tuple[Spread, ...]:
        """Mean, standard error and limits of each row of draws.

        `knives` are the same numbers without each unit in turn; only BCa needs them. A ratio
        beyond all bounds (or not a number) counts as the largest draw in the limits, and leaves no
        mean and no standard error.
        """
        ordered = np.sort(draws, axis=1)
        if not np.isfinite(ordered[:, -1]).all():
            draws = np.where(np.isnan(draws), np.inf, draws)
            with np.errstate(invalid="ignore"):
                return self._spreads(estimates, draws, np.sort(draws, axis=1), knives)
        return self._spreads(estimates, draws, ordered, knives)

    def _spreads(
        self, estimates: Sequence[float], draws: Floats, ordered: Floats, knives: Floats | None
    ) -> tuple[Spread, ...]:
        mean = draws.mean(axis=1)
        several = draws.shape[1] > 1
        error = draws.std(axis=1, ddof=1) if several else np.zeros(len(draws))
        size = np.abs(ordered[:, [0, -1]]).max(axis=1)
        alike = np.isfinite(size) & (ordered[:, -1] - ordered[:, 0] <= DUST * size)
        error = np.where(alike, 0.0, error)
        low, high = self._limits(np.array(estimates), ordered, error, knives)
        return tuple(
            Spread(m, se, estimate / se if se > 0 else None, a, b, self.level, self.interval.value)
            for estimate, m, se, a, b in zip(
                estimates, mean.tolist(), error.tolist(), low.tolist(), high.tolist(), strict=True
            )
        )

    def _limits(
        self, estimates: Floats, ordered: Floats, error: Floats, knives: Floats | None
    ) -> tuple[Floats, Floats]:
        if self.interval is Interval.T:
            reach = t_quantile(self.level, self.units - 1) * error
            return estimates - reach, estimates + reach
        shares = np.array([(1 - self.level) / 2, (1 + self.level) / 2])
        if self.interval is Interval.PERCENTILE:
            low, high = (_quantile(ordered, np.full(len(ordered), share)) for share in shares)
            return low, high
        assert knives is not None
        low, high = (
            _quantile(ordered, share) for share in _corrected(estimates, ordered, knives, shares)
        )
        return low, high


def _corrected(estimates: Floats, ordered: Floats, knives: Floats, shares: Floats) -> Floats:
    """Shares of the draws at which BCa puts its limits (limits x numbers).

    Efron (1987): the bias z0 from the share of draws below the estimate, half of those equal to
    it; the acceleration from the skewness of the jackknife. Beyond the outermost draws there is
    nothing to go by: shares stay half a draw away from 0 and 1.
    """
    replicates = ordered.shape[1]
    edge = 0.5 / replicates
    equal = np.isclose(ordered, estimates[:, None], rtol=1e-12, atol=1e-14)
    below = ((ordered < estimates[:, None]) & ~equal).sum(axis=1) + equal.sum(axis=1) / 2
    bias = normal_values(np.clip(below / replicates, edge, 1 - edge))
    shift = bias + normal_values(shares)[:, None]
    rest = 1 - _acceleration(knives) * shift
    found = normal_shares(bias + shift / np.where(rest > 0, rest, np.nan))
    found = np.where(rest > 0, found, shift > 0)  # beyond the pole the limit is the outermost draw
    return np.asarray(np.clip(found, edge, 1 - edge))


def _acceleration(knives: Floats) -> Floats:
    if not knives.shape[1]:
        return np.zeros(len(knives))
    size = np.abs(knives).max(axis=1, keepdims=True)
    away = (knives.mean(axis=1, keepdims=True) - knives) / np.where(size > 0, size, 1.0)
    square = (away**2).sum(axis=1)
    varies = square > 1e-24 * knives.shape[1]
    cube = np.where(varies, 6 * square**1.5, 1.0)
    return np.where(varies, (away**3).sum(axis=1) / cube, 0.0)


def _quantile(ordered: Floats, share: Floats) -> Floats:
    """Quantiles of R's default (type 7): linear between order statistics; one share per row."""
    position = share * (ordered.shape[1] - 1)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    part = position - below
    rows = np.arange(len(ordered))
    return np.asarray(ordered[rows, below] * (1 - part) + ordered[rows, above] * part)
