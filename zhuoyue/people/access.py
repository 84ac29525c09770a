"""Roles, what they may do here, and who acts in a request."""

from collections import defaultdict

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import Actor, granted, register_permission
from zhuoyue.kit.models import Tenant, User
from zhuoyue.people.models import Membership, Role

STAFF = tuple(role for role in Role.values if role != Role.RECIPIENT)

VIEW_PEOPLE = register_permission("people.view", _("See people and organisations"), STAFF)
EDIT_PEOPLE = register_permission(
    "people.edit", _("Keep people and departments"), [Role.ADMINISTRATOR, Role.DIRECTOR]
)
EDIT_RECIPIENTS = register_permission(
    "people.recipients",
    _("Keep recipients and their contacts"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER],
)
MANAGE_ACCOUNTS = register_permission(
    "people.accounts", _("Give accounts and roles"), [Role.ADMINISTRATOR]
)


def is_recipient(actor: Actor) -> bool:
    """Someone who is here as a recipient only, and sees what is their organisation's."""
    return actor.roles == {Role.RECIPIENT}


def resolve_actor(request: HttpRequest) -> Actor | None:
    """The signed-in user in the roles of the centre at hand; None when there is no such thing."""
    user = request.user
    if not isinstance(user, User):
        return None
    return actor_of_user(user, request.session.get("centre"))


def actor_of_user(user: User, wanted: int | None = None) -> Actor | None:
    """A user in the roles of the wanted centre, else of the first; None without a role."""
    if not user.is_active:
        return None
    memberships = list(
        Membership.objects.filter(user=user, withdrawn_at__isnull=True)
        .select_related("tenant")
        .order_by("tenant_id", "id")
    )
    here = [m for m in memberships if m.tenant_id == wanted] or [
        m for m in memberships if m.tenant_id == memberships[0].tenant_id
    ]
    return actor_of(user, here[0].tenant, here) if here else None


def actor_of(user: User, tenant: Tenant, memberships: list[Membership]) -> Actor:
    roles = frozenset(m.role for m in memberships)
    belongs: dict[str, set[int]] = defaultdict(set)
    for m in memberships:
        for kind, id in (
            ("people.department", m.department_id),
            ("people.recipient", m.recipient_id),
            ("people.person", m.person_id),
        ):
            if id is not None:
                belongs[kind].add(id)
    return Actor(
        tenant=tenant,
        name=str(user),
        user=user,
        roles=roles,
        rights=granted(roles),
        titles=tuple(str(Role(role).label) for role in sorted(roles)),
        belongs={kind: frozenset(ids) for kind, ids in belongs.items()},
    )
