"""Tables of counts that give no small group away: primary and complementary suppression.

Source: cell suppression as in Willenborg and de Waal, Elements of Statistical Disclosure Control
(2001). Each small cell is hidden within a rectangle of hidden cells along which counts can be
shifted without changing any total, so that it could as well be as large as the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Integers

type Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Suppression(MethodResult):
    """What may be shown; the last row and column are the totals.

    `n` is the grand total, or 0 where so few people are a small group themselves.
    """

    method: ClassVar[str] = "suppression"
    rows: tuple[str, ...]  # names, without that of the totals
    columns: tuple[str, ...]
    shown: tuple[tuple[int | None, ...], ...]  # None where hidden
    primary: tuple[Place, ...]  # small themselves
    complementary: tuple[Place, ...]  # hidden so that the small ones cannot be worked out


def suppress_table(
    counts: ArrayLike,
    *,
    threshold: int = 5,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Suppression:
    """Hide cells of 1 .. threshold - 1 of a table (rows x columns), and what would reveal them.

    Totals are added and treated as cells, but the grand total, which readers know as n, hides
    nothing. Nought is shown: nobody is in it. A mean or share of a hidden cell must not be shown
    either. Where no rectangle protects a cell, all but the grand total is hidden. Rows and columns
    without names are numbered.

    Raises AnalysisError (`suppression_...`). Source: Willenborg and de Waal 2001.
    """
    table = _extended(counts, threshold)
    height, width = table.shape[0] - 1, table.shape[1] - 1
    if (rows and len(rows) != height) or (columns and len(columns) != width):
        raise AnalysisError(
            "suppression_names", rows=len(rows), columns=len(columns), height=height, width=width
        )
    small = (table > 0) & (table < threshold)
    hidden = small.copy()
    lost = False
    for place in np.argwhere(small).tolist():
        found = _rectangle(table, hidden, (place[0], place[1]), threshold)
        if found is None:
            lost = True
            hidden[:] = True
            hidden[-1, -1] = small[-1, -1]
            break
        for each in found:
            hidden[each] = True
    values = [
        [None if hide else int(value) for value, hide in zip(row, hides, strict=True)]
        for row, hides in zip(table.tolist(), hidden.tolist(), strict=True)
    ]
    return Suppression(
        n=0 if hidden[-1, -1] else int(table[-1, -1]),
        parameters=frozen({"threshold": threshold, "protection": "rectangles"}),
        rows=tuple(rows) or tuple(str(k) for k in range(1, height + 1)),
        columns=tuple(columns) or tuple(str(k) for k in range(1, width + 1)),
        shown=tuple(map(tuple, values)),
        primary=_places(small),
        complementary=_places(hidden & ~small),
        cautions=_cautions(lost=lost),
    )


def _extended(counts: ArrayLike, threshold: int) -> Integers:
    """The table with its totals as last row and column."""
    if threshold < 2:
        raise AnalysisError("suppression_threshold", threshold=threshold)
    given = numbers_of(counts, "counts")
    if given.ndim != 2 or not given.size:
        raise AnalysisError("suppression_shape")
    for row, column in np.argwhere(~((given >= 0) & (given == np.floor(given)) & (given < 1e15))):
        raise AnalysisError(
            "suppression_count",
            row=int(row) + 1,
            column=int(column) + 1,
            value=float(given[row, column]),
        )
    whole = given.astype(np.int64)
    whole = np.vstack([whole, whole.sum(axis=0)])
    return np.column_stack([whole, whole.sum(axis=1)])


def _rectangle(
    table: Integers, hidden: Flags, place: Place, threshold: int
) -> tuple[Place, ...] | None:
    """The cheapest rectangle along which the cell can be raised to the threshold."""
    rows, columns = table.shape
    (a, b), shift = place, threshold - int(table[place])
    best: tuple[float, tuple[Place, ...]] | None = None
    for c, d in product(range(rows), range(columns)):
        if c == a or d == b:
            continue
        # a total moves with its cells, so that its sign is turned round
        down = 1 if (c == rows - 1) == (a == rows - 1) else -1
        across = 1 if (d == columns - 1) == (b == columns - 1) else -1
        moves = {(a, d): -across, (c, b): -down, (c, d): down * across}
        if (rows - 1, columns - 1) in moves:
            continue
        if any(sign < 0 and table[at] < shift for at, sign in moves.items()):
            continue
        cost = sum(_cost(table, at) for at in moves if not hidden[at])
        if best is None or cost < best[0]:
            best = (cost, tuple(moves))
    return None if best is None else best[1]


def _cost(table: Integers, at: Place) -> float:
    """Counts lost to the reader; totals are given up last."""
    totals = (at[0] == table.shape[0] - 1) + (at[1] == table.shape[1] - 1)
    return float((1 + table[at]) * float(1 + table[-1, -1]) ** totals)


def _places(flags: Flags) -> tuple[Place, ...]:
    return tuple((row, column) for row, column in np.argwhere(flags).tolist())


def _cautions(*, lost: bool) -> tuple[Caution, ...]:
    return (caution("suppression_all"),) if lost else ()
