"""Everything estimated from moments, for a batch of samples: the point estimate is a batch of one.

Sharing one path between the estimate and its replicates means they cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.consistent import Measured, correct, take_as_is
from zhuoyue.analysis.derive import column_covariance, derived_rows
from zhuoyue.analysis.moments import correlations_of
from zhuoyue.analysis.settings import Items, Settings
from zhuoyue.analysis.structure import Structure, regress
from zhuoyue.analysis.weights import Weights, find_weights, score

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan, Stage


class Outcome(IntEnum):
    """How the estimation of one sample ended."""

    SOUND = 0
    CONSTANT_ITEM = 1
    SINGULAR = 2
    NOT_CONVERGED = 3
    INADMISSIBLE = 4  # consistent estimation found a reliability of nil or less


@dataclass(frozen=True, eq=False)
class Solution:
    """A batch of estimates; the replicate is the last axis everywhere.

    Columns are those of the plan's layout: items, and for higher orders and products what they
    are weighted from.
    """

    plan: Plan
    moments: Moments
    covariance: Floats  # columns x columns x batch
    correlation: Floats  # columns x columns x batch
    deviation: Floats  # columns x batch
    runs: tuple[Weights, ...]  # of each stage
    weights: Floats  # columns x batch, of unit-variance scores
    standard_weights: Floats  # weights as they apply to standardised columns
    rows: Floats  # derived columns as combinations of the base
    cross_loadings: Floats  # columns x constructs x batch: correlations with scores
    loadings: Floats  # columns x batch
    standard_loadings: Floats  # the same, but for products as correlations
    scores: Floats  # constructs x constructs x batch: correlations
    constructs: Floats  # the same, freed from noise where estimation is consistent
    reliability: Floats | None  # constructs x batch, where consistent estimation asked for it
    structure: Structure
    as_scored: Structure  # regressions among the scores themselves
    outcome: Integers

    @property
    def layout(self) -> Layout:
        return self.plan.layout


@dataclass(frozen=True, eq=False)
class _Run:
    """One stage, solved."""

    stage: Stage
    weights: Weights
    standard: Floats  # weights of standardised columns
    covariance: Floats
    matrix: Floats  # correlations
    deviation: Floats
    rows: Floats  # its derived columns as combinations of the base


def solve_model(
    plan: Plan, settings: Settings, moments: Moments, *, with_vif: bool = False
) -> Solution:
    """Estimate every sample of a batch whose items all vary."""
    runs: list[_Run] = []
    for stage in plan.stages:
        runs.append(_run(plan, stage, settings, moments, runs))
    rows = runs[-1].rows
    if len(runs) == 1:  # columns of the only stage are those shown
        covariance, correlation, deviation = runs[0].covariance, runs[0].matrix, runs[0].deviation
    else:
        covariance = column_covariance(plan.base, rows, moments.covariance)
        correlation, deviation = correlations_of(covariance)
    standard = _gather(plan, [run.standard for run in runs])
    scored = score(plan.layout, correlation, standard)
    own = scored.items[plan.layout.own]
    measured = take_as_is(scored, own)
    if settings.consistent:
        measured = correct(plan, correlation, standard, measured)
    structure = regress(plan.layout, measured.constructs, with_vif=with_vif)
    as_scored = structure
    if settings.consistent and with_vif:
        as_scored = regress(plan.layout, scored.scores, with_vif=True)
    solution = Solution(
        plan,
        moments,
        covariance,
        correlation,
        deviation,
        tuple(run.weights for run in runs),
        _gather(plan, [run.weights.values for run in runs]),
        standard,
        rows,
        scored.items,
        measured.loadings,
        measured.loadings,
        scored.scores,
        measured.constructs,
        measured.reliability,
        structure,
        as_scored,
        _outcomes(runs, structure, measured),
    )
    return _in_units_of_products(solution) if plan.products else solution


def _run(
    plan: Plan, stage: Stage, settings: Settings, moments: Moments, before: list[_Run]
) -> _Run:
    composition = [_compose(plan, run) for run in before]
    rows = derived_rows(plan, stage.derived, moments, composition)
    covariance = column_covariance(stage.base, rows, moments.covariance)
    matrix, deviation = correlations_of(covariance)
    standardised = settings.items is Items.STANDARDISED
    weights = find_weights(stage.layout, settings, matrix if standardised else covariance)
    standard = weights.values if standardised else weights.values * deviation
    return _Run(stage, weights, standard, covariance, matrix, deviation, rows)


def _compose(plan: Plan, run: _Run) -> list[Floats]:
    """Raw item weights of each construct of a stage (items x batch); products left at nil."""
    found, made = [], iter(run.rows)
    raw = run.standard / run.deviation
    for block in run.stage.layout.blocks:
        weights = np.zeros((plan.item_count, raw.shape[1]))
        for column in range(block.start, block.stop):
            base = run.stage.base[column]
            if base >= 0:
                weights[base] += raw[column]
            else:
                weights += raw[column] * next(made)[: plan.item_count]
        found.append(weights)
    return found


def _gather(plan: Plan, values: list[Floats]) -> Floats:
    """Numbers by column of the stages, as they are shown."""
    if len(values) == 1:
        return values[0]
    return np.array([values[stage][column] for stage, column in plan.origin])


def _in_units_of_products(solution: Solution) -> Solution:
    """Effects of products per unit of the product, not of its standard deviation.

    Where the product has several items their deviations are averaged by loading.
    """
    loadings, structure = solution.loadings.copy(), solution.structure
    coefficients, total = structure.coefficients.copy(), structure.total.copy()
    for k in solution.plan.products:
        block = solution.layout.blocks[k]
        share = np.abs(loadings[block])
        unit = (share * solution.deviation[block]).sum(axis=0) / share.sum(axis=0)
        loadings[block] *= unit
        coefficients[k] /= unit
        total[k] /= unit
    structure = replace(structure, coefficients=coefficients, total=total)
    return replace(solution, loadings=loadings, structure=structure)


def _outcomes(runs: list[_Run], structure: Structure, measured: Measured) -> Integers:
    regular = structure.regular.copy()
    converged = np.ones(len(regular), dtype=bool)
    for run in runs:
        regular &= run.weights.regular
        converged &= run.weights.converged
    outcome = np.full(len(converged), int(Outcome.SOUND), dtype=np.int64)
    outcome[~measured.admissible] = Outcome.INADMISSIBLE
    outcome[~regular] = Outcome.SINGULAR
    outcome[~converged & regular] = Outcome.NOT_CONVERGED
    return outcome
