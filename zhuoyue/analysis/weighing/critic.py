"""CRITIC weights: spread of a criterion times its conflict with the others.

Source: Diakoulaki, Mavrotas and Papayannakis 1995 (criteria importance through intercriteria
correlation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.weighing.decision import constant, decision, min_max

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats


@dataclass(frozen=True, kw_only=True)
class CriticWeights(MethodResult):
    """Weights and what they are made of; `n` counts the alternatives."""

    method: ClassVar[str] = "critic"
    weights: Mapping[str, float]  # sum one
    deviations: Mapping[str, float]  # standard deviation of values brought to 0 .. 1
    conflicts: Mapping[str, float]  # sum of 1 - r with the other criteria
    information: Mapping[str, float]  # deviation times conflict
    correlations: tuple[tuple[float | None, ...], ...]  # None where a column is constant
    ddof: int


def critic(
    alternatives: Sequence[str],
    criteria: Sequence[str],
    values: ArrayLike,
    *,
    costs: Sequence[str] = (),
    ddof: int = 1,
) -> CriticWeights:
    """Weights from values (alternatives x criteria, any numbers) by deviation and conflict.

    Columns are brought to 0 (worst) .. 1 (best) first; `costs` names criteria of which less is
    better. Deviations divide by n - `ddof` (0 or 1), which changes them but no weight. A constant
    column weighs 0 and takes no part in conflicts.

    Raises AnalysisError (`critic_...`, `decision_...`). Source: Diakoulaki, Mavrotas and
    Papayannakis 1995.
    """
    given = decision(alternatives, criteria, values, costs)
    if ddof not in {0, 1}:
        raise AnalysisError("critic_ddof", value=ddof)
    still = constant(given)
    shown = min_max(given)
    correlations = _correlations(shown, still)
    deviations = shown.std(axis=0, ddof=ddof)
    conflicts = np.where(still, 0.0, np.nansum(1.0 - correlations, axis=0))
    information = deviations * conflicts
    if not information.sum() > 1e-12:
        raise AnalysisError("critic_no_conflict")
    return CriticWeights(
        n=len(given.alternatives),
        parameters=frozen({**given.parameters(), "normalisation": "min_max", "ddof": ddof}),
        weights=given.by_criterion(information / information.sum()),
        deviations=given.by_criterion(deviations),
        conflicts=given.by_criterion(conflicts),
        information=given.by_criterion(information),
        correlations=tuple(
            tuple(None if np.isnan(each) else each for each in row) for row in correlations.tolist()
        ),
        ddof=ddof,
        cautions=tuple(_cautions(given.criteria, len(given.alternatives), still)),
    )


def _correlations(shown: Floats, still: Flags) -> Floats:
    """Pearson's r between columns, NaN where one is constant."""
    centred = shown - shown.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    unit = centred / np.where(still, 1.0, length)
    found = np.clip(unit.T @ unit, -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    found[still, :] = np.nan
    found[:, still] = np.nan
    return np.asarray(found)


def _cautions(criteria: Sequence[str], alternatives: int, still: Flags) -> list[Caution]:
    notes = []
    names = np.array(criteria)[still].tolist()
    if names:
        notes.append(caution("weighing_constant", criteria=", ".join(names)))
    if alternatives <= len(criteria):
        notes.append(caution("weighing_few", alternatives=alternatives, criteria=len(criteria)))
    return notes
