"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "journey_hours": (
        "{found} does not say working hours. Write such as mon-fri 08:00-12:00 13:00-17:00; "
        "sat 09:00-12:00, or always."
    ),
    "journey_hours_overlap": "Openings overlap in {found}. Let each begin after the one before.",
    "journey_duration": (
        "A duration of shape {shape} takes {needed}, in minutes above zero and in rising order. "
        "Give exactly these."
    ),
    "journey_number": "{what} is {value}; it must be above zero and at most a million.",
    "journey_by_hour": (
        "by_hour has {count} weights; it takes twenty-four, none negative, not all nil."
    ),
    "journey_unknown": "{what} is not known. There are: {known}.",
    "journey_steps": "The journey has {count} steps; it takes 1 to {most}.",
    "journey_nobody": "Nobody serves the step {step}. Name at least one team.",
    "journey_back": (
        "Rework of {step} goes back to {found}; it can only go to itself or an earlier step: "
        "{known}."
    ),
    "journey_name_twice": "{what}: the name {name} is empty or given twice. Name each once.",
    "journey_between": "{what} is {value}; it must lie between {low} and {high}.",
    "journey_missing": "The journey has no {what}. Add it.",
    "journey_option": "{what}: {found} is not understood. Expected: {expected}.",
    "queue_overloaded": (
        "{servers} servers cannot serve a load of {load}: it must be below their number."
    ),
}
CAUTIONS: dict[str, str] = {
    "journey_overloaded": (
        "{variant}: {team} is busy {use:.0%} of its hours. The queue grows as long as the "
        "rehearsal lasts, so that waiting times depend on its length; add staff or take work away."
    ),
    "journey_empty": (
        "{variant}: in {empty} of {replications} replications nobody arrived in the measured "
        "weeks; the others alone are told. Lengthen the weeks."
    ),
    "journey_replications_few": (
        "Only {replications} replications: limits are wide and rest on few observations; use 20 or "
        "more."
    ),
    "journey_assumed": (
        "A rehearsal is as good as its assumptions: arrivals by chance, durations independent of "
        "each other, nobody gives up waiting. Compare it with what was measured before you promise."
    ),
}
