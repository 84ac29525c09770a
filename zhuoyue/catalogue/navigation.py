"""Where the catalogue hangs in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.catalogue.access import VIEW_CATALOGUE
from zhuoyue.kit.navigation import hang

hang("base", _("Services"), "catalogue:service-list", VIEW_CATALOGUE, icon="layers", order=20)
hang("base", _("Touchpoints"), "catalogue:touchpoint-list", VIEW_CATALOGUE, icon="route", order=21)
hang(
    "base",
    _("Service standards"),
    "catalogue:service-standard-list",
    VIEW_CATALOGUE,
    icon="target",
    order=22,
)
