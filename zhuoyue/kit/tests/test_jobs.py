"""A job is done once, also when its worker is killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.tasks import task, task_backends

from zhuoyue.kit import clock
from zhuoyue.kit.jobs import worker
from zhuoyue.kit.jobs.schedule import plan_due
from zhuoyue.kit.models import Job

ROOT = Path(__file__).resolve().parents[3]


@task
def add(one: int, two: int) -> int:
    worker.report_progress(1, 2)
    return one + two


@task
def fail() -> None:
    raise ValueError("这个作业失败了")


@pytest.fixture
def queue(db: None, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "zhuoyue.kit.jobs.backend.JobBackend"}}


def test_a_job_waits_until_a_worker_does_it(queue: None) -> None:
    asked = add.enqueue(2, 3)
    assert task_backends["default"].get_result(asked.id).status == "READY"
    worker.work(worker.claim("w") or pytest.fail("nothing to do"))
    found = task_backends["default"].get_result(asked.id)
    assert found.return_value == 5
    assert Job.objects.get().progress == 1.0
    assert worker.claim("w") is None


def test_a_job_that_fails_keeps_its_reason(queue: None) -> None:
    fail.enqueue()
    worker.work(worker.claim("w") or pytest.fail("nothing to do"))
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert "这个作业失败了" in job.error


def test_a_job_is_not_taken_twice_while_its_lease_holds(queue: None) -> None:
    add.enqueue(1, 1)
    assert worker.claim("one") is not None
    assert worker.claim("two") is None


def test_a_job_whose_worker_has_died_is_taken_up_again_but_not_for_ever(queue: None) -> None:
    add.enqueue(1, 1)
    for attempt in range(1, worker.MOST_ATTEMPTS + 1):
        job = worker.claim("w")
        assert job is not None
        assert job.attempt == attempt
        Job.objects.update(lease_until=clock.now() - worker.LEASE)
    assert worker.claim("w") is None
    assert Job.objects.get().state == Job.State.FAILED


def test_daily_work_is_planned_once_a_day(queue: None) -> None:
    plan_due()
    plan_due()
    assert Job.objects.filter(key__startswith="kit.housekeeping").count() == 1


SLOW_ROOM = """
import time
from pathlib import Path
from django.tasks import task

@task
def slow(folder: str) -> str:
    started = Path(folder) / "started"
    with started.open("a") as out:
        out.write("x")
    if started.read_text() == "x":
        time.sleep(60)  # the first worker is killed here
    (Path(folder) / "result").write_text("done")
    return "done"
"""


def test_a_worker_killed_in_the_middle_leaves_no_half_result_and_the_job_is_done_again(
    tmp_path: Path,
) -> None:
    (tmp_path / "slow_room.py").write_text(SLOW_ROOM)
    environment = {
        **os.environ,
        "ZHUOYUE_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "zhuoyue.config.settings",
    }

    def python(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    python(f"from slow_room import slow; slow.enqueue({str(tmp_path)!r})")
    command = [sys.executable, "-m", "zhuoyue.cli", "worker", "--once"]
    first = subprocess.Popen(command, env=environment, cwd=tmp_path)
    wait_for(tmp_path / "started")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not (tmp_path / "result").exists()
    python(
        "from zhuoyue.kit.models import Job; from zhuoyue.kit import clock; from datetime import "
        "timedelta; Job.objects.filter(state='running').update(lease_until=clock.now() - "
        "timedelta(seconds=1))"
    )
    subprocess.run(command, env=environment, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "result").read_text() == "done"
    state = "from zhuoyue.kit.models import Job; j = Job.objects.get(task='slow_room.slow')"
    assert python(f"{state}; print(j.state, j.attempt)") == "done 2"


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists() or not path.stat().st_size:  # made, but not yet written to
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        os.sched_yield()
