"""What may be done with needs."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

KEEPERS = (
    Role.ADMINISTRATOR,
    Role.DIRECTOR,
    Role.SERVICE_MANAGER,
    Role.DEPARTMENT_HEAD,
    Role.ENGINEER,
    Role.ANALYST,
)
# Recipients see and raise what is their own organisation's; `visible_to` narrows it.
VIEW_NEEDS = register_permission("needs.view", _("See requests and needs"), Role.values)
VIEW_SOURCES = register_permission("needs.sources", _("See sources and verbatims"), STAFF)
RAISE_NEEDS = register_permission(
    "needs.raise", _("Raise requests and needs"), [*KEEPERS, Role.RECIPIENT]
)
EDIT_NEEDS = register_permission("needs.edit", _("Keep sources, verbatims and needs"), KEEPERS)
ANSWER_REQUESTS = register_permission(
    "needs.answer",
    _("Answer requests"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER],
)
