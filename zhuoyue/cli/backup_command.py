"""`zhuoyue backup FILE`: database, files and audit anchors in one archive."""

import argparse
from pathlib import Path

from zhuoyue.cli import Refused
from zhuoyue.cli.progress import progress_bar

HELP = {
    "zh": "备份数据库、文件与审计锚点",
    "en": "back up database, files and audit anchors",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.zip")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.template.defaultfilters import filesizeformat
    from django.utils.translation import gettext as _

    from zhuoyue.kit.backups.making import make

    if args.file.exists():
        raise Refused(_("%(file)s is already there; name another.") % {"file": args.file})
    if not args.file.parent.is_dir():
        raise Refused(_("There is no folder %(folder)s.") % {"folder": args.file.parent})
    with progress_bar(_("Backing up")) as progress:
        manifest = make(args.file, progress)
    print(
        _("%(file)s: %(rows)d rows, %(files)d files, %(size)s.")
        % {
            "file": args.file,
            "rows": sum(t["rows"] for t in manifest.tables.values()),
            "files": len(manifest.files),
            "size": filesizeformat(args.file.stat().st_size),
        }
    )
    print(
        _(
            "The keys are not in it: keep a copy of %(key)s at another place. Without it the audit "
            "chains of a restored backup cannot be verified."
        )
        % {"key": Path(settings.DATA) / "audit.key"}
    )
    return 0
