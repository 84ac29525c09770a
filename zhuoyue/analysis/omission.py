"""Effect sizes by leaving a path out and estimating the whole model again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.estimation import estimate
from zhuoyue.analysis.forms import settled
from zhuoyue.analysis.mappings import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.settings import Scale, Settings
    from zhuoyue.analysis.spec import Model, Path


def effect_sizes_by_omission(
    model: Model,
    answers: Answers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
) -> Mapping[str, Mapping[str, float | None]]:
    """target -> predictor -> (R2 with - R2 without the path) / (1 - R2 with it).

    Unlike `Estimate.f2`, which keeps the scores (Cohen 1988; R cSEM), weights are found anew
    without the path, as R seminr's fSquare does. Nothing where the model cannot do without it.
    """
    settings = settled(model, settings)
    whole = estimate(model, answers, settings, scale=scale)
    found: dict[str, dict[str, float | None]] = {name: {} for name in whole.r2}
    for path in model.paths:
        with_it, without = whole.r2[path.target], 0.0
        if len(model.predictors(path.target)) > 1:
            try:
                less = estimate(_without(model, path), answers, settings, scale=scale)
            except AnalysisError:  # a product without one of its ends, say
                found[path.target][path.source] = None
                continue
            without = less.r2[path.target]
        found[path.target][path.source] = (with_it - without) / (1.0 - with_it)
    return frozen({target: frozen(row) for target, row in found.items()})


def _without(model: Model, path: Path) -> Model:
    """The model without a path, and without what then hangs in the air."""
    rest = tuple(each for each in model.paths if each != path)
    joined = {end for each in rest for end in (each.source, each.target)}
    joined |= {part for each in model.higher_order if each.name in joined for part in each.parts}
    return replace(
        model,
        paths=rest,
        constructs=tuple(each for each in model.constructs if each.name in joined),
        higher_order=tuple(each for each in model.higher_order if each.name in joined),
        interactions=tuple(each for each in model.interactions if each.name in joined),
    )
