"""Typed references: (room, noun, id) written "needs.need:12", resolved for an actor."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404
from django.urls import get_resolver, reverse

from zhuoyue.kit.access import Actor, Permission


@dataclass(frozen=True)
class Kind:
    """A noun that can be pointed at, and where it is shown."""

    name: str
    model: type[models.Model]
    detail: str  # name of the page of one record
    view: Permission
    edit: Permission | None = None


@dataclass(frozen=True)
class Resolved:
    """A reference as the actor may see it."""

    kind: str
    id: int
    label: str
    url: str


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    _kinds[kind.name] = kind
    return kind


def kinds() -> dict[str, Kind]:
    """All nouns. Their pages make them known, so the addresses are loaded first, once."""
    get_resolver().url_patterns  # noqa: B018  (a cached property: reading it imports the pages)
    return dict(_kinds)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name) or kinds().get(name)


def kind_of(target: models.Model) -> str:
    """The registered name of a row's noun; unregistered nouns go by room and model."""
    return f"{target._meta.app_label}.{target._meta.model_name}"


def resolve_row(actor: Actor, kind: str, id: int) -> Any:
    """The record itself, or 404 when the actor may not see it."""
    known = kind_named(kind)
    if known is None or not actor.may(known.view):
        raise Http404(kind)
    rows: Any = known.model._default_manager.all()
    row = rows.visible_to(actor).filter(pk=id).first()
    if row is None:
        raise Http404(kind)
    return row


def resolve(actor: Actor, kind: str, id: int) -> Resolved | None:
    """Label and address of a record, or None when the actor may not see it."""
    try:
        row = resolve_row(actor, kind, id)
    except Http404:
        return None
    return Resolved(kind, id, str(row), reverse(_kinds[kind].detail, args=[id]))


def url_of(target: models.Model) -> str:
    known = kind_named(kind_of(target))
    if known is None:
        raise LookupError(f"{kind_of(target)} has no page")
    return reverse(known.detail, args=[target.pk])


def may_view(actor: Actor, kind: str) -> bool:
    """Whether the actor's role may open records of this kind at all."""
    known = kind_named(kind)
    return known is not None and actor.may(known.view)


def address_for(actor: Actor, kind: str, id: int) -> str:
    """Where a row that the actor has been shown already opens; "" when its page would refuse.

    Asks no database: for lists of many references whose rows came from `visible_to`.
    """
    return reverse(_kinds[kind].detail, args=[id]) if may_view(actor, kind) else ""
