"""Handling a case from its opening to its end, and what its page tells."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from zhuoyue.catalogue import actions as catalogue
from zhuoyue.delivery import actions
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.delivery.tests.makers import case, contact, resolved_case, touchpoint
from zhuoyue.kit import clock
from zhuoyue.people import actions as people

MONDAY = datetime(2025, 3, 3, 1, tzinfo=UTC)  # nine o'clock in Harbin


def after(hours: float) -> Any:
    return clock.at(MONDAY + timedelta(hours=hours))


def promised(cast: Cast) -> Case:
    """Opened on Monday at nine, promised within eight hours."""
    with after(0):
        return case(cast, promised_by=MONDAY + timedelta(hours=8))


def test_a_case_goes_its_way_and_its_clocks_stop(cast: Cast) -> None:
    made, actor = promised(cast), cast.actor("engineer")
    with after(1):
        actions.respond(actor, made)
    with after(2):
        actions.wait(actor, made, reason="等待样品")
    with after(5):
        actions.respond(actor, made)
    with after(6):
        actions.resolve(actor, made, solution="补做试验")
        actions.close(actor, made)
    made.refresh_from_db()
    assert (made.response_hours, made.resolution_hours) == (1.0, 6.0)
    assert (made.state, made.promise_kept, made.state_reason) == ("closed", True, "")
    assert made.solved_at_first_contact is None, "no contact was logged: nobody knows"


def test_a_case_that_is_opened_again_loses_what_seemed_kept(cast: Cast) -> None:
    made, actor = promised(cast), cast.actor()
    with after(1):
        contact(cast, case=made, resolves=True, opinion="已重发报告")
    made.refresh_from_db()
    assert (made.promise_kept, made.solved_at_first_contact) == (True, True)
    assert (made.solution, made.response_hours) == ("已重发报告", 1.0)
    with after(3):
        actions.reopen(actor, made, reason="数据仍有误")
    assert (made.promise_kept, made.resolved_at, made.reopen_count) == (None, None, 1)
    with after(9):
        assert made.is_overdue
        actions.resolve(actor, made, solution="重新试验")
    assert (made.promise_kept, made.solved_at_first_contact) == (False, False)


def test_steps_that_a_state_does_not_allow_are_refused(cast: Cast) -> None:
    actor, made = cast.actor(), case(cast)
    closed = actions.close(actor, resolved_case(cast))
    refused: list[tuple[Any, Case, dict[str, str]]] = [
        (actions.close, made, {}),
        (actions.reopen, made, {"reason": "再现"}),
        (actions.wait, made, {"reason": " "}),
        (actions.resolve, closed, {"solution": "再解决"}),
    ]
    for write, record, facts in refused:
        with pytest.raises(ValidationError):
            write(actor, record, **facts)
    made.refresh_from_db()
    assert made.state == "new"


def test_without_a_promised_moment_the_service_standard_promises(cast: Cast) -> None:
    actor = cast.actor()
    service = catalogue.service.create(actor, code="test", title_zh="检测", audience="both")
    for code, target in (("slow", 3), ("fast", 1)):
        catalogue.service_standard.create(
            actor, code=code, title_zh=code, service=service, kind="resolution", target=target,
            unit="working_days", clock_from="opened", clock_to="resolved",
        )  # fmt: skip
    with after(0):
        assert case(cast, service=service).promised_by == MONDAY + timedelta(days=1)
        assert case(cast).promised_by is None


def test_what_was_explicitly_told_stays_when_there_is_no_clock_to_tell(cast: Cast) -> None:
    made = actions.resolve(
        cast.actor(), case(cast), solution="", promise_kept=True, solved_at_first_contact=False
    )
    assert (made.promise_kept, made.solved_at_first_contact) == (True, False)
    assert resolved_case(cast).promise_kept is None


def test_a_corrected_promise_is_judged_anew(cast: Cast) -> None:
    made = promised(cast)
    with after(6):
        actions.resolve(cast.actor(), made, solution="补做试验")
    actions.correct_case(cast.actor(), made, promised_by=MONDAY + timedelta(hours=5))
    assert made.promise_kept is False


def test_times_that_cannot_be_are_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        case(cast, opened_at=clock.now() + timedelta(hours=1))
    assert "opened_at" in error.value.error_dict
    made = resolved_case(cast)
    with pytest.raises(ValidationError):
        actions.correct_case(cast.actor(), made, opened_at=MONDAY.replace(year=2100))
    case(cast, external_number="INC1")
    with pytest.raises(ValidationError):
        case(cast, external_number="INC1")


def test_an_engineer_resolves_a_case_in_the_browser(cast: Cast) -> None:
    made, client = case(cast), cast.client("engineer")
    at = f"/delivery/cases/{made.pk}/"
    assert client.post(f"{at}respond/").status_code == 302
    assert client.post(f"{at}wait/", {"reason": ""}).status_code == 422
    assert (
        client.post(f"{at}resolve/", {"solution": "补做", "promise_kept": "no"}).status_code == 302
    )
    page = client.get(at).content.decode()
    assert "补做" in page
    assert "未兑现" in page
    made.refresh_from_db()
    assert (made.state, made.promise_kept, made.solved_at_first_contact) == (
        "resolved",
        False,
        None,
    )
    assert client.post(f"{at}respond/", follow=True).status_code == 200
    made.refresh_from_db()
    assert made.state == "resolved", "a step that the state does not allow changes nothing"


def test_a_contact_is_logged_with_four_taps_and_the_next_one_begins_where_it_ended(
    cast: Cast,
) -> None:
    place, client = touchpoint(cast), cast.client("engineer")
    url = "/delivery/contacts/quick/"
    tapped = {"recipient": cast.recipient.pk, "touchpoint": place.pk, "outcome": "moved_on"}
    assert client.post(url, tapped | {"felt": "4"}).headers["Location"] == url
    made = Contact.objects.get()
    assert (made.recipient, made.touchpoint, made.felt) == (cast.recipient, place, 4)
    assert (made.by, made.channel) == (cast.person, "platform")
    page = client.get(url)
    form = page.context["form"]
    assert (form.initial["recipient"], form.initial["touchpoint"]) == (cast.recipient.pk, place.pk)


def test_a_recipient_who_is_no_button_is_chosen_from_the_list(cast: Cast) -> None:
    more = [
        people.recipient.create(cast.actor(), code=f"Z{n}", name=f"{n}号厂", audience="external")
        for n in range(6)
    ]
    client, url = cast.client("engineer"), "/delivery/contacts/quick/"
    buttons = client.get(url).context["form"].fields["recipient"].queryset
    assert buttons.count() == 6
    assert more[-1] not in buttons
    picked = {"recipient": cast.recipient.pk, "other_recipient": more[-1].pk, "outcome": "solved"}
    assert client.post(url, picked).status_code == 302
    assert Contact.objects.get().recipient == more[-1], "the list wins over the button"
    assert client.get(url).context["form"].initial["recipient"] == more[-1].pk


def test_a_contact_without_recipient_or_outcome_is_not_logged(cast: Cast) -> None:
    client, url = cast.client("engineer"), "/delivery/contacts/quick/"
    for tapped in ({"outcome": "solved"}, {"recipient": cast.recipient.pk}):
        assert client.post(url, tapped).status_code == 422
    assert not Contact.objects.exists()


def test_a_contact_logged_on_a_case_can_resolve_it(cast: Cast) -> None:
    made, client = case(cast), cast.client("engineer")
    url = f"/delivery/contacts/quick/?case={made.pk}"
    answer = client.post(url, {"outcome": "solved", "resolves": "on", "opinion": "已更正报告"})
    assert answer.headers["Location"] == f"/delivery/cases/{made.pk}/"
    made.refresh_from_db()
    assert (made.state, made.solution, made.solved_at_first_contact) == (
        "resolved",
        "已更正报告",
        True,
    )
    assert "已更正报告" in client.get(f"/delivery/cases/{made.pk}/").content.decode()


def test_a_recipient_follows_only_the_own_cases_and_reads_no_notes(cast: Cast) -> None:
    made, theirs = case(cast), case(cast, recipient=cast.other_recipient)
    contact(cast, case=made, obstacle="对方样品不合格")
    client = cast.client("recipient")
    page = client.get(f"/delivery/cases/{made.pk}/").content.decode()
    assert "进度通知" in page
    assert "对方样品不合格" not in page
    assert client.get(f"/delivery/cases/{theirs.pk}/").status_code == 404
    assert theirs.title not in client.get(f"/delivery/cases/?q={theirs.code}").content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("contacts/quick/?recipient=²", 200),
        ("contacts/quick/?recipient=999999999999999999999999", 200),
        ("contacts/quick/?case=²", 404),
        ("contacts/quick/?case=999999999999999999999999", 404),
        ("cases/new/?recipient=²", 200),
        ("contacts/?since=0001-01-01&until=9999-12-31", 200),
        ("cases/?attention=x&promise=y", 200),
        ("journey/?days=x", 200),
    ],
)
def test_an_address_typed_wrong_never_breaks_a_page(cast: Cast, address: str, status: int) -> None:
    assert cast.client("engineer").get(f"/delivery/{address}").status_code == status
