"""What rooms declare about themselves: evidence, measures, slots, inbox, search.

Higher rooms only fold over these declarations.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise

from zhuoyue.kit.access import Actor

if TYPE_CHECKING:
    from zhuoyue.analysis import Measured

Text = str | Promise


@dataclass(frozen=True)
class Period:
    """From its first day to its last, both inside."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first and last moment, in local days."""
        return (
            timezone.make_aware(datetime.combine(self.first, time.min)),
            timezone.make_aware(datetime.combine(self.last, time.max)),
        )


@dataclass(frozen=True)
class Fact:
    """One thing the work itself has left behind that bears on a clause."""

    sentence: Text
    kind: str
    id: int
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """A room's declaration of what it can prove."""

    clauses: tuple[str, ...]
    label: Text
    facts: Callable[[Actor, Period], Sequence[Fact]]


@dataclass(frozen=True)
class MeasureValue:
    """A measure in a period: the value with what it rests on."""

    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    invited: int | None = None
    cautions: tuple[str, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, measured: "Measured", *, times: float = 1.0, **more: Any) -> "MeasureValue":
        """A figure of the library as a measure; `times=100` turns a share into percent."""
        return cls(
            value=measured.value * times,
            n=measured.n,
            low=measured.low * times,
            high=measured.high * times,
            level=measured.level,
            cautions=tuple(c.code for c in measured.cautions),
            **more,
        )

    @classmethod
    def of_share(cls, hits: int, n: int, **more: Any) -> "MeasureValue":
        """A percentage with Wilson's interval; nothing to count gives no value."""
        from zhuoyue.analysis import share

        if n == 0:
            return cls(None, 0, numerator=0, denominator=0, **more)
        return cls.of(share(hits, n), times=100, numerator=hits, denominator=n, **more)

    @classmethod
    def of_mean(cls, n: int, total: float, squares: float, **more: Any) -> "MeasureValue":
        """A mean with Student's interval from n, the sum and the sum of squares."""
        from zhuoyue.analysis import mean_from_sums

        if n < 2:
            return cls(total / n if n else None, n, cautions=("n_small",) if n else (), **more)
        return cls.of(mean_from_sums(n, total, squares), **more)


@dataclass(frozen=True)
class Measure:
    """A room's declaration that it can compute a measure of the standard's set."""

    number: int
    compute: Callable[[Actor, Period, Mapping[str, Any]], MeasureValue]
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """Something that waits for this actor."""

    label: Text
    url: str
    since: datetime
    tone: str = ""


@dataclass(frozen=True)
class Hit:
    label: str
    detail: str
    url: str


_evidence: list[Evidence] = []
_measures: dict[int, Measure] = {}
_slots: dict[str, list[Callable[..., str]]] = defaultdict(list)
_waiting: list[Callable[[Actor], Iterable[Waiting]]] = []
_search: list[Callable[[Actor, str], Iterable[Hit]]] = []


def evidence(
    *clauses: str, label: Text
) -> Callable[
    [Callable[[Actor, Period], Sequence[Fact]]], Callable[[Actor, Period], Sequence[Fact]]
]:
    """Declare a function that proves something about clauses or practices, by their ids."""

    def register(
        facts: Callable[[Actor, Period], Sequence[Fact]],
    ) -> Callable[[Actor, Period], Sequence[Fact]]:
        _evidence.append(Evidence(clauses, label, facts))
        return facts

    return register


def evidence_for(clause: str) -> list[Evidence]:
    return [e for e in _evidence if clause in e.clauses]


def all_evidence() -> tuple[Evidence, ...]:
    return tuple(_evidence)


type Compute = Callable[[Actor, Period, Mapping[str, Any]], MeasureValue]


def measure(number: int, cuts: tuple[str, ...] = ()) -> Callable[[Compute], Compute]:
    """Declare a function that computes the measure of this number."""

    def register(compute: Compute) -> Compute:
        if number in _measures:
            raise ValueError(f"measure {number} is declared twice")
        _measures[number] = Measure(number, compute, cuts)
        return compute

    return register


def measures() -> dict[int, Measure]:
    return dict(sorted(_measures.items()))


def fills(slot: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Fill a place that a lower room's page has declared; return safe HTML or ""."""

    def register(fill: Callable[..., str]) -> Callable[..., str]:
        _slots[slot].append(fill)
        return fill

    return register


def fillings(slot: str) -> Sequence[Callable[..., str]]:
    return _slots.get(slot, ())


def waits(
    source: Callable[[Actor], Iterable[Waiting]],
) -> Callable[[Actor], Iterable[Waiting]]:
    """Declare a source of the inbox."""
    _waiting.append(source)
    return source


def waiting(actor: Actor) -> list[Waiting]:
    return sorted((w for source in _waiting for w in source(actor)), key=lambda w: w.since)


def searches(
    source: Callable[[Actor, str], Iterable[Hit]],
) -> Callable[[Actor, str], Iterable[Hit]]:
    _search.append(source)
    return source


def search(actor: Actor, text: str) -> list[Hit]:
    return [hit for source in _search for hit in source(actor, text)]
