"""Starting rows of a noun, from a YAML file of its room, planted into a tenant."""

from pathlib import Path
from typing import Any

import yaml

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work
from zhuoyue.kit.models import Record


def plant(work: Work, model: type[Record], file: Path, key: str) -> int:
    """Add the rows below `key` whose code the tenant has never used, and count them.

    What a tenant has corrected stays as it is; what it has withdrawn does not come back.
    """
    known: Any = model.objects  # a noun that is planted has a code
    used = set(known.visible_to(work.actor).values_list("code", flat=True))
    rows = [row_of(work, model, facts) for facts in read(file)[key] if facts["code"] not in used]
    model.objects.bulk_create(rows)
    return len(rows)


def read(file: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def row_of(work: Work, model: type[Record], facts: dict[str, Any]) -> Record:
    now = clock.now()
    row = model(
        tenant=work.tenant, created_by=work.actor.user, created_at=now, updated_at=now, **facts
    )
    row.clean_fields(exclude={"tenant", "created_by"})
    return row
