"""Where improvement hangs in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.improvement.access import VIEW_IMPROVEMENT
from zhuoyue.kit.navigation import hang

hang("improve", _("Improvement actions"), "improvement:improvement-list", VIEW_IMPROVEMENT,
     icon="refresh", order=20)  # fmt: skip
