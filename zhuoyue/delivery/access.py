"""What may be done with cases and contacts."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

HANDLERS = (
    Role.ADMINISTRATOR,
    Role.DIRECTOR,
    Role.SERVICE_MANAGER,
    Role.DEPARTMENT_HEAD,
    Role.ENGINEER,
)
# Recipients follow their own organisation's cases; `visible_to` narrows it.
VIEW_CASES = register_permission("delivery.cases", _("See cases"), Role.values)
VIEW_CONTACTS = register_permission("delivery.contacts", _("See contacts"), STAFF)
HANDLE_CASES = register_permission("delivery.handle", _("Open and handle cases"), HANDLERS)
LOG_CONTACTS = register_permission("delivery.log", _("Log contacts"), [*HANDLERS, Role.ANALYST])
IMPORT_DELIVERY = register_permission(
    "delivery.import",
    _("Import cases and contacts"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST],
)
