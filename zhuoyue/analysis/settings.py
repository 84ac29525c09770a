"""How a model is estimated: fixed choices, settings, and the questionnaire's scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SAMPLES = 1_000_000  # replicates or permutations: more would only fill the memory


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
    """How a model is estimated; choices may be given by their names, as in scheme="centroid".

    `scheme`: inner weights by regression, correlation, or the sign of it. `items`: brought to
    variance one, or only centred. `missing`: rows with a gap dropped, gaps filled with the item's
    mean (anew in each resample), or correlations from the pairs at hand. `tolerance`: weights have
    settled when the sum of their absolute changes is below it. Raises AnalysisError for others.
    """

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
        share(self.tolerance, "tolerance")
        whole(self.max_iterations, "max_iterations", 1)

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
        for end in ("low", "high"):
            value = getattr(self, end)
            if isinstance(value, np.number):
                object.__setattr__(self, end, value.item())
            elif not isinstance(value, int | float):
                raise AnalysisError("scale_invalid", low=self.low, high=self.high)
        finite = math.isfinite(self.low) and math.isfinite(self.high)
        if not finite or self.low >= self.high:
            raise AnalysisError("scale_invalid", low=self.low, high=self.high)

    @classmethod
    def of(cls, ends: Scale | Sequence[float]) -> Scale:
        """A scale from a pair (low, high); a scale as it is."""
        if isinstance(ends, Scale):
            return ends
        if isinstance(ends, str) or not hasattr(ends, "__len__") or len(ends) != 2:
            raise AnalysisError("scale_invalid", low=ends, high="?")
        return cls(*ends)


def whole(value: object, setting: str, low: int, high: int | None = None) -> int:
    """A whole number within limits, or an error that shows them."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise AnalysisError("setting_not_whole", setting=setting, value=value)
    if value < low:
        raise AnalysisError("setting_too_small", setting=setting, value=value, low=low)
    if high is not None and value > high:
        raise AnalysisError("setting_too_large", setting=setting, value=value, high=high)
    return int(value)


def share(value: object, setting: str) -> None:
    """A number between nil and one, or an error that says so."""
    if not isinstance(value, int | float | np.number) or not 0 < value < 1:
        raise AnalysisError("setting_not_between", setting=setting, value=value, low=0, high=1)


def choice[Choice: StrEnum](kind: type[Choice], value: str, setting: str) -> Choice:
    """The member of a fixed list that a text names, or an error that shows the list."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise AnalysisError(
            "setting_unknown", setting=setting, value=value, choices=known
        ) from None
