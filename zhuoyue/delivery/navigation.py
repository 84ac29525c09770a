"""Where delivery hangs in the side bar, and at the foot of a phone's screen."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.delivery.access import LOG_CONTACTS, VIEW_CASES, VIEW_CONTACTS
from zhuoyue.kit.navigation import hang, hang_quick

hang("deliver", _("Cases"), "delivery:case-list", VIEW_CASES, icon="clipboard", order=10)
hang("deliver", _("Contacts"), "delivery:contact-list", VIEW_CONTACTS, icon="message", order=11)
hang("deliver", _("Felt journey"), "delivery:journey", VIEW_CONTACTS, icon="route", order=12)
hang_quick(_("Log a contact"), "delivery:contact-quick", LOG_CONTACTS, icon="plus", order=10)
