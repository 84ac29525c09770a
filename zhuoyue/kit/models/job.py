"""A job: work outside any request, that survives the death of the worker that does it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock


class Job(models.Model):
    """One call of a task. A worker holds it by a lease; a lease that runs out is taken up again."""

    class State(models.TextChoices):
        READY = "ready", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    task = models.CharField(_("task"), max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READY)
    # Two jobs of one key would do the same thing: the second is not made.
    key = models.CharField(max_length=200, unique=True, null=True)
    run_after = models.DateTimeField(default=clock.now)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    progress = models.FloatField(_("progress"), default=0.0)
    result = models.JSONField(null=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        indexes = [models.Index(fields=["state", "run_after"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.pk} {self.task} {self.state}"
