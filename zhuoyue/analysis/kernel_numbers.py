"""All followed numbers of a batch as one compiled pass, from sums (replicates.collect).

A group of samples is loaded, iterated (kernels.settle) and told while it stays near the processor.
Three calls, not one: a compiler works on everything that is called from inside once more.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from zhuoyue.analysis.kernels import (
    FORMATIVE,
    Room,
    Rule,
    add,
    copy,
    entry,
    inner,
    multiply,
    scale_scores,
    slopes,
    spread,
)

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.layout import Tables

DUST = 1e-12  # as in moments.Moments.varying
UNRELATED = 1e-12  # as in quality.py
DIRECT, TOTAL, INDIRECT = 0, 1, 2
SOUND, CONSTANT_ITEM, SINGULAR, NOT_CONVERGED = 0, 1, 2, 3  # as in solution.Outcome


class Wanted(NamedTuple):
    """What is told, by position."""

    base: Integers  # the item of each column
    order: Integers  # constructs, causes first
    effects: Integers  # number x (source, target, kind)
    standardised: bool  # items are standardised before the iteration, else afterwards
    low: float  # the questionnaire's scale
    high: float


class Table(NamedTuple):
    """How sums become moments (products.Products)."""

    places: Integers  # item x item: row of the sums
    shift: Floats
    unit: Floats


class Desk(NamedTuple):
    """Room for what follows from the weights (the sample is the last axis)."""

    mean: Floats  # columns
    deviation: Floats  # columns
    inverse: Floats  # columns: one over the deviation
    scale: Floats  # columns: the same where items are standardised before the iteration
    standard: Floats  # columns: weights of standardised items
    slopes: Floats  # constructs x constructs: source x target
    total: Floats
    within: Floats  # constructs: one over the root of the mean correlation of own items
    share: Floats  # one over the sample's size
    rest: Floats  # one over what variances are divided by
    one: Floats  # sums of one construct or pair
    two: Floats
    three: Floats
    four: Floats
    five: Floats
    constant: Flags
    regular: Flags


def desk_for(columns: int, constructs: int, lanes: int) -> Desk:
    """Room for a group of samples."""
    held: list[Any] = [
        *(np.empty((columns, lanes)) for _ in range(5)),
        *(np.zeros((constructs, constructs, lanes)) for _ in range(2)),
        np.empty((constructs, lanes)),
        *(np.empty(lanes) for _ in range(7)),
        *(np.empty(lanes, dtype=np.bool_) for _ in range(2)),
    ]
    return Desk(*held)


def _write(out: Floats, row: int, first: int, value: Floats) -> int:
    """Write a number of each sample down; the next row."""
    told = out[row, first:]
    for lane in range(min(len(told), len(value))):
        told[lane] = value[lane]
    return row + 1


write = inner(_write)


def _size_up(size: Floats, first: int, desk: Desk) -> None:
    """One over the sizes of a group's samples, and over what their variances are divided by."""
    share, rest = desk.share, desk.rest
    spread(size[first:], share)
    for lane in range(len(share)):
        rest[lane] = 1.0 / (share[lane] - 1.0)
    for lane in range(len(share)):
        share[lane] = 1.0 / share[lane]


size_up = inner(_size_up)


def _deviate(wanted: Wanted, variance: Floats, i: int, desk: Desk) -> None:
    """The deviation of a column, and what its covariances are divided by."""
    deviation, inverse, scale = desk.deviation[i], desk.inverse[i], desk.scale[i]
    for lane in range(len(variance)):
        deviation[lane] = sqrt(variance[lane])
    for lane in range(len(variance)):
        inverse[lane] = 1.0 / deviation[lane]
    if wanted.standardised:
        copy(scale, inverse)
    else:
        scale[:] = 1.0


deviate = inner(_deviate)


def _covary(given: Any, i: int, j: int, unit: float, room: Room, desk: Desk) -> None:
    """A covariance, or correlation, from the sum of products around the shifts."""
    value, one, other = room.matrix[i, j], desk.mean[i], desk.mean[j]
    share, rest, scale, turned = desk.share, desk.rest, desk.scale[i], desk.scale[j]
    spread(given, value)
    for lane in range(len(value)):
        value[lane] = (value[lane] - one[lane] * other[lane] * share[lane]) * (unit * rest[lane])
    if i != j:
        for lane in range(len(value)):
            value[lane] *= scale[lane] * turned[lane]


covary = inner(_covary)


def _load_sums(
    sums: Any, size: Floats, first: int, table: Table, wanted: Wanted, room: Room, desk: Desk
) -> None:
    """Means and covariances or correlations of a group (Products.moments_of)."""
    base, unit = wanted.base, table.unit
    desk.constant[:], room.moving[:] = False, True
    size_up(size, first, desk)
    for i in range(len(base)):
        spread(sums[base[i], first:], desk.mean[i])
        given = sums[table.places[base[i], base[i]], first:]
        covary(given, i, i, unit[base[i]] * unit[base[i]], room, desk)
        variance, mean, share = room.matrix[i, i], desk.mean[i], desk.share
        deviate(wanted, variance, i, desk)
        for lane in range(len(mean)):
            offset = mean[lane] * share[lane] * unit[base[i]]
            if not variance[lane] > DUST * offset * offset:
                desk.constant[lane], room.moving[lane] = True, False
        for j in range(i):
            given = sums[table.places[base[i], base[j]], first:]
            covary(given, i, j, unit[base[i]] * unit[base[j]], room, desk)
        for lane in range(len(variance)):
            variance[lane] = 1.0 if wanted.standardised else variance[lane]
    for i in range(len(base)):
        mean, share = desk.mean[i], desk.share
        for lane in range(len(mean)):
            mean[lane] = mean[lane] * share[lane] * unit[base[i]] + table.shift[base[i]]


load_sums = entry(_load_sums)


def _load_moments(
    mean: Floats, covariance: Floats, first: int, wanted: Wanted, room: Room, desk: Desk
) -> None:
    """The same of a group whose moments are known; all items are known to vary."""
    base, matrix = wanted.base, room.matrix
    desk.constant[:], room.moving[:] = False, True
    for i in range(len(base)):
        spread(mean[base[i], first:], desk.mean[i])
        spread(covariance[base[i], base[i], first:], matrix[i, i])
        deviate(wanted, matrix[i, i], i, desk)
        multiply(matrix[i, i], desk.scale[i])
        multiply(matrix[i, i], desk.scale[i])
        for j in range(i):
            spread(covariance[base[i], base[j], first:], matrix[i, j])
            multiply(matrix[i, j], desk.scale[i])
            multiply(matrix[i, j], desk.scale[j])


load_moments = entry(_load_moments)


def _standardise(room: Room, desk: Desk) -> None:
    """Correlations in the place of covariances (moments.correlations_of)."""
    for i in range(room.matrix.shape[0]):
        for j in range(i + 1):
            multiply(room.matrix[i, j], desk.inverse[i])
            multiply(room.matrix[i, j], desk.inverse[j])


standardise = inner(_standardise)


def _weigh(tables: Tables, wanted: Wanted, room: Room, desk: Desk) -> None:
    """Weights of standardised items, and the correlations of their scores with all that asks."""
    if not wanted.standardised:
        standardise(room, desk)
    for p in range(room.weights.shape[0]):
        weight = desk.standard[p]
        copy(weight, room.values[p])
        if not wanted.standardised:
            multiply(weight, desk.deviation[p])
        copy(room.weights[p], weight)
    scale_scores(tables, room)


weigh = inner(_weigh)


def _regress(tables: Tables, wanted: Wanted, room: Room, desk: Desk) -> None:
    """Path coefficients, and total effects along the causal order (structure.regress)."""
    desk.regular[:] = True
    desk.slopes[:], desk.total[:] = 0.0, 0.0
    for target in wanted.order:
        size = slopes(tables, target, room)
        for lane in range(len(room.sound)):
            if not room.sound[lane]:
                desk.regular[lane] = False
        for a in range(size):
            middle = tables.predictors[target, a]
            slope = desk.slopes[middle, target]
            copy(slope, room.right[a])
            for source in range(desk.total.shape[0]):
                add(desk.total[source, target], desk.total[source, middle], slope)
            total = desk.total[middle, target]
            for lane in range(len(slope)):
                total[lane] += slope[lane]


regress = inner(_regress)


def _effects(wanted: Wanted, first: int, desk: Desk, out: Floats) -> int:
    """Direct, total and indirect effects, in this order; the next row."""
    value = desk.one
    for k in range(wanted.effects.shape[0]):
        source, target, kind = wanted.effects[k]
        direct, total = desk.slopes[source, target], desk.total[source, target]
        copy(value, direct if kind == DIRECT else total)
        if kind == INDIRECT:
            for lane in range(len(value)):
                value[lane] -= direct[lane]
        write(out, k, first, value)
    return int(wanted.effects.shape[0])


effects = inner(_effects)


def _explained(tables: Tables, first: int, room: Room, desk: Desk, out: Floats, row: int) -> int:
    """R2 of every construct that others lead to."""
    for target in range(len(tables.predictor_counts)):
        if not tables.predictor_counts[target]:
            continue
        desk.one[:] = 0.0
        for a in range(tables.predictor_counts[target]):
            source = tables.predictors[target, a]
            add(desk.one, desk.slopes[source, target], room.scores[source, target])
        row = write(out, row, first, desk.one)
    return row


explained = inner(_explained)


def _alphas(tables: Tables, first: int, room: Room, desk: Desk, out: Floats, row: int) -> int:
    """Alpha of raw and of standardised items (quality.alpha_from_sums), in two runs of rows."""
    constructs = len(tables.modes)
    trace, raw, alike = desk.one, desk.two, desk.three
    for k in range(constructs):
        begin, end = tables.starts[k], tables.starts[k + 1]
        size = end - begin
        trace[:], raw[:], alike[:] = 0.0, 0.0, 0.0
        for i in range(begin, end):
            add(trace, desk.deviation[i], desk.deviation[i])
            for j in range(begin, i):
                own, one, other = room.matrix[i, j], desk.deviation[i], desk.deviation[j]
                for lane in range(len(own)):
                    raw[lane] += 2.0 * own[lane] * one[lane] * other[lane]
                for lane in range(len(own)):
                    alike[lane] += 2.0 * own[lane]
        for lane in range(len(raw)):
            several = size / (size - 1.0)
            raw[lane] = several * raw[lane] / (trace[lane] + raw[lane]) if size > 1 else 1.0
            alike[lane] = several * alike[lane] / (size + alike[lane]) if size > 1 else 1.0
        write(out, row + k, first, raw)
        write(out, row + constructs + k, first, alike)
    return row + 2 * constructs


alphas = inner(_alphas)


def _pairs(tables: Tables, k: int, room: Room, desk: Desk, shared: Floats, squared: Floats) -> None:
    """What pairs of a construct's items share, and the squares of their weights (quality)."""
    shared[:], squared[:] = 0.0, 0.0
    for i in range(tables.starts[k], tables.starts[k + 1]):
        one = desk.standard[i]
        for j in range(tables.starts[k], i):
            own, other = room.matrix[i, j], desk.standard[j]
            for lane in range(len(own)):
                product = one[lane] * other[lane]
                shared[lane] += 2.0 * own[lane] * product
                squared[lane] += 2.0 * product * product


pairs = inner(_pairs)


def _consistencies(
    tables: Tables, first: int, room: Room, desk: Desk, out: Floats, row: int
) -> int:
    """rho_A, rho_C and AVE (quality.reliability), in three runs of rows."""
    constructs = len(tables.modes)
    linear, squares, weights, squared = desk.one, desk.two, desk.three, desk.four
    found = desk.five
    for k in range(constructs):
        size = tables.starts[k + 1] - tables.starts[k]
        linear[:], squares[:], weights[:] = 0.0, 0.0, 0.0
        for p in range(tables.starts[k], tables.starts[k + 1]):
            loading = room.items[k, p]
            for lane in range(len(linear)):
                linear[lane] += loading[lane]
            add(squares, loading, loading)
            add(weights, desk.standard[p], desk.standard[p])
        pairs(tables, k, room, desk, found, squared)
        exact = size < 2 or tables.modes[k] == FORMATIVE
        for lane in range(len(found)):
            whole = weights[lane] * weights[lane] * found[lane] / squared[lane]
            found[lane] = 1.0 if exact else (whole if squared[lane] > 0.0 else np.nan)
        for lane in range(len(linear)):
            square = linear[lane] * linear[lane]
            linear[lane] = square / (square + size - squares[lane])
            squares[lane] /= size
        write(out, row + k, first, found)
        write(out, row + constructs + k, first, linear)
        write(out, row + 2 * constructs + k, first, squares)
    return row + 3 * constructs


consistencies = inner(_consistencies)


def _between(tables: Tables, k: int, c: int, room: Room, value: Floats) -> None:
    """Sum of the absolute correlations of the items of two constructs, or of one's, each once."""
    value[:] = 0.0
    for i in range(tables.starts[k], tables.starts[k + 1]):
        for j in range(tables.starts[c], min(i, tables.starts[c + 1])):
            own = room.matrix[i, j]
            for lane in range(len(value)):
                value[lane] += abs(own[lane])


between = inner(_between)


def _ratios(tables: Tables, first: int, room: Room, desk: Desk, out: Floats, row: int) -> int:
    """HTMT of every pair of constructs (quality.heterotrait_monotrait)."""
    value = desk.one
    for k in range(len(tables.modes)):
        size, inverse = tables.starts[k + 1] - tables.starts[k], desk.within[k]
        between(tables, k, k, room, inverse)
        pairs = size * (size - 1) / 2.0
        for lane in range(len(inverse)):
            mean = inverse[lane] / pairs if size > 1 else 1.0
            inverse[lane] = 1.0 / sqrt(mean if mean >= UNRELATED else 0.0)
        for c in range(k):
            number, other = tables.starts[c + 1] - tables.starts[c], desk.within[c]
            between(tables, k, c, room, value)
            share = 1.0 / (size * number)
            for lane in range(len(value)):
                value[lane] *= share * inverse[lane] * other[lane]
            row = write(out, row, first, value)
    return row


ratios = inner(_ratios)


def _indices(tables: Tables, wanted: Wanted, first: int, desk: Desk, out: Floats, row: int) -> int:
    """Indices and their deviations (performance.construct_indices), in two runs of rows."""
    constructs, reach = len(tables.modes), wanted.high - wanted.low
    total, value = desk.one, desk.two
    for k in range(constructs):
        total[:], value[:] = 0.0, 0.0
        for p in range(tables.starts[k], tables.starts[k + 1]):
            weight, inverse, mean = desk.standard[p], desk.inverse[p], desk.mean[p]
            for lane in range(len(total)):
                raw = weight[lane] * inverse[lane]
                total[lane] += raw
                value[lane] += raw * (mean[lane] - wanted.low)
        for lane in range(len(total)):
            value[lane] *= 100.0 / (reach * total[lane])
            total[lane] = 100.0 / (reach * total[lane])
        write(out, row + k, first, value)
        write(out, row + constructs + k, first, total)
    return row + 2 * constructs


indices = inner(_indices)


def _judge(rule: Rule, first: int, room: Room, desk: Desk, outcome: Integers) -> None:
    """How each sample ended (solution._outcomes)."""
    for lane in range(min(len(room.moving), len(outcome) - first)):
        found = SOUND
        if desk.constant[lane]:
            found = CONSTANT_ITEM
        elif not (desk.regular[lane] and room.notes[2, lane] > 0.0):
            found = SINGULAR
        elif not room.notes[1, lane] < rule.tolerance:
            found = NOT_CONVERGED
        outcome[first + lane] = found


judge = inner(_judge)


def _tell(
    tables: Tables,
    wanted: Wanted,
    rule: Rule,
    first: int,
    room: Room,
    desk: Desk,
    out: Floats,
    outcome: Integers,
) -> None:
    """Every number of a group whose weights have settled, in the order of `collect`."""
    weigh(tables, wanted, room, desk)
    regress(tables, wanted, room, desk)
    row = effects(wanted, first, desk, out)
    for p in range(room.values.shape[0]):
        row = write(out, row, first, room.values[p])
    for k in range(len(tables.modes)):
        for p in range(tables.starts[k], tables.starts[k + 1]):
            row = write(out, row, first, room.items[k, p])
    row = explained(tables, first, room, desk, out, row)
    row = alphas(tables, first, room, desk, out, row)
    row = consistencies(tables, first, room, desk, out, row)
    row = ratios(tables, first, room, desk, out, row)
    indices(tables, wanted, first, desk, out, row)
    judge(rule, first, room, desk, outcome)


tell = entry(_tell)
