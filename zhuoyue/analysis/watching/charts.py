"""Shewhart control charts: is a process steady, and where did something happen?

Sources: Shewhart 1931; Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7;
NIST/SEMATECH e-Handbook 6.3; Laney 2002 for p' and u' (overdispersion).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.watching.limits import Chart, Panel, Series, panels_of
from zhuoyue.analysis.watching.rules import WESTERN_ELECTRIC, Rule, found_by, rules_of, taking_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Flags, Integers

FEW = 20


class PointState(StrEnum):
    """What a point counts for."""

    COUNTED = "counted"  # in the limits
    WATCHED = "watched"  # after the baseline: judged by its limits
    EXPLAINED = "explained"  # on the chart, in no limit and no pattern


@dataclass(frozen=True, slots=True)
class Point:
    """A point on a panel with the limits that hold for it."""

    label: str
    phase: str
    state: PointState
    value: float | None  # None where there is none, as for the first moving range
    centre: float
    lower: float
    upper: float
    size: float  # of its subgroup or area


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern, told at its last point."""

    panel: str
    rule: Rule
    label: str
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ControlChart(MethodResult):
    """Points, limits and signals; `n` counts the points."""

    method: ClassVar[str] = "control_chart"
    chart: Chart
    panels: Mapping[str, tuple[Point, ...]]
    sigma: Mapping[str, float | None]  # by phase: of single values, where the chart estimates it
    signals: tuple[Signal, ...]
    reasons: Mapping[str, str]  # label of an explained point -> why


def control_chart(
    chart: Chart | str,
    values: ArrayLike,
    *,
    sizes: ArrayLike | None = None,
    labels: Sequence[str] | None = None,
    phases: Sequence[str] | None = None,
    baseline: int | None = None,
    explained: Mapping[str, str] | None = None,
    rules: Sequence[Rule | str] | str = WESTERN_ELECTRIC,
) -> ControlChart:
    """A chart of values: one a point, or a row of values for X-bar charts, or counts with `sizes`.

    `phases` names each point's phase: limits are computed, and patterns looked for, within each.
    `baseline`: so many first points of a phase make its limits, later ones are judged by them.
    `explained` (label -> reason) takes points out of limits and patterns; they stay on the chart.
    `rules`: names of patterns, or of a set of them (western_electric, nelson). `sizes`: one for
    each point, or one for all. Raises AnalysisError, coded `chart_...`, that names the row.

    Source: Shewhart 1931; Western Electric 1956; Nelson 1984; Laney 2002.
    """
    chart = choice(Chart, chart, "chart")
    rules = rules_of(rules)
    series = Series.of(chart, values, sizes)
    n = len(series.counts)
    names = tuple(map(str, range(1, n + 1) if labels is None else labels))
    where = ("1",) * n if phases is None else tuple(map(str, phases))
    reasons = {str(label): str(reason) for label, reason in (explained or {}).items()}
    _check(n, names, where, reasons, baseline)
    states = _states(names, where, baseline, reasons)
    panels: dict[str, list[Point]] = {}
    sigma: dict[str, float | None] = {}
    signals: list[Signal] = []
    for phase in dict.fromkeys(where):
        places = np.flatnonzero(np.array(where) == phase)
        counted = np.array([states[k] is PointState.COUNTED for k in places])
        if counted.sum() < 2:
            raise AnalysisError("chart_phase_short", phase=phase, points=int(counted.sum()))
        kept = np.array([states[k] is not PointState.EXPLAINED for k in places])
        made, sigma[phase] = panels_of(chart, series.part(places), counted, kept)
        for number, panel in enumerate(made):
            panels.setdefault(panel.name, []).extend(_points(panel, names, phase, states, places))
            chosen = rules if number == 0 else [r for r in rules if r is Rule.BEYOND_LIMIT]
            signals += _signals(panel, chosen, names, places, kept)
    return ControlChart(
        n=n,
        parameters=frozen(
            {
                "chart": chart.value,
                "rules": [each.value for each in rules],
                "baseline": baseline,
                "constants": "printed (three digits)" if chart is Chart.IMR else "computed",
            }
        ),
        chart=chart,
        panels=frozen({name: tuple(points) for name, points in panels.items()}),
        sigma=frozen(sigma),
        signals=tuple(signals),
        reasons=frozen(reasons),
        cautions=tuple(_cautions(chart, series, states, where)),
    )


def _check(
    n: int,
    names: Sequence[str],
    where: Sequence[str],
    reasons: Mapping[str, str],
    baseline: int | None,
) -> None:
    if len(names) != n or len(where) != n:
        raise AnalysisError("chart_lengths", points=n, labels=len(names), phases=len(where))
    twice = [name for k, name in enumerate(names) if name in names[:k]] if n < 10_000 else []
    if twice:
        raise AnalysisError("chart_label_twice", label=twice[0])
    for label, reason in reasons.items():
        if label not in names:
            raise AnalysisError("chart_label_unknown", label=label)
        if not reason.strip():
            raise AnalysisError("chart_reason_missing", label=label)
    if baseline is not None and baseline < 2:
        raise AnalysisError("chart_between", what="baseline", value=baseline, low=2, high=n)


def _states(
    names: Sequence[str], where: Sequence[str], baseline: int | None, reasons: Mapping[str, str]
) -> list[PointState]:
    found, seen = [], dict.fromkeys(where, 0)
    for name, phase in zip(names, where, strict=True):
        seen[phase] += 1
        if name in reasons:
            found.append(PointState.EXPLAINED)
        elif baseline is not None and seen[phase] > baseline:
            found.append(PointState.WATCHED)
        else:
            found.append(PointState.COUNTED)
    return found


def _points(
    panel: Panel,
    names: Sequence[str],
    phase: str,
    states: Sequence[PointState],
    places: Integers,
) -> list[Point]:
    return [
        Point(
            names[place],
            phase,
            states[place],
            None if np.isnan(panel.values[k]) else float(panel.values[k]),
            float(panel.centre[k]),
            float(panel.lower[k]),
            float(panel.upper[k]),
            float(panel.sizes[k]),
        )
        for k, place in enumerate(places.tolist())
    ]


def _signals(
    panel: Panel, rules: Sequence[Rule], names: Sequence[str], places: Integers, kept: Flags
) -> list[Signal]:
    """Patterns among the points that are not explained."""
    used = np.flatnonzero(kept & ~np.isnan(panel.values))
    distance = panel.distance()[used]
    found = []
    for rule in rules:
        for end in np.flatnonzero(found_by(rule, distance)).tolist():
            members = tuple(names[places[used[k]]] for k in taking_part(rule, distance, end))
            found.append(Signal(panel.name, rule, members[-1], members))
    return found


def _cautions(
    chart: Chart, series: Series, states: Sequence[PointState], where: Sequence[str]
) -> list[Caution]:
    notes = []
    for phase in dict.fromkeys(where):
        counted = sum(
            state is PointState.COUNTED and name == phase
            for state, name in zip(states, where, strict=True)
        )
        if counted < FEW:
            notes.append(caution("chart_few", phase=phase, points=counted, advised=FEW))
    if chart in {Chart.P, Chart.U} and series.sizes.min() > 1_000:
        notes.append(caution("chart_large_areas", smallest=float(series.sizes.min())))
    return notes
