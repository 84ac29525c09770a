"""Put names to the positions of a solved sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from zhuoyue.analysis.checks import Checks
from zhuoyue.analysis.fit import equations, feldt_intervals, goodness, implied_residual
from zhuoyue.analysis.mappings import frozen, late
from zhuoyue.analysis.performance import (
    composites,
    construct_indices,
    index_deviations,
    unstandardised_effects,
)
from zhuoyue.analysis.quality import geometric_ratio, item_total, item_vif
from zhuoyue.analysis.results import ConstructQuality, Effect, Estimate, MapPoint
from zhuoyue.analysis.review import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.performance import Composites
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.quality import Reliability
    from zhuoyue.analysis.results import ByConstruct, ByItem
    from zhuoyue.analysis.settings import Scale, Settings
    from zhuoyue.analysis.solution import Solution


def name_results(
    solution: Solution, settings: Settings, n: int, scale: Scale, early: Sequence[Caution]
) -> Estimate:
    """The record of a batch of one; tables that not every reader wants are made when looked at.

    `early`: cautions about the answers, which come before those about the estimate.
    """
    plan, layout, structure = solution.plan, solution.layout, solution.structure
    checks = Checks(solution)
    direct = zip(layout.sources.tolist(), layout.targets.tolist(), strict=True)
    return Estimate(
        model=plan.model,
        settings=settings,
        n=n,
        paths=_effects(plan.names, direct, structure.coefficients[:, :, 0]),
        chains=late(lambda: _chains(solution)),
        r2=_endogenous(plan, structure.r2[:, 0]),
        reliability=late(lambda: _quality(plan, checks.reliability, n)),
        overall_fit=late(
            lambda: {
                "srmr": implied_residual(solution),
                "gof": goodness(solution, layout.sizes > 1),
            }
        ),
        scale=scale,
        iterations=int(solution.runs[-1].iterations[0]),
        converged=all(bool(run.converged[0]) for run in solution.runs),
        verdict=Verdict(early, checks),
        **_equations(solution, n),
        **_about_items(solution),
        **_about_scores(solution, checks),
        **_about_indices(solution, scale),
    )


def _chains(solution: Solution) -> Mapping[str, tuple[Effect, ...]]:
    names, layout, structure = solution.plan.names, solution.layout, solution.structure
    direct, total = structure.coefficients[:, :, 0], structure.total[:, :, 0]
    return {
        "total": _effects(names, layout.reached, total),
        "indirect": _effects(names, layout.indirect, total - direct),
    }


class _Equations(TypedDict):
    r2_adjusted: ByConstruct
    f2: ByItem
    aic: ByConstruct
    bic: ByConstruct
    vif_predictors: ByItem


def _equations(solution: Solution, n: int) -> _Equations:
    """Tables of the inner model's regressions."""
    plan, predictors = solution.plan, solution.layout.predictors
    return {
        "r2_adjusted": late(lambda: _endogenous(plan, equations(solution, n).r2_adjusted)),
        "f2": late(
            lambda: _by_path(plan, equations(solution, n).f2, lambda k: len(predictors[k]) > 0)
        ),
        "aic": late(lambda: _endogenous(plan, equations(solution, n).aic)),
        "bic": late(lambda: _endogenous(plan, equations(solution, n).bic)),
        "vif_predictors": late(
            lambda: _by_path(
                plan, solution.as_scored.vif[:, :, 0], lambda k: len(predictors[k]) > 1
            )
        ),
    }


class _AboutItems(TypedDict):
    weights: ByItem
    loadings: ByItem
    cross_loadings: ByItem
    vif_items: ByItem
    item_total: ByItem
    item_total_standardised: ByItem
    item_means: ByConstruct
    item_deviations: ByConstruct


def _about_items(solution: Solution) -> _AboutItems:
    """Tables with a row for every item."""
    plan, layout = solution.plan, solution.layout
    items, correlation = plan.model.items, solution.correlation[:, :, 0]
    covariance = solution.covariance[:, :, 0]
    mean = solution.moments.mean[: plan.item_count, 0]
    variance = solution.moments.variance[: plan.item_count, 0]
    return {
        "weights": late(lambda: by_item(plan, solution.weights[:, 0])),
        "loadings": late(lambda: by_item(plan, solution.loadings[:, 0])),
        "cross_loadings": late(lambda: _cross_loadings(plan, solution.cross_loadings[:, :, 0])),
        "vif_items": late(lambda: by_item(plan, item_vif(layout, correlation))),
        "item_total": late(lambda: by_item(plan, item_total(layout, covariance))),
        "item_total_standardised": late(lambda: by_item(plan, item_total(layout, correlation))),
        "item_means": late(lambda: _named(items, mean)),
        "item_deviations": late(lambda: _named(items, np.sqrt(variance))),
    }


class _AboutScores(TypedDict):
    htmt: ByItem
    htmt2: ByItem
    fornell_larcker: ByItem
    score_correlations: ByItem


def _about_scores(solution: Solution, checks: Checks) -> _AboutScores:
    """Tables with a row and a column for every construct."""
    names, scores = solution.plan.names, solution.scores[:, :, 0]
    return {
        "htmt": late(lambda: _lower(names, checks.htmt)),
        "htmt2": late(
            lambda: _lower(names, geometric_ratio(solution.layout, solution.correlation)[:, :, 0])
        ),
        "fornell_larcker": late(
            lambda: _fornell_larcker(names, scores, checks.reliability.ave[:, 0])
        ),
        "score_correlations": late(lambda: _table(names, names, scores)),
    }


class _AboutIndices(TypedDict):
    index: ByConstruct
    index_weights: ByItem
    importance_performance: Mapping[str, Mapping[str, MapPoint]]


def _about_indices(solution: Solution, scale: Scale) -> _AboutIndices:
    """The indices, what they are made of, and the map."""
    plan = solution.plan
    index = late(lambda: _indices(solution, scale))
    return {
        "index": index,
        "index_weights": late(lambda: _shares(plan, composites(solution))),
        "importance_performance": late(lambda: _map(solution, scale, index)),
    }


def _indices(solution: Solution, scale: Scale) -> ByConstruct:
    names = [solution.plan.names[k] for k in solution.plan.measured]
    return _named(names, construct_indices(solution, scale, composites(solution))[:, 0])


def by_item(plan: Plan, values: Floats) -> ByItem:
    """construct -> item -> number, from numbers in the order of the plan's columns."""
    number = iter(values.tolist())
    return frozen(
        {
            construct.name: frozen({item: next(number) for item in construct.items})
            for construct in plan.model.shown
        }
    )


def _named(names: Sequence[str], values: Floats) -> ByConstruct:
    return frozen(dict(zip(names, values.tolist(), strict=True)))


def _table(rows: Sequence[str], columns: Sequence[str], values: Floats) -> ByItem:
    return frozen(
        {
            row: frozen(dict(zip(columns, line, strict=True)))
            for row, line in zip(rows, values.tolist(), strict=True)
        }
    )


def _shares(plan: Plan, made: Composites) -> ByItem:
    """construct -> item -> its part in the construct's index."""
    items, share = plan.model.items, iter(made.shares[:, 0].tolist())
    return frozen(
        {
            plan.names[k]: frozen({items[i]: next(share) for i in each.items.tolist()})
            for k, each in zip(plan.measured, made, strict=True)
        }
    )


def _cross_loadings(plan: Plan, values: Floats) -> ByItem:
    """Columns -> constructs; a repeated item is shown once, with its first construct."""
    found: dict[str, ByConstruct] = {}
    names = [item for construct in plan.model.shown for item in construct.items]
    for name, line in zip(names, values.tolist(), strict=True):
        if name not in found:
            found[name] = frozen(dict(zip(plan.names, line, strict=True)))
    return frozen(found)


def _lower(names: Sequence[str], values: Floats) -> ByItem:
    """Row -> earlier names: each pair once."""
    return _staircase(names, values, 0)


def _staircase(names: Sequence[str], values: Floats, own: int) -> ByItem:
    """Each name with those before it and, where `own` is one, itself; nothing with none."""
    return frozen(
        {
            row: frozen(dict(zip(names[: i + own], line, strict=False)))
            for i, (row, line) in enumerate(zip(names, values.tolist(), strict=True))
            if i + own
        }
    )


def _effects(
    names: Sequence[str], pairs: Iterable[tuple[int, int]], matrix: Floats
) -> tuple[Effect, ...]:
    numbers = matrix.tolist()
    return tuple(Effect(names[s], names[t], numbers[s][t]) for s, t in pairs)


def _endogenous(plan: Plan, values: Floats) -> ByConstruct:
    numbers = values.tolist()
    return frozen({plan.names[k]: numbers[k] for k in plan.layout.endogenous})


def _by_path(plan: Plan, matrix: Floats, wanted: object) -> ByItem:
    """target -> predictor -> number, for the targets wanted."""
    assert callable(wanted)
    numbers = matrix.tolist()
    return frozen(
        {
            plan.names[target]: frozen(
                {
                    plan.names[source]: numbers[source][target]
                    for source in plan.layout.predictors[target].tolist()
                }
            )
            for target in plan.layout.endogenous
            if wanted(target)
        }
    )


def _quality(plan: Plan, found: Reliability, n: int) -> Mapping[str, ConstructQuality]:
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = feldt_intervals(found.alpha[:, 0], n, np.maximum(plan.layout.sizes, 2))
    columns = [each[:, 0] for each in _coefficients(found)]
    rows = zip(*(column.tolist() for column in (*columns, low, high)), strict=True)
    result = {}
    for construct, (*numbers, lowest, highest) in zip(plan.model.shown, rows, strict=True):
        several = len(construct.items) > 1
        limits = (lowest, highest) if several else (None, None)
        result[construct.name] = ConstructQuality(*numbers, *limits)
    return frozen(result)


def _coefficients(found: Reliability) -> tuple[Floats, ...]:
    """In the order of `ConstructQuality`."""
    return found.alpha, found.alpha_standardised, found.rho_a, found.rho_c, found.ave


def _fornell_larcker(names: Sequence[str], scores: Floats, ave: Floats) -> ByItem:
    """Root of the AVE on the diagonal, correlations of scores below it."""
    matrix = scores.copy()
    np.fill_diagonal(matrix, np.sqrt(ave))
    return _staircase(names, matrix, 1)


def _map(
    solution: Solution, scale: Scale, indices: Mapping[str, float]
) -> Mapping[str, Mapping[str, MapPoint]]:
    """For every target, the constructs with an index that reach it: total effect against index."""
    names, layout = solution.plan.names, solution.layout
    deviations = index_deviations(solution, scale, composites(solution))
    effects = solution.structure.total
    total = effects[:, :, 0].tolist()
    raw = unstandardised_effects(effects, deviations)[:, :, 0].tolist()
    points: dict[str, dict[str, MapPoint]] = {names[k]: {} for k in layout.endogenous}
    for s, t in layout.reached:
        if names[s] in indices:
            points[names[t]][names[s]] = MapPoint(
                importance=total[s][t],
                performance=indices[names[s]],
                importance_unstandardised=raw[s][t],
            )
    return frozen({target: frozen(found) for target, found in points.items()})
