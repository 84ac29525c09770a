"""Counter-signatures bound to a content's hash, and signed links for people outside.

A signature says: this party saw exactly this content and agreed, or returned it. `standing` sorts
what is still bound to the present content from what has fallen with an older one.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, check
from zhuoyue.kit.models import CounterSignature

SALT = "zhuoyue.kit.signing"
DAYS = 30
Decision = CounterSignature.Decision


def hash_of(content: Any) -> str:
    """SHA-256 of the content in one spelling: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Target:
    """What is signed: a record, and the hash of what it says now."""

    kind: str
    id: int
    content_hash: str


@dataclass(frozen=True)
class Party:
    """Who signs: a stable key ("people.department:3") and its name for people."""

    key: str
    label: str


def sign(
    work: Work,
    target: Target,
    party: Party,
    *,
    decision: str,
    reason: str = "",
    authors: Collection[int] = (),
) -> CounterSignature:
    """Record a party's word, as part of an action; nobody signs what is their own work.

    `authors` are the ids of the users who wrote the content.
    """
    user = work.actor.user
    if user is not None and user.pk in authors:
        raise ValidationError(_("Nobody signs what they have written themselves."))
    row = CounterSignature(
        tenant=work.tenant,
        created_by=user,
        created_at=clock.now(),
        kind=target.kind,
        target_id=target.id,
        content_hash=target.content_hash,
        party=party.key,
        party_label=party.label,
        user=user,
        signed_by=work.actor.name,
        decision=decision,
        reason=reason.strip(),
        at=clock.now(),
    )
    check(row)
    row.save()
    work.note(party=party.label, decision=decision, content_hash=target.content_hash)
    if row.reason:
        work.note(reason=row.reason)
    return row


@dataclass(frozen=True)
class Standing:
    """The words on a record: those on its present content, and those that fell with an older."""

    signed: tuple[CounterSignature, ...]
    returned: tuple[CounterSignature, ...]
    fallen: tuple[CounterSignature, ...]

    def is_complete(self, parties: Collection[str]) -> bool:
        """Whether every party has signed the present content."""
        return bool(parties) and set(parties) <= {s.party for s in self.signed}

    def word_of(self, party: str) -> CounterSignature | None:
        return next((s for s in (*self.signed, *self.returned) if s.party == party), None)


def standing(tenant_id: int, target: Target) -> Standing:
    rows = list(
        CounterSignature.objects.standing()
        .of(target.kind, target.id)
        .filter(tenant_id=tenant_id)
        .order_by("at", "id")
    )
    # A party that returned a content may sign it after all: its last word counts.
    last = {row.party: row for row in rows if row.content_hash == target.content_hash}
    return Standing(
        tuple(row for row in last.values() if row.decision == Decision.SIGNED),
        tuple(row for row in last.values() if row.decision == Decision.RETURNED),
        tuple(row for row in rows if row.content_hash != target.content_hash),
    )


def make_token(target: Target) -> str:
    """The part of an address that proves we gave it out for this very content, and when."""
    facts = [target.kind, target.id, target.content_hash, round(clock.now().timestamp())]
    return signing.Signer(salt=SALT).sign_object(facts, compress=True)


def read_token(token: str, *, days: int = DAYS) -> Target | None:
    """What a link points at; None when it was tampered with or is too old."""
    try:
        kind, id, content_hash, given = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    age = clock.now().timestamp() - given
    return Target(kind, id, content_hash) if age <= days * 24 * 3600 else None
