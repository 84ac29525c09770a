"""Where the pages of the house hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.site.access import VIEW_AUDIT

hang("today", _("Workbench"), "site:home", None, icon="home", order=1)
hang("today", _("Inbox"), "site:inbox", None, icon="inbox", order=2)
hang("base", _("Audit log"), "site:audit", VIEW_AUDIT, icon="history", order=90)
hang("base", _("Help"), "site:help", None, icon="question", order=95)
