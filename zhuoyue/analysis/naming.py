"""Put names to the positions of a solved sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.fit import equations, feldt_intervals, goodness, implied_residual
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.performance import (
    composites,
    construct_indices,
    index_deviations,
    unstandardised_effects,
)
from zhuoyue.analysis.quality import (
    geometric_ratio,
    heterotrait_monotrait,
    item_total,
    item_vif,
    reliability,
)
from zhuoyue.analysis.results import ConstructQuality, Effect, Estimate, MapPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.quality import Reliability
    from zhuoyue.analysis.results import ByConstruct, ByItem
    from zhuoyue.analysis.settings import Scale, Settings
    from zhuoyue.analysis.solution import Solution


def name_results(solution: Solution, settings: Settings, n: int, scale: Scale) -> Estimate:
    """The record of a batch of one."""
    plan, layout, structure = solution.plan, solution.layout, solution.structure
    model, names = plan.model, plan.names
    direct, total = structure.coefficients[:, :, 0], structure.total[:, :, 0]
    by_equation = equations(solution, n)
    measured = [names[k] for k in plan.measured]
    made = composites(solution)
    indices = construct_indices(solution, scale, made)[:, 0]
    shares = iter(made.shares[:, 0].tolist())
    found = reliability(solution)
    squared = layout.sizes > 1
    return Estimate(
        model=model,
        settings=settings,
        n=n,
        paths=_effects(names, zip(layout.sources, layout.targets, strict=True), direct),
        total_effects=_effects(names, layout.reached, total),
        indirect_effects=_effects(names, layout.indirect, total - direct),
        weights=by_item(plan, solution.weights[:, 0]),
        loadings=by_item(plan, solution.loadings[:, 0]),
        cross_loadings=_cross_loadings(plan, solution.cross_loadings[:, :, 0]),
        r2=_endogenous(plan, structure.r2[:, 0]),
        r2_adjusted=_endogenous(plan, by_equation.r2_adjusted),
        f2=_by_path(plan, by_equation.f2, lambda k: len(layout.predictors[k]) > 0),
        aic=_endogenous(plan, by_equation.aic),
        bic=_endogenous(plan, by_equation.bic),
        reliability=_quality(plan, found, n),
        htmt=_lower(names, heterotrait_monotrait(layout, solution.correlation)[:, :, 0]),
        htmt2=_lower(names, geometric_ratio(layout, solution.correlation)[:, :, 0]),
        fornell_larcker=_fornell_larcker(names, solution.scores[:, :, 0], found.ave[:, 0]),
        vif_predictors=_by_path(
            plan, solution.as_scored.vif[:, :, 0], lambda k: len(layout.predictors[k]) > 1
        ),
        vif_items=by_item(plan, item_vif(layout, solution.correlation[:, :, 0])),
        item_total=by_item(plan, item_total(layout, solution.correlation[:, :, 0])),
        srmr=implied_residual(solution),
        gof=goodness(solution, squared),
        score_correlations=_table(names, names, solution.scores[:, :, 0]),
        item_means=_named(model.items, solution.moments.mean[: plan.item_count, 0]),
        item_deviations=_named(
            model.items, np.sqrt(solution.moments.variance[: plan.item_count, 0])
        ),
        scale=scale,
        index=_named(measured, indices),
        index_weights=frozen(
            {
                name: frozen({model.items[i]: next(shares) for i in each.items.tolist()})
                for name, each in zip(measured, made, strict=True)
            }
        ),
        importance_performance=_map(
            solution,
            index_deviations(solution, scale, made)[:, 0],
            dict(zip(measured, indices.tolist(), strict=True)),
        ),
        iterations=int(solution.runs[-1].iterations[0]),
        converged=all(bool(run.converged[0]) for run in solution.runs),
        cautions=(),
    )


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
    solution: Solution, deviations: Floats, indices: Mapping[str, float]
) -> Mapping[str, Mapping[str, MapPoint]]:
    """For every target, the constructs with an index that reach it: total effect against index."""
    names, layout = solution.plan.names, solution.layout
    effects = solution.structure.total
    total = effects[:, :, 0].tolist()
    raw = unstandardised_effects(effects, deviations[:, None])[:, :, 0].tolist()
    points: dict[str, dict[str, MapPoint]] = {names[k]: {} for k in layout.endogenous}
    for s, t in layout.reached:
        if names[s] in indices:
            points[names[t]][names[s]] = MapPoint(
                importance=total[s][t],
                performance=indices[names[s]],
                importance_unstandardised=raw[s][t],
            )
    return frozen({target: frozen(found) for target, found in points.items()})
