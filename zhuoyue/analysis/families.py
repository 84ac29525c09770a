"""What is followed through the replicates: families of rows (numbers x replicates)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats, Integers


class Family(StrEnum):
    """What is followed through the replicates."""

    PATHS = "paths"
    TOTAL = "total_effects"
    INDIRECT = "indirect_effects"
    WEIGHTS = "weights"
    LOADINGS = "loadings"
    R2 = "r2"
    ALPHA = "alpha"
    ALPHA_STANDARDISED = "alpha_standardised"
    RHO_A = "rho_a"
    RHO_C = "rho_c"
    AVE = "ave"
    HTMT = "htmt"
    INDEX = "index"
    INDEX_DEVIATION = "index_deviation"  # of the respondents' indices; no interval of its own


RELIABILITY = (
    Family.ALPHA,
    Family.ALPHA_STANDARDISED,
    Family.RHO_A,
    Family.RHO_C,
    Family.AVE,
)


@dataclass(frozen=True, eq=False)
class Chunk:
    """Sound replicates of one chunk, and how every replicate ended."""

    families: dict[Family, Floats]
    outcome: Integers
