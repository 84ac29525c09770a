"""Whether compiled kernels may be used, and which.

They need the optional package numba, are compiled at their first use and kept beside the package
(or in the user's cache). `ZHUOYUE_COMPILED=0` does without them, `ZHUOYUE_COMPILED=long` too unless
the work outlasts compiling; the numbers are the same to 1e-10.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def available(*, long: bool = False) -> bool:
    """Numba is installed and not switched off for work of this length."""
    switch = os.environ.get("ZHUOYUE_COMPILED", "1")
    return switch != "0" and (switch != "long" or long) and _installed()


@cache
def _installed() -> bool:
    return find_spec("numba") is not None


def kernels() -> Any:
    """The module of compiled functions, or None."""
    return import_module("zhuoyue.analysis.kernels") if available() else None
