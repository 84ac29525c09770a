"""Understanding what recipients need: requests, words, statements."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast, make_centre
from zhuoyue.kit import registry
from zhuoyue.kit.models import AuditEntry
from zhuoyue.needs import actions
from zhuoyue.needs.models import Need, Request, Source, Verbatim
from zhuoyue.needs.queries import words_behind
from zhuoyue.needs.tests.makers import need, request, source, verbatim
from zhuoyue.people import actions as people

FORM = {
    "who": "车间工艺员",
    "situation": "试制期间",
    "wish": "随时知道检测进度",
    "kind": "need",
    "strength": "4",
    "scope": "individual",
    "horizon": "current",
}


def test_a_need_is_captured_from_a_request_with_its_words_in_one_form(cast: Cast) -> None:
    asked = request(cast)
    url = f"/needs/needs/new/?request={asked.pk}"
    page = cast.client("service_manager").get(url).content.decode()
    assert asked.text in page, "the request's words are offered"
    before = AuditEntry.objects.count()
    answer = cast.client("service_manager").post(url, FORM | {"words": "等得心里没底"})
    made = Need.objects.get()
    assert answer.headers["Location"] == f"/needs/needs/{made.pk}/"
    assert AuditEntry.objects.count() == before + 1
    assert (made.request, made.recipient) == (asked, cast.recipient)
    (said,) = words_behind(cast.actor(), made)
    assert (said.text, said.source) == ("等得心里没底", str(asked))
    asked.refresh_from_db()
    assert asked.status == "understood"
    page = cast.client("analyst").get(f"/needs/needs/{made.pk}/").content.decode()
    assert "等得心里没底" in page
    assert f"/needs/sources/{said.source_id}/" in page


def test_two_needs_of_one_request_share_its_source(cast: Cast) -> None:
    asked = request(cast)
    for wish in ("进度", "价格"):
        need(cast, request=asked, wish=wish, words=f"想知道{wish}")
    assert Source.objects.count() == 1
    assert Verbatim.objects.count() == 2


def test_words_without_a_source_are_refused_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        need(cast, words="等得没底")
    assert "source" in error.value.error_dict
    assert not Need.objects.exists()
    made = need(cast, words="等得没底", source_kind="meeting", source_title="月度例会")
    assert [w.source for w in words_behind(cast.actor(), made)] == ["月度例会"]


def test_an_individual_need_has_a_recipient_and_a_common_one_may_have_none(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        need(cast, recipient=None)
    assert need(cast, recipient=None, scope="common").recipient is None


@pytest.mark.parametrize("strength", [0, 6])
def test_strength_lies_between_one_and_five(cast: Cast, strength: int) -> None:
    with pytest.raises(ValidationError):
        need(cast, strength=strength)


@pytest.mark.parametrize("status", ["declined", "parked"])
def test_a_need_is_set_aside_only_with_a_reason(cast: Cast, status: str) -> None:
    made = need(cast)
    with pytest.raises(ValidationError):
        actions.decide_need(cast.actor(), made, status=status, status_reason=" ")
    made.refresh_from_db()
    assert made.status == "open"
    actions.decide_need(cast.actor(), made, status=status, status_reason="暂无能力")
    made.refresh_from_db()
    assert (made.status, made.status_reason) == (status, "暂无能力")


def test_an_individual_need_does_not_rest_on_another_recipients_words(cast: Cast) -> None:
    foreign = verbatim(cast, recipient=cast.other_recipient)
    with pytest.raises(ValidationError):
        actions.link_words(cast.actor(), need(cast), verbatim=foreign)
    actions.link_words(cast.actor(), need(cast, scope="common"), verbatim=foreign)
    actions.link_words(cast.actor(), need(cast), verbatim=verbatim(cast, recipient=None))


def test_words_can_be_taken_away_and_laid_behind_again(cast: Cast) -> None:
    made, said = need(cast), verbatim(cast)
    link = actions.link_words(cast.actor(), made, verbatim=said)
    with pytest.raises(ValidationError):
        actions.link_words(cast.actor(), made, verbatim=said)
    cast.client("analyst").post(f"/needs/words/{link.pk}/unlink/")
    assert words_behind(cast.actor(), made) == []
    actions.link_words(cast.actor(), made, verbatim=said)
    assert len(words_behind(cast.actor(), made)) == 1


def test_words_of_another_centre_are_never_laid_behind_a_need(cast: Cast) -> None:
    _tenant, other, _centre = make_centre("daqing")
    there = actions.source.create(other, kind="meeting", title="别处")
    foreign = actions.verbatim.create(other, source=there, text="别处的话")
    with pytest.raises(ValueError, match="another tenant"):
        actions.link_words(cast.actor(), need(cast), verbatim=foreign)


def test_a_contact_speaks_for_their_own_organisation(cast: Cast) -> None:
    person = people.contact_person.create(cast.actor(), recipient=cast.other_recipient, name="李")
    with pytest.raises(ValidationError):
        verbatim(cast, contact=person)
    assert verbatim(cast, contact=person, recipient=cast.other_recipient).contact == person


# -- recipients ------------------------------------------------------------------------------


def test_recipients_see_and_raise_what_is_their_own(cast: Cast) -> None:
    own, foreign = request(cast), request(cast, recipient=cast.other_recipient)
    mine, theirs = need(cast), need(cast, recipient=cast.other_recipient)
    everyone = need(cast, recipient=None, scope="common")
    client = cast.client("recipient")
    assert client.get(f"/needs/requests/{own.pk}/").status_code == 200
    assert client.get(f"/needs/requests/{foreign.pk}/").status_code == 404
    assert client.get(f"/needs/needs/{mine.pk}/").status_code == 200
    for hidden in (theirs, everyone):
        assert client.get(f"/needs/needs/{hidden.pk}/").status_code == 404
    assert client.get(f"/needs/needs/new/?request={foreign.pk}").status_code == 404
    listed = client.get("/needs/requests/").content.decode()
    assert own.code in listed
    assert foreign.code not in listed


def test_a_recipient_raises_a_need_in_their_own_words(cast: Cast) -> None:
    client = cast.client("recipient")
    page = client.get("/needs/needs/new/").content.decode()
    assert "source_kind" not in page
    data = FORM | {"recipient": cast.recipient.pk, "words": "请告诉我进度"}
    assert client.post("/needs/needs/new/", data).status_code == 302
    made = Need.objects.get()
    assert made.recipient == cast.recipient
    shown = client.get(f"/needs/needs/{made.pk}/").content.decode()
    assert "请告诉我进度" in shown
    assert "/needs/sources/" not in shown


def test_a_recipient_cannot_speak_for_another(cast: Cast) -> None:
    actor = cast.actor("recipient")
    facts = {"title": "请求", "text": "请求"}
    with pytest.raises(PermissionDenied):
        actions.raise_request(actor, recipient=cast.other_recipient, **facts)
    data = facts | {"recipient": cast.other_recipient.pk}
    assert cast.client("recipient").post("/needs/requests/new/", data).status_code == 422
    assert not Request.objects.exists()
    data = facts | {"recipient": cast.recipient.pk}
    assert cast.client("recipient").post("/needs/requests/new/", data).status_code == 302
    assert Request.objects.get().raised_by == "recipient"


def test_a_recipient_hears_only_their_own_words_behind_a_shared_need(cast: Cast) -> None:
    shared = need(cast, scope="common")
    for recipient, text in ((cast.recipient, "自己的话"), (cast.other_recipient, "别人的话")):
        said = verbatim(cast, recipient=recipient, text=text)
        actions.link_words(cast.actor(), shared, verbatim=said)
    page = cast.client("recipient").get(f"/needs/needs/{shared.pk}/").content.decode()
    assert "自己的话" in page
    assert "别人的话" not in page


# -- answers ---------------------------------------------------------------------------------


def test_a_request_is_declined_with_a_reason_the_recipient_reads(cast: Cast) -> None:
    asked = request(cast)
    client = cast.client("service_manager")
    url = f"/needs/requests/{asked.pk}/decline/"
    assert client.post(url, {"answer": ""}).status_code == 422
    assert client.post(url, {"answer": "设备检修中"}).status_code == 302
    page = cast.client("recipient").get(f"/needs/requests/{asked.pk}/").content.decode()
    assert "设备检修中" in page


def test_a_declined_request_becomes_work_only_after_it_was_taken_up_again(cast: Cast) -> None:
    asked, actor = request(cast), cast.actor()
    actions.answer_request(actor, asked, status="declined", answer="不在范围内")
    with pytest.raises(ValidationError):
        actions.turn_request(actor, asked, into="scheme")
    actions.answer_request(actor, asked, status="understood")
    assert actions.turn_request(actor, asked, into="scheme").status == "scheme"


def test_new_requests_wait_for_those_who_answer(cast: Cast) -> None:
    asked = request(cast)
    waiting = {role: registry.waiting(cast.actor(role)) for role in ("service_manager", "engineer")}
    assert [w.url for w in waiting["service_manager"]] == [f"/needs/requests/{asked.pk}/"]
    assert waiting["engineer"] == []
    actions.answer_request(cast.actor(), asked, status="understood")
    assert registry.waiting(cast.actor("service_manager")) == []


def test_search_finds_needs_and_words_but_not_for_others(cast: Cast) -> None:
    need(cast, wish="随时知道检测进度")
    said = verbatim(cast, text="进度不明", source=source(cast))
    found = {
        role: {hit.url for hit in registry.search(cast.actor(role), "进度")}
        for role in ("analyst", "recipient")
    }
    wish, words = (f"/needs/needs/{Need.objects.get().pk}/", f"/needs/verbatims/{said.pk}/")
    assert {wish, words} <= found["analyst"]
    assert wish in found["recipient"]
    assert words not in found["recipient"]
