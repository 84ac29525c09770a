"""Presenting a version, what departments say to it, and the recipient's answer."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import clock, signing
from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import Work, action, check
from zhuoyue.kit.references import kind_of
from zhuoyue.people.models import Department, Membership, Role
from zhuoyue.schemes import rules
from zhuoyue.schemes.access import ANSWER_SCHEMES, PRESENT_SCHEMES, SIGN_SCHEMES
from zhuoyue.schemes.actions.versions import write
from zhuoyue.schemes.events import SchemeAccepted, SchemeSigned
from zhuoyue.schemes.freezing import content_of
from zhuoyue.schemes.models import (
    DesignElement,
    JourneyTouchpoint,
    RecipientAnswer,
    Scheme,
    SchemeVersion,
)

LACKS = {
    "element": lazy("Add a design element first: a scheme without one answers nothing."),
    "promise": lazy("Promise something at a touchpoint of the journey first."),
}


def party_of(department: Department) -> signing.Party:
    return signing.Party(f"{kind_of(department)}:{department.pk}", str(department))


def lacks(scheme: Scheme) -> list[str]:
    """What the scheme must have before it is presented, in words."""
    touchpoints = JourneyTouchpoint.objects.filter(scheme=scheme).standing()
    found = rules.lacks(
        promises=sum(t.has_promise for t in touchpoints),
        elements=DesignElement.objects.filter(scheme=scheme).standing().count(),
    )
    return [str(LACKS[code]) for code in found]


@action(
    "schemes.scheme.present",
    permission=PRESENT_SCHEMES,
    sentence=lazy("%(actor)s presented the scheme “%(target)s” for counter-signing"),
)
def present_scheme(
    work: Work, /, scheme: Scheme, *, departments: Collection[Department]
) -> SchemeVersion:
    """Freeze the version being drafted and lay it before the departments concerned."""
    version = scheme.latest
    if version.is_frozen:
        raise ValidationError(_("This version has been presented already."))
    wrong = lacks(scheme)
    if wrong:
        raise ValidationError(wrong)
    if not departments:
        raise ValidationError({"departments": _("Choose at least one department.")})
    if any(d.tenant_id != work.tenant.pk for d in departments):
        raise ValueError("a department belongs to another tenant")
    # Departments and standards may have been renamed since the last stroke of the pen.
    write(version, content_of(scheme))
    version.presented_at, version.presented_by = clock.now(), work.actor.name
    version.save()
    version.departments.set(departments)
    if work.actor.user is not None:  # who presents it does not sign it for others
        version.authors.add(work.actor.user)
    work.about(scheme)
    work.note(
        version=version.number,
        content_hash=version.content_hash,
        departments="、".join(str(d) for d in departments),
    )
    settle(work, scheme, version)
    return version


def settle(work: Work, scheme: Scheme, version: SchemeVersion) -> None:
    """Bring the scheme's state in line with what has been said to its version."""
    standing = signing.standing(work.tenant.pk, version.target)
    status = rules.after_words(
        {s.party for s in standing.signed},
        {s.party for s in standing.returned},
        {party_of(d).key for d in version.departments.all()},
    )
    if status == rules.RETURNED:
        version.was_returned = True
    if status == rules.SIGNED and version.signed_at is None:
        version.signed_at = clock.now()
        work.announce(SchemeSigned(work.actor, scheme.pk, version.number))
    version.save()
    scheme.status, scheme.updated_at = status, clock.now()
    scheme.save(update_fields=["status", "updated_at"])


def may_speak_for(actor: Actor, department: Department) -> bool:
    """The head of the department, the director for any, and the system when history is made."""
    if actor.kind == "system" or Role.DIRECTOR in actor.roles:
        return True
    heads = Membership.objects.filter(
        tenant=actor.tenant,
        user=actor.user,
        role=Role.DEPARTMENT_HEAD,
        department=department,
        withdrawn_at__isnull=True,
    )
    return heads.exists()


@action(
    "schemes.scheme.sign",
    permission=SIGN_SCHEMES,
    sentence=lazy("%(actor)s gave a department's word on the scheme “%(target)s”"),
)
def sign_scheme(
    work: Work, /, scheme: Scheme, *, department: Department, decision: str, reason: str = ""
) -> None:
    """A department concerned signs the version before it, or returns it with a reason."""
    version = scheme.latest
    if not (version.is_frozen and rules.may_sign(scheme.status)):
        raise ValidationError(_("Nothing lies before the departments at the moment."))
    if not version.departments.filter(pk=department.pk).exists():
        raise ValidationError(_("This department is not concerned."))
    if not may_speak_for(work.actor, department):
        raise PermissionDenied(str(department))
    work.about(scheme)
    signing.sign(
        work,
        version.target,
        party_of(department),
        decision=decision,
        reason=reason,
        authors=set(version.authors.values_list("pk", flat=True)),
    )
    work.note(version=version.number)
    settle(work, scheme, version)


@action(
    "schemes.scheme.answer",
    permission=ANSWER_SCHEMES,
    sentence=lazy("%(actor)s answered the scheme “%(target)s” for the recipient"),
)
def answer_scheme(
    work: Work,
    /,
    scheme: Scheme,
    *,
    target: signing.Target,
    decision: str,
    name: str,
    comment: str = "",
) -> RecipientAnswer:
    """The recipient accepts exactly the content the link was made for, or asks for changes."""
    version = scheme.latest
    if scheme.status != rules.SIGNED or version.target != target:
        raise ValidationError(_("This version can no longer be answered."))
    work.about(scheme)
    answer = RecipientAnswer(
        tenant=work.tenant,
        created_at=clock.now(),
        version=version,
        decision=decision,
        name=name.strip(),
        comment=comment.strip(),
        at=clock.now(),
    )
    check(answer)
    answer.save()
    if decision == RecipientAnswer.Decision.ACCEPTED:
        version.accepted_at = clock.now()
        scheme.status = rules.ACCEPTED
        work.announce(SchemeAccepted(work.actor, scheme.pk, version.number))
    else:
        version.was_returned = True
        scheme.status = rules.RETURNED
    version.save()
    scheme.updated_at = clock.now()
    scheme.save(update_fields=["status", "updated_at"])
    work.note(version=version.number, content_hash=target.content_hash, name=answer.name)
    if answer.comment:
        work.note(comment=answer.comment)
    return answer
