"""Ten variants of a year, rehearsed; the same journey as processes of SimPy, beside it."""

import time
from typing import Any

from zhuoyue.analysis.rehearsing.durations import Duration, Shape
from zhuoyue.analysis.rehearsing.hours import Hours
from zhuoyue.analysis.rehearsing.journey import Arrivals, Journey, Kind, Step, Team

CONTACTS, WEEKS = 100_000, 52
OFFICE = Hours.of("mon-fri 08:00-12:00 13:00-17:00")


def journey(desk: int, laboratory: int) -> Journey:
    """Three steps, one of them for three contacts in ten, some of these done again."""
    return Journey(
        Arrivals(CONTACTS / WEEKS, Hours.of("mon-sat 08:00-20:00")),
        (
            Step("ask", ("desk",), Duration(mean=9.0)),
            Step(
                "test", ("laboratory",), Duration(Shape.LOGNORMAL, mean=45.0, cv=1.2),
                share=0.3, rework=0.1,
            ),
            Step(
                "tell", ("desk",), Duration(Shape.TRIANGULAR, low=2.0, mode=4.0, high=12.0),
                share=0.5,
            ),
        ),
        (
            Team("desk", desk, Hours.of("mon-sat 09:00-21:00")),
            Team("laboratory", laboratory, OFFICE),
        ),
        (Kind("inside", 3.0, 1, 24.0), Kind("outside", 1.0, 1, 8.0)),
    )  # fmt: skip


def variants() -> dict[str, Journey]:
    return {f"{a} and {b}": journey(a, b) for a in (7, 8) for b in (12, 13, 14, 15, 16)}


def rehearse_year(quick: bool) -> dict[str, Any]:
    """Seconds of the whole work, and of one contact beside SimPy's."""
    from zhuoyue.analysis.rehearsing.rehearse import rehearse

    replications = 2 if quick else 50
    rehearse(variants(), weeks=0.1, warm_up=0, replications=2)  # nobody's compiler is timed
    start = time.perf_counter()
    found = rehearse(variants(), weeks=WEEKS, warm_up=0, replications=replications)
    ours = time.perf_counter() - start
    contacts = sum(each.contacts for each in found.variants.values()) * replications
    return {"ours": ours, "contacts": contacts, **simpy(1 if quick else 4)}


def simpy(weeks: float) -> dict[str, Any]:
    """Seconds of a contact in SimPy, and whether it finds our lead time."""
    try:
        from zhuoyue.analysis.tests.journeys_in_simpy import InSimPy
    except ImportError:
        return {}
    from zhuoyue.analysis.rehearsing.rehearse import rehearse

    run = InSimPy(journey(7, 13), weeks, 1, 0)
    start = time.perf_counter()
    run.run()
    spent = time.perf_counter() - start
    found = rehearse(journey(7, 13), weeks=weeks, warm_up=0, replications=2)
    other = InSimPy(journey(7, 13), weeks, 1, 1).run()
    lead = sum(sum(each.leads.values()) / len(each.leads) / 3_600_000 for each in (run, other)) / 2
    ours = found.variants["journey"].lead_time.value
    return {"simpy": spent / len(run.leads), "off": abs(ours / lead - 1)}
