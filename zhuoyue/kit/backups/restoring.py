"""Putting a backup back into an empty installation, whole or not at all."""

import hashlib
import hmac
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit import audit
from zhuoyue.kit.access import register_permission, system
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.backups import rows
from zhuoyue.kit.backups.making import (
    ANCHORS,
    FORMAT,
    MANIFEST,
    Manifest,
    Progress,
    applied_migrations,
    quiet,
    table_member,
)
from zhuoyue.kit.files import store_path
from zhuoyue.kit.models import Tenant, User

# Nobody's right: it is done by who rules the machine, from its command line.
RESTORE = register_permission("kit.restore", gettext_lazy("restore a backup"), granted_to=())


def restore(source: Path, progress: Progress = quiet) -> Manifest:
    """Check everything that can be checked, then fill the database in one transaction."""
    with opened(source) as archive:
        manifest = read_manifest(archive, source)
        require_known(manifest, source)
        require_empty()
        require_whole(archive, manifest, source)
        put_files(archive, manifest, progress)
        states = migrate_to(manifest.migrations)
        with transaction.atomic():
            clear(states)
            fill(archive, manifest, states, progress)
        put_anchors(archive)
    migrate_to(None)
    audit.anchor_all(restored=True)
    for tenant in Tenant.objects.order_by("pk"):
        say_restored(system(tenant), manifest=manifest)
    audit.anchor_all()
    return manifest


@action(
    "kit.installation.restore",
    permission=RESTORE,
    sentence=gettext_lazy("%(actor)s restored a backup"),
)
def say_restored(work: Work, /, *, manifest: Manifest) -> None:
    """The chain itself tells that it was carried over, and up to where."""
    work.note(
        made_at=manifest.made_at, version=manifest.version, entries=manifest.heads[work.tenant.code]
    )


@contextmanager
def opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged(source, str(error)) from error


def damaged(source: Path, why: str) -> ValidationError:
    return ValidationError(
        _("%(file)s is damaged or no backup (%(why)s). Take another copy of it.")
        % {"file": source.name, "why": why}
    )


def read_manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        facts = json.loads(archive.read(MANIFEST))
        seal = facts.pop("seal")
        if facts["format"] != FORMAT:
            raise ValidationError(
                _("%(file)s was made by version %(version)s, which this one cannot read.")
                % {"file": source.name, "version": facts["version"]}
            )
        manifest = Manifest(**facts)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(source, MANIFEST) from error
    if not hmac.compare_digest(seal, manifest.seal()):
        raise ValidationError(
            _(
                "%(file)s was sealed with another audit key, or changed since. Give the audit.key "
                "of the installation it comes from with --audit-key."
            )
            % {"file": source.name}
        )
    return manifest


def require_known(manifest: Manifest, source: Path) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    wanted = {(app, name) for app, names in manifest.migrations.items() for name in names}
    if wanted - set(known):
        raise ValidationError(
            _("%(file)s comes from the newer version %(version)s. Update this installation first.")
            % {"file": source.name, "version": manifest.version}
        )


def require_whole(archive: zipfile.ZipFile, manifest: Manifest, source: Path) -> None:
    """Every member is there, and every table is as it was written."""
    names = {table_member(t) for t in manifest.tables} | {f"files/{f}" for f in manifest.files}
    for missing in sorted(names - set(archive.namelist())):
        raise damaged(source, missing)
    for name, facts in manifest.tables.items():
        digest = hashlib.sha256()
        with archive.open(table_member(name)) as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != facts["sha256"]:
            raise damaged(source, name)


def require_empty() -> None:
    names = connection.introspection.table_names()
    used = [m for m in (Tenant, User) if m._meta.db_table in names and m._base_manager.exists()]
    if used:
        raise ValidationError(
            _(
                "This database already holds centres or accounts, and a restore would overwrite "
                "them. Name an empty database (DATABASE_URL) or an empty data folder "
                "(ZHUOYUE_DATA)."
            )
        )


def migrate_to(migrations: dict[str, list[str]] | None) -> Any:
    """Bring the empty database to just the shape of the backup, or (None) to the newest.

    Gives the models as they were then.
    """
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    if migrations is not None:
        applied = applied_migrations()
        wanted = {(app, name) for app, names in migrations.items() for name in names}
        too_far = {(app, name) for app, names in applied.items() for name in names} - wanted
        if too_far:
            raise ValidationError(
                _(
                    "This database is empty, but of a newer shape than the backup. Name one "
                    "without any tables (DATABASE_URL or ZHUOYUE_DATA)."
                )
            )
        targets = last_of_each_app(executor.loader.graph, wanted)
    state = executor.migrate(targets)
    return state.apps if migrations is not None else None


def last_of_each_app(graph: MigrationGraph, wanted: set[tuple[str, str]]) -> list[Any]:
    """An earlier one as a target would take the later ones back."""
    return sorted(
        node
        for node in wanted
        if not any(c.key in wanted and c.key[0] == node[0] for c in graph.node_map[node].children)
    )


def clear(states: Any) -> None:
    """Away with what migrations themselves have put in."""
    for model in rows.tables(states).values():
        model._base_manager.all().delete()


def fill(archive: zipfile.ZipFile, manifest: Manifest, states: Any, progress: Progress) -> None:
    models = rows.tables(states)
    for number, (name, facts) in enumerate(sorted(manifest.tables.items())):
        with archive.open(table_member(name)) as lines:
            rows.write_rows(models[name], facts["columns"], lines)
        progress(0.5 + number / len(manifest.tables) / 2)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)


def put_files(archive: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    """Content under its hash does no harm should the restore stop after it."""
    for number, name in enumerate(sorted(manifest.files)):
        put_file(archive, name)
        progress(number / len(manifest.files) / 2)


def put_file(archive: zipfile.ZipFile, name: str) -> None:
    target, digest = store_path(name), hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent.parent, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as out, archive.open(f"files/{name}") as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != name:
            raise damaged(Path(str(archive.filename)), name)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def put_anchors(archive: zipfile.ZipFile) -> None:
    """The notes of the old place go before ours."""
    if ANCHORS not in archive.namelist():
        return
    path = Path(settings.AUDIT_ANCHORS)
    ours = path.read_text("ascii") if path.exists() else ""
    carried = archive.read(ANCHORS).decode("ascii")
    kept = [line for line in carried.splitlines(keepends=True) if line not in ours]
    path.write_text("".join(kept) + ours, "ascii")
