"""Periods, and what an interval says about a target."""

from datetime import date

import pytest

from zhuoyue.kit.registry import MeasureValue, Period
from zhuoyue.measurement import rules


@pytest.mark.parametrize(
    ("low", "high", "direction", "said"),
    [
        (82, 88, "up", "met"),
        (70, 78, "up", "missed"),
        (75, 85, "up", "open"),
        (82, 88, "down", "missed"),
        (70, 78, "down", "met"),
    ],
)
def test_an_interval_meets_misses_or_cannot_tell_a_target_of_80(
    low: float, high: float, direction: str, said: str
) -> None:
    value = MeasureValue((low + high) / 2, 50, low=low, high=high)
    assert rules.verdict(value, 80, direction) == said


def test_without_a_value_or_a_target_nothing_is_said() -> None:
    assert rules.verdict(MeasureValue(None, 0), 80, "up") == ""
    assert rules.verdict(MeasureValue(90, 5), None, "up") == ""


def test_quarters_run_over_the_turn_of_the_year() -> None:
    found = rules.last_quarters(date(2026, 2, 10), 3)
    assert found == [
        Period(date(2025, 7, 1), date(2025, 9, 30)),
        Period(date(2025, 10, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 3, 31)),
    ]


def test_december_ends_on_its_last_day() -> None:
    assert rules.month(2025, 12) == Period(date(2025, 12, 1), date(2025, 12, 31))
