"""The way of an improvement action, and what an effect check says; pure."""

from collections.abc import Collection
from datetime import date

PLANNED, DOING, CHECKING, EFFECTIVE, NOT_EFFECTIVE, STANDARDISED = (
    "planned", "doing", "checking", "effective", "not_effective", "standardised",
)  # fmt: skip
# Plan, do, check, act: an action that had no effect goes back to its plan.
WAYS = {
    PLANNED: {DOING},
    DOING: {CHECKING},
    CHECKING: {EFFECTIVE, NOT_EFFECTIVE},
    EFFECTIVE: {STANDARDISED},
    NOT_EFFECTIVE: {PLANNED},
    STANDARDISED: set[str](),
}
COLUMNS = {
    "plan": (PLANNED,),
    "do": (DOING,),
    "check": (CHECKING,),
    "act": (EFFECTIVE, NOT_EFFECTIVE, STANDARDISED),
}
OPEN_STATES = (PLANNED, DOING, CHECKING)
IMPROVED, WORSE, NOT_SHOWN, CHANGED = "improved", "worse", "not_shown", "changed"


def may_become(state: str, wanted: str) -> bool:
    return wanted in WAYS[state]


def is_overdue(state: str, due: date | None, today: date) -> bool:
    return state in OPEN_STATES and due is not None and due < today


def verdict(found: str, direction: str) -> str:
    """What a difference means, given which way is better."""
    if found == "not_shown":
        return NOT_SHOWN
    if direction not in {"up", "down"}:
        return CHANGED
    return IMPROVED if (found == "higher") == (direction == "up") else WORSE


def may_judge(judge: Collection[int], owner: int) -> bool:
    """Nobody judges what is their own: `judge` are the people the actor is."""
    return owner not in judge
