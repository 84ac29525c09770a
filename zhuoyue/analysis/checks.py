"""What an estimate is judged by, as arrays: names are looked up where something is amiss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.quality import Reliability, heterotrait_monotrait, reliability

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.solution import Solution


@dataclass(frozen=True, eq=False)
class Checks:
    """Of a batch of one."""

    solution: Solution

    @cached_property
    def reliability(self) -> Reliability:
        with np.errstate(divide="ignore", invalid="ignore"):
            return reliability(self.solution)

    @cached_property
    def htmt(self) -> Floats:
        """Constructs x constructs."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return heterotrait_monotrait(self.solution.layout, self.solution.correlation)[:, :, 0]

    def loading_below(self, limit: float) -> bool:
        return bool((self.solution.loadings < limit).any())

    def reliability_below(self, rho_c: float, ave: float) -> bool:
        found = self.reliability
        return bool(((found.rho_c < rho_c) | (found.ave < ave)).any())

    def htmt_above(self, limit: float) -> bool:
        """Of two constructs; a construct with itself has a ratio of one."""
        return int(np.count_nonzero(self.htmt > limit)) > len(self.htmt) * (limit < 1)

    def vif_above(self, limit: float) -> bool:
        return bool((self.solution.as_scored.vif > limit).any())

    def beyond_one(self, rounding: float) -> bool:
        """A loading or an explained variance that no sample can have."""
        most = 1 + rounding
        found = self.solution
        return bool((np.abs(found.loadings) > most).any() or (found.structure.r2 > most).any())

    def weight_negative(self) -> bool:
        return bool((self.solution.weights < 0).any())
