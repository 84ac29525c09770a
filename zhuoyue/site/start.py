"""First run: whoever can read the data folder of the server may make the first own centre."""

import hmac
import secrets
from pathlib import Path

from django.conf import settings

from zhuoyue.kit.models import Tenant


def token_file() -> Path:
    return Path(settings.DATA) / "start-token"


def has_own_centre() -> bool:
    return Tenant.objects.filter(is_demonstration=False).exists()


def start_token() -> str | None:
    """The token of the first run; None once there is a centre of one's own."""
    file = token_file()
    if has_own_centre():
        file.unlink(missing_ok=True)
        return None
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(18), encoding="ascii")
        file.chmod(0o600)
    return file.read_text(encoding="ascii").strip()


def is_right(token: str) -> bool:
    wanted = start_token()
    return wanted is not None and hmac.compare_digest(wanted, token)
