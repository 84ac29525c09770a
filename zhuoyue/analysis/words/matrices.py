"""Sparse matrices and the minimiser, from scipy, loaded at first use.

scipy carries no type information, so these modules are held as Any here and nowhere else in this
family.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.workers import one_blas_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhuoyue.analysis.arrays import Floats, Integers

type Sparse = Any  # a scipy.sparse.csr_array of texts x features


@cache
def _sparse() -> Any:
    return import_module("scipy.sparse")


def counted(texts: Integers, features: Integers, shape: tuple[int, int]) -> Sparse:
    """How often each pair of a text and a feature is named."""
    ones = np.ones(len(texts))
    made = _sparse().coo_array((ones, (texts, features)), shape=shape).tocsr()
    made.sum_duplicates()
    return made


def column_sums(matrix: Sparse) -> Floats:
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()


def texts_with(matrix: Sparse) -> Floats:
    """In how many texts each feature occurs."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)


def scaled(matrix: Sparse, columns: Floats) -> Sparse:
    """1 + log of counts, times a factor for each feature, each text brought to length one."""
    made = matrix.copy()
    made.data = (1.0 + np.log(made.data)) * columns[made.indices]
    squares = np.asarray(made.multiply(made).sum(axis=1)).ravel()
    lengths = np.sqrt(np.maximum(squares, 1e-300))
    made.data /= np.repeat(lengths, np.diff(made.indptr))
    return made


def minimised(
    objective: Callable[[Floats], tuple[float, Floats]], start: Floats, *, steps: int
) -> Floats:
    """The lowest point of a smooth convex function that also returns its gradient (L-BFGS)."""
    minimize = import_module("scipy.optimize").minimize
    with one_blas_thread():
        found = minimize(
            objective,
            start,
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": steps, "maxfun": 2 * steps, "gtol": 1e-4, "ftol": 1e-6},
        )
    return np.asarray(found.x)
