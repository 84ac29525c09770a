"""Clocks, promises and channels, as the rules tell them."""

from datetime import UTC, datetime, timedelta

import pytest

from zhuoyue.delivery import rules
from zhuoyue.delivery.models import Case, Channel

FRIDAY = datetime(2025, 3, 7, 9, tzinfo=UTC)


def test_a_clock_without_its_end_is_unknown_not_zero() -> None:
    assert rules.hours_between(FRIDAY, None) is None
    assert rules.hours_between(FRIDAY, FRIDAY + timedelta(minutes=90)) == 1.5


@pytest.mark.parametrize(
    ("late", "kept"), [(timedelta(0), True), (timedelta(seconds=1), False), (None, None)]
)
def test_a_promise_is_kept_on_the_dot(late: timedelta | None, kept: bool | None) -> None:
    resolved = None if late is None else FRIDAY + late
    assert rules.promise_kept(FRIDAY, resolved) is kept
    assert rules.promise_kept(None, FRIDAY) is None, "nothing was promised"


def test_an_unresolved_case_is_overdue_only_after_its_moment() -> None:
    assert rules.is_overdue(FRIDAY, None, FRIDAY + timedelta(seconds=1))
    assert not rules.is_overdue(FRIDAY, None, FRIDAY)
    assert not rules.is_overdue(FRIDAY, FRIDAY, FRIDAY + timedelta(days=1)), "it is resolved"
    assert not rules.is_overdue(None, None, FRIDAY)


@pytest.mark.parametrize(
    ("contacts", "told", "reopened", "first"),
    [
        (1, None, 0, True),
        (2, None, 0, False),
        (0, None, 0, None),
        (0, True, 0, True),
        (2, True, 0, True),
        (1, True, 1, False),
    ],
)
def test_first_contact_resolution(
    contacts: int, told: bool | None, reopened: int, first: bool | None
) -> None:
    assert rules.first_contact_resolution(contacts, told, reopened) is first


@pytest.mark.parametrize(
    ("target", "unit", "due"),
    [
        (4, "hours", "2025-03-07 13:00"),
        (1, "working_days", "2025-03-10 09:00"),
        (3, "working_days", "2025-03-12 09:00"),
        (0.5, "working_days", "2025-03-07 21:00"),
    ],
)
def test_a_promise_in_working_days_leaves_out_the_weekend(
    target: float, unit: str, due: str
) -> None:
    assert f"{rules.due(FRIDAY, target, unit):%Y-%m-%d %H:%M}" == due


def test_the_rules_know_every_state_and_channel() -> None:
    assert set(rules.WAYS) == set(Case.State.values)
    assert set(rules.USUAL_CHANNEL.values()) | rules.DIGITAL == set(Channel.values)
    assert [rules.is_digital(c) for c in ("mail", "visit", "")] == [True, False, None]


def test_a_closed_case_goes_nowhere_but_can_be_opened_again() -> None:
    assert not any(rules.may_become("closed", state) for state in rules.WAYS)
    assert rules.may_reopen("closed")
    assert not rules.may_reopen("new")
