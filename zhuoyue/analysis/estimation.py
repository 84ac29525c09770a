"""Estimate a model: answers in, named numbers and cautions out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import prepare
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.layout import compile_layout
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.moments import moments_of
from zhuoyue.analysis.performance import (
    construct_indices,
    index_deviations,
    index_weights,
    unstandardised_effects,
)
from zhuoyue.analysis.quality import heterotrait_monotrait, item_vif, reliability
from zhuoyue.analysis.results import ConstructQuality, Effect, Estimate, MapPoint
from zhuoyue.analysis.review import review_estimate
from zhuoyue.analysis.solution import Outcome, Solution, solve_model
from zhuoyue.analysis.spec import Settings
from zhuoyue.analysis.structure import adjusted_r2

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhuoyue.analysis.answers import Answers, Prepared
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.layout import Layout
    from zhuoyue.analysis.results import ByConstruct, ByItem
    from zhuoyue.analysis.spec import Model, Scale


def estimate(
    model: Model,
    answers: Answers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
) -> Estimate:
    """Weights, loadings, paths, quality, indices and the map of one model on one set of answers.

    `scale` is the questionnaire's; without it the lowest and highest answer serve, with a caution.
    """
    settings = settings or Settings()
    return estimate_prepared(model, prepare(model, answers, settings.missing, scale), settings)


def estimate_prepared(model: Model, prepared: Prepared, settings: Settings) -> Estimate:
    """The same for answers already prepared: the bootstrap prepares them once for both."""
    layout = compile_layout(model)
    solution = solve_model(layout, settings, moments_of(prepared.values), with_vif=True)
    _refuse_singular(model, solution)
    found = _name_results(model, layout, settings, prepared, solution)
    notes = review_estimate(found, float(solution.weights.change[0]))
    return replace(found, cautions=(*prepared.cautions, *notes))


def _refuse_singular(model: Model, solution: Solution) -> None:
    if solution.outcome[0] != Outcome.SINGULAR:
        return
    block = int(solution.weights.singular_block[0])
    if block >= 0:
        construct = model.constructs[block]
        raise AnalysisError(
            "block_singular", construct=construct.name, items=", ".join(construct.items)
        )
    place = max(
        int(solution.weights.singular_predictors[0]),
        int(solution.structure.singular_predictors[0]),
    )
    name = model.names[place]
    raise AnalysisError(
        "predictors_singular", construct=name, predictors=", ".join(model.predictors(name))
    )


def _name_results(
    model: Model, layout: Layout, settings: Settings, prepared: Prepared, solution: Solution
) -> Estimate:
    """Put names to the positions of a batch of one."""
    structure, names = solution.structure, model.names
    direct, total = structure.coefficients[:, :, 0], structure.total[:, :, 0]
    r2, r2_adjusted = _explained(model, solution, prepared.n)
    vif = item_vif(layout, solution.correlation)[:, 0]
    quality = _quality(model, layout, solution)
    indices = construct_indices(layout, solution, prepared.scale)[:, 0]
    ratios = heterotrait_monotrait(layout, solution.correlation)[:, :, 0]
    scores = solution.scores[:, :, 0]
    return Estimate(
        model=model,
        settings=settings,
        n=prepared.n,
        paths=_effects(model, zip(layout.sources, layout.targets, strict=True), direct),
        total_effects=_effects(model, layout.reached, total),
        indirect_effects=_effects(model, layout.indirect, total - direct),
        weights=by_item(model, solution.weights.values[:, 0]),
        loadings=by_item(model, solution.loadings[:, 0]),
        cross_loadings=_table(model.items, names, solution.cross_loadings[:, :, 0]),
        r2=r2,
        r2_adjusted=r2_adjusted,
        reliability=quality,
        htmt=_lower(names, ratios),
        fornell_larcker=_fornell_larcker(names, scores, quality),
        vif_predictors=_predictor_vif(model, structure.vif[:, :, 0]),
        vif_items=by_item(model, vif),
        score_correlations=_table(names, names, scores),
        item_means=_named(model.items, solution.moments.mean[:, 0]),
        item_deviations=_named(model.items, solution.deviation[:, 0]),
        scale=prepared.scale,
        index=_named(names, indices),
        index_weights=by_item(model, index_weights(layout, solution)[:, 0]),
        importance_performance=_map(model, layout, solution, prepared.scale, indices),
        iterations=int(solution.weights.iterations[0]),
        converged=bool(solution.weights.converged[0]),
        cautions=(),
    )


def by_item(model: Model, values: Floats) -> ByItem:
    """construct -> item -> number, from numbers in the model's order of items."""
    number = iter(values.tolist())
    return frozen(
        {
            construct.name: frozen({item: next(number) for item in construct.items})
            for construct in model.constructs
        }
    )


def _named(names: Sequence[str], values: Floats) -> ByConstruct:
    return frozen(dict(zip(names, values.tolist(), strict=True)))


def _table(rows: Sequence[str], columns: Sequence[str], values: Floats) -> ByItem:
    return frozen({row: _named(columns, line) for row, line in zip(rows, values, strict=True)})


def _lower(names: Sequence[str], values: Floats) -> ByItem:
    """Row -> earlier names: each pair once."""
    return frozen({row: _named(names[:i], values[i, :i]) for i, row in enumerate(names) if i})


def _effects(model: Model, pairs: Iterable[tuple[int, int]], matrix: Floats) -> tuple[Effect, ...]:
    return tuple(Effect(model.names[s], model.names[t], float(matrix[s, t])) for s, t in pairs)


def _explained(model: Model, solution: Solution, n: int) -> tuple[ByConstruct, ByConstruct]:
    r2 = solution.structure.r2
    counts = np.array([len(model.predictors(name)) for name in model.names], dtype=np.int64)
    adjusted = adjusted_r2(r2, n, counts)
    both = [_named(model.names, values[:, 0]) for values in (r2, adjusted)]
    first, second = (frozen({name: named[name] for name in model.endogenous}) for named in both)
    return first, second


def _quality(model: Model, layout: Layout, solution: Solution) -> Mapping[str, ConstructQuality]:
    found = reliability(layout, solution)
    return frozen(
        {
            name: ConstructQuality(
                alpha=float(found.alpha[k, 0]),
                alpha_standardised=float(found.alpha_standardised[k, 0]),
                rho_a=float(found.rho_a[k, 0]),
                rho_c=float(found.rho_c[k, 0]),
                ave=float(found.ave[k, 0]),
            )
            for k, name in enumerate(model.names)
        }
    )


def _fornell_larcker(
    names: Sequence[str], scores: Floats, quality: Mapping[str, ConstructQuality]
) -> ByItem:
    """Root of the AVE on the diagonal, correlations of scores below it."""
    matrix = scores.copy()
    np.fill_diagonal(matrix, [quality[name].ave ** 0.5 for name in names])
    return frozen({row: _named(names[: i + 1], matrix[i, : i + 1]) for i, row in enumerate(names)})


def _predictor_vif(model: Model, vif: Floats) -> ByItem:
    position = {name: k for k, name in enumerate(model.names)}
    return frozen(
        {
            target: frozen(
                {
                    source: float(vif[position[source], position[target]])
                    for source in model.predictors(target)
                }
            )
            for target in model.endogenous
            if len(model.predictors(target)) > 1
        }
    )


def _map(
    model: Model, layout: Layout, solution: Solution, scale: Scale, indices: Floats
) -> Mapping[str, Mapping[str, MapPoint]]:
    """For every target, the constructs that reach it: total effect against index."""
    total = solution.structure.total
    raw = unstandardised_effects(total, index_deviations(layout, solution, scale))
    points: dict[str, dict[str, MapPoint]] = {name: {} for name in model.endogenous}
    for s, t in layout.reached:
        points[model.names[t]][model.names[s]] = MapPoint(
            importance=float(total[s, t, 0]),
            performance=float(indices[s]),
            importance_unstandardised=float(raw[s, t, 0]),
        )
    return frozen({target: frozen(found) for target, found in points.items()})
