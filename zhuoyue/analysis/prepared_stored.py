"""Stored answers made ready for a model: one pass that checks, drops and sums up rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.answers import LARGEST, extremes, refuse_huge
from zhuoyue.analysis.blocks import LARGE, in_chunks, sum_up
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.prepared import (
    Prepared,
    answering,
    check_rows,
    check_varying,
    gaps_caution,
    rows_cautions,
    scale_of,
    weights_caution,
)
from zhuoyue.analysis.settings import Missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.blocks import Piece
    from zhuoyue.analysis.cautions import Caution
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.settings import Scale
    from zhuoyue.analysis.spec import Model
    from zhuoyue.analysis.stored import StoredAnswers


@dataclass(frozen=True, eq=False)
class PreparedSums:
    """Answers that were summed up in blocks while they were read."""

    items: tuple[str, ...]
    n: int
    scale: Scale
    cautions: tuple[Caution, ...]
    table: Products

    def moments(self, plan: Plan) -> Moments:
        """Moments of all rows."""
        return self.table.all()

    def units(self, plan: Plan, seed: int, threads: int) -> Products:
        """The blocks."""
        return self.table

    def alike(self, first: int, second: int) -> bool:
        """Whether two items, perfectly correlated, have the same mean and spread as well."""
        found = self.table.all()
        mean, variance = found.mean[:, 0], found.variance[:, 0]
        return bool(
            np.isclose(mean[first], mean[second], rtol=1e-12, atol=1e-12)
            and np.isclose(variance[first], variance[second], rtol=1e-9)
        )


def prepare_stored(
    model: Model,
    answers: StoredAnswers,
    missing: Missing,
    scale: Scale | None,
    *,
    seed: int,
    threads: int,
) -> Prepared | PreparedSums:
    """Read the model's items once; few rows are kept, many are summed up in blocks."""
    plan = compile_plan(model)
    scan = Scan(model.items, missing, scale, answers.weights is not None)
    chunks = in_chunks(scan.kept(table) for table in answers.tables(model.items))
    first = next(chunks, None)
    if not scan.rows:
        raise AnalysisError("file_empty", file=answers.file)
    if first is None or len(first) <= LARGE:  # and then it is the only one
        kept = np.empty((0, scan.width)) if first is None else first.astype(np.float64)
        found, cautions = scan.checked(model, kept)
        values, weights = scan.split(kept)
        if weights is not None:
            cautions += weights_caution(len(kept), float(weights.sum() ** 2 / (weights @ weights)))
            weights = weights * (len(kept) / weights.sum())
        return Prepared(
            model.items,
            values,
            np.arange(values.shape[1]),
            None,
            weights,
            missing,
            scan.remaining,
            found,
            tuple(cautions),
        )
    if len(plan.pairs) and missing is Missing.MEAN:
        chunks = (scan.without_gaps(model, chunk) for chunk in chain([first], chunks))
    else:
        chunks = chain([first], chunks)
    del first
    total = sum_up(
        (scan.split(chunk) for chunk in chunks),
        pairs=plan.pairs,
        missing=missing,
        seed=seed,
        threads=threads,
    )
    found, cautions = scan.checked(model, None)
    if scan.weighted:
        cautions += weights_caution(scan.n, total.effective)
    return PreparedSums(model.items, scan.n, found, tuple(cautions), total.products(scan.n))


@dataclass(eq=False)
class Scan:
    """What the rows are like, learnt while they pass by."""

    items: tuple[str, ...]
    missing: Missing
    scale: Scale | None
    weighted: bool
    rows: int = 0  # read
    n: int = 0  # kept
    dropped: int = 0
    without_weight: int = 0
    seen: _Extremes = field(init=False)
    used: _Extremes = field(init=False)
    both: Floats = field(init=False)
    outside: tuple[int, int, float] | None = None  # the first value out of scale: row, column
    outside_count: int = 0

    def __post_init__(self) -> None:
        self.seen, self.used = _Extremes(len(self.items)), _Extremes(len(self.items))
        self.both = np.zeros((len(self.items), len(self.items)))

    @property
    def width(self) -> int:
        return len(self.items) + self.weighted

    @property
    def remaining(self) -> bool:
        """Whether kept rows still have gaps."""
        return bool(self.used.gaps.any())

    def split(self, table: NDArray[Any]) -> Piece:
        """Items and case weights."""
        if not self.weighted:
            return table, None
        return table[:, :-1], np.asarray(table[:, -1], dtype=np.float64)

    def kept(self, table: NDArray[Any]) -> NDArray[Any]:
        """The rows that count."""
        values, weights = self.split(table)
        gaps = self._gaps(values)
        low, high = self.seen.add(values, gaps)
        self._check_scale(values, low, high)
        if weights is not None:
            self._check_weights(weights)
        if (np.fmax(-low, high) > LARGEST).any():
            refuse_huge(self.items, values.astype(np.float64), self.rows)
        self.rows += len(table)
        chosen = np.ones(len(table), dtype=bool) if gaps is None else answering(gaps, self.missing)
        self.dropped += int((~chosen).sum())
        if weights is not None:
            self.without_weight += int((chosen & (weights == 0)).sum())
            chosen &= weights > 0
        if not chosen.all():
            table, values = table[chosen], values[chosen]
            gaps = None if gaps is None else gaps[chosen]
        self.n += len(table)
        self.used.add(values, gaps)
        self._count_pairs(len(table), gaps)
        return table

    def without_gaps(self, model: Model, table: NDArray[Any]) -> NDArray[Any]:
        """Products of items need every answer or its mean, which is known only at the end."""
        if self._gaps(self.split(table)[0]) is not None:
            name = model.interactions[0].name
            raise AnalysisError("stored_replacement", interaction=name)
        return table

    def checked(self, model: Model, values: NDArray[Any] | None) -> tuple[Scale, list[Caution]]:
        """The scale and what is to be said about the rows; refuses what cannot be estimated."""
        for item, count in zip(self.items, self.seen.gaps, strict=True):
            if count == self.rows:
                raise AnalysisError("item_all_missing", item=item)
        if self.weighted and not self.n and not self.dropped:
            raise AnalysisError("weights_nil")
        if self.outside is not None:
            self._refuse_outside(*self.outside)
        found, cautions = scale_of(self.items, self.seen.low, self.seen.high, self.scale, None)
        cautions += rows_cautions(self.rows, self.dropped, self.without_weight)
        check_rows(model, self.n)
        cautions += gaps_caution(model, self.n, self.used.gaps, self.missing, lambda: self.both)
        check_varying(self.items, self.used.low, self.used.high)
        return found, cautions

    def _gaps(self, values: NDArray[Any]) -> Flags | None:
        if values.dtype.kind != "f":
            return None
        gaps: Flags = np.isnan(values)
        return gaps if gaps.any() else None

    def _count_pairs(self, rows: int, gaps: Flags | None) -> None:
        if self.missing is Missing.PAIRWISE:
            if gaps is None:
                self.both += rows
            else:
                answered = (~gaps).astype(np.float32)
                self.both += np.round(answered.T @ answered)

    def _check_scale(self, values: NDArray[Any], low: Floats, high: Floats) -> None:
        if self.scale is None or not (
            (low < self.scale.low).any() or (high > self.scale.high).any()
        ):
            return
        outside = (values < self.scale.low) | (values > self.scale.high)
        if self.outside is None:
            row, column = (int(each) for each in np.argwhere(outside)[0])
            self.outside = (self.rows + row, column, float(values[row, column]))
        self.outside_count += int(outside.sum())

    def _refuse_outside(self, row: int, column: int, value: float) -> None:
        assert self.scale is not None
        raise AnalysisError(
            "value_out_of_scale",
            row=row + 1,
            column=self.items[column],
            value=value,
            low=self.scale.low,
            high=self.scale.high,
            count=self.outside_count,
        )

    def _check_weights(self, weights: Floats) -> None:
        wrong = ~np.isfinite(weights) | (weights < 0)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise AnalysisError(
                "weight_invalid", row=self.rows + row + 1, value=float(weights[row])
            )


class _Extremes:
    """Lowest and highest answer and the gaps of each item."""

    def __init__(self, items: int) -> None:
        self.low, self.high = np.full(items, np.nan), np.full(items, np.nan)
        self.gaps: Integers = np.zeros(items, dtype=np.int64)

    def add(self, values: NDArray[Any], gaps: Flags | None) -> tuple[Floats, Floats]:
        """Extremes of these rows; NaN where an item has no answer in them."""
        if not len(values):
            return self.low, self.high
        if gaps is None:
            low, high = extremes(values)
        else:
            self.gaps += gaps.sum(axis=0)
            low = np.where(gaps, np.inf, values).min(axis=0)
            high = np.where(gaps, -np.inf, values).max(axis=0)
            nothing = low > high
            low[nothing] = high[nothing] = np.nan
        low, high = low.astype(np.float64), high.astype(np.float64)
        self.low, self.high = np.fmin(self.low, low), np.fmax(self.high, high)
        return low, high
