"""What may be done with studies."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

VIEW_STUDIES = register_permission("studies.view", _("See studies and findings"), STAFF)
RUN_STUDIES = register_permission(
    "studies.run",
    _("Keep causal models and run studies"),
    [Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST],
)
