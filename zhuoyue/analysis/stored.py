"""Answers that stay where they are, in Parquet or behind duckdb, and are read as a stream."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from zhuoyue.analysis.answers import Answers, positions
from zhuoyue.analysis.arrow_stream import StreamError, tables
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import kind_of, listed, place_of
from zhuoyue.analysis.packages import package
from zhuoyue.analysis.parquet_names import true_names, twins_among
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray


AS_THEY_ARE = {"TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER"} | {
    "FLOAT",
    "DOUBLE",
}
RELATION = "duckdb"  # stands where a file's name would
SHOWN = 30  # names of columns, where they are told
AS_DOUBLE = {"BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "DECIMAL", "BOOLEAN"}


@dataclass(frozen=True, eq=False, repr=False)
class StoredAnswers:
    """Answers in a Parquet file or a duckdb relation, one row per respondent; read when estimated.

    Columns are numbers; a missing value, and any of the `missing_codes`, is no answer. `weights`
    names the column of case weights. Any number of rows is read in one pass, a part at a time.
    """

    source: Any  # a duckdb relation
    weights: str | None
    missing_codes: tuple[float, ...]
    file: str
    twins: frozenset[str] = frozenset()  # names that duckdb cannot tell apart

    @classmethod
    def parquet(
        cls,
        path: str | Path,
        *,
        weights: str | None = None,
        missing_codes: Iterable[float] | float = (),
    ) -> Self:
        """The answers of a Parquet file."""
        place = place_of(path)
        if not place.is_file():
            raise AnalysisError("file_missing", file=place.name)
        duckdb = package("duckdb", "Parquet", "duckdb")
        with _readable(place.name):
            database = duckdb.connect()
            database.execute("SET enable_progress_bar = false")
            source = database.read_parquet(str(place))
            twins = twins_among(true_names(database, place))
        return cls._checked(source, weights, missing_codes, place.name, twins)

    @classmethod
    def relation(
        cls,
        relation: Any,
        *,
        weights: str | None = None,
        missing_codes: Iterable[float] | float = (),
    ) -> Self:
        """The rows of a duckdb relation, in the order in which it yields them."""
        if not all(hasattr(relation, name) for name in ("columns", "types", "project")):
            raise AnalysisError("relation_form", found=kind_of(relation))
        return cls._checked(relation, weights, missing_codes, RELATION)

    @classmethod
    def _checked(
        cls,
        source: Any,
        weights: str | None,
        missing_codes: Iterable[float] | float,
        file: str,
        twins: frozenset[str] = frozenset(),
    ) -> Self:
        found = cls(source, weights, tuple(map(float, listed(missing_codes))), file, twins)
        if weights is not None:
            found.kinds([weights])
        return found

    def __repr__(self) -> str:
        shown = ", ".join(self.names[:SHOWN]) + (" …" if len(self.names) > SHOWN else "")
        return f"StoredAnswers in {self.file}: {shown}"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns there are."""
        return tuple(self.source.columns)

    @property
    def n(self) -> int:
        """Rows, counted by the source."""
        with _readable(self.file):
            return int(self.source.count("*").fetchone()[0])

    def kinds(self, columns: Sequence[str]) -> list[str]:
        """The duckdb type of each of these columns, all of them numbers."""
        for column in columns:
            if column.casefold() in self.twins:
                raise AnalysisError("header_duplicate", file=self.file, name=column)
        found = [str(self.source.types[k]) for k in positions(self.names, columns)]
        for column, kind in zip(columns, found, strict=True):
            if kind.split("(")[0] not in AS_THEY_ARE | AS_DOUBLE:
                raise AnalysisError("column_not_numbers", file=self.file, column=column, kind=kind)
        return found

    def load(self, items: Sequence[str]) -> Answers:
        """The answers to these items in memory: for what needs single rows."""
        items = names_in(items)
        found = [table.astype(np.float64) for table in self.tables(items)]
        if not found:
            raise AnalysisError("file_empty", file=self.file)
        rows = np.concatenate(found)
        weights = None if self.weights is None else rows[:, -1]
        return Answers(items, rows[:, : len(items)], weights)

    def tables(self, items: Sequence[str]) -> Iterator[NDArray[Any]]:
        """The rows in tables of any size: the items, then the case weight if there is one."""
        columns = [*items, *([] if self.weights is None else [self.weights])]
        wanted = ", ".join(
            self._expression(column, kind)
            for column, kind in zip(columns, self.kinds(columns), strict=True)
        )
        with _readable(self.file):
            yield from tables(self.source.project(wanted))

    def _expression(self, column: str, kind: str) -> str:
        quoted = '"' + column.replace('"', '""') + '"'
        known = quoted if kind in AS_THEY_ARE else f"CAST({quoted} AS DOUBLE)"
        if column != self.weights:
            for code in self.missing_codes:
                if math.isfinite(code):
                    known = f"NULLIF({known}, {_literal(code)})"
        return known


def _literal(code: float) -> str:
    return str(int(code)) if code.is_integer() else f"{code!r}::DOUBLE"


@contextmanager
def _readable(file: str) -> Iterator[None]:
    """What duckdb says when it cannot read, as an error of ours."""
    duckdb = package("duckdb", "Parquet", "duckdb")
    try:
        yield
    except (duckdb.Error, StreamError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        if file == RELATION:
            raise AnalysisError("relation_failed", reason=reason) from None
        raise AnalysisError("file_unreadable", file=file, kind="Parquet", reason=reason) from None
