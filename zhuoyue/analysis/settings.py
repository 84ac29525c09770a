"""How a model is estimated: fixed choices, settings, and the questionnaire's scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from zhuoyue.analysis.errors import AnalysisError


class Scheme(StrEnum):
    """How a construct borrows from its neighbours while weights are sought."""

    PATH = "path"
    FACTORIAL = "factorial"
    CENTROID = "centroid"


class Items(StrEnum):
    """What is done to items before weighting."""

    STANDARDISED = "standardised"
    CENTRED = "centred"


class Missing(StrEnum):
    """What is done about missing answers."""

    LISTWISE = "listwise"
    MEAN = "mean"
    PAIRWISE = "pairwise"


class Interval(StrEnum):
    """How the bootstrap sets its limits."""

    PERCENTILE = "percentile"
    BCA = "bca"  # bias-corrected and accelerated (Efron 1987)
    T = "t"  # the estimate and its standard error, with Student's t


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is estimated."""

    scheme: Scheme = Scheme.PATH
    items: Items = Items.STANDARDISED
    missing: Missing = Missing.LISTWISE
    consistent: bool = False  # PLSc: correct reflective constructs for the noise of their items
    tolerance: float = 1e-7
    max_iterations: int = 300

    def __post_init__(self) -> None:
        object.__setattr__(self, "scheme", choice(Scheme, self.scheme, "scheme"))
        object.__setattr__(self, "items", choice(Items, self.items, "items"))
        object.__setattr__(self, "missing", choice(Missing, self.missing, "missing"))
        if not 0 < self.tolerance < 1:
            raise AnalysisError(
                "setting_not_between", setting="tolerance", value=self.tolerance, low=0, high=1
            )
        if self.max_iterations < 1:
            raise AnalysisError(
                "setting_too_small", setting="max_iterations", value=self.max_iterations, low=1
            )

    def to_dict(self) -> dict[str, object]:
        return {
            "scheme": self.scheme.value,
            "items": self.items.value,
            "missing": self.missing.value,
            **({"consistent": True} if self.consistent else {}),
            "tolerance": self.tolerance,
            "max_iterations": self.max_iterations,
        }


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest answer the questionnaire offers."""

    low: float
    high: float

    def __post_init__(self) -> None:
        finite = math.isfinite(self.low) and math.isfinite(self.high)
        if not finite or self.low >= self.high:
            raise AnalysisError("scale_invalid", low=self.low, high=self.high)


def choice[Choice: StrEnum](kind: type[Choice], value: str, setting: str) -> Choice:
    """The member of a fixed list that a text names, or an error that shows the list."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise AnalysisError(
            "setting_unknown", setting=setting, value=value, choices=known
        ) from None
