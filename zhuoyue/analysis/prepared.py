"""Answers made ready for a model: its items picked, missing answers treated, bad input refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import pick
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.moments import sums_of
from zhuoyue.analysis.products import products_of
from zhuoyue.analysis.settings import Missing, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Flags, Floats
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.spec import Model


@dataclass(frozen=True, eq=False)
class Prepared:
    """The answers to a model's items after missing ones were dealt with."""

    items: tuple[str, ...]
    values: Floats  # rows kept; NaN remains only where the mean or pairs of answers deal with it
    rows: Flags | None  # which rows of the answers were kept; None: all
    weights: Floats | None  # by row kept, mean one
    missing: Missing
    gaps: bool
    scale: Scale
    cautions: tuple[Caution, ...]

    @property
    def n(self) -> int:
        return int(self.values.shape[0])

    def moments(self, plan: Plan) -> Moments:
        """Moments of the sample itself."""
        if self.gaps and self.missing is Missing.PAIRWISE:
            return self.products(plan).all()
        return sums_of(
            self.filled() if self.gaps else self.values, plan.pairs, self.weights
        ).moments()

    def products(self, plan: Plan) -> Products:
        """The table from which replicates are drawn."""
        fixed = self.gaps and len(plan.pairs) > 0
        values = self.filled() if fixed else self.values
        return products_of(values, plan.pairs, weights=self.weights, missing=self.missing)

    def filled(self) -> Floats:
        """The answers, the item's mean in each gap."""
        missing = np.isnan(self.values)
        weights = np.ones(self.n) if self.weights is None else self.weights
        total = weights @ np.where(missing, 0.0, self.values)
        return np.where(missing, total / (weights @ ~missing), self.values)


def prepare(
    model: Model, answers: Answers, missing: Missing, scale: Scale | None = None
) -> Prepared:
    """Pick the model's items, treat missing answers, and refuse what cannot be estimated."""
    columns = answers.positions(model.items)
    values = pick(answers.values, columns)
    low, high, gaps = answers.low[columns], answers.high[columns], answers.gaps[columns]
    for item, count in zip(model.items, gaps, strict=True):
        if count == answers.n:
            raise AnalysisError("item_all_missing", item=item)
    scale, cautions = scale_of(model.items, low, high, scale, values)
    rows, dropped = _rows_kept(values, missing, answers.weights, bool(gaps.any()))
    cautions += dropped
    if rows is not None:
        values = values[rows]
        _check_rows(model, len(values))
        low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    remaining = bool(gaps.any()) and missing is not Missing.LISTWISE
    if remaining:
        cautions += _gaps_caution(model, np.isnan(values), missing)
    _check_rows(model, len(values))
    check_varying(model.items, low, high)
    weights = None
    if answers.weights is not None:
        weights = answers.weights if rows is None else answers.weights[rows]
        cautions += _weights_caution(weights)
        weights = weights * (len(weights) / weights.sum())
    return Prepared(model.items, values, rows, weights, missing, remaining, scale, tuple(cautions))


def scale_of(
    items: Sequence[str], low: Floats, high: Floats, scale: Scale | None, values: Floats | None
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
    if values is not None:
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
    values: Floats, missing: Missing, weights: Floats | None, gaps: bool
) -> tuple[Flags | None, list[Caution]]:
    """Rows that count: complete ones or, where gaps are dealt with, those with any answer."""
    kept = np.ones(len(values), dtype=bool)
    if gaps:
        empty = np.isnan(values)
        kept = ~(empty.any(axis=1) if missing is Missing.LISTWISE else empty.all(axis=1))
    dropped = int((~kept).sum())
    notes = [caution("rows_dropped", dropped=dropped, total=len(values))] if dropped else []
    if weights is not None:
        nil = int((kept & (weights == 0)).sum())
        kept &= weights > 0
        notes += [caution("rows_without_weight", dropped=nil, total=len(values))] if nil else []
    return (None if kept.all() else kept), notes


def _gaps_caution(model: Model, gaps: Flags, missing: Missing) -> list[Caution]:
    counts = gaps.sum(axis=0)
    worst = int(np.argmax(counts))
    if not counts[worst]:
        return []
    if missing is Missing.PAIRWISE:
        if not model.plain and model.interactions:
            raise AnalysisError("pairwise_interaction", interaction=model.interactions[0].name)
        answered = (~gaps).astype(np.float64)
        fewest = answered.T @ answered
        first, second = np.unravel_index(int(np.argmin(fewest)), fewest.shape)
        return [
            caution(
                "moments_pairwise",
                fewest=int(fewest[first, second]),
                first=model.items[int(first)],
                second=model.items[int(second)],
                n=len(gaps),
            )
        ]
    notes = [
        caution(
            "answers_replaced",
            replaced=int(counts.sum()),
            share=float(gaps.mean()),
            item=model.items[worst],
            count=int(counts[worst]),
        )
    ]
    if model.interactions:
        notes.append(caution("replacement_fixed", interaction=model.interactions[0].name))
    return notes


def _weights_caution(weights: Floats) -> list[Caution]:
    """Unequal weights are worth fewer answers (Kish's effective size)."""
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    if effective >= 0.99 * len(weights):
        return []
    return [caution("weights_unequal", n=len(weights), effective=effective)]


def _check_rows(model: Model, n: int) -> None:
    arrows = max(len(model.predictors(name)) for name in model.names)
    block = max(len(each.items) if each.formative else 0 for each in model.shown)
    needed = max(3, arrows + 2, block + 2)
    if n < needed:
        raise AnalysisError("rows_too_few", n=n, needed=needed)


def check_varying(items: Sequence[str], low: Floats, high: Floats) -> None:
    """Every item must have at least two different answers."""
    for item, lowest, highest in zip(items, low, high, strict=True):
        if lowest == highest:
            raise AnalysisError("item_constant", item=item, value=float(lowest))


def duplicated_items(prepared: Prepared, correlation: Floats) -> list[Caution]:
    """Items answered alike in every row: usually one column imported twice."""
    suspects = np.argwhere(np.tril(np.abs(correlation - 1.0) < 1e-9, -1))
    found: dict[int, int] = {}
    for second, first in suspects.tolist():
        if second not in found and np.array_equal(
            prepared.values[:, first], prepared.values[:, second], equal_nan=True
        ):
            found[second] = first
    return [
        caution("item_duplicated", first=prepared.items[first], second=prepared.items[second])
        for second, first in sorted(found.items())
    ]
