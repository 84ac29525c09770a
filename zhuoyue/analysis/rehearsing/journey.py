"""A journey to be rehearsed: who arrives, through which steps, served by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.rehearsing.durations import Duration
from zhuoyue.analysis.rehearsing.hours import Hours

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_STEPS = 12
MOST_STAFF = 1000
MOST_PRIORITIES = 16


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Contacts arrive by chance (Poisson): so many a week, spread evenly over the hours, or by
    `by_hour`, twenty-four weights of the hours of a day."""

    per_week: float
    hours: Hours = field(default_factory=Hours.always)
    by_hour: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.per_week <= 1e6:
            raise AnalysisError("journey_number", what="arrivals.per_week", value=self.per_week)
        weights = self.by_hour
        if weights and (len(weights) != 24 or min(weights) < 0 or sum(weights) <= 0):
            raise AnalysisError("journey_by_hour", count=len(weights))


@dataclass(frozen=True, slots=True)
class Team:
    """People with the same skills and hours."""

    name: str
    staff: int
    hours: Hours = field(default_factory=Hours.always)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the journey: the teams with the skill for it (first choice first), how long it
    takes, the share of contacts that need it, and the share that must go back afterwards."""

    name: str
    teams: tuple[str, ...]
    duration: Duration
    share: float = 1.0
    rework: float = 0.0
    back_to: str | None = None  # nothing: the same step


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contact: how frequent (any unit), how urgent (1 first), what it was promised."""

    name: str = "all"
    frequency: float = 1.0
    priority: int = 1
    promise: float | None = None  # hours from arrival to the end of the last step
    shares: Mapping[str, float] = field(default_factory=lambda: frozen({}))  # step -> own share


@dataclass(frozen=True, slots=True)
class Journey:
    """Steps in their order, the teams that serve them, and who comes.

    Waiting contacts are taken by priority, then by how long they have waited at the step. Nobody is
    interrupted by a more urgent contact; at the end of their hours people put work down and take it
    up at the next opening. `promise_hours`: promises count time in these hours only.
    """

    arrivals: Arrivals
    steps: tuple[Step, ...]
    teams: tuple[Team, ...]
    kinds: tuple[Kind, ...] = (Kind(),)
    promise_hours: Hours | None = None

    def __post_init__(self) -> None:
        _once("steps", (each.name for each in self.steps))
        _once("teams", (each.name for each in self.teams))
        _once("kinds", (each.name for each in self.kinds))
        self._check_steps()
        self._check_people()
        steps = {each.name for each in self.steps}
        for kind in self.kinds:
            _between(f"{kind.name}: frequency", kind.frequency, 1e-9, 1e9)
            _between(f"{kind.name}: priority", kind.priority, 1, MOST_PRIORITIES)
            if kind.promise is not None:
                _between(f"{kind.name}: promise", kind.promise, 1e-6, 1e5)
            for step, share in kind.shares.items():
                if step not in steps:
                    raise AnalysisError("journey_unknown", what=step, known=", ".join(steps))
                _between(f"{kind.name}: {step}", share, 0, 1)

    def _check_steps(self) -> None:
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise AnalysisError("journey_steps", count=len(self.steps), most=MOST_STEPS)
        teams = [each.name for each in self.teams]
        names = [each.name for each in self.steps]
        for place, step in enumerate(self.steps):
            if not step.teams:
                raise AnalysisError("journey_nobody", step=step.name)
            for team in step.teams:
                if team not in teams:
                    raise AnalysisError("journey_unknown", what=team, known=", ".join(teams))
            _between(f"{step.name}: share", step.share, 0, 1)
            _between(f"{step.name}: rework", step.rework, 0, 0.9)
            if step.back_to is not None and step.back_to not in names[: place + 1]:
                known = ", ".join(names[: place + 1])
                raise AnalysisError("journey_back", step=step.name, found=step.back_to, known=known)

    def _check_people(self) -> None:
        for team in self.teams:
            _between(f"{team.name}: staff", team.staff, 1, MOST_STAFF)
        total = sum(each.staff for each in self.teams)
        _between("teams: staff", total, 1, MOST_STAFF)


def _once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name or name in seen:
            raise AnalysisError("journey_name_twice", what=what, name=name)
        seen.add(name)


def _between(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError("journey_between", what=what, value=value, low=low, high=high)
