"""A table of alternatives by criteria, checked: what entropy, CRITIC and TOPSIS are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping, numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats


DUST = 1e-13  # 0.1 + 0.2 and 0.3 differ by less


class Direction(StrEnum):
    """Whether more of a criterion is better (benefit) or worse (cost)."""

    BENEFIT = "benefit"
    COST = "cost"


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Values (alternatives x criteria) with their names; `cost` marks the columns to keep low."""

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Floats
    cost: Flags

    def parameters(self) -> dict[str, object]:
        """The whole input, so that a result can be repeated."""
        return {
            "alternatives": self.alternatives,
            "criteria": self.criteria,
            "costs": tuple(np.array(self.criteria)[self.cost].tolist()),
            "values": tuple(tuple(row) for row in self.values.tolist()),
        }

    def by_criterion(self, values: Floats) -> Mapping[str, float]:
        return frozen(dict(zip(self.criteria, values.tolist(), strict=True)))

    def by_alternative(self, values: Floats) -> Mapping[str, float]:
        return frozen(dict(zip(self.alternatives, values.tolist(), strict=True)))

    def need(self, allowed: Flags, code: str) -> None:
        """Refuse the first cell that is not allowed, by its name."""
        for i, j in np.argwhere(~allowed).tolist():
            raise AnalysisError(
                code,
                alternative=self.alternatives[i],
                criterion=self.criteria[j],
                value=float(self.values[i, j]),
            )


def decision(
    alternatives: Sequence[str], criteria: Sequence[str], values: ArrayLike, costs: Sequence[str]
) -> Decision:
    """At least two alternatives, each with a number for every criterion; names stand once."""
    rows, columns = tuple(map(str, alternatives)), tuple(map(str, criteria))
    found = np.array(numbers_of(values, "values"))
    if found.ndim != 2 or found.shape != (len(rows), len(columns)) or len(rows) < 2 or not columns:
        shape = " x ".join(map(str, found.shape))
        raise AnalysisError(
            "decision_shape", alternatives=len(rows), criteria=len(columns), shape=shape
        )
    for names in (rows, columns):
        for k, name in enumerate(names):
            if name in names[:k]:
                raise AnalysisError("decision_name_twice", name=name)
    costs = names_in(costs)
    for name in costs:
        if name not in columns:
            raise AnalysisError("decision_criterion_unknown", name=name, known=", ".join(columns))
    made = Decision(rows, columns, found, np.isin(np.array(columns), list(costs)))
    made.need(np.isfinite(found), "decision_gap")
    return made


def min_max(given: Decision) -> Floats:
    """Each column from 0 (its worst value) to 1 (its best); a constant column is 0."""
    low, high = given.values.min(axis=0), given.values.max(axis=0)
    still = constant(given)
    span = np.where(still, 1.0, high - low)
    shown = np.where(given.cost, (high - given.values) / span, (given.values - low) / span)
    return np.where(still, 0.0, shown)


def constant(given: Decision) -> Flags:
    """The criteria in which all alternatives are equal, but for the rounding of sums."""
    return np.asarray(np.ptp(given.values, axis=0) <= DUST * np.abs(given.values).max(axis=0))


def weights_of(criteria: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """Weights in the order of the criteria, brought to sum one; every criterion has one."""
    if not isinstance(weights, Mapping) and not callable(getattr(weights, "keys", None)):
        check_mapping(weights, "weights")
    weights = dict(weights)  # a labelled column of a data frame too
    for name in weights:
        if name not in criteria:
            raise AnalysisError("decision_criterion_unknown", name=name, known=", ".join(criteria))
    for name in criteria:
        value = weights.get(name)
        if value is None:
            raise AnalysisError("decision_weight_missing", criterion=name)
        if not (np.isfinite(value) and value >= 0):
            raise AnalysisError("decision_weight_invalid", criterion=name, value=value)
    found = np.array([weights[name] for name in criteria], dtype=np.float64)
    if not found.sum() > 0:
        raise AnalysisError("decision_weights_nil")
    return np.asarray(found / found.sum())
