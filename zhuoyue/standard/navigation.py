"""Where the standard hangs in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang

hang("base", _("The standard"), "standard:overview", None, icon="book", order=1)
