"""How well equations and the whole model describe the sample (batches of one).

Sources: f2 Cohen 1988; AIC and BIC of an equation as in Sharma et al. 2019; SRMR
Henseler et al. 2014 (correlations implied by loadings and the structural model; the blocks of
composites themselves are unrestricted, those of common factors are not); GoF Tenenhaus et al.
2005; Feldt 1965 for alpha.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.distributions import f_quantiles
from zhuoyue.analysis.structure import adjusted_r2

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.solution import Solution


@dataclass(frozen=True, eq=False)
class Equations:
    """One regression per endogenous construct; NaN elsewhere."""

    r2_adjusted: Floats
    aic: Floats
    bic: Floats
    f2: Floats  # source x target


def equations(solution: Solution, n: int) -> Equations:
    """Adjusted R2, information criteria (of the scores themselves) and effect sizes."""
    layout, structure = solution.layout, solution.structure
    r2 = structure.r2[:, 0]
    counts = np.array([len(each) for each in layout.predictors], dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (1.0 - solution.as_scored.r2[:, 0]) * (n - 1) / n
        aic = n * np.log(error) + 2.0 * (counts + 1)
        bic = n * np.log(error) + np.log(n) * (counts + 1)
        inflation = np.where(counts > 1, structure.vif[:, :, 0], 1.0)
        # What leaving a predictor out costs: beta squared over its variance inflation.
        f2 = structure.standardised[:, :, 0] ** 2 / inflation / (1.0 - r2)
    return Equations(adjusted_r2(structure.r2, n, counts)[:, 0], aic, bic, f2)


def implied_residual(solution: Solution) -> float:
    """SRMR: root mean square of observed minus implied correlations (diagonal included)."""
    layout = solution.layout
    owner, loadings = layout.owner, solution.standard_loadings[:, 0]
    constructs = implied_scores(solution)
    np.fill_diagonal(constructs, 1.0)  # a block's items mirror a factor of variance one
    implied = constructs[owner[:, None], owner] * (loadings[:, None] * loadings)
    restricted = owner[:, None] != owner
    if solution.reliability is not None:  # consistent estimation
        restricted |= np.isin(owner, solution.plan.factors)
        np.fill_diagonal(restricted, val=False)
    difference = (solution.correlation[:, :, 0] - implied) * restricted
    items = layout.item_count  # each pair is met twice
    return float(np.sqrt((difference**2).sum() / 2 / (items * (items + 1) / 2)))


def implied_scores(solution: Solution) -> Floats:
    """Covariances of constructs that the paths imply: (I - B)^-1 Psi (I - B)^-T.

    Psi holds the correlations of exogenous constructs as observed and the unexplained variances.
    """
    layout, structure = solution.layout, solution.structure
    count, endogenous = layout.construct_count, list(layout.endogenous)
    unexplained = solution.constructs[:, :, 0].copy()
    unexplained[endogenous] = unexplained[:, endogenous] = 0.0
    unexplained[endogenous, endogenous] = 1.0 - structure.r2[endogenous, 0]
    through = np.linalg.inv(np.eye(count) - structure.standardised[:, :, 0].T)
    return np.asarray(through @ unexplained @ through.T)


def goodness(solution: Solution, several: Flags) -> float | None:
    """GoF: root of (mean communality of items in blocks of several) x (mean R2)."""
    r2 = solution.structure.r2[list(solution.layout.endogenous), 0]
    items = several[solution.layout.owner]
    if not items.any():
        return None
    communality = float((solution.standard_loadings[items, 0] ** 2).mean())
    return float(np.sqrt(communality * r2.mean()))


def feldt_intervals(
    alpha: Floats | float, n: int, items: Integers | int, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Feldt's intervals of Cronbach's alphas, of so many items each."""
    tail = (1 - level) / 2
    freedom = (n - 1) * (np.asarray(items) - 1.0)
    low, high = (1 - (1 - alpha) * f_quantiles(share, n - 1, freedom) for share in (1 - tail, tail))
    return low, high
