"""`zhuoyue restore FILE`: a backup becomes an installation, on either database."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from zhuoyue.cli import Refused
from zhuoyue.cli.centres import refuse
from zhuoyue.cli.progress import progress_bar

HELP = {
    "zh": "把备份恢复到空的安装",
    "en": "restore a backup into an empty installation",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.add_argument(
        "--audit-key",
        type=Path,
        metavar="audit.key",
        help="原安装的审计密钥" if zh else "the audit key of the installation it comes from",
    )


def run(args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils.formats import date_format
    from django.utils.timezone import localtime
    from django.utils.translation import gettext as _

    from zhuoyue.kit import audit
    from zhuoyue.kit.backups import restoring
    from zhuoyue.kit.models import Tenant

    for path in (args.file, args.audit_key):
        if path is not None and not path.is_file():
            raise Refused(_("There is no file %(file)s.") % {"file": path})
    try:
        restoring.require_empty()
        if args.audit_key:
            take_key(args.audit_key)
        with progress_bar(_("Restoring")) as progress:
            manifest = restoring.restore(args.file, progress)
    except ValidationError as error:
        raise refuse(error) from error
    broken = [b for t in Tenant.objects.order_by("code") if (b := audit.verify(t)) is not None]
    print(
        _("Restored: %(rows)d rows and %(files)d files of %(made_at)s.")
        % {
            "rows": sum(t["rows"] for t in manifest.tables.values()),
            "files": len(manifest.files),
            "made_at": date_format(
                localtime(datetime.fromisoformat(manifest.made_at)), "Y-m-d H:i"
            ),
        }
    )
    if broken:
        print(_("The audit chains do not hold. See: zhuoyue audit verify"))
        return 1
    print(_("Every audit chain holds."))
    return 0


def take_key(source: Path) -> None:
    """Use the old installation's key from now on; nothing is signed with ours yet."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    if os.environ.get("ZHUOYUE_AUDIT_KEY"):
        raise Refused(_("ZHUOYUE_AUDIT_KEY is set; put the key there instead of --audit-key."))
    key = source.read_text(encoding="ascii").strip()
    target = Path(settings.DATA) / "audit.key"
    with os.fdopen(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
        out.write(key)
    settings.AUDIT_KEY = key
