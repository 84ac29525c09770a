"""Live records beside the standard: what the rooms' own work proves for its ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.references import address_for, may_view
from zhuoyue.kit.registry import Fact, Period, evidence_for

FACTS_SHOWN = 8


@dataclass(frozen=True)
class ShownFact:
    fact: Fact
    url: str


@dataclass(frozen=True)
class LiveEvidence:
    """What one declaration finds in a period: how much, and the latest of it."""

    label: str
    count: int
    facts: Sequence[ShownFact]

    @property
    def unshown(self) -> int:
        return self.count - len(self.facts)


def last_year() -> Period:
    return Period(clock.today() - timedelta(days=365), clock.today())


def live_evidence(actor: Actor, ids: Sequence[str]) -> list[LiveEvidence]:
    """Evidence for any of the ids, each declaration once; those that find nothing are left out.

    The library is open to every member, recipients among them: a fact about a record that the
    actor's role may not see is neither told nor counted.
    """
    declared = {id(one): one for wanted in ids for one in evidence_for(wanted)}
    found = []
    for one in declared.values():
        known = [f for f in one.facts(actor, last_year()) if may_view(actor, f.kind)]
        facts = sorted(known, key=lambda fact: fact.at, reverse=True)
        shown = [ShownFact(f, address_for(actor, f.kind, f.id)) for f in facts[:FACTS_SHOWN]]
        if facts:
            found.append(LiveEvidence(str(one.label), len(facts), shown))
    return found


def is_declared(ids: Sequence[str]) -> bool:
    """Whether any room can prove something for these ids yet."""
    return any(evidence_for(wanted) for wanted in ids)
