"""Small linear algebra for whole batches at once (replicates in the last axis)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats

SINGULAR = 1e-10  # a pivot this small means: a variable is explained by those before it


def cholesky(matrix: Floats) -> tuple[Floats, Flags]:
    """Lower factors of covariance-like matrices (k x k x batch), and which are regular."""
    size, _, batch = matrix.shape
    if batch == 1:
        found = _cholesky_one(matrix[:, :, 0])
        if found is not None:
            return found[:, :, None], np.ones(1, dtype=bool)
    factor = np.zeros_like(matrix)
    regular = np.ones(batch, dtype=bool)
    for j in range(size):
        column = matrix[j:, j]
        if j:
            column = column - np.einsum("ikb,kb->ib", factor[j:, :j], factor[j, :j])
        sound = column[0] > SINGULAR * matrix[j, j]
        regular &= sound
        pivot = np.sqrt(np.where(sound, column[0], 1.0))
        np.divide(column, pivot, out=factor[j:, j])
        factor[j, j] = pivot  # never nil, so that whoever solves with it need not ask
    return factor, regular


def _cholesky_one(matrix: Floats) -> Floats | None:
    """For a single matrix LAPACK costs less than the loop; None where it is not clearly regular."""
    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return None
    sound = np.diagonal(factor) ** 2 > SINGULAR * np.diagonal(matrix)
    return factor if sound.all() else None


def lower_inverses(matrices: Floats) -> Floats | None:
    """Inverses of the lower factors of a stack of matrices (stack x k x k): L^-1, for one sample.

    None where any of them is not clearly regular.
    """
    factors = lower_factors(matrices)
    return None if factors is None else np.asarray(np.linalg.inv(factors))


def lower_factors(matrices: Floats) -> Floats | None:
    """Lower factors of a stack (stack x k x k); None where one is not clearly regular."""
    try:
        factors = np.linalg.cholesky(matrices)
    except np.linalg.LinAlgError:
        return None
    pivots = np.einsum("...ii->...i", factors) ** 2
    if not (pivots > SINGULAR * np.einsum("...ii->...i", matrices)).all():
        return None
    return np.asarray(factors)


def solve(factor: Floats, right: Floats) -> Floats:
    """Solve L L' x = right for every replicate (right: k x batch, or k x columns x batch)."""
    size = len(factor)
    if factor.shape[2] == 1:
        back = np.linalg.inv(factor[:, :, 0])
        return np.asarray((back.T @ (back @ right[..., 0]))[..., None])
    lower = factor if right.ndim == 2 else factor[:, :, None]
    found = right.copy()
    for j in range(size):
        found[j] /= lower[j, j]
        if j + 1 < size:
            found[j + 1 :] -= lower[j + 1 :, j] * found[j]
    for j in reversed(range(size)):
        found[j] /= lower[j, j]
        if j:
            found[:j] -= lower[j, :j] * found[j]
    return found


def inverse_diagonal(factor: Floats) -> Floats:
    """Diagonal of the inverse: for correlations, the variance inflation factors."""
    size, _, batch = factor.shape
    if batch == 1:
        return np.asarray((np.linalg.inv(factor[:, :, 0]) ** 2).sum(axis=0)[:, None])
    unit = np.zeros((size, size, batch))
    unit[np.arange(size), np.arange(size)] = 1.0
    return np.array(np.einsum("iib->ib", solve(factor, unit)), dtype=np.float64)
