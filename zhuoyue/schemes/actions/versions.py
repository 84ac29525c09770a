"""Keeping the newest version in step with the content; part of every action that changes it."""

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work
from zhuoyue.kit.signing import hash_of
from zhuoyue.schemes import rules
from zhuoyue.schemes.freezing import Content, content_of
from zhuoyue.schemes.models import Scheme, SchemeVersion


def follow(work: Work, scheme: Scheme) -> SchemeVersion:
    """Write the content into the version being drafted; a version handed over begets the next.

    What was signed stays bound to the hash it was signed under, and so falls by itself.
    """
    content = content_of(scheme)
    newest = scheme.versions.order_by("-number").first()
    if newest is not None and newest.is_frozen:
        if newest.content_hash == hash_of(content):
            return newest
        newest = begin(work, scheme, newest)
    version = write(newest or begin(work, scheme, None), content)
    if work.actor.user is not None:
        version.authors.add(work.actor.user)
    return version


def write(version: SchemeVersion, content: Content) -> SchemeVersion:
    """Put a content into a version that is not frozen."""
    version.content, version.content_hash = content, hash_of(content)
    version.has_individual = any(e["individual"] for e in content["elements"])
    version.updated_at = clock.now()
    version.save()
    return version


def begin(work: Work, scheme: Scheme, before: SchemeVersion | None) -> SchemeVersion:
    """The next version; those who wrote the one before are its authors too."""
    version = SchemeVersion(
        tenant=work.tenant,
        scheme=scheme,
        number=before.number + 1 if before else 1,
        created_by=work.actor.user,
        created_at=clock.now(),
    )
    version.save()
    if before is not None:
        version.authors.set(before.authors.all())
        work.note(version=[before.number, version.number])
    if scheme.status != rules.DRAFT:
        work.note(scheme=[scheme.status, rules.DRAFT])
        scheme.status = rules.DRAFT
        scheme.updated_at = clock.now()
        scheme.save(update_fields=["status", "updated_at"])
    return version
