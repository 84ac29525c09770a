"""Daily figures of contacts, kept up by the actions that write contacts.

Everything goes through `apply`: a contact logged, corrected, withdrawn, or a whole import.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from zhuoyue.delivery import rules
from zhuoyue.delivery.models import Contact, ContactDay, landed
from zhuoyue.kit import clock
from zhuoyue.kit.audit import locked_head
from zhuoyue.kit.imports.inserting import prepared
from zhuoyue.kit.models import ImportBatch, Tenant

BATCH = 500


class Place(NamedTuple):
    """What contacts of a day are counted by."""

    day: date
    touchpoint: int | None
    service: int | None
    channel: str
    batch: int | None


type Tally = dict[Place, Counter[int | None]]  # how many with each reading; None: no reading


def tally(contacts: Iterable[Contact]) -> Tally:
    """Contacts in memory, counted; withdrawn ones do not count."""
    found: Tally = {}
    for one in contacts:
        if one.withdrawn_at is None:
            day = timezone.localdate(one.at)
            place = Place(day, one.touchpoint_id, one.service_id, one.channel, one.import_batch_id)
            found.setdefault(place, Counter())[one.felt] += 1
    return found


def tally_rows(rows: Any) -> Tally:
    """Contacts in the database, counted there."""
    found: Tally = {}
    grouped = (
        rows.filter(withdrawn_at__isnull=True)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values_list("day", "touchpoint", "service", "channel", "import_batch", "felt")
        .annotate(count=Count("pk"))
    )
    for *place, felt, count in grouped:
        found.setdefault(Place(*place), Counter())[felt] += count
    return found


def roll_up(contacts: Iterable[Contact], *, sign: int = 1) -> None:
    """Add contacts to the daily figures, or with `sign=-1` take them away. Inside an action."""
    kept = list(contacts)
    if kept:
        apply(kept[0].tenant, tally(kept), sign)


def stage_days(batch: ImportBatch) -> None:
    """Count what an import has staged, in rows that are staged like it."""
    counted = tally_rows(Contact.objects.filter(import_batch=batch))
    rows = []
    for place, readings in counted.items():
        row = new_day(batch.tenant, place)
        add(row, readings, 1)
        rows.append(row)
    for start in range(0, len(rows), BATCH):
        insert = prepared(ContactDay, rows[start : start + BATCH])
        with transaction.atomic():
            insert()


def apply(tenant: Tenant, counted: Tally, sign: int) -> None:
    """Change the figures by what has been counted; one row for each day and place."""
    if not counted:
        return
    # Two writers of one day are kept apart by the lock that every action takes when it ends.
    locked_head(tenant)
    here = days_of(tenant, counted)
    new, known = [], []
    for place, readings in counted.items():
        row = here.get(place)
        if row is None:
            row = new_day(tenant, place)
            new.append(row)
        else:
            known.append(row)
        add(row, readings, sign)
    ContactDay.objects.bulk_create(new, batch_size=BATCH)
    fields = ["n", *(f"felt_{p}" for p in rules.POINTS), "updated_at"]
    ContactDay.objects.bulk_update(known, fields, batch_size=BATCH)


def new_day(tenant: Tenant, place: Place) -> ContactDay:
    return ContactDay(
        tenant=tenant,
        created_at=clock.now(),
        day=place.day,
        touchpoint_id=place.touchpoint,
        service_id=place.service,
        channel=place.channel,
        import_batch_id=place.batch,
    )


def add(row: ContactDay, readings: Counter[int | None], sign: int) -> None:
    row.n += sign * sum(readings.values())
    row.updated_at = clock.now()
    for point in rules.POINTS:
        name = f"felt_{point}"
        setattr(row, name, getattr(row, name) + sign * readings[point])


def days_of(tenant: Tenant, counted: Tally) -> dict[Place, ContactDay]:
    """The rows that stand there already, for the days that have been counted."""
    days = {place.day for place in counted}
    rows = ContactDay.objects.filter(tenant=tenant, day__range=(min(days), max(days)))
    if len(counted) == 1:
        (place,) = counted
        rows = rows.filter(
            touchpoint=place.touchpoint,
            service=place.service,
            channel=place.channel,
            import_batch=place.batch,
        )
    return {place_of(r): r for r in rows}


def place_of(row: ContactDay) -> Place:
    return Place(row.day, row.touchpoint_id, row.service_id, row.channel, row.import_batch_id)


def differences(tenant: Tenant) -> list[Place]:
    """Places of a day whose figures are not what a recount gives; none, when all is well."""
    counting = Contact.objects.filter(landed(), tenant=tenant)
    wanted = {place: counts_of(readings) for place, readings in tally_rows(counting).items()}
    rows = ContactDay.objects.filter(landed(), tenant=tenant, n__gt=0)
    found = {place_of(r): (r.n, *(getattr(r, f"felt_{p}") for p in rules.POINTS)) for r in rows}
    return sorted((p for p in wanted | found if wanted.get(p) != found.get(p)), key=str)


def counts_of(readings: Counter[int | None]) -> tuple[int, ...]:
    return (sum(readings.values()), *(readings[p] for p in rules.POINTS))
