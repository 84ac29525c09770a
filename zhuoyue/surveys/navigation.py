"""Where surveys hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.surveys.access import VIEW_SURVEYS

hang("evaluate", _("Survey waves"), "surveys:wave-list", VIEW_SURVEYS, icon="clipboard", order=20)
hang(
    "evaluate",
    _("Questionnaires"),
    "surveys:questionnaire-list",
    VIEW_SURVEYS,
    icon="list",
    order=21,
)
