"""What is handed in: whether it has the form that a function works on, or an error that says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.settings import Settings
from zhuoyue.analysis.spec import Model

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def check_mapping(found: object, code: str) -> None:
    """Whether names stand before what belongs to them; else the error of this code."""
    if not isinstance(found, Mapping):
        raise AnalysisError(code, found=kind_of(found))


def place_of(file: object) -> Path:
    """Where a file is, from a text or a path."""
    if not isinstance(file, str | os.PathLike):
        raise AnalysisError("file_form", found=kind_of(file))
    return Path(file)


def codes_in(codes: Iterable[Any] | str | float) -> tuple[Any, ...]:
    """Codes for no answer; one bare code is a list of one."""
    return (codes,) if isinstance(codes, str) or not hasattr(codes, "__iter__") else tuple(codes)


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
