"""An own centre and its first administrator."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhuoyue.kit.access import system
from zhuoyue.kit.models import Tenant
from zhuoyue.people import actions
from zhuoyue.people.models import Membership, Role


def set_up_centre(
    *, code: str, name: str, enterprise: str, username: str, is_demonstration: bool = False
) -> Membership:
    """Make tenant, centre and administrator; call it inside a transaction."""
    if Tenant.objects.filter(code=code).exists():
        raise ValidationError({"code": _("There is a centre of this code already.")})
    tenant = Tenant(code=code, name=name, is_demonstration=is_demonstration)
    tenant.full_clean()
    tenant.save()
    actor = system(tenant)
    actions.centre.create(actor, enterprise=enterprise, name=name)
    membership: Membership = actions.give_account(actor, username=username, role=Role.ADMINISTRATOR)
    return membership
