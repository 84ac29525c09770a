"""What kit itself does every day."""

from datetime import timedelta

from django.tasks import task

from zhuoyue.kit import audit, clock
from zhuoyue.kit.imports.importer import give_up, importers
from zhuoyue.kit.jobs.schedule import every_day
from zhuoyue.kit.models import ImportBatch, Job, SignInFailure

KEEP_JOBS = timedelta(days=90)
SILENCE = timedelta(hours=1)  # an import that is alive says so with every chunk


def give_up_abandoned() -> int:
    """Take away what imports have staged whose process has died."""
    silent = clock.now() - SILENCE
    left = ImportBatch.objects.filter(state=ImportBatch.State.STAGING, touched_at__lt=silent)
    for batch in left:
        give_up(importers()[batch.importer], batch)
    return len(left)


@task
def housekeeping() -> int:
    """Note the heads of the audit chains outside the database; forget what nobody needs."""
    give_up_abandoned()
    SignInFailure.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=clock.now() - KEEP_JOBS).delete()
    return audit.anchor_all()


every_day("kit.housekeeping", housekeeping)
