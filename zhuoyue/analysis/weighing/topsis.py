"""TOPSIS: alternatives ranked by their closeness to the ideal and distance from the anti-ideal.

Source: Hwang and Yoon, Multiple Attribute Decision Making (1981).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.weighing.decision import Decision, decision, min_max, weights_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

ALIKE = 1e-12  # closeness that differs by less is a tie


class Normalisation(StrEnum):
    """How columns of different units are made comparable."""

    VECTOR = "vector"  # x / root of the column's sum of squares
    MAX = "max"  # x / largest; costs: the same, their ideal is the smallest
    LINEAR = "linear"  # x / largest; costs: smallest / x
    MIN_MAX = "min_max"  # 0 (worst) .. 1 (best)
    SUM = "sum"  # x / column sum; costs: 1/x / column sum of 1/x


# After these, more is better in every column, of costs too.
TURNED = {Normalisation.LINEAR, Normalisation.MIN_MAX, Normalisation.SUM}


@dataclass(frozen=True, slots=True)
class Standing:
    """One alternative and its place."""

    rank: int  # 1 is best; those alike share a rank
    closeness: float  # 0 .. 1: distance to the anti-ideal as a share of both distances
    to_ideal: float
    to_anti_ideal: float


@dataclass(frozen=True, kw_only=True)
class Ranking(MethodResult):
    """Alternatives with their places; ideals are weighted and normalised; `n` alternatives."""

    method: ClassVar[str] = "topsis"
    normalisation: Normalisation
    weights: Mapping[str, float]
    ideal: Mapping[str, float]
    anti_ideal: Mapping[str, float]
    standings: Mapping[str, Standing]  # in the order given


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Squared distances in each criterion before weights (alternatives x criteria)."""

    ideal: Floats
    anti: Floats

    def closeness(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """Closeness and both distances: (alternatives) or, of many weights, (... x weights)."""
        squared = (weights**2).T
        to_ideal, to_anti = np.sqrt(self.ideal @ squared), np.sqrt(self.anti @ squared)
        both = to_ideal + to_anti
        return np.where(both > 0, to_anti / np.where(both > 0, both, 1.0), 0.5), to_ideal, to_anti


def topsis(
    alternatives: Sequence[str],
    criteria: Sequence[str],
    values: ArrayLike,
    weights: Mapping[str, float],
    *,
    costs: Sequence[str] = (),
    normalisation: Normalisation | str = Normalisation.VECTOR,
) -> Ranking:
    """Rank alternatives from values (alternatives x criteria) and a weight for each criterion.

    `costs` names the criteria of which less is better; weights are brought to sum one. `max`,
    `linear` and `sum` need values from 0 on, and `linear` and `sum` costs above 0.

    Raises AnalysisError (`topsis_...`, `decision_...`). Source: Hwang and Yoon 1981.
    """
    normalisation = choice(Normalisation, normalisation, "normalisation")
    given = decision(alternatives, criteria, values, costs)
    parts = weights_of(given.criteria, weights)
    shown = normalised(given, normalisation)
    best, worst = ideals(given, shown, normalisation)
    found, to_ideal, to_anti = gaps(given, normalisation).closeness(parts)
    if not (to_ideal + to_anti).any():
        raise AnalysisError("topsis_all_alike")
    ranks = ranks_of(found)
    standings = {
        name: Standing(int(ranks[k]), float(found[k]), float(to_ideal[k]), float(to_anti[k]))
        for k, name in enumerate(given.alternatives)
    }
    return Ranking(
        n=len(given.alternatives),
        parameters=frozen(
            {
                **given.parameters(),
                "weights": frozen(dict(weights)),
                "normalisation": normalisation.value,
            }
        ),
        normalisation=normalisation,
        weights=given.by_criterion(parts),
        ideal=given.by_criterion(best * parts),
        anti_ideal=given.by_criterion(worst * parts),
        standings=frozen(standings),
        cautions=tuple(_cautions(given, ranks)),
    )


def normalised(given: Decision, how: Normalisation) -> Floats:
    """The columns without units; a column that is 0 throughout stays so."""
    values = given.values
    if how is Normalisation.MIN_MAX:
        return min_max(given)
    top = np.abs(values).max(axis=0)
    scaled = values / np.where(top > 0, top, 1.0)  # keeps squares and sums finite
    if how is Normalisation.VECTOR:
        length = np.sqrt((scaled**2).sum(axis=0))
        return np.asarray(scaled / np.where(length > 0, length, 1.0))
    given.need(values >= 0, "topsis_negative")
    if how is Normalisation.MAX:
        return np.asarray(scaled)
    given.need(np.where(given.cost, values > 0, True), "topsis_cost_not_positive")
    below = np.where(given.cost, values, 1.0)
    turned = np.where(given.cost, below.min(axis=0) / below, scaled)
    if how is Normalisation.LINEAR:
        return turned
    total = turned.sum(axis=0)
    return np.asarray(turned / np.where(total > 0, total, 1.0))


def ideals(given: Decision, shown: Floats, how: Normalisation) -> tuple[Floats, Floats]:
    """The best and the worst that any alternative reaches in each criterion."""
    low, high = shown.min(axis=0), shown.max(axis=0)
    less = given.cost & (how not in TURNED)
    return np.where(less, low, high), np.where(less, high, low)


def gaps(given: Decision, how: Normalisation) -> Gaps:
    """What every alternative lacks of the ideal and has beyond the anti-ideal."""
    shown = normalised(given, how)
    best, worst = ideals(given, shown, how)
    return Gaps((shown - best) ** 2, (shown - worst) ** 2)


def ranks_of(closeness: Floats) -> Floats:
    """1 for the best; alternatives alike share the better rank."""
    ahead = closeness[None, :] > closeness[:, None] + ALIKE
    return np.asarray(1 + ahead.sum(axis=1))


def _cautions(given: Decision, ranks: Floats) -> list[Caution]:
    notes = []
    first = [name for name, rank in zip(given.alternatives, ranks, strict=True) if rank == 1]
    if len(first) > 1:
        notes.append(caution("topsis_tie", alternatives=", ".join(first)))
    return notes
