"""Writes of people."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.models import User
from zhuoyue.kit.records import RecordActions
from zhuoyue.kit.seeds import plant
from zhuoyue.kit.sign_in import reset_path
from zhuoyue.people.access import EDIT_PEOPLE, EDIT_RECIPIENTS, MANAGE_ACCOUNTS
from zhuoyue.people.models import (
    Centre,
    ContactPerson,
    Department,
    Membership,
    Person,
    Recipient,
    Role,
)

centre = RecordActions(Centre, permission=EDIT_PEOPLE)
department = RecordActions(Department, permission=EDIT_PEOPLE)
person = RecordActions(Person, permission=EDIT_PEOPLE)
recipient = RecordActions(Recipient, permission=EDIT_RECIPIENTS)
contact_person = RecordActions(ContactPerson, permission=EDIT_RECIPIENTS)

SEED = Path(__file__).parent / "data" / "seed.yaml"


@action(
    "people.department.seed",
    permission=EDIT_PEOPLE,
    sentence=gettext_lazy("%(actor)s loaded the ten departments of 6.1.1"),
)
def seed_departments(work: Work, /) -> int:
    """Begin with the departments the guide names; a second time adds only what is missing."""
    made = plant(work, Department, SEED, "departments")
    work.note(departments=made)
    return made


@action(
    "people.membership.create",
    permission=MANAGE_ACCOUNTS,
    sentence=gettext_lazy("%(actor)s gave the account %(target)s"),
)
def give_account(
    work: Work, /, *, username: str, full_name: str = "", role: str, **ties: Any
) -> Membership:
    """Give a role to a user; a user name nobody has yet becomes a new account without a password.

    The new user sets a password through the link of `reset_link`.
    """
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"full_name": full_name or username}
    )
    if is_new:
        user.set_unusable_password()
        user.is_demonstration = work.tenant.is_demonstration
        user.full_clean(exclude=["password"])
        user.save()
    elif not Membership.objects.filter(user=user, tenant=work.tenant).exists():
        # An account of another centre must neither be shown nor taken over.
        raise ValidationError({"username": _("This user name is taken.")})
    return work.keep(Membership(), user=user, role=role, **ties)


@action(
    "people.membership.withdraw",
    permission=MANAGE_ACCOUNTS,
    sentence=gettext_lazy("%(actor)s took back the account %(target)s"),
)
def take_account(work: Work, /, membership: Membership, *, reason: str) -> Membership:
    """Take a role back; a centre keeps at least one administrator."""
    others = (
        Membership.objects.visible_to(work.actor)
        .standing()
        .filter(role=Role.ADMINISTRATOR)
        .exclude(pk=membership.pk)
    )
    if membership.role == Role.ADMINISTRATOR and not others.exists():
        raise ValidationError(_("This is the last administrator of the centre."))
    return work.keep(membership, withdrawn_at=clock.now(), withdrawn_reason=reason)


@action(
    "people.account.reset",
    permission=MANAGE_ACCOUNTS,
    sentence=gettext_lazy("%(actor)s made a link with which %(target)s sets a password"),
)
def reset_link(work: Work, /, membership: Membership) -> str:
    """A one-time link to hand over; the user's other centres' administrators see it in audit."""
    work.about(membership)
    return reset_path(membership.user)
