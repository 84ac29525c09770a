"""Dates as people and machines write them; what could be read in two ways is refused."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from django.utils.timezone import get_current_timezone

from zhuoyue.kit.imports.problems import CellProblem

CLOCK = (
    r"(?:[T\s]\s*(?P<hour>\d{1,2})[:时](?P<minute>\d{2})分?(?:[:]?(?P<second>\d{2})(?:\.\d+)?秒?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[-/.年]\s*(?P<month>\d{1,2})[-/.月]\s*(?P<day>\d{1,2})日?" + CLOCK
)
YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<year>\d{4})" + CLOCK)
DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})" + CLOCK)


def aware(moment: datetime) -> datetime:
    """A time without zone is a time of the place."""
    return moment if moment.tzinfo else moment.replace(tzinfo=get_current_timezone())


def read(text: str, day_first: bool | None) -> datetime:
    """The moment that a text names.

    2026-03-31, 2026/3/31 14:05, 2026年3月31日, 20260331, 31.3.2026; and 31-03-2026 where the order
    is stated or cannot be mistaken.
    """
    found = YEAR_FIRST.fullmatch(text) or DIGITS.fullmatch(text)
    if found:
        month, day = int(found["month"]), int(found["day"])
    else:
        found = YEAR_LAST.fullmatch(text)
        if found is None:
            raise CellProblem("not_moment")
        day, month = _order(int(found["a"]), int(found["b"]), found["mark"], day_first)
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    try:
        return datetime(
            int(found["year"]), month, day, hour, int(found["minute"] or 0),
            int(found["second"] or 0), tzinfo=_zone(found["zone"]),
        )  # fmt: skip
    except ValueError:
        raise CellProblem("not_moment") from None


def _order(a: int, b: int, mark: str, day_first: bool | None) -> tuple[int, int]:
    """Day and month of a date that ends with its year."""
    if mark == ".":  # written so only where the day comes first
        return a, b
    if day_first is None:
        if a <= 12 and b <= 12 and a != b:
            raise CellProblem("order_open")
        return (a, b) if b <= 12 else (b, a)
    return (a, b) if day_first else (b, a)


def _zone(text: str | None) -> tzinfo:
    if not text:
        return get_current_timezone()
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
