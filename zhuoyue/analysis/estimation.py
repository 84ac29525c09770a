"""Estimate a model: answers in, named numbers and cautions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import Answers
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import kind_of, settled
from zhuoyue.analysis.moments import correlations
from zhuoyue.analysis.naming import name_results
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.prepared import duplicated_items, prepare
from zhuoyue.analysis.prepared_stored import prepare_stored
from zhuoyue.analysis.settings import Missing, Scale, Settings
from zhuoyue.analysis.solution import Outcome, Solution, solve_model
from zhuoyue.analysis.stored import StoredAnswers
from zhuoyue.analysis.workers import cores

if TYPE_CHECKING:
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Stage
    from zhuoyue.analysis.prepared import Ready
    from zhuoyue.analysis.results import Estimate
    from zhuoyue.analysis.spec import Model
    from zhuoyue.analysis.weights import Weights


def estimate(
    model: Model,
    answers: Answers | StoredAnswers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
) -> Estimate:
    """Weights, loadings, paths, quality, indices and the map of one model on one set of answers.

    `scale` is the questionnaire's; without it the lowest and highest answer serve, with a caution.
    Raises AnalysisError where the model and the answers do not fit or cannot be estimated.
    """
    settings = settled(model, settings)
    return estimate_prepared(model, ready(model, answers, settings, scale), settings)


def ready(
    model: Model,
    answers: Answers | StoredAnswers,
    settings: Settings,
    scale: Scale | None,
    *,
    seed: int = 1,
    threads: int | None = None,
) -> Ready:
    """Answers made ready, wherever they are; the seed deals many rows out to blocks."""
    scale = None if scale is None else Scale.of(scale)
    if not isinstance(answers, Answers | StoredAnswers):
        raise AnalysisError("answers_form", found=kind_of(answers))
    if not isinstance(answers, StoredAnswers):
        return prepare(model, answers, settings.missing, scale)
    threads = cores() if threads is None else threads
    return prepare_stored(model, answers, settings.missing, scale, seed=seed, threads=threads)


def estimate_prepared(model: Model, prepared: Ready, settings: Settings) -> Estimate:
    """The same for answers already prepared: the bootstrap prepares them once for both."""
    plan = compile_plan(model)
    moments = prepared.moments(plan)
    if settings.missing is Missing.PAIRWISE:
        _refuse_uncovered(model, moments.covariance[:, :, 0])
    _refuse_narrow(model, moments)
    with np.errstate(divide="ignore", invalid="ignore"):  # what comes of it is refused
        solution = solve_model(plan, settings, moments, with_vif=True)
    items = _item_correlations(solution)
    _refuse_singular(solution, items)
    notes = [*prepared.cautions, *duplicated_items(prepared, items)]
    if settings.missing is Missing.PAIRWISE:
        notes += _indefinite(items)
    return name_results(solution, settings, prepared.n, prepared.scale, notes)


def _item_correlations(solution: Solution) -> np.ndarray:
    """Of the model's items in their order; mostly they are its columns."""
    plan = solution.plan
    if plan.columns_are_items:
        return solution.correlation[:, :, 0]
    return correlations(solution.moments)[0][: plan.item_count, : plan.item_count, 0]


def _refuse_uncovered(model: Model, covariance: np.ndarray) -> None:
    """Pairs of items that nobody answered both of have no covariance."""
    unknown = np.argwhere(~np.isfinite(covariance))
    if len(unknown):
        first, second = (model.items[int(k)] for k in unknown[0])
        raise AnalysisError("pair_unanswered", first=first, second=second)


def _refuse_narrow(model: Model, moments: Moments) -> None:
    """Answers that differ by so little that their variance is lost in rounding."""
    lost = np.flatnonzero(~(moments.variance[: len(model.items), 0] > 0))
    if len(lost):
        place = int(lost[0])
        value = float(moments.mean[place, 0])
        raise AnalysisError("item_constant", item=model.items[place], value=value)


def _refuse_cancelled(stage: Stage, weights: Weights, items: np.ndarray) -> None:
    """Scores without variance: the items of a construct take each other's part away."""
    lost = ~np.isfinite(weights.values[:, 0])
    if not lost.any():
        return
    owner = stage.layout.owner
    for k, block in enumerate(stage.layout.blocks):
        base = stage.base[block]
        if (base >= 0).all() and items[np.ix_(base, base)].sum() < 1e-9:
            raise AnalysisError("score_constant", construct=stage.names[k])
    raise AnalysisError("score_constant", construct=stage.names[int(owner[lost][0])])


def _indefinite(correlation: np.ndarray) -> list[Caution]:
    lowest = float(np.linalg.eigvalsh(correlation)[0])
    return [caution("moments_not_definite", lowest=lowest)] if lowest < -1e-10 else []


def _refuse_singular(solution: Solution, items: np.ndarray) -> None:
    plan = solution.plan
    if solution.outcome[0] == Outcome.INADMISSIBLE and solution.reliability is not None:
        bad = np.flatnonzero(~(solution.reliability[:, 0] > 0))  # or there is none
        raise AnalysisError("reliability_inadmissible", construct=plan.names[int(bad[0])])
    if solution.outcome[0] == Outcome.SOUND:
        return
    for stage, run in zip(plan.stages, solution.runs, strict=True):
        block = int(run.singular_block[0])
        if block >= 0:
            construct = plan.model.construct(stage.names[block])
            raise AnalysisError(
                "block_singular", construct=construct.name, items=", ".join(construct.items)
            )
        _refuse_cancelled(stage, run, items)
        place = int(run.singular_predictors[0])
        if place >= 0:
            _singular_predictors(
                stage.names[place],
                [stage.names[k] for k in stage.layout.predictors[place].tolist()],
            )
    if solution.outcome[0] != Outcome.SINGULAR:
        return
    place = int(solution.structure.singular_predictors[0])
    predictors = [plan.names[k] for k in plan.layout.predictors[place].tolist()]
    if solution.as_scored.regular[0]:  # the scores themselves are not to blame
        names = ", ".join(predictors)
        raise AnalysisError(
            "correlations_inadmissible", construct=plan.names[place], predictors=names
        )
    _singular_predictors(plan.names[place], predictors)


def _singular_predictors(name: str, predictors: list[str]) -> None:
    raise AnalysisError("predictors_singular", construct=name, predictors=", ".join(predictors))
