"""Where people hang in the side bar."""

from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.navigation import hang
from zhuoyue.people.access import EDIT_RECIPIENTS, MANAGE_ACCOUNTS, VIEW_PEOPLE

hang("base", _("Centre"), "people:centre-list", VIEW_PEOPLE, icon="building", order=10)
hang("base", _("Departments"), "people:department-list", VIEW_PEOPLE, icon="sitemap", order=11)
hang("base", _("People"), "people:person-list", VIEW_PEOPLE, icon="users", order=12)
hang("base", _("Recipients"), "people:recipient-list", VIEW_PEOPLE, icon="handshake", order=13)
hang("base", _("Contact people"), "people:contact-person-list", VIEW_PEOPLE, icon="user", order=14)
hang("base", _("Import"), "kit:import-list", EDIT_RECIPIENTS, icon="upload", order=15)
hang("base", _("Accounts"), "people:account-list", MANAGE_ACCOUNTS, icon="key", order=19)
