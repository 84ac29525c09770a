"""Answers as a table of numbers: one row per respondent, one column per item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.spec import Missing, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.spec import Model

    type Column = Sequence[object] | NDArray[Any]


@dataclass(frozen=True, eq=False)
class Answers:
    """Named columns of numbers; NaN where there is no answer."""

    names: tuple[str, ...]
    values: Floats

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        object.__setattr__(self, "names", tuple(self.names))
        if values.ndim != 2 or values.shape[1] != len(self.names):
            raise AnalysisError("shape_invalid", columns=len(self.names))
        for position, name in enumerate(self.names):
            if name in self.names[:position]:
                raise AnalysisError("column_duplicate", column=name)
        infinite = np.argwhere(np.isinf(values))
        if len(infinite):
            row, column = infinite[0]
            raise AnalysisError("value_infinite", row=int(row) + 1, column=self.names[column])
        object.__setattr__(self, "values", read_only(values))

    @classmethod
    def of(cls, columns: Mapping[str, Column]) -> Self:
        """Answers from a mapping of column name to numbers."""
        arrays = {name: _numbers(name, column) for name, column in columns.items()}
        if not arrays:
            raise AnalysisError("values_none", method="answers")
        lengths = {name: array.shape[0] for name, array in arrays.items()}
        expected = next(iter(lengths.values()), 0)
        for name, found in lengths.items():
            if found != expected:
                raise AnalysisError("columns_uneven", column=name, found=found, expected=expected)
        return cls(tuple(arrays), np.column_stack(tuple(arrays.values())))

    @property
    def n(self) -> int:
        return int(self.values.shape[0])

    def select(self, items: Sequence[str]) -> Floats:
        """The columns of these items, in this order."""
        position = {name: index for index, name in enumerate(self.names)}
        for item in items:
            if item not in position:
                raise AnalysisError("item_unknown", item=item, known=", ".join(self.names))
        return self.values[:, [position[item] for item in items]]


def _numbers(name: str, column: Any) -> Floats:
    """One column as numbers; the first cell that is none is named."""
    try:
        numbers = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        for row, cell in enumerate(np.asarray(column, dtype=object).ravel(), start=1):
            if not isinstance(cell, int | float | np.number):
                raise AnalysisError(
                    "value_not_number", file="answers", row=row, column=name, value=str(cell)[:60]
                ) from None
        raise
    return np.atleast_1d(numbers)


@dataclass(frozen=True, eq=False)
class Prepared:
    """The answers to a model's items after missing ones were dealt with."""

    items: tuple[str, ...]
    values: Floats  # rows kept; NaN remains only where the mean replaces it
    scale: Scale
    cautions: tuple[Caution, ...]

    @property
    def n(self) -> int:
        return int(self.values.shape[0])


def prepare(
    model: Model, answers: Answers, missing: Missing, scale: Scale | None = None
) -> Prepared:
    """Pick the model's items, treat missing answers, and refuse what cannot be estimated."""
    values = answers.select(model.items)
    gaps = np.isnan(values)
    for item, empty in zip(model.items, gaps.all(axis=0), strict=True):
        if empty:
            raise AnalysisError("item_all_missing", item=item)
    scale, cautions = _scale_of(model, values, scale)
    if missing is Missing.LISTWISE:
        values, dropped = _complete_rows(values, gaps)
        cautions += dropped
    elif gaps.any():
        answered = ~gaps.all(axis=1)  # a row without any answer would only add means
        cautions += _rows_caution(int((~answered).sum()), len(values))
        values, gaps = values[answered], gaps[answered]
        cautions += _replaced_caution(model, gaps)
    _check_rows(model, len(values))
    _check_varying(model, values)
    cautions += _duplicates(model, values)
    return Prepared(model.items, values, scale, tuple(cautions))


def _scale_of(model: Model, values: Floats, scale: Scale | None) -> tuple[Scale, list[Caution]]:
    """The stated scale, kept by every answer, or the extremes seen with a caution."""
    if scale is None:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        if low == high:
            raise AnalysisError("item_constant", item=model.items[0], value=low)
        return Scale(low, high), [caution("scale_assumed", low=low, high=high)]
    outside = (values < scale.low) | (values > scale.high)
    if outside.any():
        row, column = np.argwhere(outside)[0]
        raise AnalysisError(
            "value_out_of_scale",
            row=int(row) + 1,
            column=model.items[column],
            value=float(values[row, column]),
            low=scale.low,
            high=scale.high,
            count=int(outside.sum()),
        )
    return scale, []


def _complete_rows(values: Floats, gaps: np.ndarray) -> tuple[Floats, list[Caution]]:
    complete = ~gaps.any(axis=1)
    dropped = int((~complete).sum())
    return (values[complete] if dropped else values), _rows_caution(dropped, len(values))


def _rows_caution(dropped: int, total: int) -> list[Caution]:
    return [caution("rows_dropped", dropped=dropped, total=total)] if dropped else []


def _replaced_caution(model: Model, gaps: np.ndarray) -> list[Caution]:
    counts = gaps.sum(axis=0)
    worst = int(np.argmax(counts))
    if not counts[worst]:
        return []
    return [
        caution(
            "answers_replaced",
            replaced=int(counts.sum()),
            share=float(gaps.mean()),
            item=model.items[worst],
            count=int(counts[worst]),
        )
    ]


def _check_rows(model: Model, n: int) -> None:
    arrows = max(len(model.predictors(name)) for name in model.names)
    block = max(len(each.items) if each.formative else 0 for each in model.constructs)
    needed = max(3, arrows + 2, block + 2)
    if n < needed:
        raise AnalysisError("rows_too_few", n=n, needed=needed)


def _check_varying(model: Model, values: Floats) -> None:
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    for item, lowest, highest in zip(model.items, low, high, strict=True):
        if lowest == highest:
            raise AnalysisError("item_constant", item=item, value=float(lowest))


def _duplicates(model: Model, values: Floats) -> list[Caution]:
    """Items answered alike in every row: usually one column imported twice."""
    found: dict[bytes, str] = {}
    cautions = []
    for item, column in zip(model.items, values.T, strict=True):
        first = found.setdefault(np.ascontiguousarray(column).tobytes(), item)
        if first != item:
            cautions.append(caution("item_duplicated", first=first, second=item))
    return cautions
