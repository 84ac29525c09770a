"""Names for the array types, so that signatures read as sentences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


def read_only[Array: NDArray[np.generic]](array: Array) -> Array:
    """The same array, closed against change: results are handed out, not lent."""
    array.flags.writeable = False
    return array
