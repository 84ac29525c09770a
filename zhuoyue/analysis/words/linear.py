"""A regularised linear model of labels: logistic regression, found by L-BFGS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.words.matrices import Sparse, minimised

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats

STEPS = 200  # the objective is flat long before
INTERCEPT = 0.01  # of the regularisation: keeps a label without examples finite


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights (features x labels) and intercepts; `joint` where one text has one label."""

    weights: Floats
    intercepts: Floats
    joint: bool

    def probabilities(self, features: Sparse) -> Floats:
        """Texts x labels; rows sum to one where joint."""
        return _probabilities(features @ self.weights + self.intercepts, joint=self.joint)


def fit(
    features: Sparse, targets: Floats, weights: Floats, *, regularisation: float, joint: bool
) -> Linear:
    """Minimise the sum of weighted log losses + regularisation / 2 * squared weights.

    `targets`: texts x labels, 0 or 1; `weights` the same shape (of a joint model one column each
    row counts with its first). Joint: softmax over labels; else each label by itself.
    """
    size, labels = features.shape[1], targets.shape[1]
    if joint and labels == 2:
        return _of_two(features, targets, weights, regularisation=regularisation)
    turned = features.T.tocsr()
    penalty = np.full((size + 1, labels), regularisation)
    penalty[-1] *= INTERCEPT

    def objective(flat: Floats) -> tuple[float, Floats]:
        at = flat.reshape(size + 1, labels)
        scores = features @ at[:-1] + at[-1]
        loss = float((weights * _losses(scores, targets, joint=joint)).sum())
        pull = weights * (_probabilities(scores, joint=joint) - targets)
        gradient = np.vstack([turned @ pull, pull.sum(axis=0)]) + penalty * at
        return loss + 0.5 * float((penalty * at * at).sum()), gradient.ravel()

    start = np.zeros((size + 1) * labels)
    found = minimised(objective, start, steps=STEPS).reshape(size + 1, labels)
    return Linear(found[:-1], found[-1], joint)


def _of_two(features: Sparse, targets: Floats, weights: Floats, *, regularisation: float) -> Linear:
    """The same minimum by half the work: of two labels one's weights are minus the other's."""
    one = fit(features, targets[:, 1:], weights, regularisation=regularisation / 2, joint=False)
    sides = np.array([-0.5, 0.5])
    return Linear(one.weights * sides, one.intercepts * sides, True)


def _probabilities(scores: Floats, *, joint: bool) -> Floats:
    if not joint:
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * scores)))
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _losses(scores: Floats, targets: Floats, *, joint: bool) -> Floats:
    """Minus the logarithm of what was given, shared out over labels."""
    if not joint:
        return np.asarray(np.logaddexp(0.0, scores) - targets * scores)
    top = scores.max(axis=1, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    return np.asarray(-targets * logs)
