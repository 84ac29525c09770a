"""What may be done with the catalogue."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

VIEW_CATALOGUE = register_permission("catalogue.view", _("See services and touchpoints"), STAFF)
EDIT_CATALOGUE = register_permission(
    "catalogue.edit",
    _("Keep services, touchpoints and service standards"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER],
)
