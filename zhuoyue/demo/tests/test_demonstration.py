"""The demonstration is made once, marked as one, and the evaluation finds the effects put in."""

from datetime import date

import pytest
from django.test import Client

from zhuoyue.demo import truth
from zhuoyue.demo.centre import ensure
from zhuoyue.kit import audit
from zhuoyue.kit.access import system
from zhuoyue.kit.models import Tenant, User
from zhuoyue.kit.registry import Period, measures
from zhuoyue.schemes.models import Scheme
from zhuoyue.studies.models import Study

TOLERANCE = 0.12  # answers are rounded to ten points, and there are some 300 of them


@pytest.fixture
def sign_ins(db: None) -> list[tuple[str, str, str]]:
    return ensure()


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
