"""The table behind resampling: counts of units times this table give all moments at once.

A unit is an answer (with its case weight, if any) or a block of answers already summed up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.moments import Moments
from zhuoyue.analysis.settings import Missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Flags, Floats, Integers

EXACT_IN_SINGLE = 2.0**24  # below this, sums of integers are exact in single precision


@dataclass(frozen=True, eq=False)
class Products:
    """Base columns and their products, one row per unit."""

    n: int  # units
    items: int
    shift: Floats  # of the items
    unit: Floats  # of the base columns
    table: NDArray[np.floating]  # columns x units
    pairs: Integers  # (base x base) -> column of the product
    sizes: Floats | None = None  # weight of each unit; None where all count one
    gaps: Gaps | None = None
    weighted: bool = False  # units are rows with case weights, whose mean is one in every sample

    def drawn(self, counts: NDArray[Any]) -> tuple[NDArray[np.floating], Floats]:
        """Sums of the table (columns x batch) and weight of every resample, given how often each
        unit was drawn (batch x units)."""
        sums = self.table @ counts.astype(self.table.dtype, copy=False).T
        rows = counts.sum(axis=1, dtype=np.float64)
        if self.sizes is None:
            return sums, rows
        return self._weighted(sums, np.asarray(counts @ self.sizes), rows)

    def _weighted(
        self, sums: NDArray[np.floating], size: Floats, rows: Floats
    ) -> tuple[NDArray[np.floating], Floats]:
        """Where rows have weights, a resample of heavy rows is no larger sample."""
        return (sums * (rows / size), rows) if self.weighted else (sums, size)

    def moments_of(self, given: NDArray[np.floating], size: Floats) -> Moments:
        """Moments from sums of the table's columns (columns x batch) over so much weight."""
        sums: Floats = given.astype(np.float64, copy=False)
        width = len(self.pairs)
        if self.gaps is None:
            mean = sums[:width] / size
            products = self._centred(sums[width:], mean, size)
        else:
            mean, products = self.gaps.centre(sums, sums[self.pairs], size)
        unit = self.unit
        if (unit != 1.0).any():
            products *= (unit[:, None] * unit[None, :])[:, :, None]
            mean = mean * unit[:, None]
        whole = mean.copy()
        whole[: self.items] += self.shift[:, None]
        return Moments(whole, products, mean[: self.items])

    def _centred(self, sums: Floats, mean: Floats, size: Floats) -> Floats:
        """Covariances from sums of products, row by row, so that each stays near the processor."""
        width, batch = mean.shape
        found = np.empty((width, width, batch))
        whole, rest, begin = size * mean, size - 1, 0
        for i in range(width):
            row = sums[begin : begin + width - i] - mean[i:] * whole[i]
            row /= rest
            found[i, i:] = found[i:, i] = row
            begin += width - i
        return found

    def all(self) -> Moments:
        """Moments of the sample itself."""
        return self.moments_of(*self.drawn(np.ones((1, self.n))))

    def without_one(self, first: int, size: int) -> tuple[NDArray[np.floating], Floats]:
        """Sums and weight of the sample without each of the units from `first` on (jackknife)."""
        left_out = slice(first, first + size)
        sums = self._totals[:, None] - self.table[:, left_out]
        sizes = np.ones(self.n) if self.sizes is None else self.sizes
        rows = np.full(sums.shape[1], self.n - 1.0)
        return self._weighted(sums, sizes.sum() - sizes[left_out], rows)

    @cached_property
    def _totals(self) -> Floats:
        return np.asarray(self.table.sum(axis=1, dtype=np.float64))


@dataclass(frozen=True, eq=False)
class Gaps:
    """Columns that deal with missing answers within each resample.

    With m the answered flags and v the answers (0 where missing), the replaced and centred
    product of two items is sum(v v') - mean' sum(v m') - mean sum(v' m) + mean mean' sum(m m').
    """

    seen: Integers  # (items x items) -> column of sum(v_i m_j)
    both: Integers  # (items x items) -> column of sum(m_i m_j)
    squares: Integers | None  # (items x items) -> column of sum(v_i^2 m_j), for pairwise moments

    def centre(self, sums: Floats, products: Floats, size: Floats) -> tuple[Floats, Floats]:
        """Means and covariances: of replaced answers, or of pairs where both were answered."""
        both = np.where((self.both >= 0)[:, :, None], sums[np.maximum(self.both, 0)], size)
        answered = np.einsum("iib->ib", both)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(answered > 0, sums[: len(both)] / answered, 0.0)
            seen = sums[self.seen]  # sum of item i over the rows that answered item j
            if self.squares is not None:
                return mean, self._pairwise(sums, products, both, seen)
        products = products - seen * mean[None, :, :]
        products -= seen.transpose(1, 0, 2) * mean[:, None, :]
        products += both * mean[:, None, :] * mean[None, :, :]
        return mean, products / (size - 1)

    def _pairwise(self, sums: Floats, products: Floats, both: Floats, seen: Floats) -> Floats:
        """Correlations over the rows that answered both, times the deviations over all answers."""
        assert self.squares is not None
        other = seen.transpose(1, 0, 2)
        shared = products - seen * other / both
        own = sums[self.squares] - seen**2 / both  # variation of i where j was answered
        correlation = shared / np.sqrt(own * own.transpose(1, 0, 2))
        variance = np.einsum("iib->ib", own) / (np.einsum("iib->ib", both) - 1)
        deviation = np.sqrt(variance)
        found = correlation * deviation[:, None] * deviation[None, :]
        diagonal = np.arange(len(deviation))
        found[diagonal, diagonal] = variance
        return np.asarray(found)


def products_of(
    values: Floats,
    pairs: Integers | None = None,
    *,
    weights: Floats | None = None,
    missing: Missing = Missing.MEAN,
) -> Products:
    """The table of products; single precision where it is exact, double elsewhere."""
    n, items = values.shape
    pairs = np.empty((0, 2), dtype=np.int64) if pairs is None else pairs
    answered = ~np.isnan(values)
    mean = np.nanmean(values, axis=0)
    shift = np.round(mean)
    centred = np.where(answered, values - shift, 0.0)
    whole = bool((centred == np.round(centred)).all())
    if not whole:  # a mean far from a whole number, for the item's spread, would cost digits
        shift = mean
        centred = np.where(answered, values - shift, 0.0)
    unit = np.ones(items) if whole else _spread(centred)
    base = (centred / unit).T
    base = np.vstack([base, base[pairs[:, 0]] * base[pairs[:, 1]]])
    unit = np.concatenate([unit, unit[pairs[:, 0]] * unit[pairs[:, 1]]])
    largest = max(float(np.abs(base).max()), 1.0)
    single = whole and weights is None and n * largest**2 < EXACT_IN_SINGLE
    columns, places, gaps = _columns(base, answered, missing)
    kind: type[np.floating] = np.float32 if single else np.float64
    table: NDArray[np.floating] = np.concatenate(columns).astype(kind)
    if weights is not None:
        table *= weights
    return Products(
        n, items, shift, unit, table, places, weights, gaps, weighted=weights is not None
    )


def _spread(centred: Floats) -> Floats:
    deviation = np.sqrt((centred**2).mean(axis=0))
    return np.where(deviation > 0, deviation, 1.0)


def _columns(
    base: Floats, answered: Flags, missing: Missing
) -> tuple[list[Floats], Integers, Gaps | None]:
    """The base, its products, what gaps need; and where each product stands."""
    width = len(base)
    pairwise = missing is Missing.PAIRWISE
    partial = np.flatnonzero(~answered.all(axis=0))
    columns = [base, *(base[i] * base[i:] for i in range(width))]
    flags = answered.T.astype(np.float64)
    for j in partial:
        columns += [base * flags[j], flags * flags[j]]
        if pairwise:
            columns.append(base**2 * flags[j])
    return columns, *standing(width, answered.shape[1], partial, pairwise=pairwise)


def standing(
    width: int, items: int, partial: Integers, *, pairwise: bool
) -> tuple[Integers, Gaps | None]:
    """Where products stand in a table: base, its products, then the columns of each partial item.

    A partial item j, one that somebody did not answer, adds the base where j was answered, the
    flags of both answered and, for pairwise moments, the squares of the base where j was answered.
    """
    first, second = np.triu_indices(width)
    places = np.empty((width, width), dtype=np.int64)
    places[first, second] = places[second, first] = width + np.arange(len(first))
    if not len(partial):
        return places, None
    end = width + len(first)
    own = np.arange(items, dtype=np.int64)
    seen = np.repeat(own[:, None], items, axis=1)
    both = np.full((items, items), -1, dtype=np.int64)
    squares = np.repeat(np.diag(places)[:items, None], items, axis=1)
    for j in partial:
        seen[:, j] = end + own
        both[:, j] = both[j, :] = end + items + own
        end += 2 * items
        if pairwise:
            squares[:, j] = end + own
            end += items
    return places, Gaps(seen, both, squares if pairwise else None)
