"""Linear regression with errors for what data of a service have: order, groups, uneven spread.

Sources: White 1980 with MacKinnon & White 1985 (HC1); Newey & West 1987 (Bartlett weights); Liang &
Zeger 1986 with the usual correction G/(G - 1) (n - 1)/(n - k) for clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.distributions import t_quantile
from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An effect with its interval."""

    value: float
    se: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients, their covariance, and what is left over."""

    coefficients: Floats
    covariance: Floats
    residuals: Floats
    freedom: float  # of the t distribution for intervals

    def coefficient(self, row: Floats, level: float) -> Coefficient:
        """A combination of coefficients."""
        value = float(row @ self.coefficients)
        se = sqrt(max(float(row @ self.covariance @ row), 0.0))
        reach = t_quantile(level, self.freedom) * se
        return Coefficient(value, se, value - reach, value + reach)


def fit(design: Floats, values: Floats, names: Sequence[str]) -> tuple[Fit, Floats]:
    """Ordinary least squares, and (X'X)^-1. Raises AnalysisError where columns depend on others."""
    n, size = design.shape
    if n <= size:
        raise AnalysisError("proving_short", rows=n, needed=size + 1)
    _, triangle = np.linalg.qr(design)
    weak = np.abs(np.diagonal(triangle)) < 1e-9 * np.abs(design).max()
    if weak.any():
        raise AnalysisError("proving_dependent", term=names[int(np.argmax(weak))])
    inverse = np.linalg.inv(triangle)
    bread = inverse @ inverse.T
    coefficients = bread @ design.T @ values
    residuals = values - design @ coefficients
    variance = float(residuals @ residuals) / (n - size)
    return Fit(coefficients, bread * variance, residuals, float(n - size)), bread


def robust(found: Fit, bread: Floats, design: Floats) -> Fit:
    """The same with HC1 errors."""
    n, size = design.shape
    scores = design * found.residuals[:, None]
    meat = scores.T @ scores * n / (n - size)
    return Fit(found.coefficients, bread @ meat @ bread, found.residuals, float(n - size))


def newey_west(found: Fit, bread: Floats, design: Floats, lag: int) -> Fit:
    """The same with errors for rows in order of time, related up to `lag` steps; no correction for
    small samples."""
    n, size = design.shape
    scores = design * found.residuals[:, None]
    meat = scores.T @ scores
    for step in range(1, lag + 1):
        both = scores[step:].T @ scores[:-step]
        meat += (1 - step / (lag + 1)) * (both + both.T)
    return Fit(found.coefficients, bread @ meat @ bread, found.residuals, float(n - size))


def clustered(found: Fit, bread: Floats, design: Floats, clusters: Sequence[str]) -> Fit:
    """The same with errors for rows related within clusters; intervals on clusters - 1 degrees."""
    n, size = design.shape
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    if len(names) < 2:
        raise AnalysisError("proving_clusters", found=len(names))
    sums = np.zeros((len(names), size))
    np.add.at(sums, place, design * found.residuals[:, None])
    correction = len(names) / (len(names) - 1) * (n - 1) / (n - size)
    covariance = bread @ (sums.T @ sums) @ bread * correction
    return Fit(found.coefficients, covariance, found.residuals, float(len(names) - 1))
