"""Where schemes hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.schemes.access import VIEW_SCHEMES

hang("draft", _("Service schemes"), "schemes:scheme-list", VIEW_SCHEMES, icon="pencil", order=10)
