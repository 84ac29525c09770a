"""Answers summed up in blocks drawn at random: the cost of many rows is one pass over them.

Every row falls into one of GROUPS blocks, each as likely as the other. Blocks are then to the
bootstrap what rows are to a small survey: sums of blocks drawn with replacement have the mean and
the variance of sums of rows drawn with replacement, whatever the order of the rows. The price is
that the spread itself is known from GROUPS units only, to about 1/sqrt(2 GROUPS) of its size.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.answers import pick
from zhuoyue.analysis.products import EXACT_IN_SINGLE, Products, standing
from zhuoyue.analysis.settings import Missing
from zhuoyue.analysis.workers import one_blas_thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats, Integers

    type Piece = tuple[NDArray[Any], Floats | None]  # rows x items, and case weights by row

GROUPS = 2_000
LARGE = 20_000  # rows above which the bootstrap draws blocks
ROWS_AT_ONCE = 1_000_000
BLOCKS_AT_ONCE = 50


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of products by block: (blocks x columns x columns).

    The columns are the base (items and their asked products, around `shift`), a one, a flag of
    being answered for each partial item and, for pairwise moments, the squares of the base.
    """

    grams: Floats
    partial: tuple[int, ...]  # items that somebody did not answer
    squared: float  # sum of squared case weights

    def widened(self, base: int, partial: tuple[int, ...]) -> Sums:
        """The same with flags of more items: what all answered is flagged by the one."""
        if partial == self.partial:
            return self
        flags = [base + 1 + self.partial.index(j) if j in self.partial else base for j in partial]
        squares = range(base + 1 + len(self.partial), self.grams.shape[1])
        chosen = [*range(base + 1), *flags, *squares]
        return Sums(self.grams[:, chosen][:, :, chosen], partial, self.squared)

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.grams + other.grams, self.partial, self.squared + other.squared)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Sums up rows in blocks; a chunk of rows depends on nothing but its number and the shift."""

    pairs: Integers
    missing: Missing
    seed: int
    shift: Floats  # of the items

    def sums(self, number: int, values: NDArray[Any], weights: Floats | None) -> Sums:
        """Sums of one chunk of at most ROWS_AT_ONCE rows."""
        partial, kind = self._partial(values), self._precision(values, weights)
        stream = np.random.default_rng([self.seed, number, GROUPS])
        block = stream.integers(0, GROUPS, size=len(values), dtype=np.uint16)
        order = block.argsort(kind="stable")
        ends = np.concatenate([[0], np.cumsum(np.bincount(block, minlength=GROUPS))])
        grams = np.zeros((GROUPS, self._width(partial), self._width(partial)))
        for low in range(0, GROUPS, BLOCKS_AT_ONCE):
            high = min(low + BLOCKS_AT_ONCE, GROUPS)
            rows = order[ends[low] : ends[high]]
            columns = self._columns(_gathered(values, rows), partial, kind)
            heavy = columns if weights is None else columns * weights[rows, None]
            for k in range(low, high):
                own = slice(ends[k] - ends[low], ends[k + 1] - ends[low])
                grams[k] = heavy[own].T @ columns[own]
        squared = float(len(values)) if weights is None else float(weights @ weights)
        return Sums(grams, partial, squared)

    def _partial(self, values: NDArray[Any]) -> tuple[int, ...]:
        if values.dtype.kind != "f":
            return ()
        return tuple(np.flatnonzero(np.isnan(values).any(axis=0)).tolist())

    def _precision(self, values: NDArray[Any], weights: Floats | None) -> type[np.floating]:
        """Single where it is exact for any block of this chunk, double elsewhere."""
        if values.dtype.kind not in "iu" or weights is not None or not len(values):
            return np.float64
        reach = max(self.shift[0] - values.min(), values.max() - self.shift[0], 1.0)
        power = 4 if len(self.pairs) or self.missing is Missing.PAIRWISE else 2
        most = 4 * max(len(values) / GROUPS, 64)  # no block is that much larger than the mean
        return np.float32 if most * float(reach) ** power < EXACT_IN_SINGLE else np.float64

    def _width(self, partial: tuple[int, ...]) -> int:
        base = len(self.shift) + len(self.pairs)
        squares = base if self.missing is Missing.PAIRWISE else 0
        return base + 1 + len(partial) + squares

    def _columns(
        self, values: NDArray[Any], partial: tuple[int, ...], kind: type[np.floating]
    ) -> NDArray[np.floating]:
        items, base = len(self.shift), len(self.shift) + len(self.pairs)
        columns = np.empty((len(values), self._width(partial)), dtype=kind)
        found = columns[:, :base]
        found[:, :items] = values
        columns[:, items:] = 0.0
        if (self.shift == self.shift[0]).all():
            columns -= kind(self.shift[0])  # the whole memory in a row is five times as fast
        else:
            found[:, :items] -= self.shift
        if partial:
            answered = ~np.isnan(values)
            found[:, :items][~answered] = 0.0
            columns[:, base + 1 : base + 1 + len(partial)] = answered[:, partial]
        for k, (first, second) in enumerate(self.pairs.tolist(), start=items):
            np.multiply(found[:, first], found[:, second], out=found[:, k])
        columns[:, base] = 1.0
        if self.missing is Missing.PAIRWISE:
            columns[:, base + 1 + len(partial) :] = found**2
        return columns


def _gathered(values: NDArray[Any], rows: Integers) -> NDArray[Any]:
    """These rows; as one lump of bytes each they are copied faster than number by number."""
    if not values.flags.c_contiguous:
        return values[rows]
    lumps = values.view(np.dtype((np.void, values.itemsize * values.shape[1]))).ravel()
    return lumps.take(rows, mode="clip").view(values.dtype).reshape(len(rows), values.shape[1])


@dataclass(frozen=True, eq=False)
class Total:
    """All rows, summed up."""

    blocks: Blocks
    sums: Sums

    @property
    def effective(self) -> float:
        """Rows, as many as equally weighted ones would be worth them (Kish)."""
        return self.weight**2 / self.sums.squared

    @property
    def weight(self) -> float:
        base = len(self.blocks.shift) + len(self.blocks.pairs)
        return float(self.sums.grams[:, base, base].sum())

    def products(self, n: int) -> Products:
        """The table of the bootstrap, a unit being a block; case weights get the mean one."""
        items, base = len(self.blocks.shift), len(self.blocks.shift) + len(self.blocks.pairs)
        partial, pairwise = self.sums.partial, self.blocks.missing is Missing.PAIRWISE
        first, second = np.triu_indices(base)
        places = [(np.arange(base), np.full(base, base)), (first, second)]
        own, squares = np.arange(items), base + 1 + len(partial) + np.arange(items)
        flag = np.full(items, base)
        flag[list(partial)] = base + 1 + np.arange(len(partial))
        for j in partial:
            places += [(own, np.full(items, flag[j])), (flag, np.full(items, flag[j]))]
            if pairwise:
                places.append((squares, np.full(items, flag[j])))
        rows, columns = (np.concatenate(each) for each in zip(*places, strict=True))
        factor = n / self.weight
        table = np.ascontiguousarray(self.sums.grams[:, rows, columns].T) * factor
        sizes = self.sums.grams[:, base, base] * factor
        where, gaps = standing(base, items, np.array(partial, dtype=np.int64), pairwise=pairwise)
        return Products(GROUPS, items, self.blocks.shift, np.ones(base), table, where, sizes, gaps)


def sum_up(
    pieces: Iterable[Piece],
    *,
    pairs: Integers,
    missing: Missing,
    seed: int,
    threads: int,
) -> Total:
    """All chunks of rows, worked off by several threads while more are being read."""
    total: Total | None = None
    waiting: deque[Future[Sums]] = deque()
    blocks: Blocks | None = None
    with one_blas_thread(), ThreadPoolExecutor(threads) as pool:
        for number, (values, weights) in enumerate(pieces):
            if blocks is None:
                blocks = Blocks(pairs, missing, seed, _shift(values))
            waiting.append(pool.submit(blocks.sums, number, values, weights))
            del values, weights  # the source may reuse the memory as soon as it is summed up
            while len(waiting) > threads:
                total = _with(total, blocks, waiting.popleft().result())
        assert blocks is not None, "there is at least one chunk"
        while waiting:
            total = _with(total, blocks, waiting.popleft().result())
    assert total is not None
    return total


def _shift(values: NDArray[Any]) -> Floats:
    """The mean of each item, or about it of whole-numbered ones, so that nothing cancels."""
    part = values[: 1 << 16]
    if part.dtype.kind == "f":
        with np.errstate(invalid="ignore"):
            answered = np.maximum((~np.isnan(part)).sum(axis=0), 1)
            mean = np.nansum(part, axis=0, dtype=np.float64) / answered
            whole = ((part == np.round(part)) | np.isnan(part)).all()
            return np.asarray(np.round(mean) if whole else mean)
    return np.full(part.shape[1], np.round(part.mean()))


def _with(total: Total | None, blocks: Blocks, found: Sums) -> Total:
    if total is None:
        return Total(blocks, found)
    base = len(blocks.shift) + len(blocks.pairs)
    partial = tuple(sorted({*total.sums.partial, *found.partial}))
    return Total(blocks, total.sums.widened(base, partial) + found.widened(base, partial))


def blocks_of(
    values: Floats,
    weights: Floats | None,
    columns: Integers | None,
    *,
    pairs: Integers,
    missing: Missing,
    seed: int,
    threads: int,
) -> Products:
    """Answers in memory (rows x columns, of which the items' are named), summed up in blocks."""
    columns = np.arange(values.shape[1]) if columns is None else columns
    pieces = (
        (pick(values[rows], columns), None if weights is None else weights[rows])
        for rows in (
            slice(first, first + ROWS_AT_ONCE) for first in range(0, len(values), ROWS_AT_ONCE)
        )
    )
    total = sum_up(pieces, pairs=pairs, missing=missing, seed=seed, threads=threads)
    return total.products(len(values))


def in_chunks(tables: Iterable[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    """The same rows in tables of ROWS_AT_ONCE, so that nothing depends on how they were cut."""
    held: list[NDArray[Any]] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += len(table)
        while rows >= ROWS_AT_ONCE:
            whole = held[0] if len(held) == 1 else np.concatenate(held)
            yield whole[:ROWS_AT_ONCE]
            held = [whole[ROWS_AT_ONCE:]] if rows > ROWS_AT_ONCE else []
            rows -= ROWS_AT_ONCE
    if rows:
        yield np.concatenate(held)
