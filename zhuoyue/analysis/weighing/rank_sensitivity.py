"""How far a TOPSIS ranking hangs on its weights.

Source: Triantaphyllou and Sanchez 1997 (smallest change of a weight that changes the best);
Butler, Jia and Dyer 1997 (random weights).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.weighing.decision import Decision, decision, weights_of
from zhuoyue.analysis.weighing.topsis import ALIKE, Gaps, Normalisation, gaps, ranks_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats


@dataclass(frozen=True, slots=True)
class Move:
    """The ranking after one weight has been moved by a share of itself."""

    criterion: str
    change: float  # such as -0.1
    weight: float
    first: str
    ranks: tuple[int, ...]
    moved: int  # alternatives whose rank differs


@dataclass(frozen=True, slots=True)
class Turn:
    """The nearest weight of a criterion, below or above, at which another takes the first place."""

    criterion: str
    weight: float
    turns_at: float
    change: float | None  # as a share of the weight; None for a weight of 0
    first: str  # who takes the place


@dataclass(frozen=True, kw_only=True)
class RankSensitivity(MethodResult):
    """Moves of single weights, exact turning points, random weights; `n` counts alternatives."""

    method: ClassVar[str] = "rank_sensitivity"
    seed: int
    alternatives: tuple[str, ...]
    closeness: tuple[float, ...]
    ranks: tuple[int, ...]
    first: str
    moves: tuple[Move, ...]
    turns: tuple[Turn, ...]  # at most one below and one above for each criterion
    nearest: Turn | None  # the smallest change in points; None: no single weight turns it
    draws: int
    first_kept: float  # share of draws that leave the first place
    first_shares: Mapping[str, float]  # share of draws in which each is first
    ahead: tuple[tuple[float, ...], ...]  # (i, j): share of draws in which i is ahead of j


def rank_sensitivity(
    alternatives: Sequence[str],
    criteria: Sequence[str],
    values: ArrayLike,
    weights: Mapping[str, float],
    *,
    costs: Sequence[str] = (),
    normalisation: Normalisation | str = Normalisation.VECTOR,
    change: float = 0.1,
    draws: int = 10_000,
    seed: int = 0,
) -> RankSensitivity:
    """The arguments of `topsis`, and how far to move weights (`change` 0 .. 1, of the weight).

    Single weights go down and up by `change`, the others keep their proportions and all sum to
    one. Random weights are each multiplied by a uniform number in 1 - change .. 1 + change, then
    brought to sum one. Turning points are exact: closeness of two alternatives is equal where a
    quadratic in (t / (1 - t)) squared is nil, t being the weight. Errors: those of `topsis`, and
    rank_sensitivity_setting. Source: Triantaphyllou and Sánchez 1997; Butler, Jia and Dyer 1997.
    """
    normalisation = choice(Normalisation, normalisation, "normalisation")
    given = decision(alternatives, criteria, values, costs)
    parts = weights_of(given.criteria, weights)
    if not 0 < change <= 1 or draws < 1:
        raise AnalysisError("rank_sensitivity_setting", change=change, draws=draws)
    apart = gaps(given, normalisation)
    closeness, to_ideal, to_anti = apart.closeness(parts)
    if not (to_ideal + to_anti).any():
        raise AnalysisError("topsis_all_alike")
    ranks = ranks_of(closeness)
    best = int(np.argmin(ranks))
    names = given.alternatives
    turns = tuple(_turns(apart, parts, best, names, given.criteria))
    nearest = min(turns, key=lambda each: abs(each.turns_at - each.weight), default=None)
    first_shares, ahead = _drawn(apart, _random_weights(parts, change, draws, seed))
    return RankSensitivity(
        n=len(names),
        parameters=frozen(
            {
                **given.parameters(),
                "weights": frozen(dict(weights)),
                "normalisation": normalisation.value,
                "change": change,
                "draws": draws,
                "perturbation": "uniform factor of each weight, then sum one",
            }
        ),
        seed=seed,
        alternatives=names,
        closeness=tuple(closeness.tolist()),
        ranks=tuple(ranks.tolist()),
        first=names[best],
        moves=tuple(_moves(given, apart, parts, change)),
        turns=turns,
        nearest=nearest,
        draws=draws,
        first_kept=float(first_shares[best]),
        first_shares=given.by_alternative(first_shares),
        ahead=tuple(tuple(row) for row in ahead.tolist()),
        cautions=tuple(_cautions(names, ranks, nearest, change)),
    )


def moved_weight(parts: Floats, criterion: int, weight: float) -> Floats:
    """One weight set, the others in their proportions, sum one."""
    rest = 1.0 - parts[criterion]
    others = np.full(len(parts), 1.0 / max(len(parts) - 1, 1)) if rest <= 0 else parts / rest
    found = others * (1.0 - weight)
    found[criterion] = weight
    return np.asarray(found)


def _moves(given: Decision, apart: Gaps, parts: Floats, change: float) -> Iterator[Move]:
    if len(parts) < 2:
        return
    ranks = ranks_of(apart.closeness(parts)[0])
    for k, criterion in enumerate(given.criteria):
        for each in (-change, change):
            weight = min(float(parts[k]) * (1 + each), 1.0)
            found = ranks_of(apart.closeness(moved_weight(parts, k, weight))[0])
            first, differ = given.alternatives[int(np.argmin(found))], int((found != ranks).sum())
            yield Move(criterion, each, weight, first, tuple(found.tolist()), differ)


def _turns(
    apart: Gaps, parts: Floats, best: int, names: Sequence[str], criteria: Sequence[str]
) -> Iterator[Turn]:
    if len(parts) < 2:
        return
    for k, criterion in enumerate(criteria):
        weight = float(parts[k])
        roots = np.unique(_crossings(apart, parts, k, best))
        below, above = roots[roots < weight][::-1], roots[roots > weight]
        for side, end in (([weight, *below], 0.0), ([weight, *above], 1.0)):
            stops = [*side, end]
            for at, beyond in pairwise(stops):
                found = apart.closeness(moved_weight(parts, k, (at + beyond) / 2))[0]
                winner = int(np.argmax(found))
                if at != beyond and found[winner] > found[best] + ALIKE:
                    change = (float(at) - weight) / weight if weight > 0 else inf
                    told = change if isfinite(change) else None
                    yield Turn(criterion, weight, float(at), told, names[winner])
                    break


def _crossings(apart: Gaps, parts: Floats, k: int, best: int) -> Floats:
    """Weights of criterion k (0 .. 1) at which another is exactly as close as the best."""
    others = moved_weight(parts, k, 0.0) ** 2
    a, b = apart.anti[:, k], apart.anti @ others  # squared distances: u a + b, u = (t / (1-t))^2
    c, d = apart.ideal[:, k], apart.ideal @ others
    found = []
    for j in range(len(a)):
        quadratic = [
            a[best] * c[j] - a[j] * c[best],
            a[best] * d[j] + b[best] * c[j] - a[j] * d[best] - b[j] * c[best],
            b[best] * d[j] - b[j] * d[best],
        ]
        roots = np.roots(quadratic) if np.any(quadratic) else np.empty(0)
        real = np.real(roots[np.abs(np.imag(roots)) <= 1e-9 * np.abs(roots)])
        ratio = np.sqrt(real[real > 0])
        found.append(ratio / (1.0 + ratio))
    return np.concatenate(found)


def _random_weights(parts: Floats, change: float, draws: int, seed: int) -> Floats:
    chance = np.random.default_rng(seed)
    drawn = parts * chance.uniform(1.0 - change, 1.0 + change, (draws, len(parts)))
    total = drawn.sum(axis=1, keepdims=True)
    return np.where(total > 0, drawn / np.where(total > 0, total, 1.0), parts)


def _drawn(apart: Gaps, drawn: Floats) -> tuple[Floats, Floats]:
    """How often each is first (shared equally when alike), and ahead of each other one."""
    closeness = apart.closeness(drawn)[0]  # alternatives x draws
    top = closeness >= closeness.max(axis=0) - ALIKE
    ahead = [(each > closeness + ALIKE).mean(axis=1) for each in closeness]
    return np.asarray((top / top.sum(axis=0)).mean(axis=1)), np.array(ahead)


def _cautions(
    names: Sequence[str], ranks: Floats, nearest: Turn | None, change: float
) -> list[Caution]:
    tied = [name for name, rank in zip(names, ranks, strict=True) if rank == 1]
    if len(tied) > 1:
        return [caution("topsis_tie", alternatives=", ".join(tied))]
    if nearest is None or nearest.change is None or abs(nearest.change) > change:
        return []
    return [
        caution(
            "rank_sensitivity_thin",
            criterion=nearest.criterion,
            weight=nearest.weight,
            turns_at=nearest.turns_at,
            first=nearest.first,
        )
    ]
