"""The import of 100,000 contacts, and what it costs somebody who logs a contact meanwhile."""

import csv
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROWS = 100_000
HEADING = ["时间", "服务对象", "接触点", "服务", "渠道", "经办人", "结果", "感受", "意见"]


def write_file(path: Path, recipients: list[str], rows: int = ROWS) -> None:
    """Two years of contacts, in the layout of the Excel template."""
    chance, start = random.Random(1), datetime(2024, 1, 1, tzinfo=UTC)
    touchpoints = ["kick-off", "report-delivery", "test-witness", "draft-report", "contract"]
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADING)
        for _row in range(rows):
            at = start + timedelta(minutes=chance.randrange(1_050_000))
            table.writerow([
                f"{at:%Y-%m-%d %H:%M}", chance.choice(recipients), chance.choice(touchpoints),
                chance.choice(["on-site-support", "contract-rd", "internal-testing"]),
                chance.choice(["phone", "platform", "visit", "mail"]),
                str(1001 + chance.randrange(30)),
                chance.choice(["solved", "moved_on", "information"]),
                chance.choice(["", "2", "3", "4", "5"]),
                "" if chance.random() < 0.8 else "建议提前通知",
            ])  # fmt: skip


def resident(pid: int) -> float:
    """Megabytes a process holds; the usage of children would count ours before they begin."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:  # it has just ended, or this is no Linux
        return 0.0
    held = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(held[0]) / 1024 if held else 0.0


def measure() -> tuple[float, float, float, int]:
    """Seconds and megabytes of the import, the longest wait of a contact logged, how many were."""
    from zhuoyue.delivery import actions
    from zhuoyue.delivery.models import Contact
    from zhuoyue.kit.access import system
    from zhuoyue.kit.models import Tenant
    from zhuoyue.people.models import Recipient

    actor = system(Tenant.objects.get(is_demonstration=True))
    known: Any = Recipient.objects.visible_to(actor).order_by("pk")
    path = Path(os.environ["ZHUOYUE_DATA"]) / "contacts.csv"
    write_file(path, [one.code for one in known])
    command = [sys.executable, "-m", "zhuoyue.cli", "import", "contacts", str(path)]
    before = Contact.objects.visible_to(actor).count()
    start, waits, most = time.perf_counter(), [], 0.0
    done = subprocess.Popen([*command, "--centre", actor.tenant.code], stdout=subprocess.DEVNULL)
    while done.poll() is None:
        asked = time.perf_counter()
        actions.log_contact(actor, recipient=known[0], channel="phone", outcome="solved")
        waits.append(time.perf_counter() - asked)
        most = max(most, resident(done.pid))
        time.sleep(0.05)
    spent = time.perf_counter() - start
    assert done.returncode == 0, "the import failed"
    assert Contact.objects.visible_to(actor).count() == before + ROWS + len(waits)
    return spent, most, max(waits), len(waits)
