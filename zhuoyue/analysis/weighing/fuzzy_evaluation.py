"""Fuzzy comprehensive evaluation: weights and memberships in grades become one verdict.

Source: Zadeh 1965; Wang Peizhuang, Theory of Fuzzy Sets and its Applications (1983), for the four
operators; the effectiveness of the largest membership as (m b - 1) / (2 c (m - 1)) of m grades,
with b the largest and c the second share, as customary in Chinese handbooks of evaluation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

CLEAR = 0.5  # below this effectiveness the largest membership is no clear winner
ROUNDING = 1e-6


class Operator(StrEnum):
    """How a weight and a membership meet, and how the criteria then come together."""

    WEIGHTED_AVERAGE = "weighted_average"
    MIN_MAX = "min_max"
    PRODUCT_MAX = "product_max"
    BOUNDED_SUM = "bounded_sum"

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self]


_SYMBOLS = {
    Operator.WEIGHTED_AVERAGE: "M(·,+)",
    Operator.MIN_MAX: "M(∧,∨)",
    Operator.PRODUCT_MAX: "M(·,∨)",
    Operator.BOUNDED_SUM: "M(∧,⊕)",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one operator says."""

    operator: Operator
    memberships: Mapping[str, float]  # of each grade, as the operator gives them
    shares: Mapping[str, float]  # the same brought to sum one
    grade: str  # of the largest membership; of several the first as the grades were given
    tied: tuple[str, ...]  # the grades that share the largest membership, if several
    effectiveness: float  # 0 all grades alike; inf one grade has all
    score: float | None  # points weighted by the shares; None without points


@dataclass(frozen=True, kw_only=True)
class FuzzyEvaluation(MethodResult):
    """The verdict of the operator chosen, and of all; `n` counts the criteria."""

    method: ClassVar[str] = "fuzzy_evaluation"
    operator: Operator
    verdict: Verdict
    verdicts: tuple[Verdict, ...]  # of all operators, side by side
    weights: Mapping[str, float]
    memberships: Mapping[str, Mapping[str, float]]  # criterion -> grade -> membership


def fuzzy_evaluation(
    criteria: Sequence[str],
    grades: Sequence[str],
    weights: ArrayLike,
    memberships: ArrayLike,
    *,
    operator: Operator | str = Operator.WEIGHTED_AVERAGE,
    votes: bool = False,
    normalise: bool = False,
    points: Mapping[str, float] | None = None,
) -> FuzzyEvaluation:
    """A verdict from weights (criteria) and memberships (criteria x grades), each 0 .. 1.

    Weights and each row of memberships must sum to one; with `normalise` they are brought there.
    With `votes` the cells are counts of votes. `points` gives every grade its points for a score.
    Errors are coded `fuzzy_...` and name criterion and grade.

    Source: Zadeh 1965; Wang Peizhuang 1983.
    """
    operator = choice(Operator, operator, "operator")
    names = unique_names(criteria, 1, "fuzzy_criterion_missing", "fuzzy_criterion_twice")
    levels = unique_names(grades, 2, "fuzzy_grade_missing", "fuzzy_grade_twice")
    table = _table(names, levels, memberships, votes=votes, normalise=normalise)
    importance = weighed(names, weights, normalise=normalise)
    worth = worth_of(levels, points)
    verdicts = tuple(verdict_of(each, levels, importance, table, worth) for each in Operator)
    chosen = next(each for each in verdicts if each.operator is operator)
    return FuzzyEvaluation(
        n=len(names),
        parameters=frozen(
            {
                "grades": levels,
                "operator": operator.value,
                "votes": votes,
                "normalise": normalise,
                "points": None if points is None else frozen(dict(points)),
            }
        ),
        operator=operator,
        verdict=chosen,
        verdicts=verdicts,
        weights=frozen(dict(zip(names, importance.tolist(), strict=True))),
        memberships=frozen(
            {name: by_name(levels, row) for name, row in zip(names, table, strict=True)}
        ),
        cautions=tuple(cautions_of(chosen, verdicts)),
    )


def combined(weights: Floats, memberships: Floats, operator: Operator) -> Floats:
    """Memberships of the whole (grades) from weights (criteria) and (criteria x grades)."""
    product, least = weights[:, None] * memberships, np.minimum(weights[:, None], memberships)
    match operator:
        case Operator.WEIGHTED_AVERAGE:
            return np.asarray(product.sum(axis=0))
        case Operator.MIN_MAX:
            return np.asarray(least.max(axis=0))
        case Operator.PRODUCT_MAX:
            return np.asarray(product.max(axis=0))
        case Operator.BOUNDED_SUM:
            return np.asarray(np.minimum(1.0, least.sum(axis=0)))


def effectiveness(shares: Floats) -> float:
    """How clearly the largest share leads: 0 where all are alike, inf where it has all."""
    size = len(shares)
    second, largest = np.sort(shares)[-2:].tolist()
    above = max((size * largest - 1) / (size - 1), 0.0)
    return above / (2 * second) if second > 0 else float("inf")


def verdict_of(
    operator: Operator, grades: Sequence[str], weights: Floats, table: Floats, worth: Floats | None
) -> Verdict:
    """What an operator says of weights and memberships."""
    found = combined(weights, table, operator)
    shares = found / found.sum()
    top = np.flatnonzero(np.isclose(found, found.max(), rtol=1e-12, atol=1e-12)).tolist()
    return Verdict(
        operator=operator,
        memberships=by_name(grades, found),
        shares=by_name(grades, shares),
        grade=grades[top[0]],
        tied=tuple(grades[each] for each in top) if len(top) > 1 else (),
        effectiveness=effectiveness(shares),
        score=None if worth is None else float(shares @ worth),
    )


def by_name(names: Sequence[str], values: Floats) -> Mapping[str, float]:
    return frozen(dict(zip(names, values.tolist(), strict=True)))


def unique_names(given: Sequence[str], least: int, too_few: str, twice: str) -> tuple[str, ...]:
    names = tuple(str(each) for each in given)
    if len(names) < least:
        raise AnalysisError(too_few, least=least)
    for k, name in enumerate(names):
        if name in names[:k]:
            raise AnalysisError(twice, name=name)
    return names


def _table(
    names: Sequence[str],
    grades: Sequence[str],
    memberships: ArrayLike,
    *,
    votes: bool,
    normalise: bool,
) -> Floats:
    table = np.array(numbers_of(memberships, "memberships"))
    if table.shape != (len(names), len(grades)):
        raise AnalysisError("fuzzy_shape", criteria=len(names), grades=len(grades))
    most = np.inf if votes or normalise else 1.0
    for i, j in np.argwhere(~((table >= 0) & np.isfinite(table) & (table <= most))).tolist():
        raise AnalysisError(
            "fuzzy_membership", criterion=names[i], grade=grades[j], value=float(table[i, j])
        )
    if votes:
        for i, j in np.argwhere(table != np.floor(table)).tolist():
            raise AnalysisError(
                "fuzzy_vote", criterion=names[i], grade=grades[j], value=float(table[i, j])
            )
    sums = table.sum(axis=1)
    for i in np.flatnonzero(sums == 0).tolist():
        raise AnalysisError("fuzzy_row_empty", criterion=names[i])
    if votes or normalise:
        return np.asarray(table / sums[:, None])
    for i in np.flatnonzero(np.abs(sums - 1) > ROUNDING).tolist():
        raise AnalysisError("fuzzy_row_sum", criterion=names[i], total=float(sums[i]))
    return table


def weighed(names: Sequence[str], weights: ArrayLike, *, normalise: bool) -> Floats:
    found = np.array(numbers_of(weights, "weights"))
    if found.shape != (len(names),):
        raise AnalysisError("fuzzy_weights_count", criteria=len(names), weights=found.size)
    for i in np.flatnonzero(~((found >= 0) & np.isfinite(found))).tolist():
        raise AnalysisError("fuzzy_weight", criterion=names[i], value=float(found[i]))
    total = float(found.sum())
    if total <= 0 or (not normalise and abs(total - 1) > ROUNDING):
        raise AnalysisError("fuzzy_weight_sum", total=total)
    return np.asarray(found / total) if normalise else found


def worth_of(grades: Sequence[str], points: Mapping[str, float] | None) -> Floats | None:
    if points is None:
        return None
    for name in points:
        if name not in grades:
            raise AnalysisError("fuzzy_points_unknown", grade=name, known=", ".join(grades))
    for grade in grades:
        if grade not in points or not np.isfinite(points[grade]):
            raise AnalysisError("fuzzy_points_missing", grade=grade)
    return np.array([points[grade] for grade in grades], dtype=np.float64)


def cautions_of(chosen: Verdict, verdicts: Sequence[Verdict]) -> list[Caution]:
    notes: list[Caution] = []
    if chosen.tied:
        notes.append(
            caution("fuzzy_tied", operator=chosen.operator.symbol, grades=", ".join(chosen.tied))
        )
    elif chosen.effectiveness < CLEAR:
        first, second = sorted(chosen.shares.items(), key=lambda each: -each[1])[:2]
        notes.append(
            caution(
                "fuzzy_no_clear_winner",
                operator=chosen.operator.symbol,
                first=first[0],
                second=second[0],
                share=first[1],
                next_share=second[1],
                effectiveness=chosen.effectiveness,
                limit=CLEAR,
            )
        )
    if len({each.tied or (each.grade,) for each in verdicts}) > 1:
        said = "; ".join(
            f"{each.operator.symbol} {' = '.join(each.tied or (each.grade,))}" for each in verdicts
        )
        notes.append(caution("fuzzy_operators_differ", verdicts=said))
    return notes
