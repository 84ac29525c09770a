"""The worker: takes jobs up one by one, renews their lease, and ends with its parent."""

import logging
import os
import signal
import threading
import time
import traceback
from contextvars import ContextVar
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from zhuoyue.kit import clock
from zhuoyue.kit.jobs.schedule import plan_due
from zhuoyue.kit.models import Job

log = logging.getLogger("zhuoyue.jobs")
LEASE = timedelta(seconds=30)
RENEW_EVERY = 5.0
IDLE = 0.5
MOST_ATTEMPTS = 3

_current: ContextVar[int | None] = ContextVar("job", default=None)


def report_progress(done: int, total: int) -> None:
    """Say how far the job at hand is; outside a worker nobody listens."""
    job = _current.get()
    if job is not None and total:
        Job.objects.filter(pk=job).update(progress=min(1.0, done / total))


def claim(worker: str) -> Job | None:
    """Take the next job that is ready, or whose worker has died."""
    now = clock.now()
    abandoned = Q(state=Job.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        rows = Job.objects.filter(Q(state=Job.State.READY, run_after__lte=now) | abandoned)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.order_by("run_after", "pk").first()
        if job is None:
            return None
        job.attempt += 1
        job.state, job.worker = Job.State.RUNNING, worker
        job.lease_until, job.started_at = now + LEASE, now
        if job.attempt > MOST_ATTEMPTS:
            job.state, job.finished_at = Job.State.FAILED, now
            job.error = job.error or "the worker died each time this job was tried"
        job.save()
    return job if job.state == Job.State.RUNNING else claim(worker)


def renew(job: int, stop: threading.Event) -> None:
    """Keep the lease while the job runs; runs in a thread of its own."""
    while not stop.wait(RENEW_EVERY):
        Job.objects.filter(pk=job, state=Job.State.RUNNING).update(lease_until=clock.now() + LEASE)
    connection.close()


def work(job: Job) -> None:
    """Do a job and keep its end; a failure is kept with its reason, not tried again blindly."""
    stop = threading.Event()
    keeper = threading.Thread(target=renew, args=(job.pk, stop), daemon=True)
    keeper.start()
    token = _current.set(job.pk)
    end: dict[str, object] = {"state": Job.State.DONE, "progress": 1.0}
    try:
        end["result"] = import_string(job.task).call(*job.args, **job.kwargs)
    except Exception:
        log.exception("job %s failed", job)
        end = {"state": Job.State.FAILED, "error": traceback.format_exc(limit=8)}
    finally:
        _current.reset(token)
        stop.set()
        keeper.join()
    Job.objects.filter(pk=job.pk).update(finished_at=clock.now(), lease_until=None, **end)


def run(*, once: bool = False, parent: int | None = None) -> None:
    """Work until told to stop, until the parent is gone, or (`once`) until nothing is left."""
    stopping = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
    name = f"{os.uname().nodename}:{os.getpid()}"
    last_plan = 0.0
    while not stopping.is_set() and not (parent is not None and os.getppid() != parent):
        close_old_connections()
        if time.monotonic() - last_plan > 60:
            last_plan = time.monotonic()
            plan_due()
        job = claim(name)
        if job is not None:
            work(job)
        elif once:
            return
        else:
            stopping.wait(IDLE)
