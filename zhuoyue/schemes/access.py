"""What may be done with schemes."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

# Recipients see what has been signed for them; `Scheme.visible_to` narrows it.
VIEW_SCHEMES = register_permission("schemes.view", _("See schemes"), Role.values)
VIEW_DRAFTS = register_permission("schemes.studio", _("See how schemes come about"), STAFF)
EDIT_SCHEMES = register_permission(
    "schemes.edit",
    _("Draft schemes"),
    [
        Role.ADMINISTRATOR,
        Role.DIRECTOR,
        Role.SERVICE_MANAGER,
        Role.DEPARTMENT_HEAD,
        Role.ENGINEER,
    ],
)
PRESENT_SCHEMES = register_permission(
    "schemes.present",
    _("Present schemes for counter-signing and hand them to recipients"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER],
)
SIGN_SCHEMES = register_permission(
    "schemes.sign", _("Counter-sign schemes"), [Role.DIRECTOR, Role.DEPARTMENT_HEAD]
)
# Held by nobody but the holder of a signed link.
ANSWER_SCHEMES = register_permission("schemes.answer", _("Answer a scheme by its link"), [])
