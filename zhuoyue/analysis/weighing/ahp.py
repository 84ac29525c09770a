"""Analytic hierarchy process: weights of criteria from comparisons by pairs.

Source: Saaty, The Analytic Hierarchy Process (1980); Harker 1987 for incomplete comparisons and
Agoston & Csato 2022 for how consistent they must be; Aczel and Saaty 1983 for the geometric mean of
several judges. Random indices as in Saaty's table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats

# Saaty (1980): mean consistency index of random comparisons of 1, 2, 3 ... criteria.
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
RANDOM_INDEX_TABLE = "Saaty 1980"
RATIO_LIMIT = 0.1


class Prioritisation(StrEnum):
    """How weights are taken from a matrix of comparisons."""

    EIGENVECTOR = "eigenvector"
    GEOMETRIC_MEAN = "geometric_mean"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One comparison, and how far the weights contradict it."""

    first: str
    second: str
    given: float  # how many times more important the first is said to be
    implied: float  # the ratio of their weights
    error: float  # the larger of given/implied and implied/given, at least 1


@dataclass(frozen=True, kw_only=True)
class Priorities(MethodResult):
    """Weights of criteria and how consistent the comparisons are; `n` counts the judges."""

    method: ClassVar[str] = "ahp"
    weights: Mapping[str, float]  # sum one
    lambda_max: float
    consistency_index: float
    random_index: float | None  # None: not tabled for so many criteria
    random_index_table: str
    consistency_ratio: float | None  # None where there is no random index
    worst: Judgement | None  # the comparison that is contradicted most
    by_judge: tuple[Mapping[str, float], ...]  # weights of each judge alone, where several


def ahp(
    criteria: Sequence[str],
    judgements: ArrayLike,
    *,
    prioritisation: Prioritisation | str = Prioritisation.EIGENVECTOR,
    ratio_limit: float = RATIO_LIMIT,
) -> Priorities:
    """Weights from comparisons: one matrix (criteria x criteria) or several (judges x ...).

    Cell (i, j) says how many times more important criterion i is than j (1/9 .. 9 by custom); NaN
    where nobody compared them. Of each pair one cell is enough; where both are given they must be
    reciprocal, and the one above 1 counts, since 0.33 stands for a third. Several judges are
    combined by the geometric mean of each comparison. A consistency ratio above `ratio_limit` is a
    caution that names the comparison to think over.

    Raises AnalysisError (`ahp_...`). Source: Saaty 1980; Harker 1987 (gaps); Aczél and Saaty
    1983 (several judges).
    """
    prioritisation = choice(Prioritisation, prioritisation, "prioritisation")
    names = tuple(str(each) for each in criteria)
    matrices = _matrices(names, judgements)
    combined = _combined(matrices)
    weights = _weights(names, combined, prioritisation)
    lambda_max = _lambda_max(combined, weights, prioritisation)
    size = len(names)
    index = (lambda_max - size) / (size - 1) if size > 1 else 0.0
    tabled = RANDOM_INDEX[size - 1] if size <= len(RANDOM_INDEX) else None
    ratio = None if tabled is None else (index / tabled if tabled else 0.0)
    worst = _worst(names, combined, weights)
    several = len(matrices) > 1
    alone = [_weights(names, each, prioritisation) for each in matrices] if several else []
    return Priorities(
        n=len(matrices),
        parameters=frozen(
            {
                "criteria": names,
                "prioritisation": prioritisation.value,
                "ratio_limit": ratio_limit,
                "judgements": tuple(tuple(map(tuple, each.tolist())) for each in matrices),
            }
        ),
        weights=_named(names, weights),
        lambda_max=lambda_max,
        consistency_index=index,
        random_index=tabled,
        random_index_table=RANDOM_INDEX_TABLE,
        consistency_ratio=ratio,
        worst=worst,
        by_judge=tuple(_named(names, each) for each in alone),
        cautions=tuple(_cautions(names, combined, ratio, ratio_limit, worst)),
    )


def _named(names: Sequence[str], values: Floats) -> Mapping[str, float]:
    return frozen(dict(zip(names, values.tolist(), strict=True)))


def _matrices(names: Sequence[str], judgements: ArrayLike) -> Floats:
    """Judges x criteria x criteria, both halves filled, NaN where not compared."""
    given = np.array(numbers_of(judgements, "judgements"))
    if given.ndim == 2:
        given = given[None]
    size = len(names)
    if size < 2 or given.ndim != 3 or given.shape[1:] != (size, size) or not len(given):
        rows, columns = given.shape[-2:] if given.ndim > 1 else (1, given.size)
        raise AnalysisError("ahp_shape", criteria=size, rows=rows, columns=columns)
    twice = [each for k, each in enumerate(names) if each in names[:k]]
    if twice:
        raise AnalysisError("ahp_criterion_twice", criterion=twice[0])
    for matrix in given:
        _check(names, matrix)
        gaps = np.isnan(matrix)
        matrix[gaps] = (1.0 / matrix.T)[gaps]
        rounded = (matrix < 1) & (matrix.T >= 1)
        matrix[rounded] = (1.0 / matrix.T)[rounded]
        np.fill_diagonal(matrix, 1.0)
    return given


def _check(names: Sequence[str], matrix: Floats) -> None:
    for i, j in np.argwhere(~(np.isnan(matrix) | ((matrix > 1e-9) & (matrix < 1e9)))).tolist():
        raise AnalysisError(
            "ahp_not_positive", first=names[i], second=names[j], value=float(matrix[i, j])
        )
    more, less = np.maximum(matrix, matrix.T), np.minimum(matrix, matrix.T)
    # 0.33 stands for a third, and 0.14 for a seventh, in many a table
    off = (np.abs(more * less - 1.0) > 0.02) & (np.abs(less - 1.0 / more) > 0.00501)
    for i, j in np.argwhere(off).tolist():
        if i == j:
            raise AnalysisError("ahp_diagonal", criterion=names[i], value=float(matrix[i, i]))
        raise AnalysisError(
            "ahp_not_reciprocal",
            first=names[i],
            second=names[j],
            value=float(matrix[i, j]),
            other=float(matrix[j, i]),
        )


def _combined(matrices: Floats) -> Floats:
    """The geometric mean of those who compared a pair."""
    known = ~np.isnan(matrices)
    logs = np.where(known, np.log(np.where(known, matrices, 1.0)), 0.0).sum(axis=0)
    counts = known.sum(axis=0)
    return np.where(counts > 0, np.exp(logs / np.maximum(counts, 1)), np.nan)


def _weights(names: Sequence[str], matrix: Floats, how: Prioritisation) -> Floats:
    _check_joined(names, ~np.isnan(matrix))
    if how is Prioritisation.EIGENVECTOR:
        values, vectors = np.linalg.eig(_harker(matrix))
        found = np.abs(np.real(vectors[:, int(np.argmax(np.real(values)))]))
    else:
        found = np.exp(_log_least_squares(matrix))
    return np.asarray(found / found.sum())


def _harker(matrix: Floats) -> Floats:
    """Harker 1987: a missing comparison counts nil, and one more on the diagonal of its row."""
    gaps = np.isnan(matrix)
    return np.where(gaps, 0.0, matrix) + np.diag(gaps.sum(axis=1).astype(np.float64))


def _log_least_squares(matrix: Floats) -> Floats:
    """Logarithms of weights nearest to the comparisons given: row means where all are there."""
    known = ~np.isnan(matrix)
    np.fill_diagonal(known, val=False)
    logs = np.where(known, np.log(np.where(known, matrix, 1.0)), 0.0).sum(axis=1)
    laplacian = np.diag(known.sum(axis=1).astype(np.float64)) - known
    return np.asarray(np.linalg.lstsq(laplacian, logs, rcond=None)[0])


def _lambda_max(matrix: Floats, weights: Floats, how: Prioritisation) -> float:
    filled = _harker(matrix)
    if how is Prioritisation.EIGENVECTOR:
        return float(np.real(np.linalg.eigvals(filled)).max())
    return float((filled @ weights / weights).mean())


def _check_joined(names: Sequence[str], known: Flags) -> None:
    """Every criterion must be comparable with the first, through others if need be."""
    reached = known[0].copy()
    for _ in names:
        reached |= known[reached].any(axis=0)
    if not reached.all():
        lonely = names[int(np.flatnonzero(~reached)[0])]
        raise AnalysisError("ahp_not_joined", first=names[0], second=lonely)


def _worst(names: Sequence[str], matrix: Floats, weights: Floats) -> Judgement | None:
    implied = weights[:, None] / weights[None, :]
    error = np.triu(np.nan_to_num(np.abs(np.log(matrix / implied))), 1)
    i, j = np.unravel_index(int(np.argmax(error)), error.shape)
    if error[i, j] < 1e-9:
        return None
    given, ratio, times = float(matrix[i, j]), float(implied[i, j]), float(np.exp(error[i, j]))
    return Judgement(names[int(i)], names[int(j)], given, ratio, times)


def _cautions(
    names: Sequence[str],
    matrix: Floats,
    ratio: float | None,
    limit: float,
    worst: Judgement | None,
) -> list[Caution]:
    notes: list[Caution] = []
    if ratio is None:
        notes.append(caution("ahp_no_random_index", criteria=len(names), most=len(RANDOM_INDEX)))
    elif ratio > limit and worst is not None:
        notes.append(
            caution(
                "ahp_inconsistent",
                ratio=ratio,
                limit=limit,
                first=worst.first,
                second=worst.second,
                given=worst.given,
                implied=worst.implied,
            )
        )
    gaps = int(np.isnan(matrix).sum()) // 2
    fair = _fair(ratio, len(names), gaps)
    if ratio is not None and ratio <= limit < fair and worst is not None:
        pair = {"first": worst.first, "second": worst.second}
        notes.append(caution("ahp_incomplete_ratio", ratio=ratio, fair=fair, limit=limit, **pair))
    if gaps:
        notes.append(
            caution("ahp_incomplete", missing=gaps, pairs=len(names) * (len(names) - 1) // 2)
        )
    return notes


def _fair(ratio: float | None, size: int, gaps: int) -> float:
    """The ratio against random comparisons with as many gaps, which contradict each other less.

    Their index falls with the share of comparisons beyond a mere chain, from which none follows.
    """
    room = 1 - 2 * gaps / ((size - 1) * (size - 2)) if size > 2 else 0.0
    return ratio / room if ratio is not None and room > 0 else 0.0


def comparison(cell: Any) -> float:
    """A comparison as people write it: 3, "1/3", empty."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return float("nan")
    above, slash, below = str(cell).strip().partition("/")
    return float(above) / float(below) if slash else float(above)
