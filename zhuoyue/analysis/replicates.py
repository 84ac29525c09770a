"""The numbers of one chunk of replicates, as families of rows (numbers x replicates)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis import compiled
from zhuoyue.analysis.compiled_numbers import CompiledNumbers
from zhuoyue.analysis.families import Chunk, Family
from zhuoyue.analysis.performance import composites, construct_indices, index_deviations
from zhuoyue.analysis.quality import heterotrait_monotrait, reliability
from zhuoyue.analysis.solution import Outcome, Solution, solve_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.settings import Scale, Settings

STREAM = 64  # replicates that share a random stream, whatever the size of the batch
WORKING_SET = 600_000  # numbers in the matrices of a batch, so that they stay near the processor
ROWS_DRAWN = 4_000_000  # row numbers held at once


@dataclass(frozen=True, eq=False)
class Sampler:
    """Draws and estimates chunks; one chunk depends on nothing but its place in the row."""

    plan: Plan
    settings: Settings
    scale: Scale
    products: Products
    seed: int
    given: Integers | None  # resamples from outside, instead of drawing

    @property
    def batch(self) -> int:
        """Samples to estimate at once: whole streams, fewer for larger models and surveys."""
        items, rows = len(self.products.shift), self.products.n
        streams = min(WORKING_SET / (items * items), ROWS_DRAWN / rows) / STREAM
        return STREAM * max(1, min(32, round(streams)))

    def chunk(self, first: int, size: int) -> Chunk:
        """Estimate `size` replicates from number `first`, which begins a stream."""
        return self._solve_sums(*self.products.drawn(self._counts(first, size)))

    def without(self, first: int, size: int) -> Chunk:
        """Estimate the sample without each of `size` units in turn (jackknife)."""
        return self._solve_sums(*self.products.without_one(first, size))

    @cached_property
    def _numbers(self) -> CompiledNumbers | None:
        return CompiledNumbers.of(self.plan, self.settings, self.scale)

    def _solve_sums(self, sums: NDArray[np.floating], size: Floats) -> Chunk:
        """Estimate a batch from the sums of its rows."""
        if self._numbers and self.products.gaps is None:
            return self._numbers.from_sums(self.products, sums, size)
        return self._solve(self.products.moments_of(sums, size))

    def _solve(self, moments: Moments) -> Chunk:
        """Estimate a batch, whatever it was drawn by."""
        varying = moments.varying()
        outcome = np.full(len(varying), int(Outcome.CONSTANT_ITEM), dtype=np.int64)
        moments = moments.subset(varying)
        if not varying.any():
            return Chunk({}, outcome)
        if self._numbers:
            found = self._numbers.from_moments(moments)
            outcome[varying] = found.outcome
            return Chunk(found.families, outcome)
        with np.errstate(divide="ignore", invalid="ignore"):  # failed replicates are counted
            solution = solve_model(self.plan, self.settings, moments)
            families = collect(solution, self.scale)
        outcome[varying] = solution.outcome
        sound = solution.outcome == Outcome.SOUND
        if not sound.all():
            families = {name: values[:, sound] for name, values in families.items()}
        return Chunk(families, outcome)

    def _counts(self, first: int, size: int) -> NDArray[np.number]:
        """How often each row occurs in each resample (replicates x rows)."""
        n = self.products.n
        if self.given is None:
            rows = np.concatenate(
                [
                    self._draw(first + done, min(STREAM, size - done))
                    for done in range(0, size, STREAM)
                ]
            )
        else:
            rows = self.given[first : first + size]
        kernels = compiled.kernels()
        if kernels:
            counts = np.zeros((size, n), dtype=self.products.table.dtype)
            kernels.tally(rows, counts)
            return counts
        places = rows + np.arange(size, dtype=np.int64)[:, None] * n
        return np.bincount(places.ravel(), minlength=size * n).reshape(size, n)

    def _draw(self, first: int, size: int) -> NDArray[np.integer]:
        """Row numbers of one stream; a shorter stream is the beginning of a longer one."""
        stream = np.random.default_rng([self.seed, first // STREAM])
        n = self.products.n  # small numbers take half the chance
        kind = np.uint16 if n <= 1 << 16 else np.int64
        return stream.integers(0, n, size=(size, n), dtype=kind)


def collect(solution: Solution, scale: Scale) -> dict[Family, Floats]:
    """All followed numbers of a batch, in the order in which they are named later."""
    layout = solution.layout
    direct, total = solution.structure.coefficients, solution.structure.total
    quality = reliability(solution)
    ratios = heterotrait_monotrait(layout, solution.correlation)
    reached = np.array(layout.reached, dtype=np.intp).T
    indirect = np.array(layout.indirect, dtype=np.intp).reshape(-1, 2).T
    made = composites(solution)
    return {
        Family.PATHS: direct[layout.sources, layout.targets],
        Family.TOTAL: total[reached[0], reached[1]],
        Family.INDIRECT: (total - direct)[indirect[0], indirect[1]],
        Family.WEIGHTS: solution.weights,
        Family.LOADINGS: solution.loadings,
        Family.R2: solution.structure.r2[list(layout.endogenous)],
        Family.ALPHA: quality.alpha,
        Family.ALPHA_STANDARDISED: quality.alpha_standardised,
        Family.RHO_A: quality.rho_a,
        Family.RHO_C: quality.rho_c,
        Family.AVE: quality.ave,
        Family.HTMT: ratios[np.tril_indices(layout.construct_count, -1)],
        Family.INDEX: construct_indices(solution, scale, made),
        Family.INDEX_DEVIATION: index_deviations(solution, scale, made),
    }
