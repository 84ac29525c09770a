"""Cuts of the same people that overlap: which may be shown together without giving a small group.

Source: the attacker of Willenborg & de Waal, Elements of Statistical Disclosure Control (2001), who
knows who can be in which cut and every number shown, and bounds each group that the cuts divide
people into. Counts are whole, so the bounds are found by integer programming.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from zhuoyue.analysis.arrays import Flags, Floats

MOST_CUTS = 60
# What is not proven safe within these bounds counts as given away.
MOST_GROUPS = 150
EFFORT = 200  # nodes searched for one world


class Reason(StrEnum):
    """Why a cut is hidden."""

    SMALL = "small"  # the cut itself is a small group
    DIFFERENCE = "difference"  # it and another shown cut differ by a small group
    COMBINATION = "combination"  # several shown cuts together give, or might give, one away


@dataclass(frozen=True, kw_only=True)
class CutSuppression(MethodResult):
    """Which cuts may be shown together; `n` counts the people of the largest shown one.

    How many are in at least one cut would be one more number to work a small group out with.
    """

    method: ClassVar[str] = "cut_suppression"
    shown: Mapping[str, int]  # how many people
    hidden: Mapping[str, Reason]


def suppress_cuts(cuts: Mapping[str, Set[str]], *, threshold: int = 5) -> CutSuppression:
    """The cuts (name -> people) of which counts, shares and means may be shown together.

    A small group has 1 .. threshold - 1 people. Larger cuts are kept before smaller ones. No shown
    cut is small; no two differ by a small group; and whoever knows all that is shown can bound no
    group (people who are in the same cuts) below the threshold. Nobody's sum or mean can then
    be worked out for a small group either: such a sum would need that group's count.

    Raises AnalysisError (`suppression_...`). Source: Willenborg and de Waal 2001.
    """
    if threshold < 2:
        raise AnalysisError("suppression_threshold", threshold=threshold)
    check_mapping(cuts, "cuts")
    cuts = {name: set(people) for name, people in cuts.items()}
    if not 1 <= len(cuts) <= MOST_CUTS:
        raise AnalysisError("suppression_cuts", found=len(cuts), most=MOST_CUTS)
    kept: list[str] = []
    hidden: dict[str, Reason] = {}
    for name in sorted(cuts, key=lambda each: -len(cuts[each])):
        found = _reason(cuts, kept, name, threshold)
        if found is None:
            kept.append(name)
        else:
            hidden[name] = found
    return CutSuppression(
        n=max((len(cuts[name]) for name in kept), default=0),
        parameters=frozen({"threshold": threshold, "protection": "pairs and integer bounds"}),
        shown=frozen({name: len(cuts[name]) for name in cuts if name in kept}),
        hidden=frozen({name: hidden[name] for name in cuts if name in hidden}),
        cautions=(caution("cuts_together"),),
    )


def _reason(
    cuts: Mapping[str, Set[str]], kept: Sequence[str], name: str, threshold: int
) -> Reason | None:
    people = cuts[name]
    if 0 < len(people) < threshold:
        return Reason.SMALL
    apart = [len(people - cuts[one]) for one in kept] + [len(cuts[one] - people) for one in kept]
    if any(0 < size < threshold for size in apart):
        return Reason.DIFFERENCE
    within, sizes = _groups([cuts[one] for one in (*kept, name)])
    return None if _guarded(within, sizes, threshold) else Reason.COMBINATION


def _groups(cuts: Sequence[Set[str]]) -> tuple[Flags, Floats]:
    """Who is in the same cuts is one group: (cuts x groups) whether it lies within, and sizes."""
    everybody = sorted(set().union(*cuts))
    if not everybody:
        return np.zeros((len(cuts), 0), dtype=bool), np.zeros(0)
    member = np.array([[person in cut for cut in cuts] for person in everybody])
    patterns, sizes = np.unique(member, axis=0, return_counts=True)
    return patterns.T, sizes.astype(np.float64)


def _guarded(within: Flags, sizes: Floats, threshold: int) -> bool:
    """Whether every small group could, by all that is shown, be as large as the threshold."""
    unproven = sizes < threshold
    if len(sizes) > MOST_GROUPS:
        return not unproven.any()
    while unproven.any():
        possible = _another_world(within, sizes, unproven, threshold)
        if possible is None:
            return False
        unproven &= possible < threshold
    return True


def _another_world(within: Flags, sizes: Floats, unproven: Flags, threshold: int) -> Floats | None:
    """Sizes that agree with all that is shown, with the first unproven group at the threshold.

    Of the others as many as easily can be are raised too, so that few worlds prove all.
    """
    least = np.zeros(len(sizes))
    least[np.argmax(unproven)] = threshold
    most = np.where(unproven, threshold, np.inf)
    shown = within.astype(np.float64)
    optimize = _optimize()
    found = optimize.milp(
        -unproven.astype(np.float64),
        integrality=np.ones(len(sizes)),
        bounds=optimize.Bounds(least, most),
        constraints=optimize.LinearConstraint(shown, shown @ sizes, shown @ sizes),
        options={"node_limit": EFFORT, "mip_rel_gap": 0.5},  # any world will do
    )
    return None if found.x is None else np.round(np.asarray(found.x, dtype=np.float64))


@cache
def _optimize() -> Any:
    """Loaded at first use, untyped like scipy's other modules."""
    return import_module("scipy.optimize")
