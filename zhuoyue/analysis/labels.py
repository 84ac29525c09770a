"""Names as cells of a notebook hold them: texts, whole numbers, gaps."""

from __future__ import annotations

import numpy as np


def label(given: object) -> str:
    """A name as text, empty where there is none (None, NaN); 1.0 of a column with gaps is 1."""
    if given is None or given != given:  # noqa: PLR0124 - so NaN of any library tells itself
        return ""
    if isinstance(given, float | np.floating) and float(given).is_integer():
        return str(int(given))
    return str(given).strip()
