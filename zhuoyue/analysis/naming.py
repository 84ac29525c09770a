"""Put names to the positions of a solved sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.fit import equations, feldt_interval, goodness, implied_residual
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.performance import (
    composites,
    construct_indices,
    index_deviations,
    index_weights,
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
        vif_items=by_item(plan, item_vif(layout, solution.correlation)[:, 0]),
        item_total=by_item(plan, item_total(layout, solution.correlation)[:, 0]),
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
                name: _named([model.items[i] for i in each.items], index_weights(each)[:, 0])
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
    return frozen({row: _named(columns, line) for row, line in zip(rows, values, strict=True)})


def _cross_loadings(plan: Plan, values: Floats) -> ByItem:
    """Columns -> constructs; a repeated item is shown once, with its first construct."""
    found: dict[str, ByConstruct] = {}
    names = [item for construct in plan.model.shown for item in construct.items]
    for name, line in zip(names, values, strict=True):
        found.setdefault(name, _named(plan.names, line))
    return frozen(found)


def _lower(names: Sequence[str], values: Floats) -> ByItem:
    """Row -> earlier names: each pair once."""
    return frozen({row: _named(names[:i], values[i, :i]) for i, row in enumerate(names) if i})


def _effects(
    names: Sequence[str], pairs: Iterable[tuple[int, int]], matrix: Floats
) -> tuple[Effect, ...]:
    return tuple(Effect(names[s], names[t], float(matrix[s, t])) for s, t in pairs)


def _endogenous(plan: Plan, values: Floats) -> ByConstruct:
    return frozen({plan.names[k]: float(values[k]) for k in plan.layout.endogenous})


def _by_path(plan: Plan, matrix: Floats, wanted: object) -> ByItem:
    """target -> predictor -> number, for the targets wanted."""
    assert callable(wanted)
    return frozen(
        {
            plan.names[target]: frozen(
                {
                    plan.names[source]: float(matrix[source, target])
                    for source in plan.layout.predictors[target].tolist()
                }
            )
            for target in plan.layout.endogenous
            if wanted(target)
        }
    )


def _quality(plan: Plan, found: Reliability, n: int) -> Mapping[str, ConstructQuality]:
    result = {}
    for k, construct in enumerate(plan.model.shown):
        alpha, items = float(found.alpha[k, 0]), len(construct.items)
        low, high = feldt_interval(alpha, n, items) if items > 1 else (None, None)
        result[construct.name] = ConstructQuality(
            alpha=alpha,
            alpha_standardised=float(found.alpha_standardised[k, 0]),
            rho_a=float(found.rho_a[k, 0]),
            rho_c=float(found.rho_c[k, 0]),
            ave=float(found.ave[k, 0]),
            alpha_low=low,
            alpha_high=high,
        )
    return frozen(result)


def _fornell_larcker(names: Sequence[str], scores: Floats, ave: Floats) -> ByItem:
    """Root of the AVE on the diagonal, correlations of scores below it."""
    matrix = scores.copy()
    np.fill_diagonal(matrix, np.sqrt(ave))
    return frozen({row: _named(names[: i + 1], matrix[i, : i + 1]) for i, row in enumerate(names)})


def _map(
    solution: Solution, deviations: Floats, indices: Mapping[str, float]
) -> Mapping[str, Mapping[str, MapPoint]]:
    """For every target, the constructs with an index that reach it: total effect against index."""
    names, layout = solution.plan.names, solution.layout
    total = solution.structure.total[:, :, 0]
    raw = unstandardised_effects(total[:, :, None], deviations[:, None])[:, :, 0]
    points: dict[str, dict[str, MapPoint]] = {names[k]: {} for k in layout.endogenous}
    for s, t in layout.reached:
        if names[s] in indices:
            points[names[t]][names[s]] = MapPoint(
                importance=float(total[s, t]),
                performance=float(indices[names[s]]),
                importance_unstandardised=float(raw[s, t]),
            )
    return frozen({target: frozen(found) for target, found in points.items()})
