"""What the library hands back: frozen records with names, numbers and cautions.

`to_dict` gives plain Python values in full double precision, ready for JSON; a number that does
not exist is left out or None, never NaN.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhuoyue.analysis.mappings import frozen

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.settings import Scale, Settings
    from zhuoyue.analysis.spec import Model

ENGINE = "zhuoyue.analysis 0.1.0"

type ByConstruct = Mapping[str, float]
type ByItem = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """What the bootstrap says about one number."""

    mean: float
    se: float
    t: float | None  # estimate / se; nothing where se is nil
    low: float
    high: float
    level: float
    interval: str = "percentile"

    def to_dict(self) -> dict[str, object]:
        return {
            "mean": self.mean,
            "se": self.se,
            "t": self.t,
            "ci": [self.low, self.high],
            "interval": self.interval,
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of one construct on another, with its spread where replicates were drawn."""

    source: str
    target: str
    estimate: float
    spread: Spread | None = None

    def to_dict(self) -> dict[str, object]:
        own: dict[str, object] = {
            "from": self.source,
            "to": self.target,
            "estimate": self.estimate,
        }
        return own | (self.spread.to_dict() if self.spread else {})


@dataclass(frozen=True, slots=True)
class ConstructQuality:
    """Reliability and convergent validity of one construct."""

    alpha: float
    alpha_standardised: float
    rho_a: float
    rho_c: float
    ave: float
    alpha_low: float | None = None  # Feldt's 95 % interval
    alpha_high: float | None = None

    def to_dict(self) -> dict[str, float]:
        return {
            "alpha": self.alpha,
            "alpha_standardised": self.alpha_standardised,
            "rho_a": self.rho_a,
            "rho_c": self.rho_c,
            "ave": self.ave,
            **({} if self.alpha_low is None else {"alpha_low": self.alpha_low}),
            **({} if self.alpha_high is None else {"alpha_high": self.alpha_high}),
        }


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A construct on the importance-performance map of a target.

    `importance` is the standardised total effect on the target, `importance_unstandardised` the
    target's index points per index point of the construct, `performance` the construct's index.
    """

    importance: float
    performance: float
    importance_unstandardised: float

    def to_dict(self) -> dict[str, float]:
        return {
            "importance": self.importance,
            "performance": self.performance,
            "importance_unstandardised": self.importance_unstandardised,
        }


@dataclass(frozen=True, eq=False)
class Estimate:
    """A model estimated from one set of answers."""

    model: Model
    settings: Settings
    n: int
    paths: tuple[Effect, ...]
    total_effects: tuple[Effect, ...]
    indirect_effects: tuple[Effect, ...]
    weights: ByItem
    loadings: ByItem
    cross_loadings: ByItem  # item -> construct -> correlation
    r2: ByConstruct
    r2_adjusted: ByConstruct
    f2: ByItem  # target -> predictor: what leaving it out costs, relative to what is unexplained
    aic: ByConstruct  # of each equation
    bic: ByConstruct
    reliability: Mapping[str, ConstructQuality]
    htmt: ByItem  # construct -> earlier construct -> ratio
    htmt2: ByItem  # the same from geometric means
    fornell_larcker: ByItem  # root of AVE on the diagonal, correlations below
    vif_predictors: ByItem  # target -> predictor, where several compete
    vif_items: ByItem  # construct -> item
    item_total: ByItem  # construct -> item: correlation with the sum of the others
    srmr: float
    gof: float | None
    score_correlations: ByItem
    item_means: ByConstruct
    item_deviations: ByConstruct
    scale: Scale
    index: ByConstruct
    index_weights: ByItem
    importance_performance: Mapping[str, Mapping[str, MapPoint]]
    iterations: int
    converged: bool
    cautions: tuple[Caution, ...]
    method: str = "pls"
    engine: str = ENGINE

    def path(self, source: str, target: str) -> Effect:
        return _find(self.paths, source, target)

    def total_effect(self, source: str, target: str) -> Effect:
        return _find(self.total_effects, source, target)

    def to_dict(self) -> dict[str, object]:
        return record(
            {
                "method": self.method,
                "engine": self.engine,
                **self.settings.to_dict(),
                "model": self.model.to_dict(),
                "n": self.n,
                "scale": [self.scale.low, self.scale.high],
                "paths": [effect.to_dict() for effect in self.paths],
                "total_effects": [effect.to_dict() for effect in self.total_effects],
                "indirect_effects": [effect.to_dict() for effect in self.indirect_effects],
                "loadings": self.loadings,
                "weights": self.weights,
                "cross_loadings": self.cross_loadings,
                "r2": self.r2,
                "r2_adjusted": self.r2_adjusted,
                "f2": self.f2,
                "aic": self.aic,
                "bic": self.bic,
                "reliability": {name: each.to_dict() for name, each in self.reliability.items()},
                "htmt": self.htmt,
                "htmt2": self.htmt2,
                "fornell_larcker": self.fornell_larcker,
                "vif_predictors": self.vif_predictors,
                "vif_items": self.vif_items,
                "item_total": self.item_total,
                "srmr": self.srmr,
                "gof": self.gof,
                "index": self.index,
                "index_weights": self.index_weights,
                "importance_performance": {
                    target: {name: point.to_dict() for name, point in points.items()}
                    for target, points in self.importance_performance.items()
                },
                "iterations": self.iterations,
                "converged": self.converged,
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """An estimate with the spread of its numbers over resampled answers."""

    estimate: Estimate
    replicates: int
    failed: Mapping[str, int]  # reason -> count; failed ones are in no interval
    seed: int | None  # none where resamples were given
    level: float
    paths: tuple[Effect, ...]
    total_effects: tuple[Effect, ...]
    indirect_effects: tuple[Effect, ...]
    weights: Mapping[str, Mapping[str, Spread]]
    loadings: Mapping[str, Mapping[str, Spread]]
    r2: Mapping[str, Spread]
    reliability: Mapping[str, Mapping[str, Spread]]
    htmt: Mapping[str, Mapping[str, Spread]]
    index: Mapping[str, Spread]
    cautions: tuple[Caution, ...]  # those of the estimate included
    draws: Mapping[str, Floats] = field(default_factory=lambda: frozen({}))
    interval: str = "percentile"
    method: str = "bootstrap"
    engine: str = ENGINE

    @property
    def failed_count(self) -> int:
        return sum(self.failed.values())

    def path(self, source: str, target: str) -> Effect:
        return _find(self.paths, source, target)

    def total_effect(self, source: str, target: str) -> Effect:
        return _find(self.total_effects, source, target)

    def to_dict(self) -> dict[str, object]:
        """The estimate's record, its effects widened by their spread, and the other spreads."""
        return self.estimate.to_dict() | record(
            {
                "paths": [effect.to_dict() for effect in self.paths],
                "total_effects": [effect.to_dict() for effect in self.total_effects],
                "indirect_effects": [effect.to_dict() for effect in self.indirect_effects],
                "seed": self.seed,
                "replicates": self.replicates,
                "replicates_failed": dict(self.failed),
                "level": self.level,
                "interval": self.interval,
                "spread": {
                    "weights": _spreads(self.weights),
                    "loadings": _spreads(self.loadings),
                    "r2": {name: each.to_dict() for name, each in self.r2.items()},
                    "reliability": _spreads(self.reliability),
                    "htmt": _spreads(self.htmt),
                    "index": {name: each.to_dict() for name, each in self.index.items()},
                },
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )


def record(values: Mapping[str, object]) -> dict[str, object]:
    """A result as JSON takes it."""
    return {key: plain(value) for key, value in values.items()}


def plain(value: object) -> object:
    """Dictionaries, lists and finite numbers that JSON knows; what has no value becomes None."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _spreads(nested: Mapping[str, Mapping[str, Spread]]) -> dict[str, dict[str, object]]:
    return {
        outer: {inner: each.to_dict() for inner, each in group.items()}
        for outer, group in nested.items()
    }


def _find(effects: tuple[Effect, ...], source: str, target: str) -> Effect:
    for effect in effects:
        if effect.source == source and effect.target == target:
            return effect
    raise KeyError((source, target))
