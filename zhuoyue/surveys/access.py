"""What may be done with surveys."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

VIEW_SURVEYS = register_permission("surveys.view", _("See surveys and their results"), STAFF)
EDIT_SURVEYS = register_permission(
    "surveys.edit",
    _("Keep surveys and import answers"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST],
)
