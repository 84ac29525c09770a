"""Means and covariances: the only thing estimation ever sees of the rows.

Arrays of a batch carry the replicate in the LAST axis, so that every elementary operation of
the iteration runs along contiguous memory. The *base* of a model is its items, followed by the
products of two items that its interactions need; products are taken around `shift`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import ABREAST, distances, side_by_side

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.layout import Layout

ROWS_AT_ONCE = 1 << 13  # a part of the table that stays near the processor
SMALL_PRODUCT = 1_000_000  # multiplications up to which a BLAS does not repack its operands


@dataclass(frozen=True, eq=False)
class Moments:
    """Means (base x batch) and covariances (base x base x batch) of replicates."""

    mean: Floats
    covariance: Floats
    offset: Floats  # items x batch: means as distances from the shift around which products are

    @property
    def variance(self) -> Floats:
        return np.asarray(np.einsum("iib->ib", self.covariance))

    def varying(self) -> Flags:
        """Replicates in which every item still varies.

        What rounding leaves of a constant grows with its distance from the shift, and with nothing
        else: neither the unit of an item nor where its scale begins decides.
        """
        dust = 1e-12 * self.offset**2
        return np.asarray((self.variance[: len(dust)] > dust).all(axis=0))

    def subset(self, chosen: Flags) -> Moments:
        if chosen.all():
            return self
        return Moments(self.mean[:, chosen], self.covariance[:, :, chosen], self.offset[:, chosen])


@dataclass(frozen=True, eq=False)
class Sums:
    """Totals over rows: sizes, sums and cross-products around a shift; they add up."""

    size: float
    total: Floats  # base
    products: Floats  # base x base
    shift: Floats  # items

    def moments(self) -> Moments:
        items = len(self.shift)
        mean = self.total / self.size
        covariance = (self.products - self.size * np.outer(mean, mean)) / (self.size - 1)
        whole = mean.copy()
        whole[:items] += self.shift
        return Moments(whole[:, None], covariance[:, :, None], mean[:items, None])


def sums_of(
    values: Floats,
    pairs: Integers,
    weights: Floats | None = None,
    columns: Integers | None = None,
) -> Sums:
    """Totals of complete answers in one pass (rows x items; weights by row, mean one).

    `columns`: where the items stand, if not in all columns in a row.
    """
    columns = np.arange(values.shape[1]) if columns is None else columns
    n, items = len(values), len(columns)
    width = items + len(pairs)
    chosen = side_by_side(columns)
    shift = values[:ROWS_AT_ONCE, chosen].mean(axis=0)  # so that nothing cancels
    total, products = np.zeros(width), np.zeros((width, width))
    at_once = _rows_at_once(width)
    room, ones = np.empty((min(n, at_once), items)), np.ones(min(n, at_once))
    shifts = np.tile(shift, ABREAST)
    for start in range(0, n, at_once):
        part = distances(values[start : start + at_once, chosen], shifts, room)
        if len(pairs):
            part = np.hstack([part, part[:, pairs[:, 0]] * part[:, pairs[:, 1]]])
        if weights is None:
            total += ones[: len(part)] @ part
            _add_products(part, products)
        else:
            weight = weights[start : start + at_once]
            total += weight @ part
            products += (part.T * weight) @ part
    return Sums(float(n), total, products, shift)


def _rows_at_once(width: int) -> int:
    """Rows whose products are small, of few columns; as many as stay near otherwise."""
    few = SMALL_PRODUCT // (width * (width - width // 2))
    return (
        ROWS_AT_ONCE if few < ROWS_AT_ONCE // 16 else min(ROWS_AT_ONCE, 1 << few.bit_length() - 1)
    )


def _add_products(part: Floats, products: Floats) -> None:
    """Add part.T @ part by halves: whole, it is done by a rank-k update, slow for few columns."""
    half = part.shape[1] // 2
    if len(part) < ROWS_AT_ONCE // 16 or not half:
        products += part.T @ part
        return
    products[:, :half] += part.T @ part[:, :half]
    products[half:, half:] += part[:, half:].T @ part[:, half:]
    products[:half, half:] = products[half:, :half].T


def correlations(moments: Moments) -> tuple[Floats, Floats]:
    """Correlations and standard deviations of every replicate."""
    return correlations_of(moments.covariance)


def correlations_of(covariance: Floats) -> tuple[Floats, Floats]:
    deviation = np.sqrt(np.einsum("iib->ib", covariance))
    inverse = 1.0 / deviation
    correlation = covariance * inverse[:, None, :]
    correlation *= inverse[None, :, :]
    return correlation, deviation


def block_sums(layout: Layout, matrix: Floats) -> Floats:
    """Sums over blocks of items: (items x items x batch) -> (constructs x constructs x batch)."""
    if matrix.shape[2] == 1:
        # A product with zeros and ones would carry one infinite logarithm to every block.
        rows = np.add.reduceat(matrix[:, :, 0], layout.starts, axis=0)
        return np.asarray(np.add.reduceat(rows, layout.starts, axis=1)[:, :, None])
    rows = np.array([matrix[block].sum(axis=0) for block in layout.blocks])
    return np.stack([rows[:, block].sum(axis=1) for block in layout.blocks], axis=1)


def per_construct(layout: Layout, values: Floats) -> Floats:
    """Sums over the items of each construct: (items x batch) -> (constructs x batch)."""
    return np.add.reduceat(values, layout.starts, axis=0)
