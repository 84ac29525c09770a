"""Who may open the pages of the house itself."""

from tests.cast import EVERYONE, Cast, Row
from zhuoyue.kit.models import Tenant
from zhuoyue.people.models import Role
from zhuoyue.site.start import start_token


def token(cast: Cast) -> dict[str, str]:
    """The first run is open only while every centre is a demonstration."""
    Tenant.objects.update(is_demonstration=True)
    return {"token": start_token() or ""}


MATRIX = {
    "site:home": Row(EVERYONE),
    "site:inbox": Row(EVERYONE),
    "site:search": Row(EVERYONE),
    "site:help": Row(EVERYONE),
    "site:audit": Row(frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.ASSESSOR})),
    "site:start": Row(EVERYONE, token, public=True),
}
