"""Measures 29, 31, 34 and 44, worked by hand; what nobody knows leaves n and is told apart."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from zhuoyue.delivery import actions
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.delivery.tests.makers import case, contact, touchpoint
from zhuoyue.kit import clock
from zhuoyue.kit.registry import MeasureValue, Period, all_evidence, measures, waiting
from zhuoyue.people.models import Role

START = datetime(2025, 3, 3, 1, tzinfo=UTC)
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))


def value(cast: Cast, number: int, period: Period = MARCH, **cut: Any) -> MeasureValue:
    return measures()[number].compute(cast.actor(), period, cut)


def worked(cast: Cast, *, promise: float | None, took: float | None, **more: Any) -> Case:
    """A case with a promise after so many hours, resolved after so many."""
    with clock.at(START):
        due = None if promise is None else START + timedelta(hours=promise)
        made = case(cast, promised_by=due, **more)
    if took is not None:
        with clock.at(START + timedelta(hours=took)):
            actions.resolve(cast.actor(), made, solution="完成")
    return made


def test_promises_kept_counts_broken_open_ones_and_leaves_out_the_unknown(cast: Cast) -> None:
    for promise, took in ((8.0, 6.0), (8.0, 8.0), (8.0, 9.0), (None, 3.0), (8.0, None)):
        worked(cast, promise=promise, took=took)
    found = value(cast, 29)
    assert (found.numerator, found.denominator, found.n) == (2, 4, 4)
    assert found.value == 50
    assert found.low == pytest.approx(15.00, abs=0.01)  # Wilson's interval of 2 of 4
    assert found.high == pytest.approx(85.00, abs=0.01)
    assert found.excluded == {"unknown": 1}
    assert value(cast, 29, APRIL).value is None
    assert value(cast, 29, recipient=cast.other_recipient.pk).n == 0


def test_a_promise_not_yet_due_is_neither_kept_nor_broken(cast: Cast) -> None:
    worked(cast, promise=8, took=None)
    with clock.at(START + timedelta(hours=7)):
        assert value(cast, 29).n == 0
    with clock.at(START + timedelta(hours=9)):
        assert (value(cast, 29).value, value(cast, 29).n) == (0, 1)


def test_first_contact_resolution_leaves_out_cases_without_a_trace(cast: Cast) -> None:
    for contacts in (1, 1, 1, 2, 0):
        made = worked(cast, promise=None, took=None)
        for _each in range(contacts):
            with clock.at(START + timedelta(hours=1)):
                contact(cast, case=made)
        with clock.at(START + timedelta(hours=2)):
            actions.resolve(cast.actor(), made, solution="完成")
    found = value(cast, 34)
    assert (found.numerator, found.n, found.value) == (3, 4, 75)
    assert found.excluded == {"unknown": 1}


def felt(cast: Cast, code: str, *readings: int | None, **place: Any) -> None:
    where = touchpoint(cast, code=code, **place)
    for reading in readings:
        contact(cast, touchpoint=where, felt=reading, at=START)


def test_the_emotion_gap_is_intended_minus_felt_by_stage(cast: Cast) -> None:
    felt(cast, "progress", 3, 4, 5, None)  # meant to be confident: 4
    felt(cast, "report", 2, stage="close", intended_emotion="surprised")  # meant to be 5
    felt(cast, "fair", 1, stage="aware", intended_emotion="")
    found = value(cast, 31)
    assert found.n == 4
    assert found.value == pytest.approx((1 + 0 - 1 + 3) / 4)
    assert found.excluded == {"no_intention": 1}
    assert found.low is not None
    close = value(cast, 31, stage="close")
    assert (close.n, close.value, close.cautions) == (1, 3, ("n_small",))
    assert value(cast, 31, stage="deliver").value == 0
    assert value(cast, 31, stage="aware").value is None


def test_the_journey_shows_each_stage_and_the_touchpoint_that_falls_shortest_first(
    cast: Cast,
) -> None:
    client = cast.client("service_manager")
    felt(cast, "progress", 4, 5, 5)
    felt(cast, "report", 1, 2, 2, stage="close", intended_emotion="surprised")
    felt(cast, "fair", 3, stage="aware", intended_emotion="")
    page = client.get("/delivery/journey/?days=all")
    legs = {one.key: one for one in page.context["stages"]}
    assert (legs["deliver"].intended, legs["close"].intended) == (4, 5)
    assert legs["deliver"].gap.value == pytest.approx(-2 / 3)
    assert legs["close"].felt.value == pytest.approx(5 / 3)
    assert (legs["aware"].felt.n, legs["aware"].gap.value, legs["ask"].felt.n) == (1, None, 0)
    assert [one.gap.n for one in page.context["touchpoints"]] == [3, 3, 0]
    assert legs["close"].gap == page.context["touchpoints"][0].gap
    assert page.context["chart"].option["series"][0]["data"][4] == 4
    with clock.at(START + timedelta(days=100)):
        assert client.get("/delivery/journey/?days=90").context["chart"] is None


def test_the_digital_share_leaves_out_contacts_of_unknown_channel(cast: Cast) -> None:
    for channel in ("mail", "video", "phone", ""):
        contact(cast, touchpoint=None, channel=channel, at=START)
    found = value(cast, 44)
    assert (found.numerator, found.n) == (2, 3)
    assert found.value == pytest.approx(200 / 3)
    assert found.excluded == {"unknown": 1}
    wrong = Contact.objects.filter(channel="phone").get()
    actions.withdraw_contact(cast.actor(), wrong, reason="误录")
    assert value(cast, 44).value == 100


def test_work_becomes_evidence(cast: Cast) -> None:
    worked(cast, promise=8, took=6, kind="complaint")
    contact(cast, at=START, obstacle="夜班无人签收")
    told = {
        str(one.label): [str(fact.sentence) for fact in one.facts(cast.actor(), MARCH)]
        for one in all_evidence()
        if one.facts.__module__ == "zhuoyue.delivery.evidence"
    }
    assert all(len(sentences) == 1 for sentences in told.values()), told
    assert any("夜班无人签收" in s for sentences in told.values() for s in sentences)


def test_own_overdue_and_unanswered_cases_wait_for_their_owner(cast: Cast) -> None:
    late = worked(cast, promise=8, took=None, owner=cast.person)
    new = worked(cast, promise=None, took=None, owner=cast.person)
    worked(cast, promise=8, took=6, owner=cast.person)
    answered = worked(cast, promise=None, took=None, owner=cast.person)
    actions.respond(cast.actor(), answered)

    def seen(role: str) -> list[tuple[str, str]]:
        return [(w.tone, w.url) for w in waiting(cast.actor(role)) if "/delivery/" in w.url]

    mine = sorted(seen(Role.ENGINEER))
    assert mine == [
        ("bad", f"/delivery/cases/{late.pk}/"),
        ("warn", f"/delivery/cases/{new.pk}/"),
    ]
    assert seen(Role.SERVICE_MANAGER) == [], "somebody owns them"
    assert seen(Role.RECIPIENT) == []


def test_recipient_and_touchpoint_show_their_last_contacts(cast: Cast) -> None:
    made = contact(cast, felt=2, obstacle="报告太慢")
    waiting_case = case(cast)
    client = cast.client("service_manager")
    for url in (
        f"/people/recipients/{cast.recipient.pk}/",
        f"/catalogue/touchpoints/{touchpoint(cast).pk}/",
    ):
        page = client.get(url).content.decode()
        assert f"/delivery/contacts/{made.pk}/" in page
        assert "报告太慢" in page
    assert (
        str(waiting_case) in client.get(f"/people/recipients/{cast.recipient.pk}/").content.decode()
    )
    page = client.get(f"/catalogue/touchpoints/{touchpoint(cast).pk}/").content.decode()
    assert "2.00（n = 1）" in page, "meant to be 4, felt 2"
