"""What of schemes waits for people, and what is found by searching."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.models import CounterSignature
from zhuoyue.kit.references import url_of
from zhuoyue.kit.registry import Hit, Waiting, searches, waits
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import Department, Membership, Role
from zhuoyue.schemes import rules
from zhuoyue.schemes.access import SIGN_SCHEMES, VIEW_SCHEMES
from zhuoyue.schemes.actions.signing import party_of
from zhuoyue.schemes.models import Scheme, SchemeVersion
from zhuoyue.schemes.queries import signatures_of

FOUND = 10
NEWS_DAYS = 7


def departments_of(actor: Actor) -> set[int]:
    """Departments for which the actor signs: those they head; a director those without a head."""
    heads = Membership.objects.filter(
        tenant=actor.tenant, role=Role.DEPARTMENT_HEAD, withdrawn_at__isnull=True
    )
    own = set(heads.filter(user=actor.user).values_list("department_id", flat=True))
    if Role.DIRECTOR in actor.roles:
        headed = heads.values("department_id")
        rows = Department.objects.visible_to(actor).standing().exclude(pk__in=headed)
        own |= set(rows.values_list("pk", flat=True))
    return own


def seats_for(actor: Actor, scheme: Scheme) -> list[Department]:
    """Departments concerned that have not signed and for which the actor may speak."""
    if not (rules.may_sign(scheme.status) and actor.may(SIGN_SCHEMES)):
        return []
    version = scheme.latest
    if not version.is_frozen or version.authors.filter(pk=actor.user.pk if actor.user else 0):
        return []
    anyone = Role.DIRECTOR in actor.roles
    own = set() if anyone else departments_of(actor)
    return [
        seat.department
        for seat in signatures_of(version).seats
        if (anyone or seat.department.pk in own)
        and (seat.word is None or seat.word.decision != "signed")
    ]


def before_departments(actor: Actor, departments: set[int]) -> list[SchemeVersion]:
    """Versions that lie before these departments and that the actor did not write."""
    newest = SchemeVersion.objects.filter(scheme=OuterRef("scheme")).order_by("-number")
    rows = SchemeVersion.objects.visible_to(actor).filter(
        scheme__withdrawn_at__isnull=True,
        scheme__status__in=[rules.PRESENTED, rules.RETURNED],
        departments__in=departments,
        number=Subquery(newest.values("number")[:1]),
    )
    rows = rows.exclude(authors=actor.user).select_related("scheme").defer("content")
    return list(rows.prefetch_related("departments").distinct())


@waits
def to_be_signed(actor: Actor) -> Iterator[Waiting]:
    """Schemes before the actor's department that it has not yet spoken on."""
    if not actor.may(SIGN_SCHEMES) or actor.user is None:
        return
    own = departments_of(actor)
    versions = before_departments(actor, own) if own else []
    spoken = set(
        CounterSignature.objects.visible_to(actor)
        .standing()
        .filter(kind="schemes.scheme", target_id__in=[v.scheme_id for v in versions])
        .values_list("target_id", "content_hash", "party")
    )
    for version in versions:
        parties = [party_of(d).key for d in version.departments.all() if d.pk in own]
        said = {(version.scheme_id, version.content_hash, party) for party in parties}
        if said - spoken and version.presented_at:
            label = _("Counter-sign the scheme %(scheme)s") % {"scheme": version.scheme}
            yield Waiting(label, url_of(version.scheme), version.presented_at, tone="warn")


@waits
def of_the_owner(actor: Actor) -> Iterator[Waiting]:
    """Own schemes that came back, are ready to be handed over, or were accepted lately."""
    own = actor.belonging("people.person")
    if not own:
        return
    words = {
        rules.RETURNED: (_("Returned for changes: %(scheme)s"), "warn"),
        rules.SIGNED: (_("Signed; send the recipient the link: %(scheme)s"), "info"),
        rules.ACCEPTED: (_("Accepted by the recipient: %(scheme)s"), "good"),
    }
    rows = Scheme.objects.visible_to(actor).standing().filter(owner__in=own, status__in=words)
    lately = clock.now() - timedelta(days=NEWS_DAYS)
    for scheme in rows.exclude(status=rules.ACCEPTED, updated_at__lt=lately):
        sentence, tone = words[scheme.status]
        label = sentence % {"scheme": scheme}
        yield Waiting(label, url_of(scheme), scheme.updated_at, tone=tone)


@waits
def for_the_recipient(actor: Actor) -> Iterator[Waiting]:
    if is_recipient(actor):
        rows = Scheme.objects.visible_to(actor).standing().filter(status=rules.SIGNED)
        for scheme in rows:
            label = _("Awaits your acceptance: %(scheme)s") % {"scheme": scheme}
            yield Waiting(label, url_of(scheme), scheme.updated_at, tone="warn")


@searches
def search(actor: Actor, text: str) -> Iterator[Hit]:
    if actor.may(VIEW_SCHEMES):
        rows = Scheme.objects.visible_to(actor).standing()
        for row in rows.filter(Q(title__icontains=text) | Q(recipient__name__icontains=text))[
            :FOUND
        ]:
            yield Hit(str(row), _("Service scheme"), url_of(row))
