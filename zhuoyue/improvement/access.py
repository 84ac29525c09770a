"""What may be done with improvement actions."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import register_permission
from zhuoyue.people.access import STAFF
from zhuoyue.people.models import Role

MANAGERS = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_HEAD)
VIEW_IMPROVEMENT = register_permission("improvement.view", _("See improvement actions"), STAFF)
EDIT_IMPROVEMENT = register_permission(
    "improvement.edit",
    _("Keep improvement actions"),
    [*MANAGERS, Role.ENGINEER, Role.ANALYST],
)
JUDGE_IMPROVEMENT = register_permission(
    "improvement.judge",
    _("Judge the effect of improvement actions"),
    [*MANAGERS, Role.ANALYST],
)
