"""The catalogue proves what it holds, beside the clauses that ask for it."""

from datetime import timedelta

from tests.cast import Cast
from zhuoyue.catalogue import actions
from zhuoyue.catalogue.tests.makers import service, service_standard, touchpoint
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Fact, Period, evidence_for


def facts(actor: Actor, id: str) -> list[Fact]:
    last_year = Period(clock.today() - timedelta(days=365), clock.today())
    return [f for e in evidence_for(id) for f in e.facts(actor, last_year)]


def test_a_service_counts_once_it_stands_on_the_pyramid(cast: Cast) -> None:
    placed = service(cast, level=2)
    service(cast, "unplaced", level=None)
    service(cast, "over", is_active=False)
    assert [f.id for f in facts(cast.actor(), "3.2.a")] == [placed.pk]


def test_a_touchpoint_counts_once_somebody_owns_it(cast: Cast) -> None:
    nobodys = touchpoint(cast)
    assert facts(cast.actor(), "3.3") == []
    actions.touchpoint.correct(cast.actor(), nobodys, owner=cast.person)
    found = facts(cast.actor(), "3.3")
    assert [f.id for f in found] == [nobodys.pk]
    assert "王工" in str(found[0].sentence)


def test_a_standard_counts_in_the_period_in_which_it_was_set(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=500)):
        old = service_standard(cast, "old")
    new = service_standard(cast, "new")
    assert [f.id for f in facts(cast.actor(), "X2b")] == [new.pk]
    actions.service_standard.withdraw(cast.actor(), new, reason="作废")
    assert facts(cast.actor(), "X2b") == []
    actions.service_standard.correct(cast.actor(), old, target=3)
    assert [f.id for f in facts(cast.actor(), "X2b")] == [old.pk]
