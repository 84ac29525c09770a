"""Where measures hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.measurement.access import VIEW_MEASURES

hang("evaluate", _("Measures"), "measurement:board", VIEW_MEASURES, icon="gauge", order=10)
hang("evaluate", _("Targets"), "measurement:target-list", VIEW_MEASURES, icon="target", order=11)
