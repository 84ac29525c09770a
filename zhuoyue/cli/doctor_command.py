"""`zhuoyue doctor`: what is wrong with this installation, and how to mend it."""

import argparse
import shutil
import stat
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HELP = {"zh": "检查安装并给出修复办法", "en": "check this installation and say how to mend it"}
LEAST_FREE = 1024**3

type Finding = tuple[str, str]  # what was looked at, what is wrong ("" when nothing is)


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    status = 0
    for check in (database, migrations, folder, keys, chains, front_end, fonts, space):
        what, wrong = check()
        print(f"{'✗' if wrong else '✓'} {what}" + (f": {wrong}" if wrong else ""))
        status = 1 if wrong else status
    print(_("Something has to be mended.") if status else _("Everything is in order."))
    return status


def database() -> Finding:
    from django.db import DatabaseError, connection
    from django.utils.translation import gettext as _

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA journal_mode")
                mode = cursor.fetchone()[0]
                if mode not in {"wal", "memory"}:
                    return _("database"), _("SQLite is not in WAL mode; check the disk's rights.")
    except DatabaseError as error:
        wrong = _("not reachable (%(reason)s). Check DATABASE_URL.") % {"reason": error}
        return _("database"), wrong
    return _("database"), ""


def migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils.translation import gettext as _

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    wrong = _("%(count)d are not applied. Run: zhuoyue serve") % {"count": len(plan)}
    return _("database migrations"), wrong if plan else ""


def folder() -> Finding:
    from django.conf import settings
    from django.utils.translation import gettext as _

    probe = Path(settings.DATA) / ".doctor"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.write_text("ok", encoding="ascii")
        probe.unlink()
    except OSError as error:
        wrong = _("%(folder)s cannot be written (%(reason)s). Give this user the right to.")
        facts = {"folder": settings.DATA, "reason": error.strerror}
        return _("data folder"), wrong % facts
    return _("data folder"), ""


def keys() -> Finding:
    from django.conf import settings
    from django.utils.translation import gettext as _

    open_files = [
        name
        for name in ("secret.key", "audit.key")
        if (file := Path(settings.DATA) / name).exists()
        and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]
    wrong = _("%(files)s can be read by others. Run: chmod 600 on them.") % {
        "files": ", ".join(open_files)
    }
    return _("keys"), wrong if open_files else ""


def chains() -> Finding:
    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    from zhuoyue.kit import audit
    from zhuoyue.kit.models import Tenant

    try:
        broken = [b.tenant for t in Tenant.objects.all() if (b := audit.verify(t)) is not None]
    except DatabaseError:
        return _("audit chains"), _("cannot be read before the database is up to date.")
    wrong = _("broken in %(centres)s. See: zhuoyue audit verify") % {"centres": ", ".join(broken)}
    return _("audit chains"), wrong if broken else ""


def front_end() -> Finding:
    from django.conf import settings
    from django.utils.translation import gettext as _

    package = Path(settings.PACKAGE)
    missing = [n for n in missing_parts(package) if n]
    wrong = _("%(parts)s missing. Run: make run") % {"parts": ", ".join(missing)}
    return _("pages and translations"), wrong if missing else ""


def missing_parts(package: Path) -> Iterator[str]:
    for name in ("app.js", "app.css", "charts.js", "graph.js", "echarts-ssr.js"):
        if not (package / "kit" / "static" / "kit" / "dist" / name).exists():
            yield name
    for source in package.glob("*/locale/*/LC_MESSAGES/django.po"):
        if not source.with_suffix(".mo").exists():
            yield str(source.relative_to(package).with_suffix(".mo"))


def fonts() -> Finding:
    from django.utils.translation import gettext as _

    found = find_spec("manimgx_fonts_cjk") is not None
    return _("font of reports"), "" if found else _("missing. Run: make run")


def space() -> Finding:
    from django.conf import settings
    from django.utils.translation import gettext as _

    free = shutil.disk_usage(settings.DATA).free
    wrong = _("only %(mb)d MB are free. Make room.") % {"mb": free // 1024**2}
    return _("disk space"), wrong if free < LEAST_FREE else ""
