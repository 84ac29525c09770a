"""What the comparison of two groups hands back: contrasts, invariance, and cautions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.results import ENGINE, record, told_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.results import Estimate
    from zhuoyue.analysis.settings import Settings
    from zhuoyue.analysis.spec import Model

# What both groups share by design: the configural step of MICOM.
CONFIGURAL = ("constructs", "items", "paths", "scheme", "treatment", "missing", "scale")


class Invariance(StrEnum):
    """How far a construct means the same in both groups (Henseler, Ringle & Sarstedt 2016)."""

    NONE = "none"  # made up differently: do not compare its paths
    PARTIAL = "partial"  # made up alike: paths can be compared
    FULL = "full"  # and with equal means and variances: groups can be pooled


@dataclass(frozen=True, slots=True)
class Contrast:
    """A number in both groups, and how far apart chance alone would put them."""

    first: float
    second: float
    difference: float  # first - second
    low: float  # permutation interval: where the difference lies if the groups are alike
    high: float
    p: float  # two-sided, by permutation

    @property
    def shown(self) -> bool:
        """The difference lies outside of what chance makes."""
        return not self.low <= self.difference <= self.high

    def to_dict(self) -> dict[str, object]:
        return {
            "first": self.first,
            "second": self.second,
            "difference": self.difference,
            "chance": [self.low, self.high],
            "p": self.p,
        }


@dataclass(frozen=True, slots=True)
class EffectContrast:
    """An effect in both groups; comparable where every construct it runs over is."""

    source: str
    target: str
    contrast: Contrast
    comparable: bool

    def to_dict(self) -> dict[str, object]:
        own: dict[str, object] = {"from": self.source, "to": self.target}
        return own | self.contrast.to_dict() | {"comparable": self.comparable}


@dataclass(frozen=True, slots=True)
class ConstructInvariance:
    """Steps 2 and 3 of MICOM for one construct."""

    correlation: float  # of the scores that both groups' weights give all answers
    limit: float  # its lowest share among permutations (5 % at a level of 95 %)
    p: float  # permutations with as low a correlation
    mean: Contrast  # of the pooled score, in its standard deviations
    variance: Contrast  # logarithms of the pooled score's variances
    verdict: Invariance

    def to_dict(self) -> dict[str, object]:
        return {
            "correlation": self.correlation,
            "limit": self.limit,
            "p": self.p,
            "mean": self.mean.to_dict(),
            "log_variance": self.variance.to_dict(),
            "verdict": self.verdict.value,
        }


@dataclass(frozen=True, eq=False, repr=False)
class GroupComparison:
    """Two groups side by side; every difference is first - second."""

    model: Model
    settings: Settings
    estimates: tuple[Estimate, Estimate]
    pooled: Estimate
    level: float
    invariance: Mapping[str, ConstructInvariance]
    paths: tuple[EffectContrast, ...]
    total_effects: tuple[EffectContrast, ...]
    loadings: Mapping[str, Mapping[str, Contrast]]
    weights: Mapping[str, Mapping[str, Contrast]]
    r2: Mapping[str, Contrast]
    index: Mapping[str, Contrast]
    groups: tuple[str, str] = ("", "")
    rows_without_group: int = 0
    rows_of_others: int = 0
    permutations: int = 0
    failed: Mapping[str, int] = field(default_factory=lambda: frozen({}))  # reason -> count
    seed: int = 1
    cautions: tuple[Caution, ...] = ()
    configural: tuple[str, ...] = CONFIGURAL
    method: str = "group_permutation"
    engine: str = ENGINE

    def __repr__(self) -> str:
        sides = [f"{name} ({n})" for name, n in zip(self.groups, self.n, strict=True)]
        lines = [
            f"Comparison of {' and '.join(sides)}: {self.permutations} permutations, "
            f"{self.failed_count} failed, seed {self.seed}; difference [of chance], p"
        ]
        for each in self.paths:
            found = each.contrast
            lines.append(
                f"  {each.source} -> {each.target}  {found.first:.3f}, {found.second:.3f}: "
                f"{found.difference:.3f}  [{found.low:.3f}, {found.high:.3f}]  {found.p:.3f}"
            )
        verdicts = ", ".join(f"{name} {each.verdict}" for name, each in self.invariance.items())
        return "\n".join([*lines, f"  invariance: {verdicts}", told_codes(self.cautions)])

    @property
    def n(self) -> tuple[int, int]:
        """Rows of both groups."""
        return self.estimates[0].n, self.estimates[1].n

    @property
    def failed_count(self) -> int:
        return sum(self.failed.values())

    def path(self, source: str, target: str) -> EffectContrast:
        """A path in both groups; AnalysisError where the model has no such path."""
        return _find(self.paths, source, target)

    def total_effect(self, source: str, target: str) -> EffectContrast:
        """A total effect in both groups; AnalysisError where no chain leads there."""
        return _find(self.total_effects, source, target)

    def to_dict(self) -> dict[str, object]:
        """The record of the comparison; the groups' own estimates have records of their own."""
        return record(
            {
                "method": self.method,
                "engine": self.engine,
                **self.settings.to_dict(),
                "groups": list(self.groups),
                "n": list(self.n),
                "rows_without_group": self.rows_without_group,
                "rows_of_others": self.rows_of_others,
                "permutations": self.permutations,
                "permutations_failed": dict(self.failed),
                "seed": self.seed,
                "level": self.level,
                "configural": list(self.configural),
                "invariance": {name: each.to_dict() for name, each in self.invariance.items()},
                "paths": [each.to_dict() for each in self.paths],
                "total_effects": [each.to_dict() for each in self.total_effects],
                "loadings": _nested(self.loadings),
                "weights": _nested(self.weights),
                "r2": {name: each.to_dict() for name, each in self.r2.items()},
                "index": {name: each.to_dict() for name, each in self.index.items()},
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )


def _nested(values: Mapping[str, Mapping[str, Contrast]]) -> dict[str, dict[str, object]]:
    return {
        construct: {item: each.to_dict() for item, each in items.items()}
        for construct, items in values.items()
    }


def _find(effects: tuple[EffectContrast, ...], source: str, target: str) -> EffectContrast:
    for effect in effects:
        if effect.source == source and effect.target == target:
            return effect
    known = ", ".join(f"{effect.source} -> {effect.target}" for effect in effects) or "–"
    raise AnalysisError("effect_not_found", source=source, target=target, known=known)
