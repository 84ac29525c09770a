"""States and traces, without a database."""

import pytest

from zhuoyue.schemes import rules
from zhuoyue.schemes.difference import FieldChange, difference
from zhuoyue.schemes.rules import FirstPass, Path

WHOLE = Path(has_element=True, has_touchpoint=True, has_standard=True, has_measure=True)


@pytest.mark.parametrize(
    ("signed", "returned", "state"),
    [
        ([], [], rules.PRESENTED),
        (["rd"], [], rules.PRESENTED),
        (["rd", "qa"], [], rules.SIGNED),
        (["rd"], ["qa"], rules.RETURNED),
        (["rd", "qa"], ["guest"], rules.SIGNED),
    ],
)
def test_all_departments_concerned_make_a_scheme_signed(signed, returned, state) -> None:
    assert rules.after_words(signed, returned, ["rd", "qa"]) == state


def test_a_scheme_before_no_department_is_never_signed() -> None:
    assert rules.after_words([], [], []) == rules.PRESENTED


def test_a_need_without_a_path_lacks_everything() -> None:
    assert rules.gaps([]) == ["element", "touchpoint", "standard", "measure"]


def test_one_whole_path_is_enough() -> None:
    half = Path(has_element=True, has_touchpoint=False, has_standard=False, has_measure=False)
    assert rules.gaps([half, WHOLE]) == []


def test_the_path_that_leads_furthest_tells_what_is_missing() -> None:
    near = Path(has_element=True, has_touchpoint=False, has_standard=False, has_measure=False)
    far = Path(has_element=True, has_touchpoint=True, has_standard=False, has_measure=True)
    assert rules.gaps([near, far]) == ["standard"]


def test_a_touchpoint_where_nothing_is_promised_leaves_a_gap() -> None:
    path = Path(has_element=True, has_touchpoint=True, has_standard=False, has_measure=True)
    assert not path.is_whole


@pytest.mark.parametrize(
    ("outcome", "pending", "first_pass"),
    [
        (FirstPass(is_signed=False, was_returned=False, was_replaced=False), True, False),
        (FirstPass(is_signed=True, was_returned=False, was_replaced=False), False, True),
        (FirstPass(is_signed=True, was_returned=False, was_replaced=True), False, True),
        (FirstPass(is_signed=True, was_returned=True, was_replaced=False), False, False),
        (FirstPass(is_signed=False, was_returned=True, was_replaced=True), False, False),
        (FirstPass(is_signed=False, was_returned=False, was_replaced=True), False, False),
    ],
)
def test_what_counts_as_signed_at_the_first_presentation(outcome, pending, first_pass) -> None:
    assert (outcome.is_pending, outcome.is_first_pass) == (pending, first_pass)


def test_a_difference_names_what_was_added_removed_and_changed() -> None:
    old = {
        "title": "旧",
        "cards": [{"id": 1, "text": "一"}, {"id": 2, "text": "二"}],
        "elements": [{"id": 5, "title": "短信"}],
    }
    new = {
        "title": "新",
        "cards": [{"id": 2, "text": "二"}, {"id": 3, "text": "三"}],
        "elements": [{"id": 5, "title": "网页"}],
    }
    found = [(c.section, c.what, c.fields) for c in difference(old, new)]
    assert found == [
        ("head", "changed", (FieldChange("title", "旧", "新"),)),
        ("cards", "removed", ()),
        ("cards", "added", ()),
        ("elements", "changed", (FieldChange("title", "短信", "网页"),)),
    ]
    assert difference(new, new) == []
