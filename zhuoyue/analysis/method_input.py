"""The input of a method: a table with a header, and options, from CSV, Excel, Parquet or YAML.

In YAML the keys `columns` and `rows` hold the table, all others are options:

    cut_off: 3
    columns: [person, code]
    rows:
      - [Li, fast]
      - [Li, saves time]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.sources import Table, read_table
from zhuoyue.analysis.yaml_values import yaml_values

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats

LARGEST = 1e100  # of a cell or an option: squares and sums of anything up to it are finite


@dataclass(frozen=True, eq=False)
class Labelled:
    """A table of numbers whose rows have names: (rows x columns), NaN where a cell is empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats


@dataclass(frozen=True, eq=False)
class MethodInput:
    """A table and options, with errors that name the cell or the option."""

    table: Table
    options: Mapping[str, object]

    @property
    def file(self) -> str:
        return self.table.file

    def knows(self, *names: str) -> None:
        """Refuse options that the method does not have: a misspelt one must not be ignored."""
        for option in self.options:
            if option not in names:
                known = ", ".join(names) or "-"
                raise AnalysisError("option_unknown", file=self.file, option=option, known=known)

    def need_table(self) -> Table:
        """The table, which must have rows."""
        if not self.table.n:
            raise AnalysisError("table_missing", file=self.file)
        return self.table

    def texts(self, column: str) -> list[str]:
        """A column as texts, empty where there is none."""
        self.need_table()
        if column not in self.table.columns:
            raise AnalysisError("item_unknown", item=column, known=", ".join(self.table.names))
        return [
            "" if cell is None or str(cell) == "nan" else str(cell).strip()
            for cell in self.table.columns[column]
        ]

    def numbers(self, column: str) -> Floats:
        """A column as numbers, NaN where there is none."""
        found = self.need_table().numbers(column)
        beyond = np.flatnonzero(np.abs(found) > LARGEST)
        if len(beyond):
            row, value = int(beyond[0]) + 1, float(found[beyond[0]])
            code = "value_too_large" if np.isfinite(value) else "value_infinite"
            raise AnalysisError(code, row=row, column=column, value=value)
        return found

    def complete(self, column: str) -> Floats:
        """A column of numbers without gaps."""
        found = self.numbers(column)
        gaps = np.flatnonzero(np.isnan(found))
        if len(gaps):
            row = int(gaps[0]) + 1
            raise AnalysisError("cell_missing", file=self.file, row=row, column=column)
        return found

    def labelled(self, *, complete: bool = True) -> Labelled:
        """The first column as names of the rows, all others as numbers."""
        names = self.need_table().names
        labels = self.texts(names[0])
        for row, label in enumerate(labels, start=1):
            if not label:
                raise AnalysisError("label_missing", file=self.file, row=row)
            if label in labels[: row - 1]:
                raise AnalysisError("label_duplicate", file=self.file, label=label)
        read = self.complete if complete else self.numbers
        columns = [read(name) for name in names[1:]]
        values = np.column_stack(columns) if columns else np.empty((len(labels), 0))
        return Labelled(tuple(labels), tuple(names[1:]), values)

    def option(self, name: str, default: Any = None) -> Any:
        """An option as it stands."""
        return self.options.get(name, default)

    def number(
        self, name: str, default: float | None, low: float = -LARGEST, high: float = LARGEST
    ) -> float:
        """An option that is a number between two limits."""
        value = self.option(name, default)
        expected = f"{low:g} .. {high:g}"
        if value is None:
            raise AnalysisError("option_missing", option=name, expected=expected)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise AnalysisError("option_invalid", option=name, value=value, expected=expected)
        return float(value)

    def integer(self, name: str, default: int | None, low: int = 0, high: int = 10**9) -> int:
        """An option that is a whole number between two limits."""
        value = self.number(name, default, low, high)
        if not value.is_integer():
            expected = f"{low} .. {high}"
            raise AnalysisError("option_invalid", option=name, value=value, expected=expected)
        return int(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An option that is on or off."""
        value = self.option(name, default)
        if not isinstance(value, bool):
            raise AnalysisError("option_invalid", option=name, value=value, expected="true, false")
        return value

    def choice[Kind: StrEnum](self, name: str, kinds: type[Kind], default: Kind) -> Kind:
        """An option that is one of some words."""
        value = str(self.option(name, default.value))
        if value not in {each.value for each in kinds}:
            expected = ", ".join(each.value for each in kinds)
            raise AnalysisError("option_invalid", option=name, value=value, expected=expected)
        return kinds(value)

    def by_name(self, name: str) -> dict[str, float] | None:
        """An option that gives names numbers; None where it is not given."""
        value = self.option(name)
        if value is None:
            return None
        if not isinstance(value, Mapping) or not all(
            isinstance(each, int | float) and not isinstance(each, bool) and abs(each) <= LARGEST
            for each in value.values()
        ):
            raise AnalysisError(
                "option_invalid", option=name, value=value, expected="{name: number, ...}"
            )
        return {str(key): float(each) for key, each in value.items()}

    def listed(self, name: str) -> tuple[Any, ...] | None:
        """An option that is a list; None where it is not given."""
        value = self.option(name)
        if value is None:
            return None
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise AnalysisError("option_invalid", option=name, value=value, expected="[..., ...]")
        return tuple(value)


def read_method_input(
    path: str | Path, options: Mapping[str, object] | None = None, *, sheet: str | None = None
) -> MethodInput:
    """A file as the input of a method; `options` win over those of the file."""
    place = Path(path)
    if place.suffix.lower() in {".yaml", ".yml"}:
        if not place.is_file():
            raise AnalysisError("file_missing", file=place.name)
        from zhuoyue.analysis.encodings import read_text

        found = parse_method_input(read_text(place), place.name)
        return MethodInput(found.table, {**found.options, **(options or {})})
    return MethodInput(read_table(place, sheet=sheet), dict(options or {}))


def parse_method_input(text: str, file: str) -> MethodInput:
    """The same from YAML text."""
    found = yaml_values(text, file)
    if not isinstance(found, Mapping):
        raise AnalysisError("table_missing", file=file)
    options = {str(key): each for key, each in found.items() if key not in {"columns", "rows"}}
    names, rows = found.get("columns"), found.get("rows")
    if names is None and rows is None:
        return MethodInput(Table(file, {}), options)
    return MethodInput(Table(file, _columns(file, names, rows)), options)


def _columns(file: str, names: Any, rows: Any) -> dict[str, list[object]]:
    if not isinstance(names, list) or not isinstance(rows, list):
        raise AnalysisError("table_missing", file=file)
    columns: dict[str, list[object]] = {}
    for name in names:
        if str(name) in columns:
            raise AnalysisError("header_duplicate", file=file, name=str(name))
        columns[str(name)] = []
    for number, row in enumerate(rows, start=1):
        found = len(row) if isinstance(row, list) else 1
        if not isinstance(row, list) or found != len(columns):
            raise AnalysisError(
                "table_row_length", file=file, row=number, found=found, expected=len(columns)
            )
        for column, cell in zip(columns.values(), row, strict=True):
            column.append(cell)
    return columns
