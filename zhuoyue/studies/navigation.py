"""Where studies hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.studies.access import VIEW_STUDIES

hang("evaluate", _("Studies"), "studies:study-list", VIEW_STUDIES, icon="chart", order=30)
hang(
    "evaluate",
    _("Causal models"),
    "studies:causal-model-list",
    VIEW_STUDIES,
    icon="graph",
    order=31,
)
hang("improve", _("Findings"), "studies:finding-list", VIEW_STUDIES, icon="bulb", order=10)
