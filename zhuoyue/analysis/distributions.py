"""The few distribution functions that intervals need, from scipy.special.

scipy carries no type information, so its module is held as Any here and nowhere else; its
`stats` package is not used because it takes most of a second to load.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats


@cache
def _special() -> Any:
    """Loaded at first use: every process of the platform imports this module, few ask it."""
    return import_module("scipy.special")


def normal_quantile(level: float) -> float:
    """The z that encloses `level` of a normal distribution."""
    return float(_special().ndtri((1 + _fraction(level)) / 2))


def t_quantile(level: float, freedom: float) -> float:
    """The t that encloses `level` of Student's distribution."""
    return float(_special().stdtrit(freedom, (1 + _fraction(level)) / 2))


def f_quantiles(share: float, freedom_above: float, freedom_below: Floats) -> Floats:
    """The values below which `share` of F distributions lies."""
    return np.asarray(_special().fdtri(freedom_above, freedom_below, share))


def f_above(f: float, freedom_above: float, freedom_below: float) -> float:
    """The chance of an F value of at least `f`."""
    return float(_special().fdtrc(freedom_above, freedom_below, f))


def two_sided_normal(z: float) -> float:
    """The chance of a normal value at least as far from zero."""
    return 2 * float(_special().ndtr(-abs(z)))


def two_sided_t(t: float, freedom: float) -> float:
    """The chance of a Student's t value at least as far from zero."""
    return 2 * float(_special().stdtr(freedom, -abs(t)))


def noncentral_t_below(value: float, freedom: float, shift: float) -> float:
    """The chance of a noncentral t value below `value`."""
    return float(_special().nctdtr(freedom, shift, value))


def normal_below(z: float) -> float:
    """The chance of a normal value below z."""
    return float(_special().ndtr(z))


def binomial_at_most(count: int, n: int, p: float) -> float:
    """The chance of at most `count` hits in n trials."""
    return float(_special().bdtr(count, n, p)) if count >= 0 else 0.0


def normal_values(shares: Floats) -> Floats:
    """The z below which each share of a normal distribution lies."""
    return np.asarray(_special().ndtri(shares))


def normal_shares(values: Floats) -> Floats:
    """The share of a normal distribution below each z."""
    return np.asarray(_special().ndtr(values))


def gamma_values(shares: Floats, shape: float) -> Floats:
    """The values below which each share of a gamma distribution (of scale one) lies."""
    return np.asarray(_special().gammaincinv(shape, shares))


def _fraction(level: float) -> float:
    if not 0 < level < 1:
        raise AnalysisError("setting_not_between", setting="level", value=level, low=0, high=1)
    return level
