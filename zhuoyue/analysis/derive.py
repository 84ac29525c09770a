"""Columns made from other columns, as linear maps over the base; nothing here sees a row.

With x the items, m their means, a and b the raw weights of two scores (or of two standardised
items), the product of the two is

    (a'x - a'm)(b'x - b'm) = sum a_i b_j x_i x_j - (b'm) a'x - (a'm) b'x + constant,

linear in the items and the products x_i x_j. Hence its covariances with everything follow from
the covariances of the base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.linear import cholesky, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Derived, Part, Plan


def derived_rows(
    plan: Plan,
    columns: Sequence[Derived],
    moments: Moments,
    composition: Sequence[Sequence[Floats]],
) -> Floats:
    """Derived columns as combinations of the base (columns x base x batch).

    `composition` holds, for each stage before, the raw item weights of its constructs (items x
    batch each).
    """
    rows = np.zeros((len(columns), *moments.covariance.shape[1:]))
    if not columns:
        return rows
    deviation = np.sqrt(moments.variance[: plan.item_count])
    products = {(int(i), int(j)): plan.item_count + k for k, (i, j) in enumerate(plan.pairs)}
    for row, column in zip(rows, columns, strict=True):
        first = _factor(column.first, deviation, composition)
        if column.second is None:
            row[: plan.item_count] = first
            continue
        second = _factor(column.second, deviation, composition)
        offset = moments.offset[: plan.item_count]
        row[: plan.item_count] -= (second * offset).sum(axis=0) * first
        row[: plan.item_count] -= (first * offset).sum(axis=0) * second
        for i in np.flatnonzero(first.any(axis=1)).tolist():
            for j in np.flatnonzero(second.any(axis=1)).tolist():
                row[products[min(i, j), max(i, j)]] += first[i] * second[j]
        if column.without:
            _take_out(row, np.array(column.without), moments)
    return rows


def _factor(part: Part, deviation: Floats, composition: Sequence[Sequence[Floats]]) -> Floats:
    if part.item < 0:
        return composition[part.stage][part.construct]
    weights = np.zeros_like(deviation)
    weights[part.item] = 1.0 / deviation[part.item]
    return weights


def _take_out(row: Floats, items: Integers, moments: Moments) -> None:
    """Subtract the regression of the column on these items."""
    shared = np.einsum("pb,pib->ib", row, moments.covariance[:, items])
    factor, _ = cholesky(moments.covariance[items[:, None], items])
    row[items] -= solve(factor, shared)


def column_covariance(base: Integers, rows: Floats, covariance: Floats) -> Floats:
    """Covariances of columns, the base ones picked and the derived ones (-1) combined."""
    if not len(rows):
        whole = len(base) == len(covariance) and (base == np.arange(len(base))).all()
        return covariance if whole else covariance[base[:, None], base]
    plain, made = np.flatnonzero(base >= 0), np.flatnonzero(base < 0)
    found = np.empty((len(base), len(base), covariance.shape[2]))
    found[plain[:, None], plain] = covariance[base[plain][:, None], base[plain]]
    with_base = np.einsum("rpb,pqb->rqb", rows, covariance)
    across = with_base[:, base[plain]]
    found[made[:, None], plain] = across
    found[plain[:, None], made] = across.transpose(1, 0, 2)
    found[made[:, None], made] = np.einsum("rqb,sqb->rsb", with_base, rows)
    return found
