"""The numbers of one chunk of replicates, as families of rows (numbers x replicates)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.performance import construct_indices
from zhuoyue.analysis.quality import heterotrait_monotrait, reliability
from zhuoyue.analysis.solution import Outcome, Solution, solve_model

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.moments import Products
    from zhuoyue.analysis.spec import Scale, Settings

CHUNK = 256  # replicates that share a random stream; their matrices stay in the cache


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


@dataclass(frozen=True, eq=False)
class Sampler:
    """Draws and estimates chunks; one chunk depends on nothing but its number."""

    layout: Layout
    settings: Settings
    scale: Scale
    products: Products
    seed: int
    given: Integers | None  # resamples from outside, instead of drawing

    def chunk(self, number: int, size: int) -> Chunk:
        """Estimate the replicates of one chunk."""
        moments = self.products.moments(self._counts(number, size))
        varying = moments.varying()
        outcome = np.full(size, int(Outcome.CONSTANT_ITEM), dtype=np.int64)
        if not varying.all():
            moments = moments.subset(varying)
        if not varying.any():
            return Chunk({}, outcome)
        with np.errstate(divide="ignore", invalid="ignore"):  # failed replicates are counted
            solution = solve_model(self.layout, self.settings, moments)
            families = collect(self.layout, solution, self.scale)
        outcome[varying] = solution.outcome
        sound = solution.outcome == Outcome.SOUND
        if not sound.all():
            families = {name: values[:, sound] for name, values in families.items()}
        return Chunk(families, outcome)

    def _counts(self, number: int, size: int) -> Integers:
        """How often each row occurs in each resample (replicates x rows)."""
        n = self.products.n
        if self.given is None:
            stream = np.random.default_rng([self.seed, number])
            rows = stream.integers(0, n, size=(size, n))
        else:
            rows = self.given[number * CHUNK : number * CHUNK + size]
        rows = rows + np.arange(size, dtype=np.int64)[:, None] * n
        return np.bincount(rows.ravel(), minlength=size * n).reshape(size, n)


def collect(layout: Layout, solution: Solution, scale: Scale) -> dict[Family, Floats]:
    """All followed numbers of a batch, in the order in which they are named later."""
    direct, total = solution.structure.coefficients, solution.structure.total
    quality = reliability(layout, solution)
    ratios = heterotrait_monotrait(layout, solution.correlation)
    reached = np.array(layout.reached, dtype=np.intp).T
    indirect = np.array(layout.indirect, dtype=np.intp).reshape(-1, 2).T
    endogenous = [k for k, predictors in enumerate(layout.predictors) if predictors]
    return {
        Family.PATHS: direct[layout.sources, layout.targets],
        Family.TOTAL: total[reached[0], reached[1]],
        Family.INDIRECT: (total - direct)[indirect[0], indirect[1]],
        Family.WEIGHTS: solution.weights.values,
        Family.LOADINGS: solution.loadings,
        Family.R2: solution.structure.r2[endogenous],
        Family.ALPHA: quality.alpha,
        Family.ALPHA_STANDARDISED: quality.alpha_standardised,
        Family.RHO_A: quality.rho_a,
        Family.RHO_C: quality.rho_c,
        Family.AVE: quality.ave,
        Family.HTMT: ratios[np.tril_indices(layout.construct_count, -1)],
        Family.INDEX: construct_indices(layout, solution, scale),
    }
