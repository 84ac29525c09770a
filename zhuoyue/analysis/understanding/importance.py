"""Importance and performance of attributes: where to concentrate.

Source: Martilla & James 1977. Where the cross-hair stands decides the quadrant, so it is a
parameter of the result; points near a line are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

NEAR = 0.05  # of the range of the points


class Quadrant(StrEnum):
    """What to do about an attribute."""

    CONCENTRATE = "concentrate"  # important, badly done
    KEEP_UP = "keep_up"  # important, well done
    LOW_PRIORITY = "low_priority"  # unimportant, badly done
    OVERKILL = "overkill"  # unimportant, well done


class Crosshair(StrEnum):
    """Where the lines stand."""

    MEANS = "means"
    MEDIANS = "medians"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One point of the map."""

    importance: float
    performance: float
    gap: float  # performance - importance
    quadrant: Quadrant
    near_a_line: bool


@dataclass(frozen=True, kw_only=True)
class ImportancePerformance(MethodResult):
    """The map; `n` counts the attributes."""

    method: ClassVar[str] = "importance_performance"
    crosshair: tuple[float, float]  # importance, performance
    attributes: Mapping[str, Attribute]


def importance_performance(
    names: Sequence[str],
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    crosshair: Crosshair | str | tuple[float, float] = Crosshair.MEANS,
) -> ImportancePerformance:
    """Quadrants of attributes; a point on a line counts as above it.

    `crosshair`: means or medians of the points, or a given pair (importance, performance).

    Raises AnalysisError (`ipa_...`). Source: Martilla and James 1977.
    """
    wanted = numbers_of(importance, "importance")
    done = numbers_of(performance, "performance")
    if not len(names) == len(wanted) == len(done) or len(names) < 2:
        raise AnalysisError("ipa_lengths", names=len(names), values=len(wanted))
    for k, name in enumerate(names):
        if name in names[:k]:
            raise AnalysisError("ipa_twice", name=name)
        if not (np.isfinite(wanted[k]) and np.isfinite(done[k])):
            raise AnalysisError("ipa_gap", name=name)
    if isinstance(crosshair, str):
        crosshair = choice(Crosshair, crosshair, "crosshair")
        middle = np.median if crosshair is Crosshair.MEDIANS else np.mean
        lines, kind = (float(middle(wanted)), float(middle(done))), crosshair
    else:
        lines, kind = (float(crosshair[0]), float(crosshair[1])), Crosshair.GIVEN
    close = [NEAR * float(np.ptp(each)) for each in (wanted, done)]
    found = {
        str(name): Attribute(
            w,
            d,
            d - w,
            _QUADRANTS[w >= lines[0], d >= lines[1]],
            abs(w - lines[0]) <= close[0] or abs(d - lines[1]) <= close[1],
        )
        for name, w, d in zip(names, wanted.tolist(), done.tolist(), strict=True)
    }
    near = [name for name, each in found.items() if each.near_a_line]
    notes = [caution("ipa_near", count=len(near), names=", ".join(near))] if near else []
    return ImportancePerformance(
        n=len(found),
        parameters=frozen({"crosshair": kind.value, "near": f"{NEAR:.0%} of the range"}),
        crosshair=lines,
        attributes=frozen(found),
        cautions=tuple(notes),
    )


_QUADRANTS = {
    (True, False): Quadrant.CONCENTRATE,
    (True, True): Quadrant.KEEP_UP,
    (False, False): Quadrant.LOW_PRIORITY,
    (False, True): Quadrant.OVERKILL,
}
