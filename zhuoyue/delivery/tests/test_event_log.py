"""What a log tells about a case, and what it leaves unknown."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.delivery import rules
from zhuoyue.delivery.event_log import Told, Update, story_of

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def log(*states: str) -> list[Update]:
    """One update an hour."""
    return [Update(i, START + timedelta(hours=i), s, f"P{i}") for i, s in enumerate(states)]


def steps(*states: str) -> list[str]:
    return [event.step for event in story_of(log(*states), Told()).events]


def test_the_first_update_out_of_new_is_the_response() -> None:
    found = story_of(log("new", "new", "waiting", "in_progress", "resolved", "closed"), Told())
    assert found.first_response_at == START + timedelta(hours=2)
    assert found.resolved_at == START + timedelta(hours=4)
    assert found.closed_at == START + timedelta(hours=5)
    assert (found.state, found.solved_at_first_contact) == ("closed", False)


def test_a_log_that_begins_later_does_not_tell_the_response() -> None:
    found = story_of(log("in_progress", "resolved"), Told())
    assert found.first_response_at is None
    assert found.solved_at_first_contact is None
    assert [event.step for event in found.events] == ["opened", "resolved"]


def test_a_case_resolved_by_its_answer_is_solved_at_first_contact() -> None:
    found = story_of(log("new", "resolved", "closed"), Told())
    assert found.solved_at_first_contact is True
    assert [event.step for event in found.events] == ["opened", "resolved"]


def test_a_reopening_is_counted_and_undoes_the_first_time() -> None:
    found = story_of(log("new", "resolved", "in_progress", "resolved", "closed"), Told())
    assert (found.reopen_count, found.solved_at_first_contact) == (1, False)
    assert [e.step for e in found.events] == ["opened", "resolved", "reopened", "resolved"]
    assert found.resolved_at == START + timedelta(hours=3)


def test_what_the_rows_state_outright_goes_before_what_their_states_show() -> None:
    told = Told(
        opened=START - timedelta(hours=1),
        resolved=START + timedelta(minutes=90),
        reopened=2,
        kept=False,
        knows_resolved=True,
    )
    found = story_of(log("new", "in_progress", "resolved"), told)
    assert found.opened_at == told.opened
    assert found.resolved_at == told.resolved
    assert (found.reopen_count, found.promise_kept) == (2, False)


def test_an_empty_column_of_the_resolution_means_that_nobody_knows_it() -> None:
    found = story_of(log("new", "resolved", "closed"), Told(knows_resolved=True))
    assert (found.resolved_at, found.state) == (None, "closed")


def test_an_open_case_is_not_resolved_whatever_an_old_moment_says() -> None:
    found = story_of(
        log("new", "resolved", "in_progress"), Told(resolved=START, knows_resolved=True)
    )
    assert (found.state, found.resolved_at, found.closed_at) == ("in_progress", None, None)


@given(st.lists(st.sampled_from(sorted(rules.WAYS)), min_size=1, max_size=12))
def test_the_order_of_rows_in_the_file_does_not_matter(states: list[str]) -> None:
    updates = log(*states)
    assert story_of(updates[::-1], Told()) == story_of(updates, Told())


@given(st.lists(st.sampled_from(sorted(rules.WAYS)), min_size=1, max_size=12))
def test_moments_follow_each_other(states: list[str]) -> None:
    found = story_of(log(*states), Told())
    known = [found.opened_at, found.first_response_at, found.resolved_at, found.closed_at]
    there = [m for m in known if m is not None]
    assert all(m >= found.opened_at for m in there)
    assert found.events[0].step == "opened"
