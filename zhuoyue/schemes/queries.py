"""Joined reads of schemes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhuoyue.kit import signing
from zhuoyue.kit.access import Actor
from zhuoyue.kit.history import HistoryEntry, told
from zhuoyue.kit.models import AuditEntry, CounterSignature
from zhuoyue.kit.references import kind_of
from zhuoyue.needs.models import Need
from zhuoyue.people.models import Department
from zhuoyue.schemes import rules
from zhuoyue.schemes.actions.signing import party_of
from zhuoyue.schemes.models import CONTENT, Scheme, SchemeVersion, TraceLink
from zhuoyue.standard.library import library

SET_ASIDE = (Need.Status.DECLINED, Need.Status.PARKED)


# -- trace -----------------------------------------------------------------------------------


def path_of(link: TraceLink) -> rules.Path:
    """How far a link leads; a part that has been removed since leads nowhere."""
    point = link.touchpoint if link.touchpoint and not link.touchpoint.is_withdrawn else None
    return rules.Path(
        has_element=link.element is not None and not link.element.is_withdrawn,
        has_touchpoint=point is not None,
        has_standard=point is not None and point.has_promise,
        has_measure=link.measure is not None,
    )


@dataclass(frozen=True)
class TracedNeed:
    """A need beside what answers it, and what is still missing."""

    need: Need
    links: tuple[TraceLink, ...]
    gaps: tuple[str, ...]


def needs_of(scheme: Scheme) -> Any:
    """Needs a scheme should answer: the recipient's own, and shared ones it already traces."""
    traced = TraceLink.objects.filter(scheme=scheme).standing().values("need")
    rows = Need.objects.filter(tenant=scheme.tenant_id).standing().exclude(status__in=SET_ASIDE)
    return rows.filter(Q(recipient=scheme.recipient_id) | Q(pk__in=traced)).order_by("number")


def links_of(scheme: Scheme) -> Any:
    rows = TraceLink.objects.filter(scheme=scheme).standing()
    return rows.select_related("need", "element", "touchpoint__touchpoint", "touchpoint__standard")


def trace_of(scheme: Scheme) -> list[TracedNeed]:
    by_need: dict[int, list[TraceLink]] = defaultdict(list)
    for link in links_of(scheme):
        by_need[link.need_id].append(link)
    return [
        TracedNeed(
            need, tuple(by_need[need.pk]), tuple(rules.gaps(path_of(k) for k in by_need[need.pk]))
        )
        for need in needs_of(scheme)
    ]


def measure_title(number: int | None) -> str:
    found = library().measure(number) if number is not None else None
    return f"{found.id} {found.title}" if found else ""


# -- signatures ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seat:
    """A department concerned, and what it has said to the version before it."""

    department: Department
    word: CounterSignature | None


@dataclass(frozen=True)
class Signatures:
    seats: tuple[Seat, ...]
    fallen: tuple[CounterSignature, ...]


def signatures_of(version: SchemeVersion) -> Signatures:
    standing = signing.standing(version.tenant_id, version.target)
    seats = [Seat(d, standing.word_of(party_of(d).key)) for d in version.departments.all()]
    return Signatures(tuple(seats), standing.fallen)


# -- history ---------------------------------------------------------------------------------


def history_of_scheme(actor: Actor, scheme: Scheme, limit: int = 40) -> list[HistoryEntry]:
    """What happened to a scheme and to its parts, newest first."""
    about = Q(kind=kind_of(scheme), target_id=scheme.pk)
    for model in CONTENT:
        parts = model.objects.filter(scheme=scheme).values("pk")
        about |= Q(kind=f"schemes.{model._meta.model_name}", target_id__in=parts)
    entries = AuditEntry.objects.filter(about, tenant=actor.tenant)
    return [told(entry) for entry in entries.order_by("-sequence")[:limit]]
