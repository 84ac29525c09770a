"""Logging contacts: what is taken over from case and touchpoint, and the figures of a day."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast, make_centre
from zhuoyue.delivery import actions, rollups
from zhuoyue.delivery.models import Contact, ContactDay
from zhuoyue.delivery.tests.makers import case, contact, touchpoint
from zhuoyue.kit import clock
from zhuoyue.kit.models import ImportBatch
from zhuoyue.people import actions as people


def counts(cast: Cast) -> list[tuple[int, int, int]]:
    rows = ContactDay.objects.filter(tenant=cast.tenant, n__gt=0).order_by("day", "touchpoint")
    return [(row.n, row.felt_2, row.felt_4) for row in rows]


def test_the_figures_of_a_day_follow_logging_correcting_and_withdrawing(cast: Cast) -> None:
    first, second = contact(cast, felt=4), contact(cast, felt=None)
    assert counts(cast) == [(2, 0, 1)]
    actions.correct_contact(cast.actor(), first, felt=2)
    assert counts(cast) == [(2, 1, 0)]
    actions.withdraw_contact(cast.actor(), second, reason="误录")
    assert counts(cast) == [(1, 1, 0)]
    actions.correct_contact(cast.actor(), first, touchpoint=None, channel="")
    assert counts(cast) == [(1, 1, 0)]
    assert rollups.differences(cast.tenant) == []


def test_a_figure_that_is_wrong_is_found(cast: Cast) -> None:
    contact(cast)
    ContactDay.objects.update(n=7)
    assert [place.day for place in rollups.differences(cast.tenant)] == [clock.today()]


def test_a_day_has_one_row_for_each_place_even_without_touchpoint(cast: Cast) -> None:
    contact(cast, touchpoint=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactDay.objects.create(tenant=cast.tenant, day=clock.today(), n=1)


def test_a_landed_import_counts_and_a_staged_one_does_not(cast: Cast) -> None:
    contact(cast)
    batch = ImportBatch.objects.create(
        tenant=cast.tenant, importer="delivery.contact", file_name="log.csv", sha256="0" * 64
    )
    Contact.objects.bulk_create(
        Contact(
            tenant=cast.tenant,
            recipient=cast.recipient,
            touchpoint=touchpoint(cast),
            channel=channel,
            felt=2,
            import_batch=batch,
        )
        for channel in ("platform", "phone", "phone")
    )
    assert Contact.objects.visible_to(cast.actor()).count() == 1
    assert rollups.differences(cast.tenant) == []
    batch.state = ImportBatch.State.LANDED
    batch.save()
    assert len(rollups.differences(cast.tenant)) == 2
    rollups.stage_days(batch)
    assert Contact.objects.visible_to(cast.actor()).count() == 4
    assert rollups.differences(cast.tenant) == []
    assert sorted(counts(cast)) == [(1, 0, 1), (1, 1, 0), (2, 2, 0)]


def test_a_contact_near_midnight_counts_on_the_local_day(cast: Cast) -> None:
    late = clock.now().replace(year=2025, month=3, day=1, hour=17)  # 01:00 of the 2nd in China
    contact(cast, at=late)
    assert [str(row.day) for row in ContactDay.objects.all()] == ["2025-03-02"]
    assert rollups.differences(cast.tenant) == []


def test_a_contact_on_a_new_case_answers_it(cast: Cast) -> None:
    with clock.at(datetime(2025, 3, 3, 9, tzinfo=UTC)):
        opened = case(cast)
    with clock.at(datetime(2025, 3, 3, 11, tzinfo=UTC)):
        made = contact(cast, recipient=None, case=opened)
    opened.refresh_from_db()
    assert made.recipient == cast.recipient
    assert (opened.state, opened.response_hours) == ("in_progress", 2.0)


def test_the_touchpoint_tells_the_channel_and_the_emotion_its_weight(cast: Cast) -> None:
    told = contact(cast, felt=None, emotion="surprised")
    assert (told.channel, told.felt) == ("platform", 5)
    assert contact(cast, channel="phone", felt=3, emotion="calm").channel == "phone"
    assert contact(cast, felt=None).felt is None, "nobody said how it felt"


def test_a_contact_on_another_recipients_case_is_refused_and_counts_nowhere(cast: Cast) -> None:
    theirs = case(cast, recipient=cast.other_recipient)
    with pytest.raises(ValidationError) as error:
        contact(cast, case=theirs)
    assert "case" in error.value.error_dict
    outside = people.contact_person.create(
        cast.actor(), recipient=cast.other_recipient, name="刘厂长"
    )
    with pytest.raises(ValidationError):
        contact(cast, contact_person=outside)
    with pytest.raises(ValidationError):
        contact(cast, felt=6)
    assert not ContactDay.objects.exists()


def test_another_centres_touchpoint_is_refused(cast: Cast) -> None:
    _tenant, elsewhere, _centre = make_centre("daqing")
    theirs = people.recipient.create(elsewhere, code="X", name="别处", audience="internal")
    with pytest.raises(ValueError, match="another tenant"):
        contact(cast, recipient=theirs)
