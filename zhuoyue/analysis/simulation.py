"""Survey answers made from known effects: to test the estimators, and to demonstrate.

Two kinds of world can be made. In a *composite* one every construct is a weighted sum of its
items, which is what partial least squares estimates: the effects put in are its exact target.
In a *factor* one every item is a construct plus noise; there partial least squares finds smaller
effects, by the unreliability of its scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import Answers
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_model
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.settings import Scale, choice, whole

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.results import ByItem
    from zhuoyue.analysis.spec import Model

type Pair = tuple[str, str]


class World(StrEnum):
    """How constructs and items hang together in the made-up population."""

    COMPOSITE = "composite"
    FACTOR = "factor"


@dataclass(frozen=True, eq=False)
class Simulation:
    """The answers made, and the truth they were made from."""

    answers: Answers
    paths: Mapping[Pair, float]
    total_effects: Mapping[Pair, float]
    loadings: ByItem  # correlation of each item with its construct, before rounding
    world: World
    seed: int


def simulate(
    model: Model,
    paths: Mapping[Pair, float],
    loadings: Mapping[str, float] | float,
    *,
    n: int,
    seed: int,
    scale: Scale | None = None,
    means: Mapping[str, float] | None = None,
    deviation: float | None = None,
    correlations: Mapping[Pair, float] | None = None,
    world: World = World.COMPOSITE,
) -> Simulation:
    """Answers of n respondents to a model with true paths and loadings.

    With a `scale` answers are rounded to its whole points; `means` (by item or by construct;
    else 60 % up the scale) and `deviation` (else a fifth of the scale) place them on it. Without
    a scale answers are standard normal. `correlations` join constructs that nothing leads to.
    In a composite world `loadings` (by item, or one for all) shape the blocks, and the exact ones
    are in the result.
    """
    world = choice(World, world, "world")
    whole(n, "n", 1)
    whole(seed, "seed", 0)
    check_model(model)
    if not isinstance(loadings, Mapping):
        loadings = dict.fromkeys(model.items, loadings)
    structure = _structure(model, paths, correlations or {})
    blocks = _blocks(model, loadings, world)
    covariance = _item_covariance(model, structure, blocks)
    stream = np.random.default_rng([seed, 0])
    root = np.linalg.cholesky(covariance + 1e-12 * np.eye(len(covariance)))
    values = stream.standard_normal((n, len(covariance))) @ root.T
    if scale is not None:
        values = _on_scale(model, values, scale, means or {}, deviation)
    total = _total_effects(model, paths)
    return Simulation(
        Answers(model.items, values),
        frozen(dict(paths)),
        frozen(total),
        frozen(
            {
                each.name: frozen(dict(zip(each.items, block.loadings.tolist(), strict=True)))
                for each, block in zip(model.constructs, blocks, strict=True)
            }
        ),
        world,
        seed,
    )


@dataclass(frozen=True, eq=False)
class _Block:
    """Correlations of a construct's items with each other and with the construct."""

    items: Floats
    loadings: Floats


def _structure(
    model: Model, paths: Mapping[Pair, float], correlations: Mapping[Pair, float]
) -> Floats:
    """Correlations of constructs of unit variance that the paths imply."""
    known = {(path.source, path.target) for path in model.paths}
    for source, target in paths:
        if (source, target) not in known:
            raise AnalysisError("effect_unknown", source=source, target=target)
    number = {name: k for k, name in enumerate(model.names)}
    result = np.eye(len(number))
    for (first, second), value in correlations.items():
        result[number[first], number[second]] = result[number[second], number[first]] = value
    done: list[int] = []
    for name in model.order:
        k, predictors = number[name], model.predictors(name)
        if predictors:
            slopes = np.array([_effect(paths, source, name) for source in predictors])
            chosen = [number[source] for source in predictors]
            share = float(slopes @ result[np.ix_(chosen, chosen)] @ slopes)
            if not share < 1:
                raise AnalysisError("effects_impossible", construct=name, share=share)
            result[k, done] = result[done, k] = slopes @ result[np.ix_(chosen, done)]
        done.append(k)
    if np.linalg.eigvalsh(result).min() <= 0:
        raise AnalysisError("correlations_impossible")
    return result


def _effect(paths: Mapping[Pair, float], source: str, target: str) -> float:
    if (source, target) not in paths:
        raise AnalysisError("effect_missing", source=source, target=target)
    return paths[source, target]


def _blocks(model: Model, loadings: Mapping[str, float], world: World) -> list[_Block]:
    blocks = []
    for construct in model.constructs:
        for item in construct.items:
            if item not in loadings and not construct.single_item:
                raise AnalysisError("loading_missing", item=item)
            if not 0 < abs(loadings.get(item, 1.0)) <= 1:
                raise AnalysisError("loading_invalid", item=item, value=loadings[item])
        wanted = np.array([loadings.get(item, 1.0) for item in construct.items])
        items = np.outer(wanted, wanted)
        np.fill_diagonal(items, 1.0)
        if world is World.COMPOSITE:  # the first component: weights that mode A finds again
            roots, vectors = np.linalg.eigh(items)
            first = vectors[:, -1] * np.sign(vectors[:, -1] @ wanted)
            wanted = np.sqrt(roots[-1]) * first
        blocks.append(_Block(items, wanted))
    return blocks


def _item_covariance(model: Model, structure: Floats, blocks: list[_Block]) -> Floats:
    loadings = np.concatenate([block.loadings for block in blocks])
    owner = np.repeat(np.arange(len(blocks)), [len(block.loadings) for block in blocks])
    result = structure[np.ix_(owner, owner)] * np.outer(loadings, loadings)
    for k, block in enumerate(blocks):
        own = np.flatnonzero(owner == k)
        result[np.ix_(own, own)] = block.items
    return result


def _on_scale(
    model: Model,
    values: Floats,
    scale: Scale,
    means: Mapping[str, float],
    deviation: float | None,
) -> Floats:
    """Latent answers rounded to the points of the scale, its ends taking what lies beyond."""
    usual = scale.low + 0.6 * (scale.high - scale.low)
    spread = (scale.high - scale.low) / 5 if deviation is None else deviation
    centre = [
        means.get(item, means.get(construct.name, usual))
        for construct in model.constructs
        for item in construct.items
    ]
    points = np.round(np.array(centre) + spread * values - scale.low) + scale.low
    return np.clip(points, scale.low, scale.high)


def _total_effects(model: Model, paths: Mapping[Pair, float]) -> dict[Pair, float]:
    total: dict[Pair, float] = {}
    for target in model.order:
        for middle in model.predictors(target):
            slope = paths[middle, target]
            for (source, end), effect in list(total.items()):
                if end == middle:
                    total[source, target] = total.get((source, target), 0.0) + effect * slope
            total[middle, target] = total.get((middle, target), 0.0) + slope
    return total
