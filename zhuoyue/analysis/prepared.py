"""Answers made ready for a model: its items picked, missing answers treated, bad input refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from zhuoyue.analysis.answers import pick
from zhuoyue.analysis.blocks import LARGE, blocks_of
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.moments import sums_of
from zhuoyue.analysis.products import products_of
from zhuoyue.analysis.settings import Missing, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.spec import Model


@dataclass(frozen=True, eq=False)
class Prepared:
    """The answers to a model's items after missing ones were dealt with."""

    items: tuple[str, ...]
    table: Floats  # rows kept; NaN remains only where the mean or pairs of answers deal with it
    columns: Integers  # where the items stand in the table
    rows: Flags | None  # which rows of the answers were kept; None: all
    weights: Floats | None  # by row kept, mean one
    missing: Missing
    gaps: bool
    scale: Scale
    cautions: tuple[Caution, ...]

    @cached_property
    def values(self) -> Floats:
        """The answers to the items (rows x items); a copy where they stand apart."""
        return pick(self.table, self.columns)

    @property
    def n(self) -> int:
        return int(self.table.shape[0])

    def moments(self, plan: Plan) -> Moments:
        """Moments of the sample itself."""
        if self.gaps and self.missing is Missing.PAIRWISE:
            return self.products(plan).all()
        if self.gaps:
            return sums_of(self.filled(), plan.pairs, self.weights).moments()
        return sums_of(self.table, plan.pairs, self.weights, self.columns).moments()

    def products(self, plan: Plan) -> Products:
        """The table of single answers."""
        return products_of(
            self._complete(plan), plan.pairs, weights=self.weights, missing=self.missing
        )

    def units(self, plan: Plan, seed: int, threads: int) -> Products:
        """What the bootstrap draws: single answers, or blocks of them where there are many."""
        if self.n <= LARGE:
            return self.products(plan)
        filled = self.gaps and len(plan.pairs) > 0
        return blocks_of(
            self.filled() if filled else self.table,
            self.weights,
            None if filled else self.columns,
            pairs=plan.pairs,
            missing=self.missing,
            seed=seed,
            threads=threads,
        )

    def _complete(self, plan: Plan) -> Floats:
        """Products of items need every answer, so that gaps are filled before they are made."""
        return self.filled() if self.gaps and len(plan.pairs) else self.values

    def filled(self) -> Floats:
        """The answers, the item's mean in each gap."""
        missing = np.isnan(self.values)
        weights = np.ones(self.n) if self.weights is None else self.weights
        total = weights @ np.where(missing, 0.0, self.values)
        return np.where(missing, total / (weights @ ~missing), self.values)

    def alike(self, first: int, second: int) -> bool:
        """Whether two items were answered alike in every row."""
        one, other = (self.table[:, self.columns[k]] for k in (first, second))
        return np.array_equal(one, other, equal_nan=True)


class Ready(Protocol):
    """Answers ready to be estimated, be they in memory or summed up."""

    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def n(self) -> int: ...
    @property
    def scale(self) -> Scale: ...
    @property
    def cautions(self) -> tuple[Caution, ...]: ...
    def moments(self, plan: Plan) -> Moments: ...
    def units(self, plan: Plan, seed: int, threads: int) -> Products: ...
    def alike(self, first: int, second: int) -> bool: ...


def prepare(
    model: Model, answers: Answers, missing: Missing, scale: Scale | None = None
) -> Prepared:
    """Pick the model's items, treat missing answers, and refuse what cannot be estimated."""
    scale = None if scale is None else Scale.of(scale)
    columns = answers.positions(model.items)
    table = answers.values
    low, high, gaps = answers.low[columns], answers.high[columns], answers.gaps[columns]
    for item, count in zip(model.items, gaps, strict=True):
        if count == answers.n > 0:
            raise AnalysisError("item_all_missing", item=item)
    if not answers.n:
        check_rows(model, 0)
    scale, cautions = scale_of(model.items, low, high, scale, lambda: pick(table, columns))
    incomplete = bool(gaps.any())
    if incomplete:
        table, columns = pick(table, columns), np.arange(len(columns))
    rows, dropped = _rows_kept(table if incomplete else None, missing, answers)
    cautions += dropped
    if rows is not None:
        table, columns = pick(table, columns)[rows], np.arange(len(columns))
        check_rows(model, len(table))
        low, high = np.nanmin(table, axis=0), np.nanmax(table, axis=0)
    remaining = incomplete and missing is not Missing.LISTWISE
    if remaining:
        answered = (~np.isnan(table)).astype(np.float64)
        counts = (len(table) - answered.sum(axis=0)).astype(np.int64)
        cautions += gaps_caution(
            model, len(table), counts, missing, lambda: np.asarray(answered.T @ answered)
        )
    check_rows(model, len(table))
    check_varying(model.items, low, high)
    weights = None
    if answers.weights is not None:
        weights = answers.weights if rows is None else answers.weights[rows]
        weights = weights / weights.max()  # their squares could be infinite, or nil
        cautions += weights_caution(len(weights), float(weights.sum() ** 2 / (weights @ weights)))
        weights = weights * (len(weights) / weights.sum())
    return Prepared(
        model.items,
        table,
        columns,
        rows,
        weights,
        missing,
        remaining,
        scale,
        tuple(cautions),
    )


def scale_of(
    items: Sequence[str],
    low: Floats,
    high: Floats,
    scale: Scale | None,
    rows: Callable[[], Floats] | None,
) -> tuple[Scale, list[Caution]]:
    """The stated scale, kept by every answer, or the extremes seen with a caution."""
    if scale is None:
        lowest, highest = float(np.nanmin(low)), float(np.nanmax(high))
        if lowest == highest:
            raise AnalysisError("item_constant", item=items[0], value=lowest)
        return Scale(lowest, highest), [caution("scale_assumed", low=lowest, high=highest)]
    beyond = (low < scale.low) | (high > scale.high)
    if not beyond.any():
        return scale, []
    column = int(np.flatnonzero(beyond)[0])
    value = float(low[column] if low[column] < scale.low else high[column])
    row, count = 0, 0
    if rows is not None:
        values = rows()
        outside = (values < scale.low) | (values > scale.high)
        row, column = (int(each) for each in np.argwhere(outside)[0])
        value, count = float(values[row, column]), int(outside.sum())
    raise AnalysisError(
        "value_out_of_scale",
        row=row + 1 if count else "?",
        column=items[column],
        value=value,
        low=scale.low,
        high=scale.high,
        count=count or "?",
    )


def _rows_kept(
    values: Floats | None, missing: Missing, answers: Answers
) -> tuple[Flags | None, list[Caution]]:
    """Rows that count: complete ones or, where gaps are dealt with, those with any answer."""
    weights = answers.weights
    if values is None and (weights is None or (weights > 0).all()):
        return None, []
    kept = np.ones(answers.n, dtype=bool)
    if values is not None:
        kept = answering(np.isnan(values), missing)
    dropped = int((~kept).sum())
    nil = 0
    if weights is not None:
        nil = int((kept & (weights == 0)).sum())
        kept &= weights > 0
    notes = rows_cautions(answers.n, dropped, nil)
    return (None if kept.all() else kept), notes


def answering(empty: Flags, missing: Missing) -> Flags:
    """Rows with enough answers, by where answers are missing (rows x items)."""
    return np.asarray(~(empty.any(axis=1) if missing is Missing.LISTWISE else empty.all(axis=1)))


def rows_cautions(total: int, dropped: int, nil: int) -> list[Caution]:
    """Rows that were left out, and why."""
    notes = [caution("rows_dropped", dropped=dropped, total=total)] if dropped else []
    return notes + ([caution("rows_without_weight", dropped=nil, total=total)] if nil else [])


def gaps_caution(
    model: Model, n: int, counts: Integers, missing: Missing, both: Callable[[], Floats]
) -> list[Caution]:
    """What was done about missing answers: `counts` by item, `both` answered by pair of items."""
    worst = int(np.argmax(counts))
    if not counts[worst]:
        return []
    if missing is Missing.PAIRWISE:
        if not model.plain and model.interactions:
            raise AnalysisError("pairwise_interaction", interaction=model.interactions[0].name)
        fewest = np.where(np.eye(len(counts), dtype=bool), np.inf, both())
        first, second = np.unravel_index(int(np.argmin(fewest)), fewest.shape)
        return [
            caution(
                "moments_pairwise",
                fewest=int(fewest[first, second]),
                first=model.items[int(first)],
                second=model.items[int(second)],
                n=n,
            )
        ]
    notes = [
        caution(
            "answers_replaced",
            replaced=int(counts.sum()),
            share=float(counts.sum() / (n * len(counts))),
            item=model.items[worst],
            count=int(counts[worst]),
        )
    ]
    if model.interactions:
        notes.append(caution("replacement_fixed", interaction=model.interactions[0].name))
    return notes


def weights_caution(n: int, effective: float) -> list[Caution]:
    """Unequal weights are worth fewer answers (Kish's effective size)."""
    if effective >= 0.99 * n:
        return []
    return [caution("weights_unequal", n=n, effective=effective)]


def check_rows(model: Model, n: int) -> None:
    arrows = max(len(model.predictors(name)) for name in model.names)
    block = max(len(each.items) if each.formative else 0 for each in model.shown)
    needed = max(3, arrows + 2, block + 2)
    if n < needed:
        raise AnalysisError("rows_too_few", n=n, needed=needed)


def in_memory(found: Ready, method: str) -> Prepared:
    """What holds single rows, or an error that names who needs them."""
    if not isinstance(found, Prepared):
        raise AnalysisError("answers_not_loaded", method=method)
    return found


def check_varying(items: Sequence[str], low: Floats, high: Floats) -> None:
    """Every item must have at least two different answers."""
    for item, lowest, highest in zip(items, low, high, strict=True):
        if lowest == highest:
            raise AnalysisError("item_constant", item=item, value=float(lowest))


def duplicated_items(prepared: Ready, correlation: Floats) -> list[Caution]:
    """Items answered alike in every row: usually one column imported twice."""
    alike = np.abs(correlation - 1.0) < 1e-9
    if np.count_nonzero(alike) <= len(alike):  # each with itself
        return []
    suspects = np.argwhere(np.tril(alike, -1))
    found: dict[int, int] = {}
    for second, first in suspects.tolist():
        if second not in found and prepared.alike(first, second):
            found[second] = first
    return [
        caution("item_duplicated", first=prepared.items[first], second=prepared.items[second])
        for second, first in sorted(found.items())
    ]
