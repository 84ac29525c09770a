"""What may be done with measures."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

VIEW_MEASURES = register_permission("measurement.view", _("See measures"), STAFF)
SET_TARGETS = register_permission(
    "measurement.targets",
    _("Set targets of measures"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.ANALYST],
)
