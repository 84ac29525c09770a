"""What prediction hands back: errors of each item beside those of simpler ways, and a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.results import ENGINE, record, told_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.settings import Settings
    from zhuoyue.analysis.spec import Model


class Antecedents(StrEnum):
    """What an endogenous construct is predicted from."""

    DIRECT = "direct"  # the measured scores of the constructs with a path to it
    EARLIEST = "earliest"  # the exogenous constructs alone, along all chains of paths


class Power(StrEnum):
    """How many items are predicted better than by the linear model (Shmueli et al. 2019)."""

    NONE = "none"
    LOW = "low"  # fewer than half of them
    MEDIUM = "medium"  # half of them or more
    HIGH = "high"  # all


@dataclass(frozen=True, slots=True)
class Errors:
    """How far predictions are from the answers, in the unit of the item."""

    rmse: float
    mae: float

    def to_dict(self) -> dict[str, float]:
        return {"rmse": self.rmse, "mae": self.mae}


@dataclass(frozen=True, slots=True)
class ItemPrediction:
    """One item predicted by the model, by a linear model of items, and by the mean."""

    model: Errors
    linear: Errors
    mean: Errors
    q2_predict: float | None  # share of the mean's squared error that the model saves
    q2_linear: float | None

    @property
    def beats_linear(self) -> bool:
        """By the root of the mean squared error; a tie is no gain."""
        return self.model.rmse < self.linear.rmse * (1 - 1e-9)

    def to_dict(self) -> dict[str, object]:
        return {
            **self.model.to_dict(),
            "q2_predict": self.q2_predict,
            "linear": {**self.linear.to_dict(), "q2_predict": self.q2_linear},
            "mean": self.mean.to_dict(),
            "beats_linear": self.beats_linear,
        }


def power_of(items: Iterable[ItemPrediction]) -> Power:
    beaten = [each.beats_linear for each in items]
    if not any(beaten):
        return Power.NONE
    if all(beaten):
        return Power.HIGH
    return Power.MEDIUM if 2 * sum(beaten) >= len(beaten) else Power.LOW


@dataclass(frozen=True, eq=False, repr=False)
class Prediction:
    """Answers that the estimation had not seen, predicted."""

    model: Model
    settings: Settings
    antecedents: Antecedents
    n: int
    folds: int
    repeats: int
    seed: int | None  # none where the folds were given
    failed: int  # folds whose training rows could not be estimated
    items: Mapping[str, Mapping[str, ItemPrediction]]  # construct -> item
    predictions: Mapping[str, Floats] = field(default_factory=lambda: frozen({}))
    cautions: tuple[Caution, ...] = ()
    method: str = "pls_predict"
    engine: str = ENGINE

    def __repr__(self) -> str:
        lines = [
            f"Prediction of {self.n} answers ({self.folds} folds, {self.repeats} dealings, "
            f"{self.failed} failed, {self.antecedents} antecedents); RMSE of model, linear, mean"
        ]
        for construct, items in self.items.items():
            for item, each in items.items():
                figures = (each.model.rmse, each.linear.rmse, each.mean.rmse)
                lines.append(f"  {construct} {item}  {', '.join(f'{x:.3f}' for x in figures)}")
        power = ", ".join(f"{name} {each}" for name, each in self.power.items())
        lines.append(f"  power: {power}; overall {self.overall}")
        return "\n".join([*lines, told_codes(self.cautions)])

    @property
    def power(self) -> Mapping[str, Power]:
        """The verdict for each endogenous construct."""
        return {name: power_of(items.values()) for name, items in self.items.items()}

    @property
    def overall(self) -> Power:
        """The verdict over the items of all endogenous constructs."""
        return power_of(each for items in self.items.values() for each in items.values())

    def to_dict(self) -> dict[str, object]:
        return record(
            {
                "method": self.method,
                "engine": self.engine,
                **self.settings.to_dict(),
                "antecedents": self.antecedents.value,
                "n": self.n,
                "folds": self.folds,
                "repeats": self.repeats,
                "seed": self.seed,
                "folds_failed": self.failed,
                "prediction": {
                    name: {item: each.to_dict() for item, each in items.items()}
                    for name, items in self.items.items()
                },
                "power": {name: each.value for name, each in self.power.items()},
                "overall": self.overall.value,
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )
