"""What may be done on the pages of the house itself."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.models import Role

VIEW_AUDIT = register_permission(
    "site.audit", _("See the audit log"), [Role.ADMINISTRATOR, Role.DIRECTOR, Role.ASSESSOR]
)
