"""The demonstration is made once, marked as one, and the evaluation finds the effects put in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from zhuoyue.delivery import rollups
from zhuoyue.delivery.models import Contact
from zhuoyue.demo import contacts, truth
from zhuoyue.demo.centre import ensure
from zhuoyue.improvement.models import Improvement
from zhuoyue.kit import audit
from zhuoyue.kit.access import system
from zhuoyue.kit.models import Tenant, User
from zhuoyue.kit.registry import Period, measures
from zhuoyue.schemes.models import Scheme
from zhuoyue.studies.models import Study

TOLERANCE = 0.12  # answers are rounded to ten points, and there are some 300 of them


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[str, str, str]]]:
    """Made once for all tests of this file, which look at it and change nothing that lasts."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield ensure()
        transaction.set_rollback(True)


@pytest.fixture
def sign_ins(made: list[tuple[str, str, str]], db: None) -> list[tuple[str, str, str]]:
    return made


def test_the_evaluation_finds_the_effects_put_in(sign_ins: list[tuple[str, str, str]]) -> None:
    studies = list(Study.objects.order_by("id"))
    assert [s.state for s in studies] == ["done", "done"]
    for study in studies:
        assert study.result is not None
        found = {(p["from"], p["to"]): p["estimate"] for p in study.result["paths"]}
        assert set(found) == set(truth.EFFECTS)
        off = {pair: found[pair] - true for pair, true in truth.EFFECTS.items()}
        assert max(map(abs, off.values())) < TOLERANCE, off
        drivers = [f.subject for f in study.findings.filter(kind="driver")]
        assert drivers[0] == "Quality"


def test_schemes_are_seen_in_every_state_that_lies_open(
    sign_ins: list[tuple[str, str, str]],
) -> None:
    states = Scheme.objects.order_by("number").values_list("status", flat=True)
    assert list(states) == ["accepted", "accepted", "presented", "draft"]
    actor = system(Tenant.objects.get())
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    first_pass = measures()[37].compute(actor, year, {})
    assert (first_pass.numerator, first_pass.denominator) == (1, 2)


def test_measures_of_delivery_find_what_was_put_in(sign_ins: list[tuple[str, str, str]]) -> None:
    actor = system(Tenant.objects.get())
    assert 11_500 < Contact.objects.visible_to(actor).count() < 12_500
    assert rollups.differences(actor.tenant) == []
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    found = {number: measures()[number].compute(actor, year, {}) for number in (29, 31, 34, 44)}
    assert found[29].value == pytest.approx(100 * contacts.KEPT, abs=7)
    assert found[34].value == pytest.approx(100 * contacts.AT_ONCE, abs=9)
    assert found[44].value == pytest.approx(100 * contacts.DIGITAL[2025], abs=2)
    assert found[31].n > 1_000
    stages = {
        leg: measures()[31].compute(actor, year, {"stage": leg}).value for leg in ("after", "close")
    }
    assert stages["after"] is not None
    assert stages["close"] is not None
    assert stages["after"] > stages["close"]  # the weak stage falls short of what was meant


def test_the_improvement_put_in_is_found_by_its_effect_check(
    sign_ins: list[tuple[str, str, str]],
) -> None:
    done, under_way = Improvement.objects.order_by("number")
    assert (done.state, under_way.state) == ("standardised", "doing")
    check = done.effectchecks.get()
    assert check.verdict == "improved"
    assert check.result["ci"][0] < 0.35 < check.result["ci"][1]  # the shift put in


def test_it_is_made_once_and_its_passwords_are_told_once(
    sign_ins: list[tuple[str, str, str]],
) -> None:
    assert len(sign_ins) == 8
    assert ensure() == []
    assert Tenant.objects.filter(is_demonstration=True).count() == 1


def test_every_sign_in_works_and_every_page_is_marked(
    sign_ins: list[tuple[str, str, str]],
) -> None:
    for _role, username, password in sign_ins:
        client = Client()
        client.post("/sign-in/", {"username": username, "password": password})
        assert "演示" in client.get("/").content.decode()
        assert User.objects.get(username=username).is_demonstration


def test_its_audit_chain_holds(sign_ins: list[tuple[str, str, str]]) -> None:
    assert audit.verify(Tenant.objects.get()) is None
