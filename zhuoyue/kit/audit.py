"""Writing and checking the audit chain.

Entries of a tenant are numbered without gaps; each carries the keyed hash (HMAC-SHA256) of its
content and of the hash before it. The key lies outside the database, so a database administrator
cannot mend a chain. Heads are written to an anchor file, so that cutting off the end shows too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.models import AuditEntry, AuditHead, Tenant

START = "0" * 64
ANCHOR_EVERY = 100


@dataclass(frozen=True)
class Draft:
    """What an action says about itself."""

    action: str
    kind: str
    target_id: int | None
    target: str
    changes: dict[str, Any]


def content(entry: AuditEntry) -> bytes:
    """The bytes that are hashed: every field, in one order, in one spelling."""
    facts = {
        "tenant": entry.tenant_id,
        "sequence": entry.sequence,
        "at": round(entry.at.timestamp() * 1_000_000),
        "action": entry.action,
        "actor": entry.actor,
        "user": entry.user_id,
        "kind": entry.kind,
        "target_id": entry.target_id,
        "target": entry.target,
        "changes": entry.changes,
        "previous": entry.previous,
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def seal(message: bytes) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), message, hashlib.sha256).hexdigest()


def append(actor: Actor, draft: Draft) -> AuditEntry:
    """Write the next entry of the tenant's chain, inside the caller's transaction."""
    AuditHead.objects.get_or_create(tenant=actor.tenant)
    head = AuditHead.objects.select_for_update().get(tenant=actor.tenant)
    entry = AuditEntry(
        tenant=actor.tenant,
        sequence=head.sequence + 1,
        at=clock.now(),
        action=draft.action,
        actor=actor.name[:200],
        user_id=actor.user.pk if actor.user else None,
        kind=draft.kind,
        target_id=draft.target_id,
        target=draft.target[:300],
        # What the database will give back is what must be hashed.
        changes=json.loads(json.dumps(draft.changes, default=str)),
        previous=head.mac,
    )
    entry.mac = seal(content(entry))
    entry.save()
    head.sequence, head.mac = entry.sequence, entry.mac
    head.save(update_fields=["sequence", "mac"])
    if entry.sequence % ANCHOR_EVERY == 1:
        transaction.on_commit(lambda: anchor(actor.tenant, entry.sequence, entry.mac))
    return entry


def anchor(tenant: Tenant, sequence: int, mac: str) -> None:
    """Note a head outside the database; the note itself is sealed."""
    note = {"tenant": tenant.code, "sequence": sequence, "mac": mac, "key": database_key()}
    line = json.dumps({**note, "seal": seal(json.dumps(note, sort_keys=True).encode())})
    path = Path(settings.AUDIT_ANCHORS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as out:
        out.write(line + "\n")


def anchor_all() -> int:
    """Note the head of every chain; done at start, by the daily job and with every backup."""
    heads = AuditHead.objects.select_related("tenant").filter(sequence__gt=0)
    for head in heads:
        anchor(head.tenant, head.sequence, head.mac)
    return len(heads)


def database_key() -> str:
    """Which database an anchor speaks of, when one data folder has seen several."""
    return hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    tenant: str
    sequence: int
    reason: str  # changed | missing | reordered | truncated | anchor


def verify(tenant: Tenant, anchors: Path | None = None) -> Break | None:
    """Walk a tenant's chain; the first break, or None when it is whole."""
    previous, expected = START, 0
    macs: dict[int, str] = {}
    wanted = dict(read_anchors(tenant, anchors or Path(settings.AUDIT_ANCHORS)))
    rows = AuditEntry.objects.filter(tenant=tenant).order_by("sequence")
    for entry in rows.iterator(chunk_size=2000):
        expected += 1
        if entry.sequence != expected:
            return Break(tenant.code, expected, "missing")
        if not hmac.compare_digest(entry.mac, seal(content(entry))):
            return Break(tenant.code, entry.sequence, "changed")
        if entry.previous != previous:
            return Break(tenant.code, entry.sequence, "reordered")
        previous = entry.mac
        if entry.sequence in wanted:
            macs[entry.sequence] = entry.mac
    head = AuditHead.objects.filter(tenant=tenant).first()
    if head is not None and (head.sequence, head.mac) != (expected, previous):
        return Break(tenant.code, expected + 1, "truncated")
    for sequence, mac in sorted(wanted.items()):
        if sequence > expected:
            return Break(tenant.code, expected + 1, "truncated")
        if macs[sequence] != mac:
            return Break(tenant.code, sequence, "anchor")
    return None


def read_anchors(tenant: Tenant, path: Path) -> Iterator[tuple[int, str]]:
    """Sealed notes of a tenant's heads in this database; a forged line counts as a wrong head."""
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        note = json.loads(line)
        given = note.pop("seal", "")
        if note["tenant"] != tenant.code or note["key"] != database_key():
            continue
        sealed = hmac.compare_digest(given, seal(json.dumps(note, sort_keys=True).encode()))
        yield note["sequence"], note["mac"] if sealed else "forged"
