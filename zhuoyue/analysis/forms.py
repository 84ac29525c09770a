"""What is handed in: whether it has the form that a function works on, or an error that says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import Settings
from zhuoyue.analysis.spec import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhuoyue.analysis.arrays import Floats


def settled(model: object, settings: Settings | None) -> Settings:
    """The settings, or those of the house; both of the form that estimating needs."""
    check_model(model)
    if settings is None:
        return Settings()
    if not isinstance(settings, Settings):
        raise AnalysisError("settings_form", found=kind_of(settings))
    return settings


def check_model(model: object) -> None:
    if not isinstance(model, Model):
        raise AnalysisError("model_form", found=kind_of(model))


def check_mapping(found: object, name: str) -> None:
    """Whether names stand before what belongs to them."""
    if not isinstance(found, Mapping):
        raise AnalysisError("mapping_form", name=name, found=kind_of(found))


def place_of(file: object) -> Path:
    """Where a file is, from a text or a path."""
    if not isinstance(file, str | os.PathLike):
        raise AnalysisError("file_form", found=kind_of(file))
    return Path(file)


def listed(entries: Any) -> tuple[Any, ...]:
    """Several entries; a bare text or number is one."""
    bare = isinstance(entries, str) or not hasattr(entries, "__iter__")
    return (entries,) if bare else tuple(entries)


def columns_of(columns: Any) -> Iterable[tuple[Any, Any]]:
    """Names and numbers of a mapping's columns, or of a data frame's (pandas, polars, Arrow)."""
    if isinstance(columns, Mapping) or callable(getattr(columns, "items", None)):
        pairs: Iterable[tuple[Any, Any]] = columns.items()
        return pairs
    held = hasattr(columns, "__array__")  # what is yet to be computed (lazy frames, queries) is not
    names = getattr(columns, "column_names", getattr(columns, "columns", None)) if held else None
    if not isinstance(names, list | tuple):
        raise AnalysisError("columns_form", found=kind_of(columns))
    return [(name, columns[name]) for name in names]


def kind_of(value: object) -> str:
    return type(value).__name__


def numbers_of(values: Any, name: str) -> Floats:
    """Numbers in their shape, NaN where masked or None; the first that is none is named."""
    if isinstance(values, np.ma.MaskedArray):
        return np.where(np.ma.getmaskarray(values), np.nan, numbers_of(values.filled(0), name))
    try:
        if getattr(getattr(values, "dtype", None), "kind", "f") not in "Mmc":
            return np.asarray(values, dtype=np.float64)
        cells = np.asarray(values, dtype=object)  # dates and imaginary numbers are no numbers here
    except (TypeError, ValueError, OverflowError):
        cells = _cells(values, name)
    for place, cell in np.ndenumerate(cells):
        if not _is_number(cell):
            where = ", ".join(str(k + 1) for k in place) or "1"
            raise AnalysisError("number_invalid", name=name, place=where, value=str(cell)[:60])
    return cells.astype(np.float64)


def _cells(values: Any, name: str) -> Any:
    """The cells of what is no array of numbers; rows of different length are told."""
    try:
        cells = np.asarray(values)
    except ValueError:
        lengths = sorted({len(row) for row in values if hasattr(row, "__len__")})
        told = ", ".join(map(str, lengths)) or "?"
        raise AnalysisError("rows_uneven", name=name, lengths=told) from None
    return cells if cells.dtype == object else cells.astype(object)


def _is_number(cell: Any) -> bool:
    try:
        float(cell) if cell is not None else None
    except (TypeError, ValueError, OverflowError):
        return False
    return not isinstance(cell, complex)


def check_lengths(**parts: Any) -> None:
    """Whether all have one entry for each of the same things; those of none are left out."""
    known = {name: len(each) for name, each in parts.items() if each is not None}
    if len(set(known.values())) > 1:
        told = ", ".join(f"{name} {count}" for name, count in known.items())
        raise AnalysisError("lengths_uneven", lengths=told)
