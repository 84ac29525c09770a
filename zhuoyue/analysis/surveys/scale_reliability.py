"""Reliability of a scale whose answers have gaps: alpha and omega from moments that are named.

Sources: Cronbach 1951; Feldt 1965 for the interval; Dempster, Laird and Rubin 1977 for moments by
EM (normal model); McDonald 1999 for omega, here of one factor by iterated principal axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.fit import feldt_intervals
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats, Integers

EM_STEPS, EM_CHANGE = 5000, 1e-10
AXES_STEPS, AXES_CHANGE = 20_000, 1e-12


class Gaps(StrEnum):
    """Where the covariances come from when answers are missing."""

    PAIRWISE = "pairwise"  # each pair of items from those who answered both
    EM = "em"  # maximum likelihood of a normal model over all who answered something
    COMPLETE = "complete"  # those who answered everything


@dataclass(frozen=True, kw_only=True)
class ScaleReliability(MethodResult):
    """Alpha and omega of one scale; `n` counts the rows that were used."""

    method: ClassVar[str] = "scale_reliability"
    items: tuple[str, ...]
    alpha: float
    alpha_low: float  # Feldt, with `interval_n` rows
    alpha_high: float
    interval_n: int  # the smallest number of answers behind any pair: the careful choice
    omega: float | None  # None: fewer than three items or no proper one-factor solution
    answered: Mapping[str, int]  # answers of each item
    pair_counts: tuple[tuple[int, ...], ...]  # items x items: how many answered both
    item_rest: Mapping[str, float]  # correlation of an item with the sum of the others


def scale_reliability(
    items: Sequence[str],
    answers: ArrayLike,
    *,
    gaps: Gaps | str = Gaps.PAIRWISE,
    level: float = 0.95,
) -> ScaleReliability:
    """Reliability of a table of answers (rows x items), NaN where there is none.

    Pairwise suits gaps by chance and large n; EM also gaps that the other answers explain; both
    assume more than the interval shows, which is a caution.

    Raises AnalysisError (`scale_...`). Source: Cronbach 1951; Feldt 1965; McDonald 1999.
    """
    gaps = choice(Gaps, gaps, "gaps")
    names = names_in(items)
    given = _checked(names, answers, level)
    used = given[~np.isnan(given).any(axis=1)] if gaps is Gaps.COMPLETE else given
    used = used[~np.isnan(used).all(axis=1)]
    known = ~np.isnan(used)
    pairs = known.T.astype(np.int64) @ known.astype(np.int64)
    _check_pairs(names, used, pairs)
    covariance = _pairwise(used) if gaps is not Gaps.EM else _em(used)
    alpha = _alpha(covariance)
    smallest = int(pairs.min())
    low, high = feldt_intervals(alpha, smallest, len(names), level)
    omega = _omega(covariance)
    rest = _item_rest(covariance)
    return ScaleReliability(
        n=len(used),
        parameters=frozen({"gaps": gaps.value, "level": level, "interval": "feldt_smallest_pair"}),
        items=names,
        alpha=alpha,
        alpha_low=float(low),
        alpha_high=float(high),
        interval_n=smallest,
        omega=omega,
        answered=frozen(dict(zip(names, np.diag(pairs).tolist(), strict=True))),
        pair_counts=tuple(map(tuple, pairs.tolist())),
        item_rest=frozen(dict(zip(names, rest.tolist(), strict=True))),
        cautions=tuple(_cautions(names, given, len(used), covariance=covariance, omega=omega)),
    )


def _checked(names: Sequence[str], answers: ArrayLike, level: float) -> Floats:
    if not 0 < level < 1:
        raise AnalysisError("setting_not_between", setting="level", value=level, low=0, high=1)
    given = numbers_of(answers, "answers")
    if given.ndim != 2 or given.shape[1] != len(names) or len(names) < 2:
        columns = given.shape[1] if given.ndim == 2 else 1
        raise AnalysisError("scale_items", items=len(names), columns=columns)
    for row, column in np.argwhere(np.isinf(given)).tolist():
        raise AnalysisError("value_infinite", row=row + 1, column=names[column])
    return given


def _check_pairs(names: Sequence[str], used: Floats, pairs: Integers) -> None:
    for i, j in np.argwhere(pairs < 3).tolist():
        raise AnalysisError("scale_pair_thin", first=names[i], second=names[j], n=int(pairs[i, j]))
    for position, name in enumerate(names):
        values = used[:, position]
        if np.nanmax(values) == np.nanmin(values):
            raise AnalysisError("item_constant", item=name, value=float(np.nanmax(values)))


def _pairwise(table: Floats) -> Floats:
    """Each covariance around the means of those who answered both, over their number less one."""
    items = table.shape[1]
    found = np.empty((items, items))
    known = ~np.isnan(table)
    for i in range(items):
        for j in range(i, items):
            both = known[:, i] & known[:, j]
            one, other = table[both, i], table[both, j]
            product = float(((one - one.mean()) * (other - other.mean())).sum())
            found[i, j] = found[j, i] = product / (both.sum() - 1)
    return found


def _em(table: Floats) -> Floats:
    """Covariance of a normal model by EM, on items brought to spread one and back again."""
    centre, spread = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    scaled = (table - centre) / spread
    patterns, place = np.unique(~np.isnan(scaled), axis=0, return_inverse=True)
    groups = [scaled[place.ravel() == k] for k in range(len(patterns))]
    mean, covariance = np.zeros(table.shape[1]), np.eye(table.shape[1])
    for _ in range(EM_STEPS):
        new_mean, new = _em_step(patterns, groups, mean, covariance, len(table))
        change = max(np.abs(new - covariance).max(), np.abs(new_mean - mean).max())
        mean, covariance = new_mean, new
        if change < EM_CHANGE:
            return np.asarray(covariance * np.outer(spread, spread))
    raise AnalysisError("scale_em_unconverged", steps=EM_STEPS)


def _em_step(
    patterns: Floats, groups: Sequence[Floats], mean: Floats, covariance: Floats, n: int
) -> tuple[Floats, Floats]:
    items = len(mean)
    total, products = np.zeros(items), np.zeros((items, items))
    for seen, rows in zip(patterns.astype(bool), groups, strict=True):
        filled = rows.copy()
        if not seen.all():
            slope = np.linalg.pinv(covariance[np.ix_(seen, seen)]) @ covariance[np.ix_(seen, ~seen)]
            filled[:, ~seen] = mean[~seen] + (rows[:, seen] - mean[seen]) @ slope
            rest = covariance[np.ix_(~seen, ~seen)] - covariance[np.ix_(~seen, seen)] @ slope
            products[np.ix_(~seen, ~seen)] += len(rows) * rest
        total += filled.sum(axis=0)
        products += filled.T @ filled
    new_mean = total / n
    return new_mean, products / n - np.outer(new_mean, new_mean)


def _alpha(covariance: Floats) -> float:
    trace, everything, items = np.trace(covariance), covariance.sum(), len(covariance)
    if everything <= 1e-12 * trace:
        raise AnalysisError("items_cancel", method="scale_reliability")
    return float(items / (items - 1) * (1 - trace / everything))


def _omega(covariance: Floats) -> float | None:
    """Share of the sum's variance that one factor explains; None without a proper solution."""
    if len(covariance) < 3:
        return None
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    shared = np.full(len(spread), 0.5)
    for _ in range(AXES_STEPS):
        reduced = correlation.copy()
        np.fill_diagonal(reduced, shared)
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
        change = np.abs(loadings**2 - shared).max()
        shared = loadings**2
        if shared.max() >= 1:
            return None  # an item with no variance of its own
        if change < AXES_CHANGE:
            general = float((loadings * spread).sum()) ** 2
            return general / (general + float((spread**2 * (1 - shared)).sum()))
    return None


def _item_rest(covariance: Floats) -> Floats:
    """NaN where gaps leave the sum of the others no positive variance."""
    apart = ~np.eye(len(covariance), dtype=bool)
    # summed without the item: taken off a total, one by far the widest would leave rounding
    others = np.array([covariance[np.ix_(rest, rest)].sum() for rest in apart])
    shared = np.where(apart, covariance, 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = shared / np.sqrt(np.diag(covariance)) / np.sqrt(others)
    return np.where(others > 0, found, np.nan)


def _cautions(
    names: Sequence[str],
    given: Floats,
    used: int,
    *,
    covariance: Floats,
    omega: float | None,
) -> list[Caution]:
    notes: list[Caution] = []
    rest = _item_rest(covariance)
    missing = int(np.isnan(given).sum())
    if missing:
        notes.append(
            caution("scale_gaps", missing=missing, cells=given.size, used=used, rows=len(given))
        )
    if used < 30:
        notes.append(caution("n_small", n=used))
    if np.linalg.eigvalsh(covariance)[0] < -1e-9 * np.trace(covariance):
        notes.append(caution("scale_not_positive"))
    if omega is None:
        notes.append(caution("scale_no_omega", items=len(names)))
    notes += [
        caution("scale_item_against", item=name, value=value)
        for name, value in zip(names, rest.tolist(), strict=True)
        if value < 0
    ]
    return notes
