"""What kit itself does every day."""

from datetime import timedelta

from django.tasks import task

from zhuoyue.kit import audit, clock
from zhuoyue.kit.jobs.schedule import every_day
from zhuoyue.kit.models import Job, SignInFailure

KEEP_JOBS = timedelta(days=90)


@task
def housekeeping() -> int:
    """Note the heads of the audit chains outside the database; forget what nobody needs."""
    SignInFailure.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=clock.now() - KEEP_JOBS).delete()
    return audit.anchor_all()


every_day("kit.housekeeping", housekeeping)
