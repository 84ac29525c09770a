"""Means and covariances: the only thing estimation ever sees of the rows.

Arrays of a batch carry the replicate in the LAST axis, so that every elementary operation of
the iteration runs along contiguous memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.layout import Layout

EXACT_IN_SINGLE = 2.0**24  # below this, sums of integers are exact in single precision
ROWS_AT_ONCE = 1 << 16


@dataclass(frozen=True, eq=False)
class Moments:
    """Means (items x batch) and covariances (items x items x batch) of replicates."""

    n: int
    mean: Floats
    covariance: Floats

    @property
    def variance(self) -> Floats:
        return np.asarray(np.einsum("iib->ib", self.covariance))

    def varying(self) -> Flags:
        """Replicates in which every item still varies."""
        tiny = 1e-12 * np.maximum(1.0, self.mean**2)
        return np.asarray((self.variance > tiny).all(axis=0))

    def subset(self, chosen: Flags) -> Moments:
        return Moments(self.n, self.mean[:, chosen], self.covariance[:, :, chosen])


def moments_of(values: Floats) -> Moments:
    """Moments of one sample in one pass; gaps count as the item's mean."""
    if np.isnan(values).any():
        values = np.where(np.isnan(values), np.nanmean(values, axis=0), values)
    n, items = values.shape
    shift = values[:ROWS_AT_ONCE].mean(axis=0)  # keeps the sums small, so nothing cancels
    total = np.zeros(items)
    products = np.zeros((items, items))
    for start in range(0, n, ROWS_AT_ONCE):
        part = values[start : start + ROWS_AT_ONCE] - shift
        total += part.sum(axis=0)
        products += part.T @ part
    mean = total / n
    covariance = (products - n * np.outer(mean, mean)) / (n - 1)
    return Moments(n, (mean + shift)[:, None], covariance[:, :, None])


@dataclass(frozen=True, eq=False)
class Products:
    """Items and their products, one row per answer: counts x products give all moments."""

    n: int
    shift: Floats
    unit: Floats
    table: NDArray[np.floating]  # columns x rows
    pairs: Integers  # (items x items) -> column of the product
    gaps: Gaps | None = None

    def moments(self, counts: NDArray[np.integer]) -> Moments:
        """Moments of every resample, given how often each row was drawn (batch x rows)."""
        weights = counts.astype(self.table.dtype)
        sums = (self.table @ weights.T).astype(np.float64)
        items = len(self.shift)
        products = sums[self.pairs]
        if self.gaps is None:
            mean = sums[:items] / self.n
            products -= self.n * mean[:, None, :] * mean[None, :, :]
        else:
            mean, products = self.gaps.centre(sums, products, self.n)
        products /= self.n - 1
        products *= (self.unit[:, None] * self.unit[None, :])[:, :, None]
        return Moments(self.n, self.shift[:, None] + self.unit[:, None] * mean, products)


@dataclass(frozen=True, eq=False)
class Gaps:
    """Columns that let the mean of each resample replace missing answers in it.

    With m the answered flags and v the answers (0 where missing), the replaced and centred
    product of two items is sum(v v') - mean' sum(v m') - mean sum(v' m) + mean mean' sum(m m').
    """

    seen: Integers  # (items x items) -> column of sum(v_i m_j)
    both: Integers  # (items x items) -> column of sum(m_i m_j)

    def centre(self, sums: Floats, products: Floats, n: int) -> tuple[Floats, Floats]:
        items = len(self.seen)
        both = np.where((self.both >= 0)[:, :, None], sums[np.maximum(self.both, 0)], float(n))
        answered = np.einsum("iib->ib", both)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(answered > 0, sums[:items] / answered, 0.0)
        seen = sums[self.seen]  # sum of item i over the rows that answered item j
        products = products - seen * mean[None, :, :]
        products -= seen.transpose(1, 0, 2) * mean[:, None, :]
        products += both * mean[:, None, :] * mean[None, :, :]
        return mean, products


def products_of(values: Floats) -> Products:
    """The table of products; single precision where it is exact, double elsewhere."""
    n, items = values.shape
    answered = ~np.isnan(values)
    shift = np.round(np.nanmean(values, axis=0))
    centred = np.where(answered, values - shift, 0.0)
    whole = bool((centred == np.round(centred)).all())
    largest = float(np.abs(centred).max())
    single = whole and n * max(largest, 1.0) ** 2 < EXACT_IN_SINGLE
    unit = np.ones(items) if whole else _spread(centred)
    columns = [*(centred / unit).T]
    first, second = np.triu_indices(items)
    pairs = np.empty((items, items), dtype=np.int64)
    pairs[first, second] = pairs[second, first] = items + np.arange(len(first))
    columns += [columns[i] * columns[j] for i, j in zip(first, second, strict=True)]
    gaps = None if answered.all() else _gap_columns(columns, answered)
    kind: type[np.floating] = np.float32 if single else np.float64
    table: NDArray[np.floating] = np.array(columns, dtype=kind)
    return Products(n, shift, unit, table, pairs, gaps)


def _spread(centred: Floats) -> Floats:
    deviation = np.sqrt((centred**2).mean(axis=0))
    return np.where(deviation > 0, deviation, 1.0)


def _gap_columns(columns: list[Floats], answered: Flags) -> Gaps:
    """Add the columns that mean replacement needs, only for items with gaps."""
    items = answered.shape[1]
    partial = np.flatnonzero(~answered.all(axis=0))
    seen = np.repeat(np.arange(items, dtype=np.int64)[:, None], items, axis=1)
    both = np.full((items, items), -1, dtype=np.int64)
    flags = answered.astype(np.float64)
    for j in partial:
        for i in range(items):
            if i != j:
                seen[i, j] = len(columns)
                columns.append(columns[i] * flags[:, j])
    for j in partial:
        for i in range(items):
            if both[i, j] < 0:
                both[i, j] = both[j, i] = len(columns)
                columns.append(flags[:, i] * flags[:, j])
    return Gaps(seen, both)


def correlations(moments: Moments) -> tuple[Floats, Floats]:
    """Correlations and standard deviations of every replicate."""
    deviation = np.sqrt(moments.variance)
    inverse = 1.0 / deviation
    correlation = moments.covariance * inverse[:, None, :]
    correlation *= inverse[None, :, :]
    return correlation, deviation


def block_sums(layout: Layout, matrix: Floats) -> Floats:
    """Sums over blocks of items: (items x items x batch) -> (constructs x constructs x batch)."""
    rows = np.add.reduceat(matrix, layout.starts, axis=0)
    return np.add.reduceat(rows, layout.starts, axis=1)
