"""Compiled forms of the hot loops; each says which function it stands in for.

Samples are iterated sixteen side by side, so that one instruction serves several of them; their
matrices are copied into a table that fits the processor's cache. A sample's numbers do not depend
on its neighbours: whoever has settled is written down and no longer looked at.
"""

from __future__ import annotations

from importlib import import_module
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats
    from zhuoyue.analysis.layout import Tables

LANES = 16
CENTROID, FACTORIAL, PATH = 0, 1, 2
REFLECTIVE, FORMATIVE, UNIT = 0, 1, 2
SINGULAR = 1e-10  # as in linear.py


class Rule(NamedTuple):
    """Scheme and stopping rule."""

    scheme: int
    tolerance: float
    limit: int


class State(NamedTuple):
    """Where a group of samples stands (the sample is the last axis)."""

    weights: Floats  # items
    items: Floats  # constructs x items
    scores: Floats  # constructs x constructs
    inner: Floats  # constructs x constructs
    block: Floats  # room for one regression
    factor: Floats
    right: Floats
    sound: Flags


def _jit(function: Any) -> Any:
    """Without the interpreter's lock, kept between runs, arithmetic in the order written."""
    return import_module("numba").njit(cache=True, nogil=True, error_model="numpy")(function)


def _factorise(matrix: Floats, size: int, factor: Floats, sound: Flags) -> None:
    """Lower Cholesky factors; `sound` is cleared where a column depends on others."""
    pivot = np.empty(LANES)
    for j in range(size):
        for lane in range(LANES):
            pivot[lane] = matrix[j, j, lane]
        for k in range(j):
            for lane in range(LANES):
                pivot[lane] -= factor[j, k, lane] * factor[j, k, lane]
        for lane in range(LANES):
            if not pivot[lane] > SINGULAR * matrix[j, j, lane]:
                sound[lane] = False
                pivot[lane] = 1.0
            factor[j, j, lane] = sqrt(pivot[lane])
        for i in range(j + 1, size):
            for lane in range(LANES):
                factor[i, j, lane] = matrix[i, j, lane]
            for k in range(j):
                for lane in range(LANES):
                    factor[i, j, lane] -= factor[i, k, lane] * factor[j, k, lane]
            for lane in range(LANES):
                factor[i, j, lane] /= factor[j, j, lane]


factorise = _jit(_factorise)


def _resolve(factor: Floats, size: int, right: Floats) -> None:
    """Solve L L' x = right in place (linear.solve)."""
    for j in range(size):
        for k in range(j):
            for lane in range(LANES):
                right[j, lane] -= factor[j, k, lane] * right[k, lane]
        for lane in range(LANES):
            right[j, lane] /= factor[j, j, lane]
    for j in range(size - 1, -1, -1):
        for k in range(j + 1, size):
            for lane in range(LANES):
                right[j, lane] -= factor[k, j, lane] * right[k, lane]
        for lane in range(LANES):
            right[j, lane] /= factor[j, j, lane]


resolve = _jit(_resolve)


def _images(matrix: Floats, tables: Tables, k: int, state: State) -> None:
    """Covariances of one construct's score with the items of those that ask for them."""
    starts = tables.starts
    begin, end = starts[k], starts[k + 1]
    for other in range(len(starts) - 1):
        if not tables.asked[k, other]:
            continue
        for p in range(starts[other], starts[other + 1]):
            image, weight, row = state.items[k, p], state.weights[begin], matrix[begin, p]
            for lane in range(LANES):
                image[lane] = weight[lane] * row[lane]
            for i in range(begin + 1, end - 1, 2):  # two at a time: half as often to memory
                weight, row = state.weights[i], matrix[i, p]
                weight_after, row_after = state.weights[i + 1], matrix[i + 1, p]
                for lane in range(LANES):
                    image[lane] += weight[lane] * row[lane] + weight_after[lane] * row_after[lane]
            if (end - begin) % 2 == 0:
                weight, row = state.weights[end - 1], matrix[end - 1, p]
                for lane in range(LANES):
                    image[lane] += weight[lane] * row[lane]


images = _jit(_images)


def _scale(matrix: Floats, tables: Tables, state: State) -> None:  # noqa: PLR0912 - loops, not choices
    """Bring weights to scores of unit variance (weights.score), where anyone asks for them."""
    starts, asked = tables.starts, tables.asked
    count = len(starts) - 1
    scale = np.empty((count, LANES))
    for k in range(count):
        images(matrix, tables, k, state)
    for k in range(count):
        for c in range(k + 1):
            if not asked[c, k]:
                continue
            value = state.scores[k, c]
            for lane in range(LANES):
                value[lane] = 0.0
            for i in range(starts[k], starts[k + 1]):
                weight, image = state.weights[i], state.items[c, i]
                for lane in range(LANES):
                    value[lane] += weight[lane] * image[lane]
        for lane in range(LANES):
            scale[k, lane] = 1.0 / sqrt(state.scores[k, k, lane])
        for i in range(starts[k], starts[k + 1]):
            for lane in range(LANES):
                state.weights[i, lane] *= scale[k, lane]
    for k in range(count):
        for c in range(count):
            if not asked[k, c]:
                continue
            for p in range(starts[c], starts[c + 1]):
                for lane in range(LANES):
                    state.items[k, p, lane] *= scale[k, lane]
            if c > k:
                continue
            for lane in range(LANES):
                state.scores[k, c, lane] *= scale[k, lane] * scale[c, lane]
            for lane in range(LANES):
                state.scores[c, k, lane] = state.scores[k, c, lane]


scale_scores = _jit(_scale)


def _regress(state: State, tables: Tables, culprit: Any) -> None:
    """Inner weights of the path scheme: regressions on predecessors (weights._inner_weights)."""
    for target in range(state.scores.shape[0]):
        size = tables.predictor_counts[target]
        if size < 2:
            continue
        chosen = tables.predictors[target]
        for a in range(size):
            for b in range(size):
                for lane in range(LANES):
                    state.block[a, b, lane] = state.scores[chosen[a], chosen[b], lane]
            for lane in range(LANES):
                state.right[a, lane] = state.scores[chosen[a], target, lane]
        for lane in range(LANES):
            state.sound[lane] = True
        factorise(state.block, size, state.factor, state.sound)
        resolve(state.factor, size, state.right)
        for lane in range(LANES):
            if not state.sound[lane]:
                culprit[lane] = target
        for a in range(size):
            for lane in range(LANES):
                state.inner[chosen[a], target, lane] = state.right[a, lane]


regress = _jit(_regress)


def _step(  # noqa: PLR0912, PLR0917 - loops; no keywords when compiled
    matrix: Floats, tables: Tables, rule: Rule, factors: Floats, state: State, culprit: Any
) -> None:
    """One round: neighbours' sum, items from neighbours, scores from items (weights._step)."""
    count = state.scores.shape[0]
    for k in range(count):
        for c in range(count):
            for lane in range(LANES):
                value = state.scores[k, c, lane]
                if rule.scheme == CENTROID:
                    value = np.sign(value)
                state.inner[k, c, lane] = value
    if rule.scheme == PATH:
        regress(state, tables, culprit)
    for k in range(count):
        first, last = tables.starts[k], tables.starts[k + 1]
        for i in range(first, last):
            for lane in range(LANES):
                state.weights[i, lane] = 1.0 if tables.modes[k] == UNIT else 0.0
        if tables.modes[k] == UNIT:
            continue
        for a in range(tables.neighbour_counts[k]):
            other = tables.neighbours[k, a]
            share = state.inner[other, k]
            for i in range(first, last):
                image, weight = state.items[other, i], state.weights[i]
                for lane in range(LANES):
                    weight[lane] += image[lane] * share[lane]
        if tables.modes[k] == FORMATIVE:
            resolve(factors[k], last - first, state.weights[first:last])
    scale_scores(matrix, tables, state)


step = _jit(_step)


def _settle(  # noqa: PLR0912, PLR0917 - loops; no keywords when compiled
    matrix: Floats, count: int, tables: Tables, rule: Rule, values: Floats, notes: Floats
) -> None:
    """Iterate the first `count` of a group of samples (items x items x lanes)."""
    width, constructs = matrix.shape[0], len(tables.starts) - 1
    widest = max(1, np.max(tables.starts[1:] - tables.starts[:-1]), np.max(tables.predictor_counts))
    square = (constructs, constructs, LANES)
    state = State(
        np.ones((width, LANES)),
        np.zeros((constructs, width, LANES)),
        np.zeros(square),  # what nobody asks for stays nil
        np.empty(square),
        np.empty((widest, widest, LANES)),
        np.empty((widest, widest, LANES)),
        np.empty((widest, LANES)),
        np.ones(LANES, dtype=np.bool_),
    )
    factors = np.empty((constructs, widest, widest, LANES))
    culprit = np.full(LANES, -1)
    for lane in range(count):
        notes[lane] = np.array([rule.limit, np.inf, 1.0, -1.0, -1.0])
    for k in range(constructs):
        if tables.modes[k] == FORMATIVE:
            first, last = tables.starts[k], tables.starts[k + 1]
            state.sound[:] = True
            factorise(matrix[first:last, first:last], last - first, factors[k], state.sound)
            for lane in range(count):
                if not state.sound[lane] and notes[lane, 2] > 0.0:
                    notes[lane, 2], notes[lane, 3] = 0.0, k
    scale_scores(matrix, tables, state)
    before = state.weights.copy()
    moving = np.ones(LANES, dtype=np.bool_)
    moved = np.empty(LANES)
    for round_ in range(rule.limit + 1):
        step(matrix, tables, rule, factors, state, culprit)
        moved[:] = 0.0
        for p in range(width):
            for lane in range(LANES):
                moved[lane] += abs(state.weights[p, lane] - before[p, lane])
                before[p, lane] = state.weights[p, lane]
        left = 0
        for lane in range(count):
            if not moving[lane]:
                continue
            notes[lane, 1] = moved[lane]
            values[lane] = before[:, lane]
            if culprit[lane] >= 0:
                if notes[lane, 2] > 0.0:
                    notes[lane, 2], notes[lane, 4] = 0.0, culprit[lane]
            if moved[lane] < rule.tolerance or culprit[lane] >= 0:
                notes[lane, 0], moving[lane] = round_, False
            else:
                left += 1
        if left == 0:
            return


settle = _jit(_settle)


def _settle_all(matrix: Floats, tables: Tables, rule: Rule, values: Floats, notes: Floats) -> None:
    """Iterate every sample of a batch (items x items x batch; weights.find_weights).

    `values` (batch x items) takes the weights; `notes` (batch x 5) rounds, last change, regular,
    singular block, construct with singular predictors.
    """
    width, batch = matrix.shape[0], matrix.shape[2]
    local = np.empty((width, width, LANES))
    for first in range(0, batch, LANES):
        count = min(LANES, batch - first)
        for i in range(width):
            for j in range(width):
                sample = matrix[i, j, first:]
                for lane in range(count):
                    local[i, j, lane] = sample[lane]
                for lane in range(count, LANES):  # a last group is filled up with its last sample
                    local[i, j, lane] = sample[count - 1]
        settle(
            local, count, tables, rule, values[first : first + count], notes[first : first + count]
        )


settle_all = _jit(_settle_all)


def _tally(rows: Any, counts: Any) -> None:
    """How often each row occurs in each resample (replicates.Sampler._counts)."""
    for sample in range(rows.shape[0]):
        for place in range(rows.shape[1]):
            counts[sample, rows[sample, place]] += 1


tally = _jit(_tally)
