"""Centre and limits of each kind of chart, from the points that count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.watching.constants import constants

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats, Integers

MOVING = 1.128  # d2 of two values as textbooks and NIST print it for moving ranges
DUST = 1e-13  # of the values: what the rounding of equal ones leaves
BEYOND = 4.0  # sigma, of a point past a limit that has none
MOVING_UPPER = 3.267  # D4 of two values, likewise


class Chart(StrEnum):
    """Kinds of charts."""

    IMR = "imr"
    XBAR_R = "xbar_r"
    XBAR_S = "xbar_s"
    P = "p"
    NP = "np"
    C = "c"
    U = "u"
    LANEY_P = "laney_p"
    LANEY_U = "laney_u"


OF_COUNTS = {Chart.P, Chart.NP, Chart.C, Chart.U, Chart.LANEY_P, Chart.LANEY_U}
WITH_SIZES = OF_COUNTS - {Chart.C}
OF_SUBGROUPS = {Chart.XBAR_R, Chart.XBAR_S}


@dataclass(frozen=True, eq=False)
class Series:
    """Points as they were given: rows of values (points x values), or counts with sizes."""

    counts: Floats  # points x values in the subgroup, NaN where it is smaller; x 1 elsewhere
    sizes: Floats

    @classmethod
    def of(cls, chart: Chart, values: ArrayLike, sizes: ArrayLike | None) -> Series:
        """Checked: whole counts where the chart counts, sizes where it needs them."""
        counts = numbers_of(values, "values")
        if counts.ndim == 1:
            counts = counts[:, None]
        if counts.ndim != 2 or len(counts) < 2 or (counts.shape[1] > 1) != (chart in OF_SUBGROUPS):
            raise AnalysisError("chart_shape", chart=chart.value)
        if chart in OF_SUBGROUPS:
            return cls(counts, _subgroup_sizes(chart, counts))
        known = np.isfinite(counts[:, 0])
        if not known.all():
            raise AnalysisError("chart_value", row=int(np.argmin(known)) + 1)
        if (sizes is None) == (chart in WITH_SIZES):
            raise AnalysisError("chart_sizes", chart=chart.value)
        if chart not in OF_COUNTS:
            return cls(counts, np.ones(len(counts)))
        many = np.ones(len(counts)) if sizes is None else numbers_of(sizes, "sizes")
        if many.ndim == 0:  # one size for all points
            many = np.full(len(counts), float(many))
        _check_counts(chart, counts[:, 0], many)
        return cls(counts, many)

    def part(self, places: Integers) -> Series:
        return Series(self.counts[places], self.sizes[places])


@dataclass(frozen=True, eq=False)
class Panel:
    """One curve with its limits."""

    name: str
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats | None  # of a point; None where the limits are not symmetric
    sizes: Floats

    def distance(self) -> Floats:
        """From the centre in sigma; beyond 3 exactly where a limit is passed.

        Where the limits rest on points without spread, whatever differs is beyond them.
        """
        if self.sigma is not None:
            apart = self.values - self.centre
            dust = DUST * np.maximum(np.abs(self.values), np.abs(self.centre))
            apart = np.where(np.abs(apart) > dust, apart, 0.0)
            spread = self.sigma > dust
            return np.where(
                spread, apart / np.where(spread, self.sigma, 1.0), BEYOND * np.sign(apart)
            )
        above = np.where(self.values > self.upper, BEYOND, 0.5)
        return np.where(self.values < self.lower, -BEYOND, above)


def panels_of(
    chart: Chart, series: Series, counted: Flags, kept: Flags
) -> tuple[list[Panel], float | None]:
    """Panels of one phase, the main one first, and sigma of single values where it is estimated.

    `counted`: points that make the limits; `kept`: points that are not explained.
    """
    if chart is Chart.IMR:
        return _individuals(series, counted, kept)
    if chart is Chart.XBAR_R:
        return _ranges(series, counted)
    if chart is Chart.XBAR_S:
        return _deviations(series, counted)
    return [_counts(chart, series, counted, kept)], None


def _flat(value: float, n: int) -> Floats:
    return np.full(n, value)


def _individuals(series: Series, counted: Flags, kept: Flags) -> tuple[list[Panel], float]:
    values, n = series.counts[:, 0], len(series.counts)
    moving = _moving(values, kept)
    own = counted & ~np.isnan(moving)
    # A range belongs to the limits if both of its points do.
    previous = np.concatenate([[False], counted[:-1]])
    own &= previous | ~np.concatenate([[True], kept[:-1]])
    if not own.any():
        raise AnalysisError("chart_no_ranges")
    mean, spread = float(values[counted].mean()), float(moving[own].mean())
    sigma = spread / MOVING
    low, high = (_flat(mean + side * 3 * sigma, n) for side in (-1, 1))
    main = Panel("I", values, _flat(mean, n), low, high, _flat(sigma, n), series.sizes)
    ranges = Panel(
        "MR", moving, _flat(spread, n), _flat(0.0, n), _flat(MOVING_UPPER * spread, n), None,
        series.sizes,
    )  # fmt: skip
    return [main, ranges], sigma


def _moving(values: Floats, kept: Flags) -> Floats:
    """Ranges of neighbours; over an explained point, of those before and after it."""
    found = np.full(len(values), np.nan)
    places = np.flatnonzero(kept)
    found[places[1:]] = np.abs(np.diff(values[places]))
    return found


def _ranges(series: Series, counted: Flags) -> tuple[list[Panel], float]:
    n, size = len(series.counts), int(series.sizes[0])
    known = constants(size)
    means = series.counts.mean(axis=1)
    spreads = series.counts.max(axis=1) - series.counts.min(axis=1)
    mean, spread = float(means[counted].mean()), float(spreads[counted].mean())
    reach = known.A2 * spread
    main = Panel(
        "X̄", means, _flat(mean, n), _flat(mean - reach, n), _flat(mean + reach, n),
        _flat(reach / 3, n), series.sizes,
    )  # fmt: skip
    ranges = Panel(
        "R", spreads, _flat(spread, n), _flat(known.D3 * spread, n), _flat(known.D4 * spread, n),
        None, series.sizes,
    )  # fmt: skip
    return [main, ranges], spread / known.d2


def _deviations(series: Series, counted: Flags) -> tuple[list[Panel], float]:
    """Equal subgroups: the mean of their deviations; unequal ones: pooled (Montgomery 6.3.2)."""
    sizes, n = series.sizes, len(series.counts)
    means = np.nanmean(series.counts, axis=1)
    spreads = np.nanstd(series.counts, axis=1, ddof=1)
    weights = sizes[counted]
    mean = float((means[counted] * weights).sum() / weights.sum())
    known = [constants(int(size)) for size in sizes]
    c4 = np.array([each.c4 for each in known])
    if len(set(sizes.tolist())) == 1:
        spread = float(spreads[counted].mean())
        sigma = spread / float(c4[0])
    else:
        pooled = (weights - 1) @ spreads[counted] ** 2 / (weights.sum() - len(weights))
        spread = float(np.sqrt(pooled))
        sigma = spread
    centre = _flat(spread, n) if len(set(sizes.tolist())) == 1 else c4 * sigma
    error = sigma / np.sqrt(sizes)
    main = Panel("X̄", means, _flat(mean, n), mean - 3 * error, mean + 3 * error, error, sizes)
    lower, upper = (np.array([getattr(each, name) for each in known]) for name in ("B3", "B4"))
    return [main, Panel("S", spreads, centre, lower * centre, upper * centre, None, sizes)], sigma


def _counts(chart: Chart, series: Series, counted: Flags, kept: Flags) -> Panel:
    counts, sizes = series.counts[:, 0], series.sizes
    share = float(counts[counted].sum() / sizes[counted].sum())
    binomial = chart in {Chart.P, Chart.NP, Chart.LANEY_P}
    variance = share * (1 - share) if binomial else share
    error = np.sqrt(variance / sizes)
    values, top = counts / sizes, 1.0 if binomial else np.inf
    if chart in {Chart.LANEY_P, Chart.LANEY_U}:
        if not variance:
            raise AnalysisError("chart_no_variance")
        standard = (values - share) / error
        moving = _moving(standard, kept)
        error = error * float(np.nanmean(moving[counted])) / MOVING
    scale = sizes if chart is Chart.NP else np.ones(len(sizes))
    lower = np.maximum(share - 3 * error, 0.0) * scale
    upper = np.minimum(share + 3 * error, top) * scale
    return Panel(chart.value, values * scale, share * scale, lower, upper, error * scale, sizes)


def _subgroup_sizes(chart: Chart, counts: Floats) -> Floats:
    sizes = np.isfinite(counts).sum(axis=1)
    small = np.flatnonzero(sizes < 2)
    if len(small):
        raise AnalysisError("chart_subgroup_small", row=int(small[0]) + 1, n=int(sizes[small[0]]))
    if chart is Chart.XBAR_R and len(set(sizes.tolist())) > 1:
        raise AnalysisError("chart_subgroups_unequal", smallest=int(sizes.min()))
    constants(int(sizes.max()))  # refuses what is too large
    return sizes.astype(np.float64)


def _check_counts(chart: Chart, counts: Floats, sizes: Floats) -> None:
    if len(sizes) != len(counts):
        raise AnalysisError(
            "chart_lengths", points=len(counts), labels=len(sizes), phases=len(counts)
        )
    bad = ~((counts >= 0) & (counts == np.floor(counts)))
    if bad.any():
        row = int(np.argmax(bad))
        raise AnalysisError("chart_count", row=row + 1, value=float(counts[row]))
    binomial = chart in {Chart.P, Chart.NP, Chart.LANEY_P}
    bad = ~((sizes > 0) & np.isfinite(sizes)) | (binomial & (counts > sizes))
    if bad.any():
        row = int(np.argmax(bad))
        raise AnalysisError(
            "chart_size", row=row + 1, count=float(counts[row]), size=float(sizes[row])
        )
    if chart is Chart.NP and len(set(sizes.tolist())) > 1:
        raise AnalysisError("chart_np_unequal")
    if not counts.sum():
        raise AnalysisError("chart_no_events")
