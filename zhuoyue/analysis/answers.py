"""Answers as a table of numbers: one row per respondent, one column per item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import columns_of, kind_of
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from zhuoyue.analysis.arrays import Flags, Floats, Integers

    type Column = Sequence[object] | NDArray[Any]

ROWS_AT_ONCE = 1 << 13
ABREAST = 32  # rows side by side: quicker to go through than short ones one by one
LARGEST = 1e70  # beyond it variances times their like are infinite


@dataclass(frozen=True, eq=False)
class Answers:
    """Named columns of numbers (rows x columns, NaN where there is no answer).

    `weights` are case weights by row, positive or nil. A table of float64 is taken as it is, not
    copied: it must not change afterwards.
    """

    names: tuple[str, ...]
    values: Floats
    weights: Floats | None = None
    low: Floats = field(init=False, repr=False)  # of each column; NaN where all are missing
    high: Floats = field(init=False, repr=False)
    gaps: Integers = field(init=False, repr=False)  # missing answers of each column

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", names_in(self.names))
        values = _table(self.names, self.values).view()
        if values.ndim != 2 or values.shape[1] != len(self.names):
            raise AnalysisError("shape_invalid", columns=len(self.names))
        seen: set[str] = set()
        for name in self.names:
            if name in seen:
                raise AnalysisError("column_duplicate", column=name)
            seen.add(name)
        object.__setattr__(self, "values", read_only(values))
        for name, found in zip(("low", "high", "gaps"), _scan(self.names, values), strict=True):
            object.__setattr__(self, name, found)
        if self.weights is not None:
            object.__setattr__(self, "weights", check_weights(self.weights, len(values)))

    @classmethod
    def of(cls, columns: Mapping[str, Column] | Any, weights: ArrayLike | None = None) -> Self:
        """Answers from a mapping of column name to numbers, or from a data frame.

        A frame of pandas, polars or Arrow serves; each of its columns must hold numbers, so take
        those of the model: `frame[list(model.items)]`. `weights`: a number for each row.
        """
        arrays: dict[str, Floats] = {}
        for name, column in columns_of(columns):
            if str(name) in arrays:
                raise AnalysisError("column_duplicate", column=str(name))
            arrays[str(name)] = _numbers(str(name), column)
        if not arrays:
            raise AnalysisError("values_none", method="answers")
        lengths = {name: array.shape[0] for name, array in arrays.items()}
        expected = next(iter(lengths.values()), 0)
        for name, found in lengths.items():
            if found != expected:
                raise AnalysisError("columns_uneven", column=name, found=found, expected=expected)
        return cls(
            tuple(arrays),
            np.column_stack(tuple(arrays.values())),
            None if weights is None else check_weights(weights, expected),
        )

    @property
    def n(self) -> int:
        return int(self.values.shape[0])

    def positions(self, items: Sequence[str]) -> Integers:
        """Where these items stand among the columns."""
        return positions(self.names, items)

    def select(self, items: Sequence[str]) -> Floats:
        """The columns of these items, in this order."""
        return pick(self.values, self.positions(items))


def positions(names: Sequence[str], items: Sequence[str]) -> Integers:
    """Positions of items among column names, each of which must be there."""
    position = {name: index for index, name in enumerate(names)}
    wanted = names_in(items)
    for item in wanted:
        if item not in position:
            raise AnalysisError("item_unknown", item=item, known=", ".join(names))
    return np.array([position[item] for item in wanted], dtype=np.int64)


def pick(values: Floats, columns: Integers) -> Floats:
    """Columns of a table, without a copy where they stand in a row."""
    return values[:, side_by_side(columns)]


def side_by_side(columns: Integers) -> slice | Integers:
    """The same columns as a slice, where they stand in a row."""
    first, count = int(columns[0]), len(columns)
    if (columns == np.arange(first, first + count)).all():
        return slice(first, first + count)
    return columns


def _scan(names: Sequence[str], values: Floats) -> tuple[Floats, Floats, Integers]:
    """Extremes and gaps of every column, in one pass; an infinite number is an error."""
    low = np.full(len(names), np.inf)
    high = np.full(len(names), -np.inf)
    gaps = np.zeros(len(names), dtype=np.int64)
    for start in range(0, len(values), ROWS_AT_ONCE):
        part = values[start : start + ROWS_AT_ONCE]
        lowest, highest = extremes(part)
        if not ((lowest >= -LARGEST).all() and (highest <= LARGEST).all()):  # or missing
            missing = np.isnan(part)
            refuse_huge(names, part, start)
            gaps += missing.sum(axis=0)
            lowest = np.where(missing, np.inf, part).min(axis=0)
            highest = np.where(missing, -np.inf, part).max(axis=0)
        np.minimum(low, lowest, out=low)
        np.maximum(high, highest, out=high)
    nothing = low > high
    low[nothing] = high[nothing] = np.nan
    return low, high, gaps


def extremes(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Lowest and highest of each column."""
    rows, width = values.shape
    whole = rows // ABREAST * ABREAST
    if not values.flags.c_contiguous or not whole:
        return values.min(axis=0), values.max(axis=0)
    wide, rest = values[:whole].reshape(-1, ABREAST * width), values[rows - ABREAST :]
    low = np.minimum(wide.min(axis=0).reshape(ABREAST, width), rest)
    high = np.maximum(wide.max(axis=0).reshape(ABREAST, width), rest)
    return low.min(axis=0), high.max(axis=0)


def distances(values: Floats, shifts: Floats, room: Floats) -> Floats:
    """Every row less its shift (given ABREAST times), written into the first rows of `room`."""
    rows, width = values.shape
    whole = rows // ABREAST * ABREAST
    found = room[:rows]
    if not values.flags.c_contiguous or rows < ROWS_AT_ONCE // 8:
        return np.subtract(values, shifts[:width], out=found)
    wide = -1, ABREAST * width
    np.subtract(values[:whole].reshape(wide), shifts, out=found[:whole].reshape(wide))
    np.subtract(values[whole:], shifts[:width], out=found[whole:])
    return found


def refuse_huge(names: Sequence[str], part: Floats, start: int) -> None:
    """Name the first number that is infinite, or whose square would be."""
    huge = np.argwhere(np.abs(part) > LARGEST)
    if len(huge):
        row, column = huge[0]
        value = float(part[row, column])
        place: dict[str, object] = {"row": start + int(row) + 1, "column": names[column]}
        if np.isinf(value):
            raise AnalysisError("value_infinite", at=None, **place)
        raise AnalysisError("value_too_large", at=None, value=value, **place)


def check_loaded(answers: object, method: str) -> None:
    """Whether there are single rows to work on; stored answers have to be loaded first."""
    if hasattr(answers, "load"):
        raise AnalysisError("answers_not_loaded", method=method)
    if not isinstance(answers, Answers):
        raise AnalysisError("answers_form", found=kind_of(answers))


def check_weights(weights: ArrayLike, n: int) -> Floats:
    """Case weights: one finite number per row, none negative, not all nil."""
    found = _numbers("weights", weights)
    if found.shape != (n,):
        raise AnalysisError("weights_uneven", found=found.size, expected=n)
    wrong: Flags = ~np.isfinite(found) | (found < 0)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise AnalysisError("weight_invalid", row=row + 1, value=float(found[row]))
    if not found.any():
        raise AnalysisError("weights_nil")
    return read_only(found.copy())


def _table(names: Sequence[str], values: Any) -> Floats:
    """A table as numbers; where that cannot be, the first cell that is none is named."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and not _masked(values):
        return values
    cells = np.asarray(values) if not _masked(values) else values
    if cells.ndim != 2 or cells.shape[1] != len(names):
        raise AnalysisError("shape_invalid", columns=len(names))
    if cells.dtype.kind in "biuf" and not _masked(cells):
        return cells.astype(np.float64)
    columns = [_numbers(name, cells[:, place]) for place, name in enumerate(names)]
    return np.column_stack(columns) if columns else np.empty((len(cells), 0))


def _masked(values: Any) -> bool:
    return isinstance(values, np.ma.MaskedArray)


def _numbers(name: str, column: Any) -> Floats:
    """One column as numbers, NaN where masked; the first cell that is none is named."""
    if _masked(column):
        hidden = np.ma.getmaskarray(column)
        found = np.where(hidden, np.nan, _numbers(name, np.where(hidden, 0, column.data)))
        return np.atleast_1d(found)
    try:
        cells = np.asarray(column)
        if cells.dtype.kind not in "Mmc":  # dates and imaginary numbers are no answers
            return np.atleast_1d(cells.astype(np.float64))
    except (TypeError, ValueError, OverflowError):
        cells = np.asarray(column, dtype=object)
    for row, cell in enumerate(cells.ravel(), start=1):
        if cells.dtype.kind in "Mmc" or not _is_number(cell):
            value = str(cell)[:60]
            raise AnalysisError(
                "value_not_number", file="answers", row=row, column=name, value=value
            )
    return np.atleast_1d(cells.astype(np.float64))


def _is_number(cell: Any) -> bool:
    try:
        float(cell) if cell is not None else None
    except (TypeError, ValueError, OverflowError):
        return False
    return True
