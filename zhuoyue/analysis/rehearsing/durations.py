"""How long a step takes, in minutes: distributions as tables of equally likely values.

Drawing picks one of 65,536 equally likely values of the distribution (its quantiles at the middle
of equal shares, scaled to the exact mean). What is lost is spread inside the outermost shares:
0.01 % of the variance of an exponential, 0.2 % of a lognormal with a coefficient of variation of 1,
2 % of one with 2, 11 % of one with 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.distributions import gamma_values, normal_values
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.rehearsing.hours import MINUTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhuoyue.analysis.arrays import Floats, Integers

VALUES = 65_536


class Shape(StrEnum):
    """The form of a distribution."""

    CONSTANT = "constant"
    EXPONENTIAL = "exponential"
    GAMMA = "gamma"  # Erlang's where 1 / cv squared is whole
    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    SEEN = "seen"  # values that were measured


_NEEDS = {
    Shape.CONSTANT: ("mean",),
    Shape.EXPONENTIAL: ("mean",),
    Shape.GAMMA: ("mean", "cv"),
    Shape.LOGNORMAL: ("mean", "cv"),
    Shape.UNIFORM: ("low", "high"),
    Shape.TRIANGULAR: ("low", "mode", "high"),
    Shape.SEEN: ("values",),
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A distribution of minutes; which figures are needed depends on the shape."""

    shape: Shape = Shape.EXPONENTIAL
    mean: float | None = None
    cv: float | None = None  # standard deviation / mean
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        needed = _NEEDS[self.shape]
        for name in ("mean", "cv", "low", "mode", "high"):
            given = getattr(self, name)
            lowest = 0.0 if name in {"low", "mode"} else 1e-9
            sound = given is not None and lowest <= given < 1e6
            if (name in needed) != (given is not None) or (name in needed and not sound):
                raise AnalysisError(
                    "journey_duration", shape=self.shape.value, needed=", ".join(needed)
                )
        rising = [each for each in (self.low, self.mode, self.high) if each is not None]
        bad = any(not 0 <= each < 1e6 for each in self.values)
        flat = self.low is not None and self.low == self.high
        if (
            rising != sorted(rising)
            or flat
            or bad
            or (self.shape is Shape.SEEN) != bool(self.values)
        ):
            raise AnalysisError(
                "journey_duration", shape=self.shape.value, needed=", ".join(needed)
            )

    @classmethod
    def of(cls, given: object) -> Duration:
        """From a number (exponential with that mean), a list of values, or a mapping."""
        from collections.abc import Mapping

        if isinstance(given, Duration):
            return given
        if isinstance(given, int | float) and not isinstance(given, bool):
            return cls(Shape.EXPONENTIAL, mean=_floats([given])[0])
        if isinstance(given, list | tuple):
            return cls(Shape.SEEN, values=_floats(given))
        if isinstance(given, Mapping):
            return _from_mapping(given)
        raise AnalysisError("journey_duration", shape=str(given), needed="shape, mean, cv, ...")

    def minutes(self) -> Floats:
        """VALUES equally likely values, in rising order."""
        shares = (np.arange(VALUES) + 0.5) / VALUES
        found = self._quantiles(shares)
        wanted = self.expected
        total = float(found.mean())
        return np.asarray(found * (wanted / total) if total > 0 else found)

    def ticks(self) -> Integers:
        return np.rint(self.minutes() * MINUTE).astype(np.int64)

    @property
    def expected(self) -> float:
        """Its mean, in minutes."""
        if self.mean is not None:
            return self.mean
        if self.values:
            return float(np.mean(self.values))
        limits = [each for each in (self.low, self.mode, self.high) if each is not None]
        return float(np.mean(limits))

    def _quantiles(self, shares: Floats) -> Floats:
        mean, cv = self.mean or 0.0, self.cv or 0.0
        low, mode, high = self.low or 0.0, self.mode or 0.0, self.high or 0.0
        match self.shape:
            case Shape.CONSTANT:
                return np.full(len(shares), mean)
            case Shape.EXPONENTIAL:
                return np.asarray(-mean * np.log1p(-shares))
            case Shape.GAMMA:
                return gamma_values(shares, 1 / cv**2) * mean * cv**2
            case Shape.LOGNORMAL:
                spread = np.sqrt(np.log1p(cv**2))
                return np.asarray(np.exp(spread * normal_values(shares)) * mean)
            case Shape.UNIFORM:
                return low + (high - low) * shares
            case Shape.TRIANGULAR:
                split = (mode - low) / (high - low)
                rising = low + np.sqrt(shares * (high - low) * (mode - low))
                falling = high - np.sqrt((1 - shares) * (high - low) * (high - mode))
                return np.where(shares < split, rising, falling)
            case Shape.SEEN:
                known = np.sort(np.asarray(self.values))
                return known[np.minimum((shares * len(known)).astype(np.int64), len(known) - 1)]

    def to_dict(self) -> dict[str, object]:
        kept = {name: getattr(self, name) for name in _NEEDS[self.shape]}
        return {"shape": self.shape.value, **kept}


def _from_mapping(given: Mapping[object, object]) -> Duration:
    shape = str(given.get("shape", "seen" if "values" in given else "exponential"))
    if shape not in {each.value for each in Shape}:
        raise AnalysisError(
            "journey_duration", shape=shape, needed=", ".join(each.value for each in Shape)
        )
    needed = _NEEDS[Shape(shape)]
    if set(given) - {"shape"} != set(needed):
        raise AnalysisError("journey_duration", shape=shape, needed=", ".join(needed))
    if shape == "seen":
        return Duration(Shape.SEEN, values=_floats(given["values"]))
    figures = {name: _floats([given[name]])[0] for name in needed}
    return Duration(
        Shape(shape),
        figures.get("mean"),
        figures.get("cv"),
        figures.get("low"),
        figures.get("mode"),
        figures.get("high"),
    )


def _floats(given: object) -> tuple[float, ...]:
    found = []
    for each in given if isinstance(given, list | tuple) else [given]:
        # Whole numbers of YAML know no end, and numpy not all of them.
        if isinstance(each, bool) or not isinstance(each, int | float) or not abs(each) < 1e300:
            raise AnalysisError("journey_duration", shape=str(each), needed="numbers (minutes)")
        found.append(float(each))
    return tuple(found)
