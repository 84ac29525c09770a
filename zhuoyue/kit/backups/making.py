"""Making a backup: one look at the database, then the files it names, then the manifest."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from zhuoyue.kit import audit, clock
from zhuoyue.kit.backups import rows
from zhuoyue.kit.models import AuditHead

FORMAT = 1
MANIFEST = "manifest.json"
ANCHORS = "audit-anchors.jsonl"

type Progress = Callable[[float], None]


@dataclass(frozen=True)
class Manifest:
    """What is in an archive; sealed with the audit key, so that a changed archive shows."""

    format: int
    version: str
    made_at: str
    database: str
    migrations: dict[str, list[str]]
    tables: dict[str, dict[str, Any]]  # name → columns, rows, sha256
    files: dict[str, int]  # sha256 → bytes
    heads: dict[str, int]  # centre → entries of its audit chain

    def seal(self) -> str:
        facts = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return audit.seal(facts.encode())


def quiet(_share: float) -> None:
    pass


def make(target: Path, progress: Progress = quiet) -> Manifest:
    """Write the archive beside its name and move it there when it is whole."""
    audit.anchor_all()
    unfinished = target.with_name(target.name + ".unfinished")
    handle = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                manifest = fill(archive, progress)
            out.flush()
            os.fsync(out.fileno())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def fill(archive: zipfile.ZipFile, progress: Progress) -> Manifest:
    with one_look():
        models = rows.tables()
        tables = {}
        for number, (name, model) in enumerate(models.items()):
            tables[name] = write_table(archive, name, model)
            progress(number / len(models) / 2)
        migrations = applied_migrations()
        heads = {h.tenant.code: h.sequence for h in AuditHead.objects.select_related("tenant")}
    files = dict(write_files(archive, progress))
    anchors = Path(settings.AUDIT_ANCHORS)
    if anchors.exists():
        archive.write(anchors, ANCHORS)
    manifest = Manifest(
        format=FORMAT,
        version=settings.VERSION,
        made_at=clock.now().isoformat(),
        database=connection.vendor,
        migrations=migrations,
        tables=tables,
        files=files,
        heads=heads,
    )
    sealed = {**asdict(manifest), "seal": manifest.seal()}
    archive.writestr(MANIFEST, json.dumps(sealed, ensure_ascii=False, indent=1))
    return manifest


@contextmanager
def one_look() -> Iterator[None]:
    """See one state of the whole database while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # A transaction of Django's would take the only writer's place; this one only reads.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def write_table(archive: zipfile.ZipFile, name: str, model: Any) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with archive.open(table_member(name), "w", force_zip64=True) as out:
        for line in rows.lines_of(model):
            data = line.encode() + b"\n"
            digest.update(data)
            out.write(data)
            count += 1
    return {"columns": rows.columns(model), "rows": count, "sha256": digest.hexdigest()}


def table_member(name: str) -> str:
    return f"tables/{name}.jsonl"


def write_files(archive: zipfile.ZipFile, progress: Progress) -> Iterator[tuple[str, int]]:
    """Files are named by their content and never change, so they need no look of their own."""
    found = sorted(Path(settings.FILES).glob("??/*"))
    for number, path in enumerate(found):
        archive.write(path, f"files/{path.name}", compress_type=zipfile.ZIP_STORED)
        progress(0.5 + number / len(found) / 2)
        yield path.name, path.stat().st_size


def applied_migrations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found
