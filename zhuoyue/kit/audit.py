"""Writing and checking the audit chain.

Entries of a tenant are numbered without gaps; each carries the keyed hash (HMAC-SHA256) of its
content and of the hash before it. The key lies outside the database, so a database administrator
cannot mend a chain. Heads are written to an anchor file, so that cutting off the end shows too.
A chain has a name of its own, to which its first entry is bound: anchors find it again after it was
restored elsewhere.
"""

import hashlib
import hmac
import json
import uuid
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


def locked_head(tenant: Tenant) -> AuditHead:
    """The head of a tenant's chain, held until the caller's transaction ends."""
    AuditHead.objects.get_or_create(tenant=tenant, defaults={"chain": uuid.uuid4().hex})
    head: AuditHead = AuditHead.objects.select_for_update().get(tenant=tenant)
    return head


def before_first(chain: str) -> str:
    """What the first entry follows."""
    return seal(chain.encode()) if chain else START


def append(actor: Actor, draft: Draft) -> AuditEntry:
    """Write the next entry of the tenant's chain, inside the caller's transaction."""
    head = locked_head(actor.tenant)
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
        previous=head.mac if head.sequence else before_first(head.chain),
    )
    entry.mac = seal(content(entry))
    entry.save()
    head.sequence, head.mac = entry.sequence, entry.mac
    head.save(update_fields=["sequence", "mac"])
    if entry.sequence % ANCHOR_EVERY == 1:
        transaction.on_commit(lambda: anchor(head))
    return entry


def anchor(head: AuditHead, *, restored: bool = False) -> None:
    """Note a head outside the database; the note itself is sealed.

    `restored`: the chain begins anew at this head, for a backup was put back.
    """
    note = {
        "tenant": head.tenant.code,
        "chain": head.chain,
        "database": database_key(),
        "sequence": head.sequence,
        "mac": head.mac,
        "restored": restored,
    }
    line = json.dumps({**note, "seal": seal_of_note(note)})
    path = Path(settings.AUDIT_ANCHORS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as out:
        out.write(line + "\n")


def seal_of_note(note: dict[str, Any]) -> str:
    return seal(json.dumps(note, sort_keys=True).encode())


def anchor_all(*, restored: bool = False) -> int:
    """Note the head of every chain; done at start, by the daily job and with every backup."""
    heads = AuditHead.objects.select_related("tenant").filter(sequence__gt=0)
    for head in heads:
        anchor(head, restored=restored)
    return len(heads)


def database_key() -> str:
    """Which database a note was made at, when one data folder has seen several."""
    return hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    tenant: str
    sequence: int
    reason: str  # changed | missing | reordered | truncated | anchor | replaced


def verify(tenant: Tenant, anchors: Path | None = None) -> Break | None:
    """Walk a tenant's chain; the first break, or None when it is whole."""
    head = AuditHead.objects.filter(tenant=tenant).first()
    chain = head.chain if head else ""
    noted = read_anchors(tenant, chain, anchors or Path(settings.AUDIT_ANCHORS))
    if noted.is_replaced:
        return Break(tenant.code, 1, "replaced")
    previous, expected = before_first(chain), 0
    macs: dict[int, str] = {}
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
        if entry.sequence in noted.heads:
            macs[entry.sequence] = entry.mac
    if head is not None and head.sequence and (head.sequence, head.mac) != (expected, previous):
        return Break(tenant.code, expected + 1, "truncated")
    for sequence, mac in sorted(noted.heads.items()):
        if sequence > expected:
            return Break(tenant.code, expected + 1, "truncated")
        if macs[sequence] != mac:
            return Break(tenant.code, sequence, "anchor")
    return None


@dataclass
class Noted:
    """What the anchor file says about one chain."""

    heads: dict[int, str]  # sequence → mac; a forged line counts as a wrong one
    is_replaced: bool = False  # this database once held another chain of the tenant


def read_anchors(tenant: Tenant, chain: str, path: Path) -> Noted:
    noted = Noted({})
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else ():
        note = json.loads(line)
        given = note.pop("seal", "")
        if note["tenant"] != tenant.code:
            continue
        is_sealed = hmac.compare_digest(given, seal_of_note(note))
        sequence = note["sequence"]
        if note.get("chain", "") == chain:
            if note.get("restored") and is_sealed:
                # What came after the backup is lost, and this note owns up to it.
                noted = Noted({s: m for s, m in noted.heads.items() if s <= sequence})
            noted.heads[sequence] = note["mac"] if is_sealed else "forged"
        elif note.get("database") == database_key():
            noted.is_replaced = True
    return noted
