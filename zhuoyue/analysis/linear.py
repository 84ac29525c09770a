"""Small linear algebra for whole batches at once (replicates in the last axis)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats

SINGULAR = 1e-10  # a pivot this small means: a variable is explained by those before it


def cholesky(matrix: Floats) -> tuple[Floats, Flags]:
    """Lower factors of correlation-like matrices (k x k x batch), and which are regular."""
    size, _, batch = matrix.shape
    factor = np.zeros_like(matrix)
    regular = np.ones(batch, dtype=bool)
    for j in range(size):
        column = matrix[j:, j].copy()
        for k in range(j):
            column -= factor[j:, k] * factor[j, k]
        pivot = column[0]
        sound = pivot > SINGULAR * matrix[j, j]
        regular &= sound
        factor[j:, j] = column / np.sqrt(np.where(sound, pivot, 1.0))
    return factor, regular


def solve(factor: Floats, right: Floats) -> Floats:
    """Solve L L' x = right for every replicate (right: k x batch)."""
    size = len(factor)
    forward = np.empty_like(right)
    for j in range(size):
        value = right[j].copy()
        for k in range(j):
            value -= factor[j, k] * forward[k]
        forward[j] = value / factor[j, j]
    for j in reversed(range(size)):
        for k in range(j + 1, size):
            forward[j] -= factor[k, j] * forward[k]
        forward[j] /= factor[j, j]
    return forward


def inverse_diagonal(factor: Floats) -> Floats:
    """Diagonal of the inverse: for correlations, the variance inflation factors."""
    size, _, batch = factor.shape
    diagonal = np.empty((size, batch))
    for j in range(size):
        unit = np.zeros((size, batch))
        unit[j] = 1.0
        diagonal[j] = solve(factor, unit)[j]
    return diagonal
