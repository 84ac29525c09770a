"""The backend of django.tasks that puts jobs into the database."""

from typing import Any

from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils.json import normalize_json
from django.utils.module_loading import import_string

from zhuoyue.kit import clock
from zhuoyue.kit.models import Job

STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


class JobBackend(BaseTaskBackend):
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        job = Job.objects.create(
            task=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            run_after=task.run_after or clock.now(),
        )
        return result_of(job, task, self.alias)

    def get_result(self, result_id: str) -> "TaskResult[..., Any]":
        job = Job.objects.filter(pk=int(result_id)).first() if result_id.isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task), self.alias)


def result_of(job: Job, task: "Task[..., Any]", alias: str) -> "TaskResult[..., Any]":
    failure = TaskError(exception_class_path="builtins.Exception", traceback=job.error)
    found: TaskResult[..., Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[Job.State(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=alias,
        errors=[failure] if job.error else [],
        worker_ids=[job.worker] * job.attempt,
    )
    object.__setattr__(found, "_return_value", job.result)
    return found


def share_done(task: Any, *args: Any) -> float | None:
    """How far the newest job of a task with these arguments is; None when none is at work."""
    jobs = Job.objects.filter(task=task.module_path, args=normalize_json(list(args)))
    job = jobs.filter(state__in=[Job.State.READY, Job.State.RUNNING]).order_by("-pk").first()
    return job.progress if job is not None else None
