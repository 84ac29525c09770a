"""Quality function deployment: from needs to what must be engineered (the house of quality).

Sources: Akao 1990; Hauser & Clausing 1988; Lyman 1990 (normalised relationships).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping, numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats


class Relations(StrEnum):
    """How strengths of relationships count."""

    PLAIN = "plain"  # as given, such as 9, 3, 1
    LYMAN = "lyman"  # each need's row brought to sum one, so that no need counts for many links


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need: how important, how much better it shall become, whether it sells."""

    importance: float
    now: float | None = None  # rating today
    target: float | None = None  # rating wanted
    sales_point: float = 1.0  # 1, 1.2 or 1.5 by custom

    @property
    def weight(self) -> float:
        """Importance x improvement x sales point."""
        ratio = 1.0
        if self.now is not None and self.target is not None:
            ratio = self.target / self.now
        return self.importance * ratio * self.sales_point


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What is engineered, by the needs that depend on it."""

    importance: float
    share: float
    rank: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two characteristics that work against each other."""

    first: str
    second: str
    strength: float
    shares: float  # sum of both shares: what is at stake


@dataclass(frozen=True, kw_only=True)
class HouseOfQuality(MethodResult):
    """Weights of needs and importance of characteristics; `n` counts the needs."""

    method: ClassVar[str] = "qfd"
    needs: Mapping[str, float]  # weights, of sum one
    characteristics: Mapping[str, Characteristic]
    conflicts: tuple[Conflict, ...]  # what is at stake most first


def qfd(
    needs: Mapping[str, Wanted | float],
    characteristics: Sequence[str],
    relations: ArrayLike,
    *,
    how: Relations | str = Relations.PLAIN,
    roof: Mapping[tuple[str, str], float] | None = None,
) -> HouseOfQuality:
    """From needs, and how strongly each hangs on each characteristic (needs x characteristics).

    A need given as a number is of that importance, with nothing to improve and no sales point.

    `roof`: pairs of characteristics that help (above nil) or hinder (below nil) each other.

    Raises AnalysisError (`qfd_...`). Source: Akao 1990; Lyman 1990 (rows brought to one).
    """
    how = choice(Relations, how, "how")
    check_mapping(needs, "needs")
    wanted = {
        name: each if isinstance(each, Wanted) else Wanted(each) for name, each in needs.items()
    }
    names = [str(each) for each in characteristics]
    table = _checked(wanted, names, relations)
    weights = np.array([each.weight for each in wanted.values()], dtype=np.float64)
    weights = weights / weights.sum()
    links = table
    if how is Relations.LYMAN:
        total = table.sum(axis=1, keepdims=True)
        links = table / np.where(total > 0, total, 1.0)
    importance = weights @ links
    if not importance.sum() > 0:
        raise AnalysisError("qfd_no_links")
    shares = importance / importance.sum()
    ranks = [int((importance > each + 1e-12).sum()) + 1 for each in importance]
    conflicts = _conflicts(names, shares, roof or {})
    return HouseOfQuality(
        n=len(needs),
        parameters=frozen(
            {"relations": how.value, "weights": "importance x improvement x sales point"}
        ),
        needs=frozen(dict(zip(needs, weights.tolist(), strict=True))),
        characteristics=frozen(
            {
                name: Characteristic(float(value), float(share), rank)
                for name, value, share, rank in zip(names, importance, shares, ranks, strict=True)
            }
        ),
        conflicts=tuple(conflicts),
        cautions=tuple(_cautions(list(needs), names, table)),
    )


def _checked(needs: Mapping[str, Wanted], names: Sequence[str], relations: ArrayLike) -> Floats:
    table = numbers_of(relations, "relations")
    if table.shape != (len(needs), len(names)) or not table.size:
        found = " x ".join(map(str, table.shape))
        raise AnalysisError("qfd_shape", needs=len(needs), characteristics=len(names), found=found)
    twice = [name for k, name in enumerate(names) if name in names[:k]]
    if twice:
        raise AnalysisError("ipa_twice", name=twice[0])
    table = np.where(np.isnan(table), 0.0, table)  # an empty cell is no relationship
    for i, j in np.argwhere(~((table >= 0) & np.isfinite(table))).tolist():
        raise AnalysisError(
            "qfd_relation", need=list(needs)[i], characteristic=names[j], value=float(table[i, j])
        )
    for name, each in needs.items():
        parts = (each.importance, each.now, each.target, each.sales_point)
        given = all(part is None or (np.isfinite(part) and part > 0) for part in parts)
        if not given or not np.isfinite(each.weight):
            raise AnalysisError("qfd_need", need=name)
    return table


def _conflicts(
    names: Sequence[str], shares: Floats, roof: Mapping[tuple[str, str], float]
) -> list[Conflict]:
    found = []
    for (first, second), strength in roof.items():
        for name in (first, second):
            if name not in names:
                raise AnalysisError("qfd_roof", found=name, known=", ".join(names))
        if strength < 0:
            stake = float(shares[names.index(first)] + shares[names.index(second)])
            found.append(Conflict(first, second, float(strength), stake))
    return sorted(found, key=lambda each: -each.shares)


def _cautions(needs: Sequence[str], names: Sequence[str], table: Floats) -> list[Caution]:
    notes = []
    alone = [name for name, row in zip(needs, table, strict=True) if not row.any()]
    idle = [name for name, column in zip(names, table.T, strict=True) if not column.any()]
    if alone:
        notes.append(caution("qfd_need_alone", needs=", ".join(alone)))
    if idle:
        notes.append(caution("qfd_idle", characteristics=", ".join(idle)))
    return notes
