"""Path modelling the plain way: rows, scores and loops, for the fast way to be held against.

Nothing of the library is used, only numpy; every number is computed from scores of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

type Blocks = dict[str, list[int]]
type Paths = list[tuple[str, str]]


@dataclass
class Fitted:
    """What one sample shows."""

    mean: np.ndarray
    deviation: np.ndarray
    weights: dict[str, np.ndarray]  # of treated items, for scores of variance one
    loadings: dict[str, np.ndarray]
    paths: dict[tuple[str, str], float]
    r2: dict[str, float]

    def total(self, blocks: Blocks) -> dict[tuple[str, str], float]:
        """Sums over all chains of paths, by powers of the path matrix."""
        names = list(blocks)
        direct = np.zeros((len(names), len(names)))
        for (source, target), value in self.paths.items():
            direct[names.index(source), names.index(target)] = value
        power, total = direct.copy(), direct.copy()
        for _ in names:
            power = power @ direct
            total += power
        return {
            (names[s], names[t]): float(total[s, t]) for s, t in np.argwhere(total != 0).tolist()
        }


def weighted_mean(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray((rows * weights[:, None]).sum(axis=0) / weights.sum())


def weighted_covariance(a: np.ndarray, b: np.ndarray, weights: np.ndarray) -> float:
    """Of case weights with mean one over n - 1."""
    weights = weights / weights.mean()
    n = len(a)
    return float((weights * (a - weights @ a / n) * (b - weights @ b / n)).sum() / (n - 1))


def replaced(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Each gap filled with the mean of its column."""
    values = values.copy()
    for column in values.T:
        known = ~np.isnan(column)
        column[~known] = (weights[known] @ column[known]) / weights[known].sum()
    return values


def fit(
    values: np.ndarray,
    blocks: Blocks,
    paths: Paths,
    *,
    formative: tuple[str, ...] = (),
    centred: bool = False,
    weights: np.ndarray | None = None,
) -> Fitted:
    """Partial least squares, path scheme, until weights change by less than 1e-7 in all."""
    case = np.ones(len(values)) if weights is None else weights
    values = replaced(values, case)
    mean = weighted_mean(values, case)
    deviation = np.sqrt([weighted_covariance(column, column, case) for column in values.T])
    treated = values - mean if centred else (values - mean) / deviation

    def covary(a: np.ndarray, b: np.ndarray) -> float:
        return weighted_covariance(a, b, case)

    def unit(name: str, own: np.ndarray) -> np.ndarray:
        score = treated[:, blocks[name]] @ own
        return np.asarray(own / np.sqrt(covary(score, score)))

    def regression(target: np.ndarray, others: list[np.ndarray]) -> np.ndarray:
        matrix = np.array([[covary(a, b) for b in others] for a in others])
        return np.linalg.solve(matrix, [covary(a, target) for a in others])

    outer = {name: unit(name, np.ones(len(items))) for name, items in blocks.items()}
    before_all = {t: [s for s, target in paths if target == t] for t in blocks}
    while True:
        scores = {name: treated[:, items] @ outer[name] for name, items in blocks.items()}
        new = {}
        for name, items in blocks.items():
            inner = np.zeros(len(values))
            before = before_all[name]
            if before:
                slopes = regression(scores[name], [scores[each] for each in before])
                inner += sum(s * scores[each] for s, each in zip(slopes, before, strict=True))
            for source, target in paths:
                if source == name:
                    inner += covary(scores[name], scores[target]) * scores[target]
            own = np.array([covary(treated[:, item], inner) for item in items])
            if name in formative:
                within = [[covary(treated[:, i], treated[:, j]) for j in items] for i in items]
                own = np.linalg.solve(np.array(within), own)
            new[name] = unit(name, own)
        moved = sum(np.abs(new[name] - outer[name]).sum() for name in blocks)
        outer = new
        if moved < 1e-7:
            break
    scores = {name: treated[:, items] @ outer[name] for name, items in blocks.items()}
    found: dict[tuple[str, str], float] = {}
    explained: dict[str, float] = {}
    for name, before in before_all.items():
        if before:
            slopes = regression(scores[name], [scores[each] for each in before])
            found |= {(s, name): float(b) for s, b in zip(before, slopes, strict=True)}
            explained[name] = float(
                sum(
                    b * covary(scores[s], scores[name]) for s, b in zip(before, slopes, strict=True)
                )
            )
    loadings = {
        name: np.array(
            [
                covary(treated[:, item], scores[name])
                / np.sqrt(covary(treated[:, item], treated[:, item]))
                for item in items
            ]
        )
        for name, items in blocks.items()
    }
    return Fitted(mean, deviation, outer, loadings, found, explained)
