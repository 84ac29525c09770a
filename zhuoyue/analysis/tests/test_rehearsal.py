"""Journeys rehearsed: against queueing theory, against SimPy, and against themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError, compiled
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.rehearsing import rehearse as rehearsing
from zhuoyue.analysis.rehearsing.durations import Duration, Shape
from zhuoyue.analysis.rehearsing.hours import WEEK, Hours
from zhuoyue.analysis.rehearsing.journey import Arrivals, Journey, Kind, Step, Team
from zhuoyue.analysis.rehearsing.queueing import erlang_c, mean_wait, mean_wait_single
from zhuoyue.analysis.rehearsing.reading import journey_from, journeys_from
from zhuoyue.analysis.rehearsing.rehearse import rehearse
from zhuoyue.analysis.tests.minute_by_minute import minutes_of, working
from zhuoyue.analysis.tests.shift_by_shift import ShiftByShift

if TYPE_CHECKING:
    from zhuoyue.analysis.rehearsing.rehearse import Rehearsal


@pytest.fixture(autouse=True)
def _compiled_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test below says that numpy alone finds the same."""
    monkeypatch.setenv("ZHUOYUE_COMPILED", "1")


OFFICE = Hours.of("mon-fri 08:00-12:00 13:00-17:00")


def queue(servers: int, load: float, duration: Duration) -> Journey:
    """One step always open, loaded to this share."""
    per_week = load * servers / duration.expected * 60 * 168
    return Journey(
        Arrivals(per_week), (Step("serve", ("desk",), duration),), (Team("desk", servers),)
    )


def whole(found: Rehearsal) -> str:
    """Every number, to compare runs; NaN is no reason to differ."""
    return json.dumps(found.to_dict(), sort_keys=True)


# Theory


def test_erlang_c_is_that_of_the_textbook() -> None:
    # Gross & Harris, Fundamentals of Queueing Theory, 3rd ed., example 2.2: three ophthalmologists,
    # six patients an hour, twenty minutes each: 8/9 wait on average, for 8.89 minutes.
    assert erlang_c(3, 2.0) == pytest.approx(4 / 9)
    assert 6 * mean_wait(3, 6.0, 1 / 3) == pytest.approx(8 / 9)
    assert 60 * mean_wait(3, 6.0, 1 / 3) == pytest.approx(8.89, abs=0.005)


@given(st.integers(1, 60), st.floats(0.01, 0.99))
def test_one_server_or_exponential_durations_agree(servers: int, load: float) -> None:
    assert 0 <= erlang_c(servers, load * servers) <= 1
    assert erlang_c(1, load) == pytest.approx(load)
    assert mean_wait_single(load, 1.0, 1.0) == pytest.approx(mean_wait(1, load, 1.0))
    with pytest.raises(AnalysisError, match="load"):
        mean_wait(servers, servers / 1.0, 1.0)


@pytest.mark.parametrize(
    ("servers", "load", "duration"),
    [
        (1, 0.5, Duration(Shape.EXPONENTIAL, mean=12.0)),
        (1, 0.8, Duration(Shape.EXPONENTIAL, mean=12.0)),
        (3, 0.8, Duration(Shape.EXPONENTIAL, mean=12.0)),
        (12, 0.9, Duration(Shape.EXPONENTIAL, mean=30.0)),
        (1, 0.7, Duration(Shape.CONSTANT, mean=12.0)),
        (1, 0.7, Duration(Shape.GAMMA, mean=12.0, cv=0.5)),
        (1, 0.7, Duration(Shape.LOGNORMAL, mean=12.0, cv=1.2)),
    ],
    ids=["M/M/1 .5", "M/M/1 .8", "M/M/3", "M/M/12", "M/D/1", "M/Erlang4/1", "M/LN/1"],
)
def test_waiting_is_what_theory_says(servers: int, load: float, duration: Duration) -> None:
    journey = queue(servers, load, duration)
    per_minute = journey.arrivals.per_week / (60 * 168)
    cv = {Shape.EXPONENTIAL: 1.0, Shape.CONSTANT: 0.0}.get(duration.shape, duration.cv or 0.0)
    expected = (
        mean_wait(servers, per_minute, duration.expected)
        if cv == 1.0
        else mean_wait_single(per_minute, duration.expected, cv)
    )
    contacts, width = (15_000, 0.25) if compiled.available() else (3_000, 0.6)
    weeks = contacts / journey.arrivals.per_week
    found = rehearse(
        journey, weeks=weeks, warm_up=weeks / 10, replications=40, seed=7, level=0.999
    ).variants["journey"]
    assert found.waiting.low <= expected / 60 <= found.waiting.high
    assert found.waiting.high - found.waiting.low < width * expected / 60  # tells something
    use = found.use["desk"]
    assert use.low <= load <= use.high
    lead = found.lead_time.value - found.waiting.value
    assert lead == pytest.approx(duration.expected / 60, rel=0.01)


def test_the_urgent_wait_as_cobham_found() -> None:
    """Cobham 1954, M/G/1 without interruption: W0/(1 - r1) and W0/((1 - r1)(1 - r1 - r2)), with W0
    half the sum of arrival rates times mean squares: 11.875 and 59.375 minutes."""
    pytest.importorskip("numba", reason="so many contacts take minutes with numpy alone")
    gamma = Duration(Shape.GAMMA, mean=20.0, cv=0.5)
    journey = Journey(
        Arrivals(0.05 * 60 * 168),
        (Step("short", ("desk",), Duration(mean=10.0)), Step("long", ("desk",), gamma)),
        (Team("desk", 1),),
        (
            Kind("urgent", 2, 1, shares=frozen({"short": 1.0, "long": 0.0})),
            Kind("calm", 3, 2, shares=frozen({"short": 0.0, "long": 1.0})),
        ),
    )
    found = rehearse(journey, weeks=30, warm_up=3, replications=40, seed=7, level=0.999)
    waits = found.variants["journey"].waiting_at
    for step, expected, width in (("short", 11.875, 0.06), ("long", 59.375, 0.15)):
        assert waits[step].low <= expected / 60 <= waits[step].high
        assert waits[step].high - waits[step].low < width * expected / 60


def test_steps_with_rework_wait_as_jackson_found() -> None:
    """Jackson 1957: with a fifth going back both steps are M/M/c with 0.08/(1 - 0.2) a minute."""
    pytest.importorskip("numba", reason="so many contacts take minutes with numpy alone")
    journey = Journey(
        Arrivals(0.08 * 60 * 168),
        (
            Step("look", ("two",), Duration(mean=10.0)),
            Step("check", ("one",), Duration(mean=8.0), rework=0.2, back_to="look"),
        ),
        (Team("two", 2), Team("one", 1)),
    )
    found = rehearse(journey, weeks=30, warm_up=3, replications=40, seed=7, level=0.999)
    told = found.variants["journey"]
    waits = {"look": mean_wait(2, 0.1, 10.0), "check": mean_wait(1, 0.1, 8.0)}
    for step, expected in waits.items():
        assert told.waiting_at[step].low <= expected / 60 <= told.waiting_at[step].high
    lead = (sum(waits.values()) + 18) / 0.8
    assert told.lead_time.low <= lead / 60 <= told.lead_time.high


# Another program

ALWAYS_OPEN = Journey(
    Arrivals(500.0),
    (
        Step("intake", ("desk",), Duration(Shape.LOGNORMAL, mean=15.0, cv=0.9)),
        Step("test", ("laboratory",), Duration(mean=70.0), share=0.4, rework=0.2, back_to="intake"),
        Step("answer", ("desk",), Duration(Shape.TRIANGULAR, low=2.0, mode=4.0, high=20.0)),
    ),
    (Team("desk", 2), Team("laboratory", 2)),
    (
        Kind("inside", 3, 2),
        Kind("outside", 1, 1, shares=frozen({"test": 0.7})),
    ),
)
OFFICE_HOURS = replace(
    ALWAYS_OPEN,
    arrivals=Arrivals(150.0, Hours.of("mon-sun 06:00-22:00"), (1.0,) * 12 + (2.0,) * 12),
    teams=(Team("desk", 2, Hours.of("周一-周六 08:30-18:00")), Team("laboratory", 3, OFFICE)),
    kinds=(Kind("all"),),
)


@pytest.mark.parametrize("switch", ["0", "1"], ids=["numpy", "compiled"])
@pytest.mark.parametrize(
    "journey", [ALWAYS_OPEN, OFFICE_HOURS], ids=["urgent ones first", "office hours"]
)
def test_simpy_finds_the_same_with_the_same_chance(
    journey: Journey, switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("simpy")
    from zhuoyue.analysis.tests.journeys_in_simpy import InSimPy

    monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
    found = rehearse(journey, weeks=3, warm_up=0, replications=2, seed=11).variants["journey"]
    runs = [InSimPy(journey, 3, 11, number).run() for number in range(2)]
    assert found.contacts == np.mean([len(each.leads) for each in runs])
    hours = [np.array(list(each.leads.values())) / 3_600_000 for each in runs]
    assert found.lead_time.value == pytest.approx(np.mean([h.mean() for h in hours]), rel=1e-6)
    assert found.lead_time_p90.value == pytest.approx(
        np.mean([np.quantile(h, 0.9) for h in hours]), rel=1e-6
    )
    for place, step in enumerate(journey.steps):
        waits = [np.mean(each.waits[place]) / 3_600_000 for each in runs]
        assert found.waiting_at[step.name].value == pytest.approx(np.mean(waits), rel=1e-9)


# Itself

MIXED = Journey(
    Arrivals(260.0, Hours.of("mon-sun 07:00-21:00")),
    (
        Step("ask", ("front", "back"), Duration(mean=8.0)),
        Step("look", ("back",), Duration(values=(5.0, 9.0, 40.0), shape=Shape.SEEN), share=0.5),
        Step("tell", ("front", "back"), Duration(Shape.UNIFORM, low=1.0, high=9.0), rework=0.1),
    ),
    (Team("front", 2, Hours.of("mon-sat 09:00-19:00")), Team("back", 1, OFFICE)),
    (Kind("inside", 3, 2, 24.0), Kind("outside", 1, 1, 4.0)),
    OFFICE,
)
WEEKEND = Journey(
    Arrivals(60.0, Hours.of("mon-sun 06:00-22:00")),
    (
        Step("ask", ("day", "late"), Duration(Shape.CONSTANT, mean=40.0)),
        Step("test", ("day",), Duration(Shape.GAMMA, mean=90.0, cv=0.5), 0.35, 0.15, "ask"),
        Step("tell", ("late", "day"), Duration(Shape.CONSTANT, mean=10.0), 0.8),
    ),
    (
        Team("late", 1, Hours.of("mon-fri 16:00-22:00; sat 08:00-13:00")),
        Team("day", 2, OFFICE),
    ),
    (Kind("calm", 3, 2, 16.0), Kind("urgent", 1, 1, 16.0)),
    OFFICE,
)
VARIANTS = {
    "plan": MIXED,
    "urgent alike": replace(MIXED, kinds=(Kind("inside", 3, 1, 24.0), Kind("outside", 1, 1, 4.0))),
    "weekend": WEEKEND,
    "many more": replace(MIXED, arrivals=Arrivals(1_500.0, Hours.of("mon-sun 07:00-21:00"))),
    "one step": queue(2, 0.9, Duration(mean=20.0)),
}


@pytest.mark.parametrize("switch", ["0", "1"], ids=["numpy", "compiled"])
@pytest.mark.parametrize("journey", [MIXED, WEEKEND], ids=["mixed", "weekend"])
def test_teams_that_share_a_step_take_turns_as_their_hours_allow(
    journey: Journey, switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against a plain loop over events that asks everybody on duty at every turn."""
    monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
    found = rehearse(journey, weeks=4, warm_up=0, replications=3, seed=3).variants["journey"]
    runs = [ShiftByShift(journey, 4, 3, number).run() for number in range(3)]
    leads = [np.mean(list(each.leads.values())) / 3_600_000 for each in runs]
    assert found.lead_time.value == pytest.approx(np.mean(leads), rel=1e-6)
    for place, step in enumerate(journey.steps):
        waits = [np.mean(each.waits[place]) / 3_600_000 for each in runs]
        assert found.waiting_at[step.name].value == pytest.approx(np.mean(waits), rel=1e-9)


@pytest.mark.parametrize("switch", ["0", "1"], ids=["numpy", "compiled"])
def test_who_opens_first_is_not_passed_over_for_a_first_choice_at_rest(
    switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes on Friday at 23:00 or later is served on Saturday at 9:00, not on Monday."""
    monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
    journey = Journey(
        Arrivals(1.0, Hours.of("fri 23:00-24:00")),
        (Step("ask", ("day", "late"), Duration(Shape.CONSTANT, mean=1.0)),),
        (Team("day", 1, OFFICE), Team("late", 1, Hours.of("sat 09:00-13:00"))),
    )
    found = rehearse(journey, weeks=50, warm_up=0, replications=5).variants["journey"]
    assert 9 <= found.waiting.low <= found.waiting.high <= 10
    assert found.use["day"].value == 0


@pytest.mark.parametrize("switch", ["0", "1"], ids=["numpy", "compiled"])
def test_who_finishes_at_closing_time_binds_nobody_until_the_morning(
    switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work of whole hours ends as the desk closes; at the next opening the urgent go first."""
    monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
    journey = Journey(
        Arrivals(7.0),
        (Step("do", ("desk",), Duration(Shape.CONSTANT, mean=60.0)),),
        (Team("desk", 1, Hours.of("mon-sun 08:00-09:00")),),
        (Kind("calm", 9.0, 2, 1e5), Kind("urgent", 1.0, 1, 24.001)),
    )
    found = rehearse(journey, weeks=50, warm_up=2, replications=4).variants["journey"]
    assert found.promise_kept_of["urgent"].value > 0.9


def test_compiled_code_and_numpy_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="nothing to compare with without numba")
    found = []
    for switch in ("0", "1"):
        monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
        found.append(whole(rehearse(VARIANTS, weeks=1, warm_up=0.5, replications=3, seed=5)))
    assert found[0] == found[1]


def test_numbers_do_not_depend_on_how_the_work_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    together = rehearse(VARIANTS, weeks=1, warm_up=0, replications=5, threads=1)
    monkeypatch.setattr(rehearsing, "LANES", len(VARIANTS) * 2)
    seen: list[tuple[int, int]] = []
    apart = rehearse(
        VARIANTS,
        weeks=1,
        warm_up=0,
        replications=5,
        threads=2,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert whole(together) == whole(apart)


def test_a_variant_that_changes_nothing_differs_by_nothing() -> None:
    found = rehearse({"plan": MIXED, "same": MIXED}, weeks=4, warm_up=1, replications=5)
    change = found.changes["same"]
    for each in (change.lead_time, change.waiting, change.promise_kept):
        assert each is not None
        assert (each.value, each.low, each.high) == (0, 0, 0)


def test_one_more_person_helps_and_is_told_more_closely_than_the_figures() -> None:
    more = replace(MIXED, teams=(replace(MIXED.teams[0], staff=3), MIXED.teams[1]))
    found = rehearse({"plan": MIXED, "one more": more}, weeks=8, warm_up=1, replications=20)
    change = found.changes["one more"].waiting
    assert change.high < 0
    figures = found.variants["plan"].waiting
    assert change.high - change.low < figures.high - figures.low


def test_who_waits_at_night_is_taken_by_urgency_in_the_morning() -> None:
    # All come on Sunday; one person works an hour on each from Monday on. The urgent ones of a
    # week are so few that all are done in working hours below their promise only if taken first.
    journey = Journey(
        Arrivals(24.0, Hours.of("sun 10:00-20:00")),
        (Step("do", ("desk",), Duration(Shape.CONSTANT, mean=60.0)),),
        (Team("desk", 1, OFFICE),),
        (Kind("calm", 3.0, 2), Kind("urgent", 1.0, 1, 14.0)),
        OFFICE,
    )
    found = rehearse(journey, weeks=20, warm_up=0, replications=5).variants["journey"]
    assert found.promise_kept_of["urgent"].value == 1
    alike = replace(journey, kinds=(Kind("calm", 3.0, 1), Kind("urgent", 1.0, 1, 14.0)))
    found = rehearse(alike, weeks=20, warm_up=0, replications=5).variants["journey"]
    assert found.promise_kept_of["urgent"].value < 0.8


def test_a_team_with_too_much_to_do_is_named() -> None:
    journey = queue(1, 1.3, Duration(mean=30.0))
    found = rehearse(journey, weeks=6, warm_up=1, replications=3)
    codes = [each.code for each in found.cautions]
    assert {"journey_overloaded", "journey_replications_few", "journey_assumed"} == set(codes)
    assert found.variants["journey"].unfinished.value > 50


def test_replications_in_which_nobody_came_are_counted() -> None:
    seldom = replace(queue(1, 0.5, Duration(mean=30.0)), arrivals=Arrivals(0.2))
    found = rehearse(seldom, weeks=4, warm_up=0, replications=20)
    told = {each.code: each.params for each in found.cautions}["journey_empty"]
    assert told["empty"] in range(1, 20)
    assert told["replications"] == 20
    assert found.variants["journey"].lead_time.low >= 0
    never = replace(seldom, arrivals=Arrivals(1e-99))
    found = rehearse(never, weeks=4, warm_up=0, replications=3)
    assert np.isnan(found.variants["journey"].lead_time.value)
    assert found.variants["journey"].use["desk"].value == 0


# Hours and durations


@given(
    st.sampled_from(
        ["mon-fri 08:00-12:00 13:00-17:00", "sat 09:00-09:01", "always", "周一-周日 00:00-24:00"]
    ),
    st.integers(0, 3 * WEEK),
    st.integers(1, 4 * 3_600_000),
)
@settings(deadline=None)
def test_work_takes_as_long_as_the_hours_allow(text: str, now: int, ticks: int) -> None:
    pytest.importorskip("numba", reason="the compiled walk needs the optional package numba")
    from zhuoyue.analysis.rehearsing import kernels
    from zhuoyue.analysis.rehearsing.plan import compile_journeys

    hours = Hours.of(text)
    journey = replace(queue(1, 0.5, Duration(mean=1.0)), teams=(Team("desk", 1, hours),))
    tables = compile_journeys([journey])
    start = kernels._opens(tables, now, 0)
    assert (start, kernels._ends(tables, start, ticks, 0)) == working(minutes_of(hours), now, ticks)


@pytest.mark.parametrize(
    ("duration", "spread"),
    [
        (Duration(Shape.CONSTANT, mean=7.0), 0.0),
        (Duration(Shape.EXPONENTIAL, mean=7.0), 7.0),
        (Duration(Shape.GAMMA, mean=7.0, cv=0.5), 3.5),
        (Duration(Shape.LOGNORMAL, mean=7.0, cv=1.0), 7.0),
        (Duration(Shape.UNIFORM, low=1.0, high=13.0), 12 / 12**0.5),
        (Duration(Shape.TRIANGULAR, low=0.0, mode=3.0, high=9.0), (63 / 18) ** 0.5),
        (Duration(Shape.SEEN, values=(2.0, 2.0, 8.0)), 8**0.5),
    ],
    ids=list(Shape),
)
def test_equally_likely_values_keep_the_mean_and_nearly_the_spread(
    duration: Duration, spread: float
) -> None:
    values = duration.minutes()
    assert values.mean() == pytest.approx(duration.expected, rel=1e-9)
    assert values.std() == pytest.approx(spread, rel=2e-3, abs=1e-9)
    assert (np.diff(values) >= 0).all()


# Bad input

PLAN: dict[str, Any] = {
    "arrivals": {"per_week": 100},
    "teams": {"desk": 2},
    "steps": {"do": {"teams": ["desk"], "duration": 10}},
}


def doing(**more: Any) -> dict[str, Any]:
    return {"steps": {"do": {"teams": ["desk"], "duration": 1} | more}}


def coming(hours: str) -> dict[str, Any]:
    return {"arrivals": {"per_week": 5, "hours": hours}}


def test_variants_say_only_what_differs() -> None:
    found = journeys_from(
        PLAN | {"variants": {"more": {"teams": {"desk": {"staff": 3}}}, "slow": {"steps": {
            "do": {"duration": {"shape": "constant", "mean": 20}}}}}}
        | {"teams": {"desk": {"staff": 2, "hours": "mon-fri 08:00-17:00"}}}
    )  # fmt: skip
    assert list(found) == ["as planned", "more", "slow"]
    assert found["more"].teams[0].staff == 3
    assert found["more"].teams[0].hours == found["as planned"].teams[0].hours
    assert found["slow"].steps[0].duration == Duration(Shape.CONSTANT, mean=20.0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"arrivals": None}, "journey_missing"),
        ({"arrivals": {"per_week": -1}}, "journey_number"),
        ({"arrivals": {"per_week": "many"}}, "journey_option"),
        (coming("mornings"), "journey_hours"),
        (coming("fri-mon 08:00-09:00"), "journey_hours"),
        (coming("mon 08:00-09:00 08:30-10:00"), "journey_hours_overlap"),
        ({"arrivals": {"per_week": 5, "by_hour": [1, 2]}}, "journey_by_hour"),
        ({"arrivals": {"per_week": 5, "typo": 1}}, "journey_option"),
        ({"teams": {"desk": 0}}, "journey_between"),
        ({"teams": {"desk": 1.5}}, "journey_option"),
        ({"teams": {"desk": {"staff": 2, "hours": 8}}}, "journey_option"),
        ({"teams": ["desk"]}, "journey_option"),
        ({"steps": {"do": {"teams": ["nobody"], "duration": 1}}}, "journey_unknown"),
        ({"steps": {"do": {"teams": [], "duration": 1}}}, "journey_nobody"),
        ({"steps": {"do": {"teams": ["desk"]}}}, "journey_missing"),
        (doing(duration=-3), "journey_duration"),
        (doing(duration="long"), "journey_duration"),
        (doing(duration=10**400), "journey_duration"),
        (doing(duration=[5, 10**30, 10**400]), "journey_duration"),
        (doing(duration={"shape": "gamma", "mean": 3}), "journey_duration"),
        (doing(duration={"shape": "uniform", "low": 3, "high": 3}), "journey_duration"),
        (doing(duration=[1, None]), "journey_duration"),
        (doing(rework=0.95), "journey_between"),
        (doing(back_to="later"), "journey_back"),
        (
            {"steps": {f"s{k}": {"teams": "desk", "duration": 1} for k in range(13)}},
            "journey_steps",
        ),
        ({"kinds": {"a": {"priority": 1.5}}}, "journey_option"),
        ({"kinds": {"a": {"promise": 0}}}, "journey_between"),
        ({"kinds": {"a": {"shares": {"elsewhere": 1}}}}, "journey_unknown"),
    ],
)
def test_an_impossible_journey_is_refused_by_name(change: dict[str, Any], code: str) -> None:
    assert journey_from(PLAN).steps[0].name == "do"
    with pytest.raises(AnalysisError) as refused:
        journey_from(PLAN | change)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "setting", [{"weeks": 0}, {"warm_up": -1}, {"replications": 1}, {"level": 1.0}, {"weeks": 5e2}]
)
def test_impossible_settings_are_refused(setting: dict[str, Any]) -> None:
    journey = queue(1, 0.5, Duration(mean=0.01)) if setting == {"weeks": 5e2} else MIXED
    with pytest.raises(AnalysisError, match="between"):
        rehearse(journey, **setting)
