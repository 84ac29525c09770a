"""What the library hands back: frozen records with names, numbers and cautions.

`to_dict` gives plain Python values in full double precision, ready for JSON; a number that does
not exist is left out or None, never NaN.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.review import Verdict
    from zhuoyue.analysis.settings import Scale, Settings
    from zhuoyue.analysis.spec import Model

ENGINE = "zhuoyue.analysis 0.2.0"  # raised when the same input and seed give other numbers

type ByConstruct = Mapping[str, float]
type ByItem = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """What the bootstrap says about one number: mean and standard deviation of its replicates
    (`se`, over B - 1), t = estimate / se, and the limits of the interval."""

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


@dataclass(frozen=True, eq=False, repr=False)
class Estimate:
    """A model estimated from one set of answers of `n` rows.

    Standardised numbers unless said otherwise. Mappings are by name: construct -> number,
    construct -> item -> number, target -> predictor -> number; formulas and sources of each stand
    on the page docs/methods/effect-chain.md. `cautions` say what to know before using them.
    """

    model: Model
    settings: Settings
    n: int
    paths: tuple[Effect, ...]
    chains: Mapping[str, tuple[Effect, ...]]  # total and indirect effects
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
    item_total: ByItem  # construct -> item: correlation with the sum of the others, as answered
    item_total_standardised: ByItem  # the same of standardised items
    overall_fit: Mapping[str, float | None]  # srmr and gof
    score_correlations: ByItem
    item_means: ByConstruct
    item_deviations: ByConstruct
    scale: Scale
    index: ByConstruct
    index_weights: ByItem
    importance_performance: Mapping[str, Mapping[str, MapPoint]]
    iterations: int
    converged: bool
    verdict: Verdict
    method: str = "pls"
    engine: str = ENGINE

    def __repr__(self) -> str:
        chosen = self.settings
        kind = "consistent " if chosen.consistent else ""
        head = f"Estimate of {self.n} answers ({kind}{chosen.scheme} scheme, items {chosen.items})"
        return _told(head, self, self)

    def __getstate__(self) -> dict[str, Any]:
        """Judged before it travels, so that what it was made from stays behind."""
        self.verdict.of(self)
        return self.__dict__

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What a reader of these numbers should hear, coded."""
        return self.verdict.of(self)

    @property
    def total_effects(self) -> tuple[Effect, ...]:
        """Along all chains of paths."""
        return self.chains["total"]

    @property
    def indirect_effects(self) -> tuple[Effect, ...]:
        """Along chains of two or more paths."""
        return self.chains["indirect"]

    @property
    def srmr(self) -> float:
        """Root mean square of the correlations observed minus those implied."""
        found = self.overall_fit["srmr"]
        assert found is not None
        return found

    @property
    def gof(self) -> float | None:
        """Root of mean communality times mean R2; None where no construct has several items."""
        return self.overall_fit["gof"]

    def path(self, source: str, target: str) -> Effect:
        """The effect along one path; AnalysisError where the model has no such path."""
        return _find(self.paths, source, target)

    def total_effect(self, source: str, target: str) -> Effect:
        """The effect along all chains of paths; AnalysisError where none leads there."""
        return _find(self.total_effects, source, target)

    def indirect_effect(self, source: str, target: str) -> Effect:
        """The effect along chains of two or more paths; AnalysisError where there is none."""
        return _find(self.indirect_effects, source, target)

    def to_dict(self) -> dict[str, object]:
        """Everything as plain dictionaries, lists and numbers, ready for JSON or a data frame."""
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
                "item_total_standardised": self.item_total_standardised,
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


@dataclass(frozen=True, eq=False, repr=False)
class Bootstrap:
    """An estimate with the spread of its numbers over resampled answers.

    `paths`, `total_effects` and `indirect_effects` are those of the estimate, each with its
    `spread`; weights, loadings, R2, reliability, HTMT and index hold spreads by name.
    What has no spread (adjusted R2, f2, VIF, HTMT2, SRMR ...) stands in `estimate`.
    `draws` (with keep_draws): family -> sound replicates x numbers, in the order of those names.
    """

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
    def n(self) -> int:
        """Answers that the estimate rests on, as many as each resample draws."""
        return self.estimate.n

    @property
    def failed_count(self) -> int:
        """Replicates that are in no interval, whatever the reason."""
        return sum(self.failed.values())

    def __repr__(self) -> str:
        head = (
            f"Bootstrap of {self.n} answers ({self.replicates} replicates, "
            f"{self.failed_count} failed, seed {self.seed}, {self.level:g} {self.interval} limits)"
        )
        return _told(head, self, self.estimate)

    def path(self, source: str, target: str) -> Effect:
        """The effect along one path; AnalysisError where the model has no such path."""
        return _find(self.paths, source, target)

    def total_effect(self, source: str, target: str) -> Effect:
        """The effect along all chains of paths; AnalysisError where none leads there."""
        return _find(self.total_effects, source, target)

    def indirect_effect(self, source: str, target: str) -> Effect:
        """The effect along chains of two or more paths; AnalysisError where there is none."""
        return _find(self.indirect_effects, source, target)

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


def estimate_of(found: Bootstrap | Estimate) -> Estimate:
    """The estimate itself, or the one that a bootstrap is about."""
    if isinstance(found, Bootstrap):
        return found.estimate
    if not isinstance(found, Estimate):
        raise AnalysisError("result_form", found=type(found).__name__)
    return found


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
    known = ", ".join(f"{effect.source} -> {effect.target}" for effect in effects) or "–"
    raise AnalysisError("effect_not_found", source=source, target=target, known=known)


def _told(head: str, found: Estimate | Bootstrap, estimate: Estimate) -> str:
    """What a notebook shows of a result: its paths, what they explain, what to be careful about."""
    lines = [head]
    for effect in found.paths:
        spread = effect.spread
        limits = f"  [{spread.low:.3f}, {spread.high:.3f}]" if spread else ""
        lines.append(f"  {effect.source} -> {effect.target}  {effect.estimate:.3f}{limits}")
    explained = ", ".join(f"{name} {r2:.3f}" for name, r2 in estimate.r2.items())
    return "\n".join([*lines, f"  R2: {explained}", told_codes(found.cautions)])


def told_codes(cautions: Iterable[Caution]) -> str:
    """The last line of what a notebook shows: the codes of all cautions."""
    return f"  cautions: {', '.join(dict.fromkeys(each.code for each in cautions)) or 'none'}"
