"""Weights of answers to known margins: post-stratification and raking.

Sources: Deming and Stephan 1940 for raking (iterative proportional fitting); Kish 1965 for the
effective size and the design effect of unequal weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats, Integers

STEPS, TOLERANCE = 1000, 1e-9
EFFECT_LARGE = 2.0  # half the answers are lost to unequal weights
CELL_THIN = 5  # answers of a group below which a few people speak for many


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a margin before and after weighting (shares of one)."""

    margin: str
    group: str
    answers: int
    unweighted: float
    weighted: float
    target: float


@dataclass(frozen=True, kw_only=True)
class Weighting(MethodResult):
    """A weight for each answer, of mean one; `n` counts the answers."""

    method: ClassVar[str] = "weighting"
    kind: str  # post_stratification, raking
    weights: tuple[float, ...]
    groups: tuple[Group, ...]
    effective_n: float  # Kish: (sum w) squared over sum of w squared
    design_effect: float  # n over effective n
    steps: int
    trimmed: int  # how many weights were held at the limit


@dataclass(frozen=True, eq=False)
class _Margin:
    name: str
    groups: tuple[str, ...]
    codes: Integers  # of each answer, which group
    target: Floats  # shares, sum one

    def shares(self, weights: Floats) -> Floats:
        sums = np.bincount(self.codes, weights, minlength=len(self.groups))
        return np.asarray(sums / weights.sum())


def weighting(
    answers: Mapping[str, Sequence[str]],
    margins: Mapping[str, Mapping[str, float]],
    *,
    trim: float | None = None,
) -> Weighting:
    """Weights that bring answers to known margins.

    `answers` gives each variable's group of every answer; `margins` the size of every group in the
    population, as counts or shares (each margin is brought to sum one). One margin is
    post-stratification, exact in one step; several are raked until every share is met. To stratify
    by crossed variables, give one variable whose groups are the crossings. `trim` bounds the
    largest weight at so many times the mean; margins are then met as far as the bound lets them.

    Raises AnalysisError (`weighting_...`). Source: Deming and Stephan 1940; Kish 1965.
    """
    check_mapping(margins, "margins")
    for name, target in margins.items():
        check_mapping(target, f"margins, {name}")
    held = [_margin(name, answers, target) for name, target in margins.items()]
    if not held:
        raise AnalysisError("weighting_no_margin")
    n = len(held[0].codes)
    for each in held:
        if len(each.codes) != n:
            raise AnalysisError("lengths_differ", first=n, second=len(each.codes))
    if trim is not None and not trim > 1:
        raise AnalysisError("weighting_trim", trim=trim)
    weights, steps, gap = _raked(held, n, trim)
    if gap > TOLERANCE and trim is None:
        raise AnalysisError("weighting_unconverged", steps=steps, gap=gap)
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    trimmed = 0 if trim is None else int((weights >= trim * (1 - 1e-9)).sum())
    groups = tuple(group for each in held for group in _groups(each, weights))
    return Weighting(
        n=n,
        parameters=frozen(
            {
                "trim": trim,
                "tolerance": TOLERANCE,
                "margins": frozen({name: frozen(dict(each)) for name, each in margins.items()}),
            }
        ),
        kind="post_stratification" if len(held) == 1 else "raking",
        weights=tuple(weights.tolist()),
        groups=groups,
        effective_n=effective,
        design_effect=n / effective,
        steps=steps,
        trimmed=trimmed,
        cautions=tuple(_cautions(groups, n / effective, trimmed, gap)),
    )


def _margin(
    name: str, answers: Mapping[str, Sequence[str]], target: Mapping[str, float]
) -> _Margin:
    """A margin whose groups all have answers, and whose answers all have groups."""
    if name not in answers:
        raise AnalysisError("weighting_unknown", margin=name, known=", ".join(answers))
    groups = tuple(group for group, size in target.items() if size != 0)
    for group, size in target.items():
        if not (size >= 0 and np.isfinite(size)):
            raise AnalysisError("weighting_target", margin=name, group=group, size=size)
    place = {group: code for code, group in enumerate(groups)}
    codes = np.empty(len(answers[name]), dtype=np.int64)
    for row, group in enumerate(answers[name]):
        if group not in place:
            raise AnalysisError(
                "weighting_group", margin=name, group=group, row=row + 1, known=", ".join(groups)
            )
        codes[row] = place[group]
    empty = [groups[k] for k in np.flatnonzero(np.bincount(codes, minlength=len(groups)) == 0)]
    if empty or not groups:
        raise AnalysisError("weighting_empty", margin=name, groups=", ".join(empty))
    sizes = np.array([target[group] for group in groups], dtype=np.float64)
    return _Margin(name, groups, codes, sizes / sizes.sum())


def _raked(held: Sequence[_Margin], n: int, trim: float | None) -> tuple[Floats, int, float]:
    """Weights of mean one, how many rounds it took, and the largest gap of a share that is left."""
    weights = np.ones(n)
    gap = np.inf
    for step in range(1, STEPS + 1):
        before = weights
        for margin in held:
            weights = weights * (margin.target / margin.shares(weights))[margin.codes]
        if trim is not None:
            weights = _bounded(weights / weights.mean(), trim)
        gap = max(float(np.abs(each.shares(weights) - each.target).max()) for each in held)
        if gap <= TOLERANCE or np.abs(weights - before).max() <= 1e-12:
            return weights / weights.mean(), step, gap
    return weights / weights.mean(), STEPS, gap


def _bounded(weights: Floats, trim: float) -> Floats:
    """The same with none above `trim`, the mean kept at one by raising the others alike."""
    held = np.zeros(len(weights), dtype=bool)
    while True:
        held |= weights >= trim
        rest = len(weights) - trim * held.sum()
        free = np.where(held, 0.0, weights)
        weights = np.where(held, trim, free * rest / free.sum())
        if not (weights > trim * (1 + 1e-12)).any():
            return weights


def _groups(margin: _Margin, weights: Floats) -> list[Group]:
    counts = np.bincount(margin.codes, minlength=len(margin.groups)).tolist()
    shares = margin.shares(weights).tolist()
    return [
        Group(margin.name, group, count, count / len(weights), share, target)
        for group, count, share, target in zip(
            margin.groups, counts, shares, margin.target.tolist(), strict=True
        )
    ]


def _cautions(groups: Sequence[Group], effect: float, trimmed: int, gap: float) -> list[Caution]:
    notes = [
        caution("weighting_thin", margin=each.margin, group=each.group, n=each.answers)
        for each in groups
        if each.answers < CELL_THIN
    ]
    if effect > EFFECT_LARGE:
        notes.append(caution("weighting_effect", effect=effect))
    if trimmed:
        notes.append(caution("weighting_trimmed", trimmed=trimmed, gap=gap))
    elif gap > TOLERANCE:
        notes.append(caution("weighting_gap", gap=gap))
    return notes
