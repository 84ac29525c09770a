"""SERVQUAL: what was perceived minus what was expected, by item and dimension.

Sources: Parasuraman, Zeithaml & Berry 1985, 1988 (gaps), 1991 (100 points shared among dimensions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis import intervals
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping, numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.quality import cronbach_alpha
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.intervals import Measured

RELIABLE = 0.7


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of the service."""

    gap: Measured  # mean over people of their own mean gap
    items: tuple[str, ...]
    points: float  # share of the 100 points
    alpha: float | None  # of the gaps; None for one item


@dataclass(frozen=True, kw_only=True)
class Servqual(MethodResult):
    """Gaps, negative where less was perceived than expected; `n` counts the people."""

    method: ClassVar[str] = "servqual"
    items: Mapping[str, Measured]
    dimensions: Mapping[str, Dimension]
    plain: Measured  # mean of the dimensions' gaps
    weighted: Measured  # the same by points


def servqual(
    expected: Mapping[str, ArrayLike],
    perceived: Mapping[str, ArrayLike],
    dimensions: Mapping[str, tuple[str, ...]],
    *,
    points: Mapping[str, float] | None = None,
    level: float = 0.95,
) -> Servqual:
    """From answers of the same people (item -> one answer each) and the items of each dimension.

    People with a gap in the answers are left out, with a caution. `points` weigh the dimensions
    (any sum; 100 by custom). Limits are Student's over people.

    Raises AnalysisError (`servqual_...`). Source: Parasuraman, Zeithaml and Berry 1988.
    """
    check_mapping(dimensions, "dimensions")
    dimensions = {name: names_in(members) for name, members in dimensions.items()}
    items = [item for each in dimensions.values() for item in each]
    gaps, left_out = _gaps(items, expected, perceived)
    shares = _shares(dimensions, points)
    notes: list[Caution] = []
    if left_out:
        notes.append(caution("servqual_left_out", people=left_out))
    told: dict[str, Dimension] = {}
    own = np.empty((len(gaps), len(dimensions)))
    begin = 0
    for k, (name, members) in enumerate(dimensions.items()):
        block = gaps[:, begin : begin + len(members)]
        begin += len(members)
        own[:, k] = block.mean(axis=1)
        alpha = _alpha(block, members)
        told[name] = Dimension(
            intervals.mean(own[:, k], level=level), tuple(members), float(shares[k]), alpha
        )
        if alpha is not None and alpha < RELIABLE:
            notes.append(caution("servqual_unreliable", dimension=name, alpha=alpha))
    return Servqual(
        n=len(gaps),
        parameters=frozen({"gap": "perceived - expected", "level": level}),
        items=frozen(
            {item: intervals.mean(gaps[:, k], level=level) for k, item in enumerate(items)}
        ),
        dimensions=frozen(told),
        plain=intervals.mean(own.mean(axis=1), level=level),
        weighted=intervals.mean(own @ shares, level=level),
        cautions=tuple(notes),
    )


def _gaps(
    items: list[str], expected: Mapping[str, ArrayLike], perceived: Mapping[str, ArrayLike]
) -> tuple[Floats, int]:
    for k, item in enumerate(items):
        if item in items[:k]:
            raise AnalysisError("servqual_item", item=item)
        if item not in expected or item not in perceived:
            raise AnalysisError("servqual_item", item=item)
    if not items:
        raise AnalysisError("servqual_item", item="-")
    both = [
        np.column_stack([numbers_of(each[item], item) for item in items])
        for each in (expected, perceived)
    ]
    if both[0].shape != both[1].shape:
        raise AnalysisError("ipa_lengths", names=len(both[0]), values=len(both[1]))
    found = both[1] - both[0]
    known = np.isfinite(found).all(axis=1)
    if known.sum() < 2:
        raise AnalysisError("servqual_people", people=int(known.sum()))
    return found[known], int((~known).sum())


def _shares(
    dimensions: Mapping[str, tuple[str, ...]], points: Mapping[str, float] | None
) -> Floats:
    if points is None:
        return np.full(len(dimensions), 1 / len(dimensions))
    if set(points) != set(dimensions) or any(not each >= 0 for each in points.values()):
        raise AnalysisError("servqual_points", known=", ".join(dimensions))
    found = np.array([points[name] for name in dimensions], dtype=np.float64)
    if not found.sum() > 0:
        raise AnalysisError("servqual_points", known=", ".join(dimensions))
    return np.asarray(found / found.sum())


def _alpha(block: Floats, members: tuple[str, ...]) -> float | None:
    """None where there is none: one item, two people, items that do not vary or cancel."""
    if len(members) < 2:
        return None
    try:
        return float(cronbach_alpha(block).value)
    except AnalysisError:
        return None
