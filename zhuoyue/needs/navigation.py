"""Where needs hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.needs.access import VIEW_NEEDS, VIEW_SOURCES

hang("understand", _("Requests"), "needs:request-list", VIEW_NEEDS, icon="inbox", order=10)
hang("understand", _("Needs"), "needs:need-list", VIEW_NEEDS, icon="heart", order=11)
hang("understand", _("Verbatims"), "needs:verbatim-list", VIEW_SOURCES, icon="message", order=12)
hang("understand", _("Sources"), "needs:source-list", VIEW_SOURCES, icon="ear", order=13)
