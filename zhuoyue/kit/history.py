"""A record's past, read from the audit chain in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import actions
from zhuoyue.kit.models import AuditEntry
from zhuoyue.kit.references import kind_of


@dataclass(frozen=True)
class Change:
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryEntry:
    when: datetime
    who: str
    sentence: str
    changes: list[Change]
    sequence: int


def history_of(actor: Actor, record: Model, limit: int = 30) -> list[HistoryEntry]:
    rows = AuditEntry.objects.filter(
        tenant=actor.tenant, kind=kind_of(record), target_id=record.pk
    ).order_by("-sequence")[:limit]
    return [told(entry) for entry in rows]


def told(entry: AuditEntry) -> HistoryEntry:
    """An audit entry as a sentence with its changes."""
    known = actions().get(entry.action)
    words = {"actor": entry.actor, "target": entry.target}
    sentence = str(known.sentence) % words if known else entry.action
    return HistoryEntry(
        entry.at, entry.actor, sentence, changes_of(entry.kind, entry.changes), entry.sequence
    )


def changes_of(kind: str, changes: Mapping[str, Any]) -> list[Change]:
    return [
        Change(label_of(kind, name), *(shown(v) for v in pair))
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ] + [
        Change(label_of(kind, name), "", shown(value))
        for name, value in changes.items()
        if not (isinstance(value, list) and len(value) == 2)
    ]


def label_of(kind: str, attname: str) -> str:
    try:
        model = apps.get_model(kind) if kind else None
        if model is not None:
            return str(model._meta.get_field(attname.removesuffix("_id")).verbose_name)
    except (LookupError, FieldDoesNotExist, ValueError, AttributeError):
        pass
    return attname.replace("_", " ")


def shown(value: Any) -> str:
    if value is None or value == "":
        return _("(empty)")
    return str(value)[:300]
