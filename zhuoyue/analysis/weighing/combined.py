"""Several sets of weights of the same criteria made one, such as judged and computed ones.

Source: the additive and the multiplicative form are customary; the geometric form is the
solution of least relative entropy (Kullback and Leibler 1951) to all given sets at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.weighing.decision import weights_of

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats


class Combination(StrEnum):
    """How weights of one criterion from several sets are joined, before they sum to one."""

    ADDITIVE = "additive"  # mean by the shares of the sets
    MULTIPLICATIVE = "multiplicative"  # product
    GEOMETRIC = "geometric"  # product of powers by the shares: least relative entropy


@dataclass(frozen=True, kw_only=True)
class CombinedWeights(MethodResult):
    """The joint weights beside those they are made of; `n` counts the sets."""

    method: ClassVar[str] = "combined"
    weights: Mapping[str, float]  # sum one
    combination: Combination
    shares: Mapping[str, float] | None  # of the sets, sum one; None: every set counts in full
    given: Mapping[str, Mapping[str, float]]  # each set, brought to sum one


def combined(
    sets: Mapping[str, Mapping[str, float]],
    *,
    combination: Combination | str = Combination.ADDITIVE,
    shares: Mapping[str, float] | None = None,
) -> CombinedWeights:
    """One set of weights from several: {name of a set: {criterion: weight}}.

    Every set names the same criteria and is brought to sum one. `shares` says how much each set
    counts (equal where not given; for two sets: alpha and 1 - alpha); the multiplicative form has
    none. A criterion that one set weighs 0 is 0 in the product forms.

    Raises AnalysisError (`combined_...`, `decision_...`). Source: Kullback and Leibler 1951
    (the geometric form).
    """
    combination = choice(Combination, combination, "combination")
    check_mapping(sets, "sets")
    for name, each in sets.items():
        check_mapping(each, f"sets, {name}")
    names = list(sets)
    if len(names) < 2:
        raise AnalysisError("combined_sets", sets=len(names))
    if combination is Combination.MULTIPLICATIVE and shares is not None:
        raise AnalysisError("combined_shares_unused")
    criteria = list(sets[names[0]])
    table = np.array([weights_of(criteria, each) for each in sets.values()])
    parts = weights_of(names, shares or dict.fromkeys(names, 1.0))
    found = _joined(table, parts, combination)
    if not found.sum() > 0:
        raise AnalysisError("combined_nil")
    unshared = combination is Combination.MULTIPLICATIVE
    return CombinedWeights(
        n=len(names),
        parameters=frozen({"sets": sets, "combination": combination.value, "shares": shares}),
        weights=_named(criteria, found / found.sum()),
        combination=combination,
        shares=None if unshared else _named(names, parts),
        given=frozen({name: _named(criteria, row) for name, row in zip(names, table, strict=True)}),
        cautions=tuple(_cautions(criteria, table, combination)),
    )


def _joined(table: Floats, parts: Floats, how: Combination) -> Floats:
    if how is Combination.ADDITIVE:
        return np.asarray(parts @ table)
    powers = np.ones(len(table)) if how is Combination.MULTIPLICATIVE else parts
    return np.asarray(np.prod(table ** powers[:, None], axis=0))


def _named(names: Sequence[str], values: Floats) -> Mapping[str, float]:
    return frozen(dict(zip(names, values.tolist(), strict=True)))


def _cautions(criteria: Sequence[str], table: Floats, how: Combination) -> list[Caution]:
    notes = []
    ruled_out = np.array(criteria)[(table == 0).any(axis=0) & (table > 0).any(axis=0)].tolist()
    if ruled_out and how is not Combination.ADDITIVE:
        notes.append(caution("combined_ruled_out", criteria=", ".join(ruled_out)))
    apart = float(np.ptp(table, axis=0).max())
    if apart > 0.3:
        name = criteria[int(np.argmax(np.ptp(table, axis=0)))]
        notes.append(caution("combined_apart", criterion=name, apart=apart))
    return notes
