"""`zhuoyue serve`: brings the database up to date, then serves pages and does jobs."""

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from zhuoyue.cli import Refused

HELP = {
    "zh": "启动平台（HOST、PORT、DATABASE_URL）",
    "en": "serve the platform (HOST, PORT, DATABASE_URL)",
}
WORKERS, THREADS = 2, 4
# On a small machine the first page should not wait for the jobs to get ready too.
HEAD_START = 3.0


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    parser.add_argument(
        "--no-demonstration",
        action="store_true",
        help="不建演示中心" if zh else "do not make a demonstration centre",
    )


def run(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils.translation import gettext as _

    # Several BLAS threads on a busy machine are a hundred times slower than one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    from zhuoyue.kit import audit

    audit.anchor_all()
    print(_("Zhuoyue listens on %(url)s") % {"url": settings.PUBLIC_URL}, flush=True)
    print_start_address()
    if not args.no_demonstration:
        print_sign_ins()
    return serve(settings.HOST, settings.PORT, str(settings.STATIC_ROOT))


def migrate() -> None:
    """Bring the database up to date, or say plainly why it cannot be served."""
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise Refused(
            _("The database could not be brought up to date: %(reason)s") % {"reason": error},
            _("Check DATABASE_URL and that the server runs; nothing has been served."),
        ) from error


def print_start_address() -> None:
    """While there is no centre of one's own, where to make it."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from zhuoyue.site.start import start_token

    token = start_token()
    if token is not None:
        print(_("Make your own centre: %(url)s") % {"url": f"{settings.PUBLIC_URL}/start/{token}/"})


def print_sign_ins() -> None:
    from django.utils.translation import gettext as _

    from zhuoyue.demo.centre import ensure

    sign_ins = ensure()
    if not sign_ins:
        print(_("There is a demonstration centre; its passwords were shown when it was made."))
        print(_("New ones: zhuoyue demo passwords"), flush=True)
        return
    print(_("Demonstration sign-ins (only from this machine):"))
    for role, username, password in sign_ins:
        print(f"  {username:<18} {password:<16} {role}")
    sys.stdout.flush()


def serve(host: str, port: int, static: str) -> int:
    """Run the web server and the worker until told to stop; neither outlives the other's parent."""
    web = subprocess.Popen(web_command(host, port, static))
    worker: subprocess.Popen[bytes] | None = None
    worker_from = time.monotonic() + HEAD_START
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        while not stopping and web.poll() is None:
            is_gone = worker is None or worker.poll() is not None
            if is_gone and time.monotonic() >= worker_from:
                worker = start_worker()
            time.sleep(0.5)
    finally:
        running = [process for process in (web, worker) if process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            process.wait()
    return 0 if stopping else web.returncode or 1


def web_command(host: str, port: int, static: str) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--log-level", "warning",
        "--static-path-route", "/static", "--static-path-mount", static,
        "zhuoyue.config.wsgi:application",
    ]  # fmt: skip


def start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "zhuoyue.cli", "worker", "--parent", str(os.getpid())]
    return subprocess.Popen(command)
