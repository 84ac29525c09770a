"""The names of a Parquet file's columns as they stand in it.

duckdb takes q1 and Q1 for one name and calls the second of two alike something else, so that a
column could be read in place of its twin.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def true_names(database: Any, place: Path) -> list[str]:
    """The columns of the file, without the fields within them."""
    found = database.execute(
        "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)", [str(place)]
    ).fetchall()
    names, fields_left = [], 0
    for name, children in found[1:]:  # the first is the table itself
        if fields_left:
            fields_left += int(children) - 1
        else:
            names.append(str(name))
            fields_left = int(children)
    return names


def twins_among(names: Sequence[str]) -> frozenset[str]:
    """Names, in small letters, that stand for more than one column."""
    counts = Counter(name.casefold() for name in names)
    return frozenset(name for name, count in counts.items() if count > 1)
