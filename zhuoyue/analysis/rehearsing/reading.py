"""Journeys from plain mappings, as YAML and JSON have them; variants say only what differs."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.rehearsing.durations import Duration
from zhuoyue.analysis.rehearsing.hours import Hours
from zhuoyue.analysis.rehearsing.journey import Arrivals, Journey, Kind, Step, Team

PARTS = ("arrivals", "teams", "steps", "kinds", "promise_hours")
FIRST = "as planned"


def journeys_from(given: Mapping[str, object]) -> dict[str, Journey]:
    """The journey and its variants: `variants` maps a name to the parts that differ."""
    plan = {name: given[name] for name in PARTS if given.get(name) is not None}
    found = {FIRST: journey_from(plan)}
    for name, change in _mapping("variants", given.get("variants") or {}).items():
        found[str(name)] = journey_from(_merged(plan, _mapping(f"variants.{name}", change)))
    return found


def journey_from(given: Mapping[str, Any]) -> Journey:
    """One journey. Steps, teams and kinds are mappings by name."""
    _known("journey", given, PARTS)
    for part in ("arrivals", "teams", "steps"):
        if not given.get(part):
            raise AnalysisError("journey_missing", what=part)
    kinds = _mapping("kinds", given.get("kinds") or {"all": {}})
    hours = given.get("promise_hours")
    return Journey(
        _arrivals(_mapping("arrivals", given["arrivals"])),
        tuple(_step(str(name), each) for name, each in _mapping("steps", given["steps"]).items()),
        tuple(_team(str(name), each) for name, each in _mapping("teams", given["teams"]).items()),
        tuple(_kind(str(name), each) for name, each in kinds.items()),
        None if hours is None else _hours("promise_hours", hours),
    )


def _merged(plan: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(plan)
    for name, each in change.items():
        before = found.get(str(name))
        found[str(name)] = each
        # A duration is replaced whole: half of one shape and half of another is none.
        if isinstance(before, Mapping) and isinstance(each, Mapping) and name != "duration":
            found[str(name)] = _merged(before, each)
    return found


def _arrivals(given: Mapping[str, Any]) -> Arrivals:
    _known("arrivals", given, ("per_week", "hours", "by_hour"))
    weights = given.get("by_hour") or []
    if not isinstance(weights, list | tuple):
        raise AnalysisError("journey_by_hour", count=1)
    return Arrivals(
        _number("arrivals.per_week", given.get("per_week")),
        _hours("arrivals.hours", given.get("hours", "always")),
        tuple(_number("arrivals.by_hour", each) for each in weights),
    )


def _team(name: str, given: object) -> Team:
    fields = {"staff": given} if isinstance(given, int | float) else _mapping(name, given)
    _known(name, fields, ("staff", "hours"))
    staff = _number(f"{name}.staff", fields.get("staff"))
    if not staff.is_integer():
        raise AnalysisError(
            "journey_option", what=f"{name}.staff", found=staff, expected="1, 2, 3 ..."
        )
    return Team(name, int(staff), _hours(f"{name}.hours", fields.get("hours", "always")))


def _step(name: str, given: object) -> Step:
    fields = _mapping(name, given)
    _known(name, fields, ("teams", "duration", "share", "rework", "back_to"))
    teams = fields.get("teams", [])
    if fields.get("duration") is None:
        raise AnalysisError("journey_missing", what=f"{name}.duration")
    back = fields.get("back_to")
    return Step(
        name,
        tuple(str(each) for each in (teams if isinstance(teams, list | tuple) else [teams])),
        Duration.of(fields["duration"]),
        _number(f"{name}.share", fields.get("share", 1)),
        _number(f"{name}.rework", fields.get("rework", 0)),
        None if back is None else str(back),
    )


def _kind(name: str, given: object) -> Kind:
    fields = _mapping(name, {} if given is None else given)
    _known(name, fields, ("frequency", "priority", "promise", "shares"))
    priority = _number(f"{name}.priority", fields.get("priority", 1))
    if not priority.is_integer():
        raise AnalysisError(
            "journey_option", what=f"{name}.priority", found=priority, expected="1, 2, 3 ..."
        )
    promise = fields.get("promise")
    shares = _mapping(f"{name}.shares", fields.get("shares") or {})
    return Kind(
        name,
        _number(f"{name}.frequency", fields.get("frequency", 1)),
        int(priority),
        None if promise is None else _number(f"{name}.promise", promise),
        frozen({str(step): _number(f"{name}.{step}", each) for step, each in shares.items()}),
    )


def _hours(what: str, given: object) -> Hours:
    if not isinstance(given, str):
        raise AnalysisError(
            "journey_option", what=what, found=given, expected="mon-fri 08:00-17:00, always"
        )
    return Hours.of(given)


def _number(what: str, given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or isnan(given):
        raise AnalysisError("journey_option", what=what, found=given, expected="0.5, 1, 2 ...")
    return float(given)


def _mapping(what: str, given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise AnalysisError("journey_option", what=what, found=given, expected="{name: ...}")
    return given


def _known(what: str, given: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in given:
        if name not in names:
            raise AnalysisError("journey_option", what=what, found=name, expected=", ".join(names))
