"""Agreement of people who sort the same things, beyond what chance would give.

Sources: Cohen 1960, 1968 (two coders, weights); Fleiss, Cohen & Everitt 1969 (its standard
error); Fleiss 1971 (several coders); Fleiss, Nee & Landis 1979 (standard error without agreement);
limits of several coders by the jackknife over the things sorted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import normal_quantile
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_lengths, kind_of, numbers_of
from zhuoyue.analysis.labels import label
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats

GO_ON = 0.6  # what a code frame should reach before the coding goes on
FEW = 30
ONE_SIDED = 0.9


class Weighting(StrEnum):
    """How near misses count where categories have an order."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, kw_only=True)
class Kappa(MethodResult):
    """Agreement beyond chance; `n` counts the things sorted."""

    method: ClassVar[str] = "kappa"
    kind: str  # cohen or fleiss
    coders: int
    categories: tuple[str, ...]
    observed: float  # agreement seen, weighted where weights are used
    expected: float  # agreement that chance would give
    kappa: float | None  # None where everyone says one thing only
    se: float | None
    low: float | None
    high: float | None
    se_by_chance: float | None  # were there no agreement but by chance
    by_category: Mapping[str, float | None]  # each category against all others


def kappa(
    coders: Sequence[Sequence[str]],
    *,
    categories: Sequence[str] | None = None,
    weighting: Weighting | str = Weighting.NONE,
    level: float = 0.95,
) -> Kappa:
    """From labels (coders x things): Cohen's kappa of two coders, Fleiss' of more.

    Things that somebody left unlabelled (empty, None, NaN) are left out, with a caution.
    `categories` gives their order where weights need one; without it numbers are taken in their
    order, other names in that of the alphabet.

    Raises AnalysisError (`kappa_...`). Source: Cohen 1960; Fleiss 1971; Fleiss, Cohen and
    Everitt 1969 (limits).
    """
    weighting = choice(Weighting, weighting, "weighting")
    rows, left_out = _complete(coders)
    seen = _ordered({each for row in rows for each in row})
    known = tuple(map(label, seen if categories is None else categories))
    places = {name: k for k, name in enumerate(known)}
    unknown = next((each for row in rows for each in row if each not in places), None)
    if unknown is not None:
        raise AnalysisError("kappa_label", found=unknown, known=", ".join(known))
    notes = [caution("kappa_left_out", rows=left_out)] if left_out else []
    numbers = np.array([[places[each] for each in row] for row in rows], dtype=np.int64)
    if len(coders) == 2:
        size = len(known)
        table = np.bincount(numbers @ np.array([size, 1]), minlength=size**2).reshape(size, size)
        return cohen(known, table, weighting=weighting, level=level, notes=notes)
    if weighting is not Weighting.NONE:
        raise AnalysisError("kappa_weights", coders=len(coders))
    counts = np.array([np.bincount(row, minlength=len(known)) for row in numbers])
    return fleiss(known, counts, level=level, notes=notes)


def cohen(
    categories: Sequence[str],
    table: ArrayLike,
    *,
    weighting: Weighting | str = Weighting.NONE,
    level: float = 0.95,
    notes: Sequence[Caution] = (),
) -> Kappa:
    """From counts (category of the first coder x category of the second)."""
    weighting = choice(Weighting, weighting, "weighting")
    counts = _counts(table, len(categories), len(categories))
    n = float(counts.sum())
    share = counts / n
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    weights = _weights(len(categories), weighting)
    observed = float((weights * share).sum())
    expected = float(rows @ weights @ columns)
    found = _beyond(observed, expected)
    se = chance = None
    if found is not None:
        near = (weights @ columns)[:, None] + (weights.T @ rows)[None, :]
        spread = (share * (weights * (1 - expected) - near * (1 - observed)) ** 2).sum()
        less = (observed * expected - 2 * expected + observed) ** 2
        se = float(np.sqrt(max(spread - less, 0.0) / n)) / (1 - expected) ** 2
        by_chance = (np.outer(rows, columns) * (weights - near) ** 2).sum() - expected**2
        chance = float(np.sqrt(max(by_chance, 0.0) / n)) / (1 - expected)
    each = [_beyond(*_one_against_all(share, k)) for k in range(len(categories))]
    return _result(
        "cohen", 2, categories, int(n), (observed, expected, found), (se, chance), each, level,
        {"weighting": weighting.value}, notes,
    )  # fmt: skip


def fleiss(
    categories: Sequence[str],
    table: ArrayLike,
    *,
    level: float = 0.95,
    notes: Sequence[Caution] = (),
) -> Kappa:
    """From counts (things x categories): how many coders put each thing where; all equally many."""
    counts = _counts(table, None, len(categories))
    coders = counts.sum(axis=1)
    uneven = np.flatnonzero(coders != coders[0])
    if len(uneven) or coders[0] < 2:
        row = int(uneven[0]) if len(uneven) else 0
        raise AnalysisError(
            "kappa_coders", row=row + 1, found=int(coders[row]), expected=int(max(coders[0], 2))
        )
    many, things = float(coders[0]), len(counts)
    observed, expected = _fleiss_shares(counts)
    found = _beyond(observed, expected)
    share = counts.mean(axis=0) / many
    se = chance = None
    if found is not None:
        se = _jackknife(counts)
        rest = share * (1 - share)
        spread = rest.sum() ** 2 - (rest * (1 - 2 * share)).sum()
        pairs = things * many * (many - 1)
        chance = float(np.sqrt(2 * max(spread, 0.0) / pairs) / rest.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = (counts * (many - counts)).sum(axis=0)
        each = 1 - apart / (things * many * (many - 1) * share * (1 - share))
    return _result(
        "fleiss", int(many), categories, things, (observed, expected, found), (se, chance),
        [float(k) if np.isfinite(k) else None for k in each], level, {"se": "jackknife"}, notes,
    )  # fmt: skip


def _result(  # noqa: PLR0917 - both kinds are told alike
    kind: str,
    coders: int,
    categories: Sequence[str],
    n: int,
    shares: tuple[float, float, float | None],
    errors: tuple[float | None, float | None],
    each: Sequence[float | None],
    level: float,
    parameters: Mapping[str, object],
    notes: Sequence[Caution],
) -> Kappa:
    observed, expected, found = shares
    se, chance = errors
    low = high = None
    if found is not None and se is not None:
        reach = normal_quantile(level) * se
        low, high = max(found - reach, -1.0), min(found + reach, 1.0)
    cautions = [*notes]
    if n < FEW:
        cautions.append(caution("kappa_few", n=n, advised=FEW))
    if found is None:
        cautions.append(caution("kappa_one_category"))
    elif found < GO_ON:
        cautions.append(caution("kappa_low", kappa=found, limit=GO_ON))
    if found is not None and expected > ONE_SIDED:
        cautions.append(caution("kappa_one_sided", expected=expected, observed=observed))
    return Kappa(
        n=n,
        parameters=frozen({**parameters, "level": level}),
        kind=kind,
        coders=coders,
        categories=tuple(categories),
        observed=observed,
        expected=expected,
        kappa=found,
        se=se,
        low=low,
        high=high,
        se_by_chance=chance,
        by_category=frozen(dict(zip(categories, each, strict=True))),
        cautions=tuple(cautions),
    )


def _complete(coders: Sequence[Sequence[str]]) -> tuple[list[tuple[str, ...]], int]:
    """Things that all coders labelled, and how many were not."""
    if len(coders) < 2:
        raise AnalysisError("kappa_coders", row="-", found=len(coders), expected=2)
    for number, labels in enumerate(coders, start=1):
        if isinstance(labels, str) or not hasattr(labels, "__len__"):
            raise AnalysisError("kappa_form", coder=number, found=kind_of(labels))
    check_lengths(**{f"coder {k}": each for k, each in enumerate(coders, start=1)})
    rows = list(zip(*([label(each) for each in labels] for labels in coders), strict=True))
    kept = [row for row in rows if all(row)]
    if not kept:
        raise AnalysisError("kappa_empty")
    return kept, len(rows) - len(kept)


def _ordered(labels: set[str]) -> list[str]:
    """10 after 9 where all are numbers."""
    try:
        return sorted(labels, key=lambda each: (float(each), each))
    except ValueError:
        return sorted(labels)


def _counts(table: ArrayLike, rows: int | None, columns: int) -> Floats:
    counts = numbers_of(table, "table")
    fits = counts.ndim == 2 and counts.shape[1] == columns and rows in {None, len(counts)}
    if not fits or not columns or not len(counts):
        raise AnalysisError("kappa_shape", shape=" x ".join(map(str, counts.shape)))
    bad = np.argwhere(~(counts >= 0) | (counts != np.floor(counts)))
    if len(bad):
        row, column = (int(k) for k in bad[0])
        raise AnalysisError(
            "kappa_count", row=row + 1, column=column + 1, value=float(counts[row, column])
        )
    if not counts.sum():
        raise AnalysisError("kappa_empty")
    return counts


def _weights(size: int, weighting: Weighting) -> Floats:
    """What agreement counts: one on the diagonal."""
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(1, size - 1)
    if weighting is Weighting.NONE:
        return np.eye(size)
    return np.asarray(1 - (distance if weighting is Weighting.LINEAR else distance**2))


def _beyond(observed: float, expected: float) -> float | None:
    return None if expected >= 1 - 1e-12 else (observed - expected) / (1 - expected)


def _one_against_all(share: Floats, k: int) -> tuple[float, float]:
    """Observed and expected agreement where all other categories are one."""
    row, column, both = float(share[k].sum()), float(share[:, k].sum()), float(share[k, k])
    return 1 - row - column + 2 * both, row * column + (1 - row) * (1 - column)


def _fleiss_shares(counts: Floats) -> tuple[float, float]:
    many = counts[0].sum()
    agreed = ((counts**2).sum(axis=1) - many) / (many * (many - 1))
    share = counts.mean(axis=0) / many
    return float(agreed.mean()), float((share**2).sum())


def _jackknife(counts: Floats) -> float | None:
    """Standard error from leaving out each thing in turn; None for a single one."""
    things = len(counts)
    if things < 2:
        return None
    left = [_beyond(*_fleiss_shares(np.delete(counts, k, axis=0))) for k in range(things)]
    known = np.array([each for each in left if each is not None])
    if len(known) < things:
        return None
    return float(np.sqrt((things - 1) / things * ((known - known.mean()) ** 2).sum()))
