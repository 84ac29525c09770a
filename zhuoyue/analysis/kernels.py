"""Compiled forms of the weight iteration; each says which function it stands in for.

Samples are iterated side by side, so that one instruction serves several of them; their matrices
are copied into a table that fits the processor's cache. A sample's numbers do not depend on its
neighbours: whoever has settled is written down and no longer looked at.

Loops over samples run to a length known at run time only: of a fixed length they would be written
out one by one before anything is vectorised. Nothing is made inside, so that holders of arrays
need no counting. Without the two the iteration took twice as long.
"""

from __future__ import annotations

from importlib import import_module
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats
    from zhuoyue.analysis.layout import Tables

CENTROID, FACTORIAL, PATH = 0, 1, 2
REFLECTIVE, FORMATIVE, UNIT = 0, 1, 2
SINGULAR = 1e-10  # as in linear.py
NEAR = 2_000_000  # numbers of matrices that stay near the processor, in bytes
LANES = (64, 32)  # samples side by side


class Rule(NamedTuple):
    """Scheme and stopping rule."""

    scheme: int
    tolerance: float
    limit: int


class Room(NamedTuple):
    """Where a group of samples stands, and room to work in (the sample is the last axis)."""

    matrix: Floats  # items x items: what is iterated on; the lower triangle only
    weights: Floats  # items
    before: Floats  # items: weights of the round before
    unit: Floats  # items: standard deviations, in which weights are compared
    values: Floats  # items: weights of whoever has settled
    items: Floats  # constructs x items: covariances of scores with items
    scores: Floats  # constructs x constructs
    inner: Floats  # constructs x constructs
    scale: Floats  # constructs
    factors: Floats  # constructs x widest x widest: of formative blocks
    block: Floats  # widest x widest: one regression
    factor: Floats
    right: Floats  # widest
    pivot: Floats
    moved: Floats
    moving: Flags
    sound: Flags
    culprit: Any
    notes: Floats  # rounds, last change, regular, singular block, singular predictors


def entry(function: Any, **more: bool) -> Any:
    """Without the interpreter's lock, kept between runs, arithmetic in the order written."""
    settings = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return import_module("numba").njit(**settings, **more)(function)


def inner(function: Any) -> Any:
    """The same, called from compiled code only, which spares compiling a way in from Python."""
    return entry(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def lanes_for(items: int) -> int:
    """Samples side by side: as many as stay near the processor."""
    return next((each for each in LANES if items * items * each * 8 <= NEAR), LANES[-1])


def room_for(tables: Tables, items: int, lanes: int) -> Room:
    """Room for a group of samples."""
    count = len(tables.starts) - 1
    sizes = np.diff(tables.starts)
    widest = max(1, int(sizes.max()), int(tables.predictor_counts.max()))
    formative = widest if (tables.modes == FORMATIVE).any() else 0
    held: list[Any] = [
        np.empty((items, items, lanes)),
        *(np.ones((items, lanes)) for _ in range(4)),
        np.zeros((count, items, lanes)),
        np.zeros((count, count, lanes)),  # what nobody asks for stays nil
        np.empty((count, count, lanes)),
        np.empty((count, lanes)),
        np.empty((count, formative, formative, lanes)),
        *(np.empty((widest, widest, lanes)) for _ in range(2)),
        np.empty((widest, lanes)),
        *(np.empty(lanes) for _ in range(2)),
        *(np.ones(lanes, dtype=np.bool_) for _ in range(2)),
        np.empty(lanes, dtype=np.int64),
        np.empty((5, lanes)),
    ]
    return Room(*held)


def _copy(value: Floats, given: Floats) -> None:
    for lane in range(value.shape[0]):
        value[lane] = given[lane]


copy = inner(_copy)


def _spread(given: Any, value: Floats) -> None:
    """A group's numbers; where it is the last one, its last sample fills it up."""
    last = min(value.shape[0], given.shape[0]) - 1
    for lane in range(last + 1):
        value[lane] = given[lane]
    for lane in range(last + 1, value.shape[0]):
        value[lane] = given[last]


spread = inner(_spread)


def _add(value: Floats, one: Floats, other: Floats) -> None:
    for lane in range(value.shape[0]):
        value[lane] += one[lane] * other[lane]


add = inner(_add)


def _take(value: Floats, one: Floats, other: Floats) -> None:
    for lane in range(value.shape[0]):
        value[lane] -= one[lane] * other[lane]


take = inner(_take)


def _multiply(value: Floats, by: Floats) -> None:
    for lane in range(value.shape[0]):
        value[lane] *= by[lane]


multiply = inner(_multiply)


def _factorise(matrix: Floats, start: int, size: int, factor: Floats, room: Room) -> None:
    """Lower Cholesky factors of a block on the diagonal, one over their own diagonals, so that
    nobody need divide any more; `sound` is cleared where a column depends on others."""
    pivot, sound = room.pivot, room.sound
    for j in range(size):
        diagonal, own = matrix[start + j, start + j], factor[j, j]
        copy(pivot, diagonal)
        for k in range(j):
            take(pivot, factor[j, k], factor[j, k])
        for lane in range(pivot.shape[0]):
            if not pivot[lane] > SINGULAR * diagonal[lane]:
                sound[lane] = False
                pivot[lane] = 1.0
        for lane in range(pivot.shape[0]):
            own[lane] = 1.0 / sqrt(pivot[lane])
        for i in range(j + 1, size):
            value = factor[i, j]
            copy(value, matrix[start + i, start + j])
            for k in range(j):
                take(value, factor[i, k], factor[j, k])
            multiply(value, own)


factorise = inner(_factorise)


def _resolve(factor: Floats, size: int, right: Floats) -> None:
    """Solve L L' x = right in place (linear.solve)."""
    for j in range(size):
        for k in range(j):
            take(right[j], factor[j, k], right[k])
        multiply(right[j], factor[j, j])
    for j in range(size - 1, -1, -1):
        for k in range(j + 1, size):
            take(right[j], factor[k, j], right[k])
        multiply(right[j], factor[j, j])


resolve = inner(_resolve)


def _images(tables: Tables, k: int, room: Room) -> None:
    """Covariances of one construct's score with the items of those that ask for them."""
    starts, matrix, lanes = tables.starts, room.matrix, room.pivot.shape[0]
    begin, end = starts[k], starts[k + 1]
    for other in range(len(starts) - 1):
        if not tables.asked[k, other]:
            continue
        for p in range(starts[other], starts[other + 1]):
            image, weight = room.items[k, p], room.weights[begin]
            row = matrix[max(begin, p), min(begin, p)]
            for lane in range(lanes):
                image[lane] = weight[lane] * row[lane]
            for i in range(begin + 1, end - 1, 2):  # two at a time: half as often to memory
                weight, row = room.weights[i], matrix[max(i, p), min(i, p)]
                after = i + 1
                weight_after, row_after = room.weights[after], matrix[max(after, p), min(after, p)]
                for lane in range(lanes):
                    image[lane] += weight[lane] * row[lane] + weight_after[lane] * row_after[lane]
            if (end - begin) % 2 == 0:
                add(image, room.weights[end - 1], matrix[max(end - 1, p), min(end - 1, p)])


images = inner(_images)


def _scale(tables: Tables, room: Room) -> None:
    """Bring weights to scores of unit variance (weights.score), where anyone asks for them."""
    starts, asked, scores = tables.starts, tables.asked, room.scores
    count = len(starts) - 1
    for k in range(count):
        images(tables, k, room)
        for c in range(k + 1):
            if not asked[c, k]:
                continue
            value = scores[k, c]
            value[:] = 0.0
            for i in range(starts[k], starts[k + 1]):
                add(value, room.weights[i], room.items[c, i])
        value, scale = scores[k, k], room.scale[k]
        for lane in range(scale.shape[0]):
            scale[lane] = 1.0 / sqrt(value[lane])
    for k in range(count):
        scale = room.scale[k]
        for i in range(starts[k], starts[k + 1]):
            multiply(room.weights[i], scale)
        for c in range(count):
            if not asked[k, c]:
                continue
            for p in range(starts[c], starts[c + 1]):
                multiply(room.items[k, p], scale)
            if c <= k:
                multiply(scores[k, c], scale)
                multiply(scores[k, c], room.scale[c])
                copy(scores[c, k], scores[k, c])


scale_scores = inner(_scale)


def _slopes(tables: Tables, target: int, room: Room) -> int:
    """Regress a construct's score on its predictors' (linear.solve); how many there are."""
    size, chosen = tables.predictor_counts[target], tables.predictors[target]
    for a in range(size):
        for b in range(size):
            copy(room.block[a, b], room.scores[chosen[a], chosen[b]])
        copy(room.right[a], room.scores[chosen[a], target])
    room.sound[:] = True
    factorise(room.block, 0, size, room.factor, room)
    resolve(room.factor, size, room.right)
    return int(size)


slopes = inner(_slopes)


def _inner_weights(tables: Tables, rule: Rule, room: Room) -> None:
    """Inner weights of the scheme (weights._inner_weights)."""
    count = room.scores.shape[0]
    for k in range(count):
        for c in range(count):
            if not tables.asked[k, c]:
                continue
            value, given = room.inner[k, c], room.scores[k, c]
            copy(value, given)
            if rule.scheme == CENTROID:
                for lane in range(value.shape[0]):
                    value[lane] = np.sign(given[lane])
    if rule.scheme != PATH:
        return
    for target in range(count):
        if tables.predictor_counts[target] < 2:
            continue
        size = slopes(tables, target, room)
        for lane in range(room.sound.shape[0]):
            if not room.sound[lane]:
                room.culprit[lane] = target
        for a in range(size):
            copy(room.inner[tables.predictors[target, a], target], room.right[a])


inner_weights = inner(_inner_weights)


def _propose(tables: Tables, rule: Rule, room: Room) -> None:
    """New weights: neighbours' sums, and items from neighbours (weights._step)."""
    inner_weights(tables, rule, room)
    for k in range(room.scores.shape[0]):
        first, last = tables.starts[k], tables.starts[k + 1]
        unit = tables.modes[k] == UNIT
        for i in range(first, last):
            room.weights[i, :] = 1.0 if unit else 0.0
        if unit:
            continue
        for a in range(tables.neighbour_counts[k]):
            other = tables.neighbours[k, a]
            for i in range(first, last):
                add(room.weights[i], room.items[other, i], room.inner[other, k])
        if tables.modes[k] == FORMATIVE:
            resolve(room.factors[k], last - first, room.weights[first:last])


propose = inner(_propose)


def _begin(tables: Tables, rule: Rule, room: Room) -> None:
    """Weights of one, nothing noted yet, blocks in mode B factorised."""
    room.weights[:] = 1.0
    room.before[:] = 0.0
    room.culprit[:] = -1
    room.notes[0, :], room.notes[1, :], room.notes[2, :] = rule.limit, np.inf, 1.0
    room.notes[3:] = -1.0
    for p in range(room.unit.shape[0]):
        for lane in range(room.unit.shape[1]):
            room.unit[p, lane] = sqrt(room.matrix[p, p, lane])
    for k in range(room.scores.shape[0]):
        if tables.modes[k] != FORMATIVE:
            continue
        first, last = tables.starts[k], tables.starts[k + 1]
        room.sound[:] = True
        factorise(room.matrix, first, last - first, room.factors[k], room)
        for lane in range(room.sound.shape[0]):
            if not room.sound[lane] and room.notes[2, lane] > 0.0:
                room.notes[2, lane], room.notes[3, lane] = 0.0, k


begin = inner(_begin)


def _moved(room: Room) -> None:
    """How far each sample's weights are from those of the round before, which they replace."""
    moved = room.moved
    moved[:] = 0.0
    for p in range(room.weights.shape[0]):
        weight, before, unit = room.weights[p], room.before[p], room.unit[p]
        for lane in range(moved.shape[0]):
            moved[lane] += abs(weight[lane] - before[lane]) * unit[lane]
        copy(before, weight)


note_moves = inner(_moved)


def _judge(rule: Rule, round_: int, room: Room) -> int:
    """Write down who has settled; how many still move."""
    notes, moved, left = room.notes, room.moved, 0
    for lane in range(moved.shape[0]):
        if not room.moving[lane]:
            continue
        notes[1, lane] = moved[lane]
        if room.culprit[lane] >= 0 and notes[2, lane] > 0.0:
            notes[2, lane], notes[4, lane] = 0.0, room.culprit[lane]
        settled = moved[lane] < rule.tolerance or room.culprit[lane] >= 0
        if settled:
            notes[0, lane] = round_
        if settled or round_ == rule.limit:
            for p in range(room.values.shape[0]):
                room.values[p, lane] = room.before[p, lane]
            room.moving[lane] = False
        else:
            left += 1
    return left


judge = inner(_judge)


def _settle(tables: Tables, rule: Rule, room: Room) -> None:
    """Iterate those samples of a group that are `moving`; `values` and `notes` tell the rest."""
    begin(tables, rule, room)
    for round_ in range(-1, rule.limit + 1):
        if round_ >= 0:
            propose(tables, rule, room)
        scale_scores(tables, room)
        note_moves(room)
        if round_ >= 0 and judge(rule, round_, room) == 0:
            return


settle = entry(_settle)


def _load(matrix: Floats, first: int, room: Room) -> None:
    """A group of samples of a batch (items x items x batch), all of them moving."""
    count = min(room.pivot.shape[0], matrix.shape[2] - first)
    room.moving[:] = True
    for i in range(matrix.shape[0]):
        for j in range(i + 1):
            spread(matrix[i, j, first : first + count], room.matrix[i, j])


load = entry(_load)


def _tally(rows: Any, counts: Any) -> None:
    """How often each row occurs in each resample (replicates.Sampler._counts)."""
    for sample in range(rows.shape[0]):
        for place in range(rows.shape[1]):
            counts[sample, rows[sample, place]] += 1


tally = entry(_tally)
