"""Counter-signing across departments, and the recipient's answer by a signed link."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast
from zhuoyue.kit import clock, events, registry
from zhuoyue.kit.models import AuditEntry, CounterSignature
from zhuoyue.kit.signing import Target, make_token
from zhuoyue.people import actions as people
from zhuoyue.people.models import Department
from zhuoyue.schemes import actions
from zhuoyue.schemes.events import SchemeAccepted, SchemeSigned
from zhuoyue.schemes.models import RecipientAnswer, Scheme
from zhuoyue.schemes.queries import signatures_of
from zhuoyue.schemes.tests.makers import (
    answer,
    card,
    drafted,
    element,
    presented,
    scheme,
    sign,
    signed,
)


def link_of(made: Scheme) -> str:
    return f"/schemes/answer/{make_token(made.latest.target)}/"


def quality(cast: Cast) -> Department:
    made: Department = people.department.create(cast.actor(), code="qa", title_zh="质量保证")
    return made


# -- departments -----------------------------------------------------------------------------


def test_a_scheme_is_presented_only_when_it_promises_something(cast: Cast) -> None:
    empty, manager = scheme(cast), cast.actor("service_manager")
    with pytest.raises(ValidationError) as error:
        actions.present_scheme(manager, empty, departments=[cast.department])
    assert len(error.value.messages) == 2
    with pytest.raises(ValidationError):
        actions.present_scheme(manager, drafted(cast), departments=[])
    url = f"/schemes/schemes/{empty.pk}/present/"
    answer = cast.client("service_manager").post(url, {"departments": [cast.department.pk]})
    assert answer.status_code == 422
    empty.refresh_from_db()
    assert empty.status == "draft"


def test_it_is_signed_when_the_last_department_has_signed(cast: Cast) -> None:
    made, other = drafted(cast), quality(cast)
    departments = [cast.department, other]
    actions.present_scheme(cast.actor("service_manager"), made, departments=departments)
    sign(cast, made)
    assert made.status == "presented"
    sign(cast, made, "director", department=other)
    assert made.status == "signed"
    assert made.latest.signed_at is not None


def test_authors_do_not_sign_their_own_version(cast: Cast) -> None:
    made = drafted(cast)
    actions.card.create(cast.actor("department_head"), made, type="caution", text="样品易碎")
    actions.present_scheme(cast.actor("service_manager"), made, departments=[cast.department])
    with pytest.raises(ValidationError):
        sign(cast, made)
    assert not CounterSignature.objects.exists()
    sign(cast, made, "director")
    assert made.status == "signed"


def test_who_wrote_the_version_before_is_an_author_of_the_next(cast: Cast) -> None:
    made = drafted(cast)
    actions.card.create(cast.actor("department_head"), made, type="caution", text="样品易碎")
    manager = cast.actor("service_manager")
    actions.present_scheme(manager, made, departments=[cast.department])
    card(cast, made)
    actions.present_scheme(manager, made, departments=[cast.department])
    assert made.latest.number == 2
    with pytest.raises(ValidationError):
        sign(cast, made)


def test_a_head_speaks_for_the_own_department_only(cast: Cast) -> None:
    made, other = drafted(cast), quality(cast)
    actions.present_scheme(cast.actor("service_manager"), made, departments=[other])
    with pytest.raises(PermissionDenied):
        sign(cast, made, department=other)
    with pytest.raises(ValidationError):
        sign(cast, made, department=cast.department)
    with pytest.raises(PermissionDenied):
        sign(cast, made, "engineer", department=other)
    assert made.status == "presented"


def test_a_department_returns_with_a_reason_and_may_sign_after_all(cast: Cast) -> None:
    made = presented(cast)
    with pytest.raises(ValidationError):
        sign(cast, made, decision="returned")
    sign(cast, made, decision="returned", reason="缺少安全要求")
    assert (made.status, made.latest.was_returned) == ("returned", True)
    page = cast.client("engineer").get(f"/schemes/schemes/{made.pk}/").content.decode()
    assert "缺少安全要求" in page
    sign(cast, made)
    assert (made.status, made.latest.was_returned) == ("signed", True)


def test_a_signature_falls_when_the_content_changes(cast: Cast) -> None:
    made = signed(cast)
    before = made.latest
    element(cast, made, title="专人跟进")
    made.refresh_from_db()
    assert (made.status, made.latest.number) == ("draft", 2)
    shown = signatures_of(made.latest)
    assert [word.party_label for word in shown.fallen] == ["技术研发管理"]
    page = cast.client("engineer").get(f"/schemes/schemes/{made.pk}/").content.decode()
    assert "已失效" in page
    before.refresh_from_db()
    assert [e["title"] for e in before.content["elements"]] == ["进度短信"], "it stays as presented"
    with pytest.raises(ValidationError):
        sign(cast, made)
    actions.present_scheme(cast.actor("service_manager"), made, departments=[cast.department])
    assert made.status == "presented", "the old signature does not count for the new content"


def test_the_head_signs_on_the_page(cast: Cast) -> None:
    made = presented(cast)
    client, url = cast.client("department_head"), f"/schemes/schemes/{made.pk}/sign/"
    assert "当天给出报告日期" in client.get(url).content.decode()
    data = {"department": cast.department.pk, "decision": "returned", "reason": ""}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"decision": "signed"}).status_code == 302
    made.refresh_from_db()
    assert made.status == "signed"


# -- the recipient ---------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_the_confirming_press_accepts(cast: Cast) -> None:
    made = signed(cast)
    url, client = link_of(made), cast.client(None)
    before = AuditEntry.objects.count()
    for _time in range(2):
        page = client.get(url)
        assert page.status_code == 200
        assert "当天给出报告日期" in page.content.decode()
    client.head(url)
    made.refresh_from_db()
    assert (made.status, AuditEntry.objects.count()) == ("signed", before)
    assert not RecipientAnswer.objects.exists()
    client.post(url, {"decision": "accepted", "name": "李主任"})
    made.refresh_from_db()
    assert made.status == "accepted"
    assert made.in_force == made.latest
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor) == ("schemes.scheme.answer", "李主任（一车间）")
    assert entry.user_id is None
    again = client.post(url, {"decision": "accepted", "name": "别人"})
    assert again.status_code == 409
    assert RecipientAnswer.objects.count() == 1


def test_nobody_accepts_without_a_name(cast: Cast) -> None:
    made = signed(cast)
    answer = cast.client(None).post(link_of(made), {"decision": "accepted", "name": " "})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.status == "signed"


def test_the_recipient_asks_for_changes_with_a_comment(cast: Cast) -> None:
    made = signed(cast)
    url, client = link_of(made), cast.client(None)
    data = {"decision": "changes", "name": "李主任", "comment": ""}
    assert client.post(url, data).status_code == 422
    client.post(url, data | {"comment": "请写明加急费用"})
    made.refresh_from_db()
    assert (made.status, made.latest.was_returned) == ("returned", True)
    assert "请写明加急费用" in client.get(url).content.decode()


def test_the_link_of_an_older_version_says_so_plainly(cast: Cast) -> None:
    made = signed(cast)
    old = link_of(made)
    element(cast, made, title="专人跟进")
    client = cast.client(None)
    assert "旧版本" in client.get(old).content.decode()
    assert client.post(old, {"decision": "accepted", "name": "李主任"}).status_code == 409
    actions.present_scheme(cast.actor("service_manager"), made, departments=[cast.department])
    sign(cast, made)
    assert "旧版本" in client.get(old).content.decode()
    assert "旧版本" not in client.get(link_of(made)).content.decode()
    assert not RecipientAnswer.objects.exists()


def test_a_link_that_is_forged_too_old_or_of_an_unsigned_version_is_refused(cast: Cast) -> None:
    made = signed(cast)
    url, client = link_of(made), cast.client(None)
    assert client.get(url[:-2] + "x/").status_code == 404
    forged = make_token(Target("schemes.scheme", made.pk, "0" * 64))
    assert client.get(f"/schemes/answer/{forged}/").status_code == 404
    other_kind = make_token(Target("needs.need", made.pk, made.latest.content_hash))
    assert client.get(f"/schemes/answer/{other_kind}/").status_code == 404
    assert client.get(link_of(drafted(cast))).status_code == 404
    with clock.at(clock.now() + timedelta(days=31)):
        assert client.get(url).status_code == 404
    actions.withdraw_scheme(cast.actor(), made, reason="不再需要")
    assert client.get(url).status_code == 404


def test_a_version_before_the_departments_cannot_be_accepted_yet(cast: Cast) -> None:
    made = presented(cast)
    answer = cast.client(None).post(link_of(made), {"decision": "accepted", "name": "李主任"})
    assert answer.status_code == 409
    assert not RecipientAnswer.objects.exists()


def test_recipients_read_what_was_signed_for_them_only(cast: Cast) -> None:
    draft, done = drafted(cast), signed(cast)
    foreign = signed(cast, recipient=cast.other_recipient)
    client = cast.client("recipient")
    page = client.get(f"/schemes/schemes/{done.pk}/")
    assert "/schemes/answer/" in page.content.decode()
    for hidden in (draft, foreign):
        assert client.get(f"/schemes/schemes/{hidden.pk}/").status_code == 404
    assert client.get(f"/schemes/schemes/{done.pk}/trace/").status_code == 403


# -- what is told ----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=False)
def test_who_presents_a_version_does_not_sign_it(cast: Cast) -> None:
    made = drafted(cast)
    actions.present_scheme(cast.actor("director"), made, departments=[cast.department])
    with pytest.raises(ValidationError):
        sign(cast, made, "director")
    sign(cast, made)
    assert made.status == "signed"


def test_what_is_in_force_stays_readable_while_the_next_version_is_drafted(cast: Cast) -> None:
    made = signed(cast)
    answer(cast, made)
    element(cast, made, title="还没有定的新要素")
    made.refresh_from_db()
    assert made.status == "draft"
    page = cast.client("recipient").get(f"/schemes/schemes/{made.pk}/")
    assert page.status_code == 200
    assert "当天给出报告日期" in page.content.decode()
    assert "还没有定的新要素" not in page.content.decode()
    assert "已接受" in page.content.decode()


def test_signing_and_accepting_are_announced(
    cast: Cast, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    told: list[tuple[str, int, int]] = []

    def hear(event: SchemeSigned | SchemeAccepted) -> None:
        told.append((type(event).__name__, event.scheme_id, event.version))

    monkeypatch.setitem(events._reactions, SchemeSigned, [hear])
    monkeypatch.setitem(events._reactions, SchemeAccepted, [hear])
    with django_capture_on_commit_callbacks(execute=True):
        made = signed(cast)
        cast.client(None).post(link_of(made), {"decision": "accepted", "name": "李主任"})
    assert told == [("SchemeSigned", made.pk, 1), ("SchemeAccepted", made.pk, 1)]


def test_a_scheme_waits_for_the_head_then_for_its_owner(cast: Cast) -> None:
    made = presented(cast)

    def urls(role: str) -> list[str]:
        return [w.url for w in registry.waiting(cast.actor(role)) if "/schemes/" in w.url]

    mine = [f"/schemes/schemes/{made.pk}/"]
    assert (urls("department_head"), urls("engineer")) == (mine, [])
    assert urls("director") == [], "the department has a head"
    sign(cast, made)
    assert (urls("department_head"), urls("engineer")) == ([], mine)
    assert urls("recipient") == mine
