"""Joined reads of needs."""

from dataclasses import dataclass
from datetime import date

from zhuoyue.kit.access import Actor
from zhuoyue.needs.models import Need, Source, Verbatim
from zhuoyue.people.access import is_recipient


@dataclass(frozen=True)
class Words:
    """What someone said, where, and the link that lays it behind a need."""

    link_id: int
    verbatim_id: int
    text: str
    speaker: str
    recipient: str
    said_on: date
    source_id: int | None  # None where the reader may not open it
    source: str
    source_kind: str


def words_behind(actor: Actor, need: Need) -> list[Words]:
    """The words behind a need that the actor may hear, newest first."""
    heard = Verbatim.objects.visible_to(actor).standing().values("pk")
    links = (
        need.words.filter(withdrawn_at__isnull=True, verbatim__in=heard)
        .select_related("verbatim__source", "verbatim__recipient", "verbatim__contact")
        .order_by("-verbatim__said_on", "-pk")
    )
    closed = is_recipient(actor)
    found = []
    for link in links:
        said, source = link.verbatim, link.verbatim.source
        found.append(
            Words(
                link_id=link.pk,
                verbatim_id=said.pk,
                text=said.text,
                speaker=said.contact.name if said.contact else "",
                recipient=said.recipient.name if said.recipient else "",
                said_on=said.said_on,
                source_id=None if closed else source.pk,
                source=source.title,
                source_kind=str(Source.Kind(source.kind).label),
            )
        )
    return found
