"""Pure rules of measurement: periods, and what an interval says about a target."""

from datetime import date, timedelta

from zhuoyue.kit.registry import MeasureValue, Period

EARLIEST = date(2000, 1, 1)


def month(year: int, number: int) -> Period:
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    return Period(first, after - timedelta(days=1))


def period_of(name: str, today: date) -> Period:
    """The period of a name: year (the last twelve months), all, or a calendar year such as 2025."""
    if name.isdigit() and 2000 <= int(name) <= today.year:
        return Period(date(int(name), 1, 1), date(int(name), 12, 31))
    if name == "all":
        return Period(EARLIEST, today)
    return Period(today - timedelta(days=365), today)


def last_quarters(today: date, count: int) -> list[Period]:
    """Calendar quarters up to the present one, the oldest first."""
    quarter = (today.year * 4 + (today.month - 1) // 3) - count + 1
    found = []
    for q in range(quarter, quarter + count):
        year, start = q // 4, q % 4 * 3 + 1
        found.append(Period(month(year, start).first, month(year, start + 2).last))
    return found


def verdict(value: MeasureValue, target: float | None, direction: str) -> str:
    """met, missed or open: an interval that holds the target cannot tell."""
    if target is None or value.value is None:
        return ""
    low = value.low if value.low is not None else value.value
    high = value.high if value.high is not None else value.value
    if direction == "down":
        low, high, target = -high, -low, -target
    if low >= target:
        return "met"
    return "missed" if high < target else "open"


def is_thin(value: MeasureValue, minimum: int) -> bool:
    return value.value is not None and value.n < minimum
