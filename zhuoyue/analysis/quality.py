"""Reliability and validity of constructs, from correlations, weights and loadings.

The first half works on batches (replicates last); `cronbach_alpha` stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import Answers
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.fit import feldt_intervals
from zhuoyue.analysis.linear import lower_inverses
from zhuoyue.analysis.moments import block_sums, per_construct
from zhuoyue.analysis.results import ENGINE
from zhuoyue.analysis.settings import share

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.solution import Solution


UNRELATED = 1e-12  # a mean correlation of items that is nothing but rounding


@dataclass(frozen=True, eq=False)
class Reliability:
    """Coefficients per construct (constructs x batch)."""

    alpha: Floats
    alpha_standardised: Floats
    rho_a: Floats
    rho_c: Floats
    ave: Floats


def reliability(solution: Solution) -> Reliability:
    """Alpha, rho_A, rho_C and AVE; a single item counts as perfectly reliable."""
    layout = solution.layout
    sizes = layout.sizes[:, None].astype(np.float64)
    squares = per_construct(layout, solution.standard_loadings**2)
    linear = per_construct(layout, solution.standard_loadings)
    variances = per_construct(layout, solution.deviation**2)
    covariance_sums, correlation_sums = (
        _inner_sums(layout, matrix) for matrix in (solution.covariance, solution.correlation)
    )
    return Reliability(
        alpha=alpha_from_sums(sizes, variances, covariance_sums),
        alpha_standardised=alpha_from_sums(sizes, sizes, correlation_sums),
        rho_a=rho_a(layout, solution.correlation, solution.standard_weights),
        rho_c=linear**2 / (linear**2 + sizes - squares),
        ave=squares / sizes,
    )


def _inner_sums(layout: Layout, matrix: Floats) -> Floats:
    """Sum of each construct's own block (constructs x batch)."""
    if matrix.shape[2] == 1:
        sums = (matrix[:, :, 0] * layout.within).sum(axis=1)
        return np.asarray((sums @ layout.belongs)[:, None])
    return np.array([matrix[block, block].sum(axis=(0, 1)) for block in layout.blocks])


def alpha_from_sums(sizes: Floats, diagonal: Floats, everything: Floats) -> Floats:
    """Cronbach's alpha from the trace and the sum of a covariance matrix."""
    several = sizes > 1
    factor = np.where(several, sizes / np.where(several, sizes - 1, 1.0), 0.0)
    return np.where(several, factor * (1.0 - diagonal / everything), 1.0)


def rho_a(layout: Layout, correlation: Floats, weights: Floats) -> Floats:
    """Dijkstra and Henseler's rho_A; one for formative and single-item constructs,
    not a number where only one item has a weight."""
    inner = per_construct(layout, weights**2)
    off_diagonal, products = _pairs(layout, correlation, weights)
    # Where a single item carries all the weight there is nothing to compare it with.
    result = np.full(inner.shape, np.nan)
    np.divide(inner**2 * off_diagonal, products, out=result, where=products > 0)
    result[layout.sizes < 2] = 1.0
    result[list(layout.formative)] = 1.0
    return result


def _pairs(layout: Layout, correlation: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """w'(R - I)w and w'(ww' - diag ww')w of every construct (constructs x batch).

    Added up over pairs of items, as a difference loses all digits where one outweighs the others.
    """
    if weights.shape[1] == 1:
        shared = ((correlation[:, :, 0] * layout.beside) @ weights) * weights
        squared = (layout.beside @ weights**2) * weights**2
        return per_construct(layout, shared), per_construct(layout, squared)
    shared, squared = np.zeros((2, layout.construct_count, weights.shape[1]))
    for k, block in enumerate(layout.blocks):
        own, before = weights[block], correlation[block, block]
        for j in range(1, len(own)):
            shared[k] += np.einsum("ib,ib->b", before[:j, j], own[:j]) * own[j]
            squared[k] += (own[:j] ** 2).sum(axis=0) * own[j] ** 2
    return 2 * shared, 2 * squared


def heterotrait_monotrait(layout: Layout, correlation: Floats) -> Floats:
    """HTMT of absolute correlations (constructs x constructs x batch; diagonal one)."""
    sizes = layout.sizes.astype(np.float64)
    sums = block_sums(layout, np.abs(correlation))
    between = sums / np.outer(sizes, sizes)[:, :, None]
    own = np.einsum("kkb->kb", sums)
    pairs = np.maximum(sizes * (sizes - 1), 1.0)[:, None]
    within = np.where(sizes[:, None] > 1, (own - sizes[:, None]) / pairs, 1.0)
    within[within < UNRELATED] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = between / np.sqrt(within[:, None] * within[None, :])
    diagonal = np.arange(len(sizes))
    ratio[diagonal, diagonal] = 1.0
    return np.asarray(ratio)


def geometric_ratio(layout: Layout, correlation: Floats) -> Floats:
    """HTMT2 (Roemer, Schuberth & Henseler 2021): geometric means instead of arithmetic ones."""
    sizes = layout.sizes.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = block_sums(layout, np.log(np.abs(correlation)))
        between = logs / np.outer(sizes, sizes)[:, :, None]
        pairs = np.maximum(sizes * (sizes - 1), 1.0)[:, None]
        within = np.einsum("kkb->kb", logs) / pairs  # the diagonal's logarithms are nil
        ratio = np.exp(between - (within[:, None] + within[None, :]) / 2)
    diagonal = np.arange(len(sizes))
    ratio[diagonal, diagonal] = 1.0
    return np.asarray(ratio)


def item_total(layout: Layout, covariance: Floats) -> Floats:
    """Correlation of every item with the sum of the others of its block; NaN alone.

    Of one sample: covariances in, for items as answered, or correlations, for standardised ones
    (items x items); one number per item out.
    """
    beside, inside = layout.beside, covariance * layout.within
    # Added up, as a difference loses all digits where one item outweighs the others by units.
    others = ((beside @ inside) * beside).sum(axis=1)  # variance of their sum
    shared = (inside * beside).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = shared / np.sqrt(np.diagonal(covariance) * others)
    return np.where(layout.sizes[layout.owner] > 1, found, np.nan)


def item_vif(layout: Layout, correlation: Floats) -> Floats:
    """Variance inflation of every item within its block (infinite where the block is dependent).

    Of one sample: items x items in, one number per item out.
    """
    inverse = lower_inverses(correlation * layout.within)
    if inverse is not None:
        return np.asarray((inverse**2).sum(axis=0))
    found = np.full(layout.item_count, np.inf)
    for block in layout.blocks:
        inverse = lower_inverses(correlation[block, block])
        if inverse is not None:
            found[block] = (inverse**2).sum(axis=0)
    return found


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha of a set of items, with Feldt's interval (Feldt 1965)."""

    value: float
    standardised: float
    low: float
    high: float
    n: int
    items: int
    level: float
    cautions: tuple[Caution, ...] = ()
    method: str = "alpha_feldt"
    engine: str = ENGINE

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "value": self.value,
            "standardised": self.standardised,
            "ci": [self.low, self.high],
            "n": self.n,
            "items": self.items,
            "level": self.level,
            "cautions": [each.to_dict() for each in self.cautions],
            "engine": self.engine,
        }


def cronbach_alpha(values: ArrayLike, *, level: float = 0.95) -> Alpha:
    """Alpha of a table of answers (rows x items); rows with a gap are left out."""
    share(level, "level")
    shape = np.shape(values)
    if len(shape) != 2 or shape[1] < 2:
        raise AnalysisError("items_too_few", method="cronbach_alpha", needed=2)
    names = [str(number) for number in range(1, shape[1] + 1)]
    table = Answers(tuple(names), np.asarray(values)).values  # finite or missing
    complete = table[~np.isnan(table).any(axis=1)]
    n, items = complete.shape
    if n < 3:
        raise AnalysisError("values_too_few", method="cronbach_alpha", needed=3, n=n)
    for position in np.flatnonzero(np.ptp(complete, axis=0) == 0):
        value = float(complete[0, position])
        raise AnalysisError("item_constant", item=str(position + 1), value=value)
    covariance, correlation = np.cov(complete.T), np.corrcoef(complete.T)
    if covariance.sum() <= 1e-12 * np.trace(covariance):
        raise AnalysisError("items_cancel", method="cronbach_alpha")
    raw, standardised = (
        items / (items - 1) * (1 - float(np.trace(matrix) / matrix.sum()))
        if matrix.sum() > 1e-12 * np.trace(matrix)
        else float("nan")  # standardised items may cancel where the items themselves do not
        for matrix in (covariance, correlation)
    )
    low, high = (float(limit) for limit in feldt_intervals(raw, n, items, level))
    notes = [caution("rows_dropped", dropped=len(table) - n, total=len(table))]
    return Alpha(
        raw,
        standardised,
        low,
        high,
        n,
        items,
        level,
        tuple(notes) if n < len(table) else (),
    )
