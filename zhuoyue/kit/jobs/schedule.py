"""Work that comes back every day; rooms name theirs in jobs.py."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.tasks import Task

from zhuoyue.kit import clock
from zhuoyue.kit.models import Job


@dataclass(frozen=True)
class Daily:
    name: str
    task: "Task[..., Any]"


_daily: list[Daily] = []


def every_day(name: str, task: "Task[..., Any]") -> None:
    """Have a task without arguments done once a day."""
    _daily.append(Daily(name, task))


def plan_due() -> None:
    """Put today's work into the queue; the key keeps it to once, however many workers ask."""
    for daily in _daily:
        key = f"{daily.name}:{clock.today():%Y-%m-%d}"
        if Job.objects.filter(key=key).exists():
            continue
        try:
            with transaction.atomic():
                Job.objects.create(task=daily.task.module_path, key=key)
        except IntegrityError:
            continue  # another worker was first
