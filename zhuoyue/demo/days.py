"""When things happen in the demonstration."""

from datetime import date, datetime, time

from django.utils import timezone


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
