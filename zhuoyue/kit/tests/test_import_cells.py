"""Reading cells: dates as people write them, numbers, choices; column names that suggest fields."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.cells import Choice, Day, Moment, Number, Reader, Scope, Text, YesNo
from zhuoyue.kit.imports.importer import Field
from zhuoyue.kit.imports.mapping import suggest
from zhuoyue.kit.imports.problems import CellProblem
from zhuoyue.kit.models import Tenant


class Answer(TextChoices):
    GOOD = "good", _("yes")
    BAD = "bad", _("no")


def read(reader: Reader, cell: Any, day_first: bool | None = None) -> Any:
    actor = Actor(Tenant(code="x", name="x"), "x")
    return reader.bound("field", Scope(actor, day_first))(cell)


def here(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.get_current_timezone())  # type: ignore[misc, arg-type]  # year to minute


@pytest.mark.parametrize(
    ("text", "day_first", "found"),
    [
        ("2026-03-31", None, (2026, 3, 31)),
        ("2026/3/1 9:05", None, (2026, 3, 1, 9, 5)),
        ("2026年3月1日 09时05分", None, (2026, 3, 1, 9, 5)),
        ("20260301", None, (2026, 3, 1)),
        ("29-02-2016 01:16", True, (2016, 2, 29, 1, 16)),
        ("04-03-2016 01:16", True, (2016, 3, 4, 1, 16)),
        ("04-03-2016 01:16", False, (2016, 4, 3, 1, 16)),
        ("31/03/2026", None, (2026, 3, 31)),
        ("03/31/2026 02:05 PM", None, (2026, 3, 31, 14, 5)),
        ("1.3.2026", None, (2026, 3, 1)),
    ],
)
def test_a_date_is_read_as_it_was_meant(
    text: str, day_first: bool | None, found: tuple[int, ...]
) -> None:
    assert read(Moment(), text, day_first) == here(*found)


def test_a_time_with_a_zone_keeps_it() -> None:
    assert read(Moment(), "2026-03-31T14:05:00Z") == datetime(2026, 3, 31, 14, 5, tzinfo=UTC)
    assert read(Moment(), "2026-03-31 14:05+08:00") == datetime(2026, 3, 31, 6, 5, tzinfo=UTC)
    assert read(Day(), datetime(2026, 3, 31, 23, 59)) == date(2026, 3, 31)  # noqa: DTZ001 - as Excel gives it


@pytest.mark.parametrize(
    ("reader", "cell", "code"),
    [
        (Moment(), "04-03-2016", "order_open"),
        (Moment(), "31-31-2016", "not_moment"),
        (Moment(), "29-02-2015", "not_moment"),
        (Day(), "soon", "not_day"),
        (Number(), "1_000", "not_number"),
        (Number(), "=1+1", "not_number"),
        (Number(), "inf", "out_of_range"),
        (Number(), "nan", "out_of_range"),
        (Number(1, 5, whole=True), "2.5", "not_whole"),
        (Number(1, 5, whole=True), 6, "out_of_range"),
        (YesNo(), "perhaps", "not_yes_no"),
        (Choice(Answer), "maybe", "not_choice"),
        (Text(3), "four", "too_long"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_a_code(reader: Reader, cell: Any, code: str) -> None:
    with pytest.raises(CellProblem) as problem:
        read(reader, cell, True if code == "not_moment" else None)
    assert problem.value.code == code


@pytest.mark.parametrize("cell", ["good", "GOOD", "yes", "是"])
def test_a_choice_goes_by_its_code_and_by_its_label_in_either_language(cell: str) -> None:
    assert read(Choice(Answer), cell) == "good"


def test_columns_suggest_fields_by_name_in_either_language_and_never_twice() -> None:
    fields = [
        Field("code", _("code"), Text()),
        Field("file", _("file name"), Text(), synonyms=("文件",)),
        Field("size", _("size"), Text()),
    ]
    columns = ["编码", "文件", "Sizes", "code", "别的"]
    assert suggest(columns, fields) == {"code": "编码", "file": "文件", "size": "Sizes"}
