"""The door: patience for guessers, one-time links, demonstration accounts at home only."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from zhuoyue.kit import sign_in
from zhuoyue.kit.models import AuditEntry, User

GOOD = {"username": "analyst", "password": "a long pass phrase 7"}
NEW = "another long pass phrase 8"


@pytest.fixture
def door(cast: Cast) -> Client:
    user = cast.users["analyst"]
    user.set_password(GOOD["password"])
    user.save()
    return Client()


def test_the_right_password_opens_and_leads_where_one_wanted_to_go(door: Client) -> None:
    response = door.post("/sign-in/", {**GOOD, "next": "/inbox/"})
    assert response.headers["Location"] == "/inbox/"
    assert door.get("/inbox/").status_code == 200


def test_a_way_out_of_the_house_is_not_followed(door: Client) -> None:
    response = door.post("/sign-in/", {**GOOD, "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_a_wrong_password_stays_outside(door: Client) -> None:
    assert door.post("/sign-in/", {**GOOD, "password": "wrong"}).status_code == 422
    assert door.get("/inbox/").status_code == 302


def test_after_too_many_failures_even_the_right_password_waits(door: Client) -> None:
    for _attempt in range(sign_in.FAILURES_PER_NAME):
        door.post("/sign-in/", {**GOOD, "password": "wrong"})
    assert door.post("/sign-in/", GOOD).status_code == 429


def test_a_demonstration_account_is_refused_when_others_can_reach_the_server(
    door: Client, settings: Any
) -> None:
    User.objects.filter(username="analyst").update(is_demonstration=True)
    settings.HOST = "0.0.0.0"
    assert door.post("/sign-in/", GOOD).status_code == 403
    settings.HOST = "127.0.0.1"
    assert door.post("/sign-in/", GOOD).status_code == 302


def test_opening_a_link_changes_nothing_and_sending_it_sets_the_password_once(
    cast: Cast, door: Client
) -> None:
    link = sign_in.reset_path(cast.users["analyst"])
    assert door.get(link).status_code == 200
    assert door.post("/sign-in/", GOOD).status_code == 302
    door.post("/sign-out/")
    link = sign_in.reset_path(User.objects.get(username="analyst"))
    assert door.post(link, {"new": NEW, "again": NEW}).status_code == 302
    assert door.post("/sign-in/", {**GOOD, "password": NEW}).status_code == 302
    assert AuditEntry.objects.filter(action="kit.password.change").count() == 1
    assert Client().get(link).status_code == 404


def test_a_weak_or_mistyped_password_is_refused(cast: Cast, door: Client) -> None:
    link = sign_in.reset_path(cast.users["analyst"])
    assert door.post(link, {"new": "short", "again": "short"}).status_code == 422
    assert door.post(link, {"new": NEW, "again": NEW + "x"}).status_code == 422


def test_a_made_up_link_is_not_found(door: Client) -> None:
    assert door.get("/reset/MQ/abc-def/").status_code == 404
    assert door.get("/reset/%20/x/").status_code == 404
