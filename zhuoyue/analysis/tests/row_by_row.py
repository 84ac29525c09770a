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


@dataclass
class Sample:
    """Treated answers with case weights, and what is computed from scores of people."""

    treated: np.ndarray
    case: np.ndarray
    blocks: Blocks
    paths: Paths

    def covary(self, a: np.ndarray, b: np.ndarray) -> float:
        return weighted_covariance(a, b, self.case)

    def unit(self, name: str, own: np.ndarray) -> np.ndarray:
        """Weights of a score of variance one."""
        score = self.treated[:, self.blocks[name]] @ own
        return np.asarray(own / np.sqrt(self.covary(score, score)))

    def scores(self, outer: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {name: self.treated[:, own] @ outer[name] for name, own in self.blocks.items()}

    def before(self, name: str) -> list[str]:
        return [source for source, target in self.paths if target == name]

    def slopes(self, name: str, scores: dict[str, np.ndarray]) -> dict[str, float]:
        """Regression of a score on those with a path to it."""
        before = self.before(name)
        matrix = [[self.covary(scores[a], scores[b]) for b in before] for a in before]
        right = [self.covary(scores[a], scores[name]) for a in before]
        found = np.linalg.solve(np.array(matrix), right).tolist() if before else []
        return dict(zip(before, found, strict=True))

    def step(self, name: str, scores: dict[str, np.ndarray], *, formative: bool) -> np.ndarray:
        """New weights from what the neighbours say (path scheme)."""
        inner = np.zeros(len(self.treated))
        for source, slope in self.slopes(name, scores).items():
            inner += slope * scores[source]
        for source, target in self.paths:
            if source == name:
                inner += self.covary(scores[name], scores[target]) * scores[target]
        columns = [self.treated[:, item] for item in self.blocks[name]]
        own = np.array([self.covary(column, inner) for column in columns])
        if formative:
            within = [[self.covary(a, b) for b in columns] for a in columns]
            own = np.linalg.solve(np.array(within), own)
        return self.unit(name, own)

    def loadings(self, name: str, score: np.ndarray) -> np.ndarray:
        columns = [self.treated[:, item] for item in self.blocks[name]]
        return np.array([self.covary(c, score) / np.sqrt(self.covary(c, c)) for c in columns])


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
    sample = Sample(treated, case, blocks, paths)
    outer = {name: sample.unit(name, np.ones(len(items))) for name, items in blocks.items()}
    moved = np.inf
    while moved >= 1e-7:
        scores = sample.scores(outer)
        new = {name: sample.step(name, scores, formative=name in formative) for name in blocks}
        moved = sum(np.abs(new[name] - outer[name]).sum() for name in blocks)
        outer = new
    scores = sample.scores(outer)
    found: dict[tuple[str, str], float] = {}
    explained: dict[str, float] = {}
    for name in blocks:
        slopes = sample.slopes(name, scores)
        if slopes:
            found |= {(source, name): slope for source, slope in slopes.items()}
            explained[name] = sum(
                slope * sample.covary(scores[source], scores[name])
                for source, slope in slopes.items()
            )
    loadings = {name: sample.loadings(name, scores[name]) for name in blocks}
    return Fitted(mean, deviation, outer, loadings, found, explained)
