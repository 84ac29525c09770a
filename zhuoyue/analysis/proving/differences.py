"""Difference in differences: did those with the change move more than those without?

Sources: Card & Krueger 1994; Angrist & Pischke, Mostly Harmless Econometrics, chapter 5; Bertrand,
Duflo & Mullainathan 2004 (errors by cluster).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import f_above
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import listed, numbers_of
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.proving.least_squares import Coefficient, clustered, fit, robust

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Floats
    from zhuoyue.analysis.proving.least_squares import Fit

FEW_CLUSTERS = 20


@dataclass(frozen=True, kw_only=True)
class DifferenceInDifferences(MethodResult):
    """The effect; `n` counts the rows."""

    method: ClassVar[str] = "difference_in_differences"
    effect: Coefficient
    means: Mapping[str, Mapping[str, float]]  # treated, control -> before, after
    errors: str  # hc1 or clustered
    clusters: int | None
    by_period: Mapping[str, Coefficient]  # gap of the groups against the last period before
    parallel_p: float | None  # all gaps before are nil; None with one period before


def difference_in_differences(
    values: ArrayLike,
    treated: ArrayLike,
    periods: Sequence[str],
    after: Sequence[str],
    *,
    clusters: Sequence[str] | None = None,
    level: float = 0.95,
) -> DifferenceInDifferences:
    """From rows: a value, whether its unit gets the change, and its period.

    `after` names the periods with the change; periods are in the order in which they first stand.
    `clusters` (such as the unit of each row) makes errors by cluster, else they are HC1. The effect
    is that of treated x after in a regression on both.

    Raises AnalysisError (`did_...`, `proving_...`). Source: Card and Krueger 1994; Bertrand,
    Duflo and Mullainathan 2004.
    """
    given = numbers_of(values, "values")
    own, after = _truths(treated), listed(after)
    order = list(dict.fromkeys(periods))
    _check(given, own, periods, order, after, clusters)
    late = np.array([each in set(after) for each in periods])
    before = [each for each in order if each not in set(after)]
    design = np.column_stack([np.ones(len(given)), own, late, own & late]).astype(np.float64)
    names = ["level", "treated", "after", "effect"]
    effect = _errors(design, given, names, clusters).coefficient(np.eye(4)[3], level)
    by_period, parallel = _by_period(given, own, periods, order, before, clusters, level)
    count = len(set(clusters)) if clusters is not None else None
    return DifferenceInDifferences(
        n=len(given),
        parameters=frozen({"after": tuple(after), "level": level}),
        effect=effect,
        means=frozen(
            {
                name: frozen(
                    {
                        when: float(given[(own == kind) & (late == then)].mean())
                        for when, then in (("before", False), ("after", True))
                    }
                )
                for name, kind in (("treated", True), ("control", False))
            }
        ),
        errors="hc1" if count is None else "clustered",
        clusters=count,
        by_period=frozen(by_period),
        parallel_p=parallel,
        cautions=tuple(_cautions(count, parallel)),
    )


def _errors(
    design: Floats, values: Floats, names: Sequence[str], clusters: Sequence[str] | None
) -> Fit:
    plain, bread = fit(design, values, names)
    if clusters is None:
        return robust(plain, bread, design)
    return clustered(plain, bread, design, clusters)


def _by_period(  # noqa: PLR0917 - one regression
    values: Floats,
    own: Flags,
    periods: Sequence[str],
    order: Sequence[str],
    before: Sequence[str],
    clusters: Sequence[str] | None,
    level: float,
) -> tuple[dict[str, Coefficient], float | None]:
    """The gap between the groups in each period, less that of the last one before the change."""
    where = np.array([order.index(each) for each in periods])
    time = np.eye(len(order))[where]
    others = [each for each in order if each != before[-1]]
    gaps = np.column_stack([own & (where == order.index(each)) for each in others])
    design = np.column_stack([time, own, gaps]).astype(np.float64)
    names = [*order, "treated", *others]
    found = _errors(design, values, names, clusters)
    first = len(order) + 1
    unit = np.eye(design.shape[1])
    told = {each: found.coefficient(unit[first + k], level) for k, each in enumerate(others)}
    early = [first + k for k, each in enumerate(others) if each in before]
    if not early:
        return told, None
    gap = found.coefficients[early]
    spread = found.covariance[np.ix_(early, early)]
    if np.linalg.matrix_rank(spread) < len(early):
        return told, None  # too few clusters to tell
    f = float(gap @ np.linalg.solve(spread, gap)) / len(early)
    return told, f_above(f, len(early), found.freedom)


def _truths(treated: ArrayLike) -> Flags:
    given = numbers_of(treated, "treated")
    bad = ~np.isin(given, (0, 1))
    if bad.any():
        row = int(np.argmax(bad))
        raise AnalysisError("did_treated", row=row + 1, value=float(given[row]))
    return given.astype(bool)


def _check(  # noqa: PLR0917 - what the rows must be
    values: Floats,
    own: Flags,
    periods: Sequence[str],
    order: Sequence[str],
    after: Sequence[str],
    clusters: Sequence[str] | None,
) -> None:
    n = len(values)
    if {len(own), len(periods), n if clusters is None else len(clusters)} != {n}:
        raise AnalysisError("proving_lengths", values=n, others=len(periods))
    known = np.isfinite(values)
    if not known.all():
        raise AnalysisError("proving_value", row=int(np.argmin(known)) + 1)
    for period in after:
        if period not in order:
            raise AnalysisError("did_period", found=period, known=", ".join(order))
    if not after or len(set(after)) == len(order):
        raise AnalysisError("did_sides", known=", ".join(order))
    place = np.array([order.index(each) for each in periods])
    for kind in (True, False):
        for k, name in enumerate(order):
            if not ((own == kind) & (place == k)).any():
                raise AnalysisError("did_empty", period=name, treated=kind)


def _cautions(clusters: int | None, parallel: float | None) -> list[Caution]:
    notes = []
    if clusters is None:
        notes.append(caution("did_unclustered"))
    elif clusters < FEW_CLUSTERS:
        notes.append(caution("did_few_clusters", clusters=clusters, advised=FEW_CLUSTERS))
    if parallel is None:
        notes.append(caution("did_unchecked"))
    elif parallel < 0.1:
        notes.append(caution("did_not_parallel", p=parallel))
    return notes
