"""Entropy weights: a criterion that tells the alternatives apart weighs more.

Source: Shannon 1948; Zeleny, Multiple Criteria Decision Making (1982); Hwang and Yoon, Multiple
Attribute Decision Making (1981), chapter 3.
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
from zhuoyue.analysis.weighing.decision import Decision, constant, decision, min_max

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats


class Shares(StrEnum):
    """What the shares of a column are taken of."""

    SUM = "sum"  # x / column sum; of costs 1/x / column sum of 1/x
    MIN_MAX = "min_max"  # the same of values brought from 0 (worst) to 1 (best)


@dataclass(frozen=True, kw_only=True)
class EntropyWeights(MethodResult):
    """Weights, and the entropy of each criterion (0 .. 1); `n` counts the alternatives."""

    method: ClassVar[str] = "entropy"
    weights: Mapping[str, float]  # sum one
    entropies: Mapping[str, float]  # base: number of alternatives
    constant: tuple[str, ...]  # criteria that weigh nothing because all are equal in them


def entropy(
    alternatives: Sequence[str],
    criteria: Sequence[str],
    values: ArrayLike,
    *,
    costs: Sequence[str] = (),
    normalisation: Shares | str = Shares.SUM,
    shift: float = 0.0,
) -> EntropyWeights:
    """Weights from values (alternatives x criteria): 1 - entropy of each column, brought to one.

    `costs` names the criteria of which less is better. With `sum` values must not be negative (of
    costs: above zero); `min_max` takes any. `shift` is added to every value (of min_max: to every
    value brought to 0 .. 1) before shares are taken. 0 ln 0 counts 0; a constant column weighs 0.

    Raises AnalysisError (`entropy_...`, `decision_...`). Source: Shannon 1948; Zeleny 1982.
    """
    normalisation = choice(Shares, normalisation, "normalisation")
    given = decision(alternatives, criteria, values, costs)
    if not (np.isfinite(shift) and shift >= 0):
        raise AnalysisError("entropy_shift", value=shift)
    still = constant(given)
    if still.all():
        raise AnalysisError("entropy_all_constant")
    found = _entropies(given, normalisation, shift, still)
    told = np.where(still, 0.0, 1.0 - found)
    names = tuple(np.array(given.criteria)[still].tolist())
    return EntropyWeights(
        n=len(given.alternatives),
        parameters=frozen(
            {**given.parameters(), "normalisation": normalisation.value, "shift": shift}
        ),
        weights=given.by_criterion(told / told.sum()),
        entropies=given.by_criterion(found),
        constant=names,
        cautions=tuple(_cautions(given, names)),
    )


def _entropies(given: Decision, how: Shares, shift: float, still: Flags) -> Floats:
    """The entropy of each column, 1 where it is constant."""
    if how is Shares.MIN_MAX:
        shown = min_max(given) + shift
    else:
        moved = given.values + shift
        given.need(np.where(given.cost, True, moved >= 0), "entropy_negative")
        given.need(np.where(given.cost, moved > 0, True), "entropy_cost_not_positive")
        # Only ratios count: dividing by the largest keeps sums finite.
        top = np.where(moved.max(axis=0) > 0, moved.max(axis=0), 1.0)
        below = np.where(given.cost, moved, 1.0)
        shown = np.where(given.cost, below.min(axis=0) / below, moved / top)
    shares = np.where(still, 1.0, shown)
    shares = shares / shares.sum(axis=0)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    found = -(shares * logs).sum(axis=0) / np.log(len(given.values))
    return np.where(still, 1.0, np.clip(found, 0.0, 1.0))


def _cautions(given: Decision, still: Sequence[str]) -> list[Caution]:
    notes = []
    if still:
        notes.append(caution("weighing_constant", criteria=", ".join(still)))
    if len(given.alternatives) <= len(given.criteria):
        notes.append(
            caution(
                "weighing_few", alternatives=len(given.alternatives), criteria=len(given.criteria)
            )
        )
    return notes
