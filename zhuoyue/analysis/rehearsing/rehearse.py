"""Rehearse a journey: many weeks, many times over, before anything is promised.

Method: discrete-event simulation with independent replications (Law, Simulation Modeling and
Analysis, chapter 9): every replication is one observation, limits are Student's t over
replications, the first weeks are left out (warm-up), and variants use the same chance (common
random numbers), so that differences are told more closely than the figures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.distributions import t_quantile
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.rehearsing.draws import draw
from zhuoyue.analysis.rehearsing.engines import run_lanes
from zhuoyue.analysis.rehearsing.hours import HOUR, MINUTE
from zhuoyue.analysis.rehearsing.journey import Journey
from zhuoyue.analysis.rehearsing.plan import compile_journeys, end_of_weeks, shape_of
from zhuoyue.analysis.workers import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.rehearsing.lanes import Counts
    from zhuoyue.analysis.rehearsing.plan import Shape

LANES = 500  # replications of all variants worked on at once
REPLICATIONS = 64  # and of each variant: their draws take some megabytes each
CONTACTS = 30_000_000  # of all lanes worked on at once: four bytes each, and their draws
BUSY_LIMIT = 0.97
QUANTILES = (0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as the mean of the replications, with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What happened in one variant; times in hours by the clock on the wall."""

    contacts: float  # a replication
    lead_time: Measured  # from arrival to the end of the last step
    lead_time_median: Measured
    lead_time_p90: Measured
    waiting: Measured  # a contact's waits at all steps
    waiting_at: Mapping[str, Measured]  # a visit's wait at the step
    promise_kept: Measured | None  # share, of kinds with a promise
    promise_kept_of: Mapping[str, Measured]
    use: Mapping[str, Measured]  # share of a team's hours spent on contacts
    unfinished: Measured  # contacts inside at the end


@dataclass(frozen=True, slots=True)
class Change:
    """A variant minus the first, replication by replication."""

    lead_time: Measured
    waiting: Measured
    promise_kept: Measured | None


@dataclass(frozen=True, kw_only=True)
class Rehearsal(MethodResult):
    """Variants of a journey under the same chance; `n` counts the replications."""

    method: ClassVar[str] = "rehearsal"
    variants: Mapping[str, Rehearsed]
    changes: Mapping[str, Change]  # of each variant but the first
    level: float


def rehearse(
    journeys: Journey | Mapping[str, Journey],
    *,
    weeks: float = 52,
    warm_up: float = 4,
    replications: int = 50,
    seed: int = 1,
    level: float = 0.95,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Rehearsal:
    """Figures of each journey with their intervals, and how each differs from the first.

    Contacts that arrive within `weeks` after `warm_up` weeks are followed to their end. `threads`
    serve compiled code only; the numbers are the same with any, and without it. Raises
    AnalysisError where a setting or a journey is impossible.

    Source: Law, Simulation Modeling and Analysis, chapter 9 (2015).
    """
    named = {"journey": journeys} if isinstance(journeys, Journey) else dict(journeys)
    _check(named, weeks, warm_up, replications, level)
    variants = list(named.values())
    window = end_of_weeks(warm_up), end_of_weeks(warm_up + weeks)
    tables, shape = compile_journeys(variants), shape_of(variants)
    expected = max(each.arrivals.per_week for each in variants) * (weeks + warm_up)
    most = min(LANES / len(variants), CONTACTS / expected / len(variants))
    size = max(1, min(replications, REPLICATIONS, int(most)))
    found: list[dict[str, Floats]] = []
    for first in range(0, replications, size):
        numbers = range(first, min(first + size, replications))
        draws = draw(variants, weeks + warm_up, seed, numbers)
        lanes = np.array([(v, r) for v in range(len(variants)) for r in range(len(numbers))]).T
        counts = run_lanes(tables, shape, draws, window, lanes, threads or cores())
        found.append(_figures(counts, shape, variants, weeks, len(numbers)))
        if progress:
            progress(first + len(numbers), replications)
    figures = {
        key: np.concatenate([each[key] for each in found], axis=-1) for key in found[0]
    }  # ... x variant x replication
    names = list(named)
    told = {
        name: _told(variants[v], {key: each[..., v, :] for key, each in figures.items()}, level)
        for v, name in enumerate(names)
    }
    return Rehearsal(
        n=replications,
        seed=seed,
        parameters=frozen(
            {"weeks": weeks, "warm_up": warm_up, "replications": replications, "level": level}
        ),
        variants=frozen(told),
        changes=frozen({name: _change(figures, v, level) for v, name in enumerate(names) if v > 0}),
        level=level,
        cautions=tuple(_cautions(told, figures["lead_time"])),
    )


def _check(
    named: Mapping[str, Journey], weeks: float, warm_up: float, replications: int, level: float
) -> None:
    if not named:
        raise AnalysisError("journey_steps", count=0, most=0)
    for what, value, low, high in (
        ("weeks", weeks, 1 / 168, 520.0),
        ("warm_up", warm_up, 0.0, 520.0),
        ("replications", replications, 2, 10_000),
        ("level", level, 0.5, 0.9999),
    ):
        if not low <= value <= high:
            raise AnalysisError("journey_between", what=what, value=value, low=low, high=high)
    for each in named.values():
        if each.arrivals.per_week * (weeks + warm_up) > CONTACTS:
            raise AnalysisError(
                "journey_between",
                what="arrivals.per_week x weeks",
                value=each.arrivals.per_week * (weeks + warm_up),
                low=0,
                high=CONTACTS,
            )


def _figures(
    counts: Counts, shape: Shape, variants: Sequence[Journey], weeks: float, replications: int
) -> dict[str, Floats]:
    """Figures of every lane (... x variant x replication)."""
    size = (len(variants), replications)

    def by(values: NDArray[Any]) -> Floats:
        return values.reshape(*values.shape[:-1], *size).astype(np.float64)

    contacts = np.sum(counts.measured, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        promised = np.zeros((shape.kinds, *size))
        for v, journey in enumerate(variants):
            for k, kind in enumerate(journey.kinds):
                promised[k, v] = kind.promise is not None
        kept, measured = by(counts.kept), by(counts.measured)
        mean, middle, ninetieth = _lead_times(counts.leads)
        return {
            "contacts": by(contacts),
            "lead_time": by(mean),
            "lead_time_median": by(middle),
            "lead_time_p90": by(ninetieth),
            "waiting": by(counts.waited.sum(axis=0) / contacts / HOUR),
            "waiting_at": by(counts.waited / counts.visits / HOUR),
            "promise_kept": (kept * promised).sum(axis=0) / (measured * promised).sum(axis=0),
            "promise_kept_of": np.where(promised > 0, kept / measured, np.nan),
            "use": by(counts.busy) / _open_ticks(variants, shape, weeks)[:, :, None],
            "unfinished": by(counts.unfinished),
        }


def _lead_times(leads: NDArray[Any]) -> tuple[Floats, Floats, Floats]:
    """Mean, median and 90th percentile of every lane (contacts x lanes); NaN where nobody came."""
    empty = np.isnan(leads).all(axis=0)
    known = np.where(empty, 0.0, leads) if len(leads) else np.zeros((1, len(empty)))
    found = [np.nanmean(known, axis=0, dtype=np.float64), *np.nanquantile(known, QUANTILES, axis=0)]
    mean, middle, ninetieth = (np.where(empty, np.nan, each) for each in found)
    return mean, middle, ninetieth


def _open_ticks(variants: Sequence[Journey], shape: Shape, weeks: float) -> Floats:
    """Hours of each team in the measured weeks (team x variant), in ticks."""
    found = np.full((shape.teams, len(variants)), np.nan)
    for v, journey in enumerate(variants):
        for g, team in enumerate(journey.teams):
            found[g, v] = team.staff * team.hours.per_week * MINUTE * weeks
    return found


def _measured(
    values: Floats, level: float, *, least: float = 0.0, most: float = np.inf
) -> Measured:
    """Mean and Student's limits within what is possible, of replications that have a value."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Measured(float("nan"), float("nan"), float("nan"))
    mean = float(known.mean())
    if len(known) < 2:
        return Measured(mean, float("nan"), float("nan"))
    reach = t_quantile(level, len(known) - 1) * float(known.std(ddof=1)) / len(known) ** 0.5
    return Measured(mean, max(least, mean - reach), min(most, mean + reach))


def _told(journey: Journey, own: Mapping[str, Floats], level: float) -> Rehearsed:
    """One variant in words (... x replication)."""

    def named(key: str, names: Sequence[str]) -> Mapping[str, Measured]:
        return frozen({name: _measured(own[key][place], level) for place, name in enumerate(names)})

    promising = [k for k, kind in enumerate(journey.kinds) if kind.promise is not None]
    return Rehearsed(
        contacts=float(own["contacts"].mean()),
        lead_time=_measured(own["lead_time"], level),
        lead_time_median=_measured(own["lead_time_median"], level),
        lead_time_p90=_measured(own["lead_time_p90"], level),
        waiting=_measured(own["waiting"], level),
        waiting_at=named("waiting_at", [each.name for each in journey.steps]),
        promise_kept=_measured(own["promise_kept"], level, most=1.0) if promising else None,
        promise_kept_of=frozen(
            {
                journey.kinds[k].name: _measured(own["promise_kept_of"][k], level, most=1.0)
                for k in promising
            }
        ),
        use=named("use", [each.name for each in journey.teams]),
        unfinished=_measured(own["unfinished"], level),
    )


def _change(figures: Mapping[str, Floats], variant: int, level: float) -> Change:
    def against_first(key: str) -> Measured:
        return _measured(figures[key][variant] - figures[key][0], level, least=-np.inf)

    kept = figures["promise_kept"]
    both = not np.isnan(kept[[0, variant]]).all(axis=1).any()
    return Change(
        against_first("lead_time"),
        against_first("waiting"),
        against_first("promise_kept") if both else None,
    )


def _cautions(told: Mapping[str, Rehearsed], lead_times: Floats) -> list[Caution]:
    notes = []
    replications = lead_times.shape[-1]
    empty = np.isnan(lead_times).sum(axis=-1).tolist()
    for (name, each), none in zip(told.items(), empty, strict=True):
        for team, use in each.use.items():
            if use.value > BUSY_LIMIT:
                notes.append(caution("journey_overloaded", variant=name, team=team, use=use.value))
        if none:
            notes.append(
                caution("journey_empty", variant=name, empty=none, replications=replications)
            )
    if replications < 10:
        notes.append(caution("journey_replications_few", replications=replications))
    return [*notes, caution("journey_assumed")]
