"""Fuzzy comprehensive evaluation on two levels: groups of criteria are judged, then the whole.

Source: as in `fuzzy_evaluation`. Handbooks differ in what the first level hands on where an
operator's memberships do not sum to one; `handed_on` names the way taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.weighing.fuzzy_evaluation import (
    FuzzyEvaluation,
    Operator,
    Verdict,
    cautions_of,
    fuzzy_evaluation,
    verdict_of,
    weighed,
    worth_of,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class HandedOn(StrEnum):
    """What the groups give to the level above."""

    SHARES = "shares"  # memberships brought to sum one
    MEMBERSHIPS = "memberships"  # as the operator gives them


@dataclass(frozen=True, kw_only=True)
class FuzzyLevels(MethodResult):
    """The verdict on the whole and on each group; `n` counts the criteria of all groups."""

    method: ClassVar[str] = "fuzzy_levels"
    operator: Operator
    verdict: Verdict
    verdicts: tuple[Verdict, ...]  # of all operators, each used on both levels
    groups: Mapping[str, FuzzyEvaluation]
    group_weights: Mapping[str, float]


def fuzzy_levels(
    criteria: Sequence[str],
    groups: Sequence[str],
    grades: Sequence[str],
    weights: ArrayLike,
    memberships: ArrayLike,
    *,
    group_weights: Mapping[str, float],
    operator: Operator | str = Operator.WEIGHTED_AVERAGE,
    handed_on: HandedOn | str = HandedOn.SHARES,
    votes: bool = False,
    normalise: bool = False,
    points: Mapping[str, float] | None = None,
) -> FuzzyLevels:
    """A verdict from criteria that each belong to a group (a name for each criterion).

    `weights` (criteria) sum to one within each group, `group_weights` over all groups; memberships
    (criteria x grades) and the other settings as in `fuzzy_evaluation`, whose errors are raised.

    Source: Zadeh 1965; Wang Peizhuang 1983.
    """
    operator = choice(Operator, operator, "operator")
    handed_on = choice(HandedOn, handed_on, "handed_on")
    names = _groups(criteria, groups, group_weights)
    given, table = numbers_of(weights, "weights"), numbers_of(memberships, "memberships")
    if given.shape != (len(criteria),):
        raise AnalysisError("fuzzy_weights_count", criteria=len(criteria), weights=given.size)
    if table.shape != (len(criteria), len(grades)):
        raise AnalysisError("fuzzy_shape", criteria=len(criteria), grades=len(grades))
    judged: dict[str, FuzzyEvaluation] = {}
    for name in names:
        inside = [k for k, group in enumerate(groups) if group == name]
        judged[name] = fuzzy_evaluation(
            [criteria[k] for k in inside], grades, given[inside], table[inside],
            operator=operator, votes=votes, normalise=normalise, points=points,
        )  # fmt: skip
    levels = tuple(str(each) for each in grades)
    importance = weighed(names, [group_weights[name] for name in names], normalise=normalise)
    worth = worth_of(levels, points)
    verdicts = tuple(
        verdict_of(each, levels, importance, _handed(judged, each, handed_on), worth)
        for each in Operator
    )
    chosen = next(each for each in verdicts if each.operator is operator)
    return FuzzyLevels(
        n=len(criteria),
        parameters=frozen(
            {
                "grades": levels, "operator": operator.value, "handed_on": handed_on.value,
                "votes": votes, "normalise": normalise,
                "points": None if points is None else frozen(dict(points)),
            }
        ),
        operator=operator,
        verdict=chosen,
        verdicts=verdicts,
        groups=frozen(judged),
        group_weights=frozen(dict(zip(names, importance.tolist(), strict=True))),
        cautions=tuple(cautions_of(chosen, verdicts)),
    )  # fmt: skip


def _groups(
    criteria: Sequence[str], groups: Sequence[str], weights: Mapping[str, float]
) -> tuple[str, ...]:
    """The groups in their order, all of them weighed."""
    for k, criterion in enumerate(criteria):
        if k >= len(groups) or not groups[k]:
            raise AnalysisError("fuzzy_group_missing", criterion=criterion)
        if criterion in criteria[:k]:
            raise AnalysisError("fuzzy_criterion_twice", name=criterion)
    names = tuple(dict.fromkeys(groups))
    for name in names:
        if name not in weights:
            raise AnalysisError("fuzzy_group_weight", group=name)
    for name in weights:
        if name not in names:
            raise AnalysisError("fuzzy_group_unknown", group=name, known=", ".join(names))
    return names


def _handed(
    judged: Mapping[str, FuzzyEvaluation], operator: Operator, handed_on: HandedOn
) -> np.ndarray:
    """(groups x grades) as this operator judges the groups."""
    own = [next(v for v in each.verdicts if v.operator is operator) for each in judged.values()]
    return np.array(
        [
            list((each.shares if handed_on is HandedOn.SHARES else each.memberships).values())
            for each in own
        ]
    )
