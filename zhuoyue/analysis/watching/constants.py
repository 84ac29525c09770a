"""Constants of control charts, computed: what range and deviation of a subgroup say of sigma.

d2 and d3 are mean and standard deviation of the range of n standard normal values (Tippett 1925),
c4 the mean of their standard deviation; all others follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, lgamma, sqrt

import numpy as np

from zhuoyue.analysis.distributions import normal_shares
from zhuoyue.analysis.errors import AnalysisError

LARGEST = 100
REACH = 9.0  # beyond it nothing is left of a normal distribution
STEPS = 720


@dataclass(frozen=True, slots=True)
class Constants:
    """For subgroups of n values."""

    n: int
    d2: float
    d3: float
    c4: float

    @property
    def A2(self) -> float:
        return 3 / (self.d2 * sqrt(self.n))

    @property
    def A3(self) -> float:
        return 3 / (self.c4 * sqrt(self.n))

    @property
    def D3(self) -> float:
        return max(0.0, 1 - 3 * self.d3 / self.d2)

    @property
    def D4(self) -> float:
        return 1 + 3 * self.d3 / self.d2

    @property
    def B3(self) -> float:
        return max(0.0, 1 - 3 * sqrt(1 - self.c4**2) / self.c4)

    @property
    def B4(self) -> float:
        return 1 + 3 * sqrt(1 - self.c4**2) / self.c4


@cache
def constants(n: int) -> Constants:
    """The constants for subgroups of `n` (2 to 100) values, right to six digits and more."""
    if not 2 <= n <= LARGEST:
        raise AnalysisError("chart_subgroup", n=n, most=LARGEST)
    mean, square = _moments(n, STEPS)
    finer = _moments(n, 2 * STEPS)  # errors fall with the square of the step: take out the first
    d2, square = (
        (4 * fine - coarse) / 3 for fine, coarse in zip(finer, (mean, square), strict=True)
    )
    c4 = sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))
    return Constants(n, d2, sqrt(square - d2**2), c4)


def _moments(n: int, steps: int) -> tuple[float, float]:
    """Mean and mean square of the range, by the trapezoidal rule."""
    points = np.linspace(-REACH, REACH, steps + 1)
    below, step = normal_shares(points), 2 * REACH / steps
    mean = float((1 - (1 - below) ** n - below**n).sum() * step)
    # E R^2 = 2 * integral over x < y of the chance that the range covers both.
    low, high = below[:, None], below[None, :]
    inside = 1 - high**n - (1 - low) ** n + np.maximum(high - low, 0.0) ** n
    total = np.triu(inside, 1).sum() + np.diagonal(inside).sum() / 2
    return mean, 2 * float(total) * step**2
