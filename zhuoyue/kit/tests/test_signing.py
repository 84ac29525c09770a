"""Signatures bound to a content, and links for people outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.cast import Cast
from zhuoyue.kit import clock, signing
from zhuoyue.kit.actions import Work
from zhuoyue.kit.signing import Party, Target, hash_of, make_token, read_token

OLD, NEW = hash_of({"wish": "2 h"}), hash_of({"wish": "4 h"})
RD, QA = Party("people.department:1", "研发"), Party("people.department:2", "质量")


def sign(cast: Cast, party: Party, content_hash: str = OLD, **more: Any) -> None:
    work = Work(cast.actor("director"))
    target = Target("rooms.thing", 7, content_hash)
    signing.sign(work, target, party, **{"decision": "signed", **more})


def standing(cast: Cast, content_hash: str = OLD) -> signing.Standing:
    return signing.standing(cast.tenant.pk, Target("rooms.thing", 7, content_hash))


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert hash_of({"a": 1, "b": "愿"}) == hash_of({"b": "愿", "a": 1})
    assert hash_of({"a": 1}) != hash_of({"a": 2})


def test_all_parties_sign_and_the_change_of_a_word_lets_their_signatures_fall(cast: Cast) -> None:
    sign(cast, RD)
    assert not standing(cast).is_complete([RD.key, QA.key])
    sign(cast, QA)
    assert standing(cast).is_complete([RD.key, QA.key])
    after = standing(cast, NEW)
    assert not after.is_complete([RD.key])
    assert [s.party_label for s in after.fallen] == ["研发", "质量"]


def test_no_party_at_all_is_not_complete(cast: Cast) -> None:
    assert not standing(cast).is_complete([])


def test_authors_do_not_sign_their_own_work(cast: Cast) -> None:
    own, other = cast.users["director"].pk, cast.users["analyst"].pk
    with pytest.raises(ValidationError, match=r"自己|themselves"):
        sign(cast, RD, authors={own, other})
    sign(cast, RD, authors={other})
    assert standing(cast).is_complete([RD.key])


def test_returning_needs_a_reason_and_may_be_followed_by_signing(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        sign(cast, RD, decision="returned", reason="  ")
    sign(cast, RD, decision="returned", reason="缺少安全要求")
    assert [s.reason for s in standing(cast).returned] == ["缺少安全要求"]
    sign(cast, RD)
    assert standing(cast).is_complete([RD.key])
    assert standing(cast).returned == ()
    with pytest.raises(ValidationError):
        sign(cast, RD)


def test_a_link_is_read_until_it_is_too_old() -> None:
    target = Target("rooms.thing", 7, OLD)
    given = timezone.now()
    with clock.at(given):
        token = make_token(target)
    with clock.at(given + timedelta(days=29, hours=23)):
        assert read_token(token) == target
    with clock.at(given + timedelta(days=30, seconds=9)):
        assert read_token(token) is None


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t, lambda t: "", lambda t: t.replace(":", "")]
)
def test_a_link_that_was_tampered_with_is_not_read(change) -> None:
    assert read_token(change(make_token(Target("rooms.thing", 7, OLD)))) is None
