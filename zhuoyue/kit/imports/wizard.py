"""An import step by step, in the browser: the batch remembers where it is."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import task
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock, files
from zhuoyue.kit.access import Actor, system
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.imports.importer import Importer, carry_out, importers, plan_import
from zhuoyue.kit.imports.mapping import Columns, read_map, suggest
from zhuoyue.kit.imports.planning import Plan
from zhuoyue.kit.imports.source import open_table, sha256_of
from zhuoyue.kit.jobs.worker import report_progress
from zhuoyue.kit.models import ImportBatch

WAITING, STAGING = ImportBatch.State.WAITING, ImportBatch.State.STAGING


def importer_of(batch: ImportBatch) -> Importer:
    return importers()[batch.importer]


def mapping_of(batch: ImportBatch) -> Columns:
    return Columns.from_plain(batch.mapping)


def path_of(batch: ImportBatch) -> Path:
    return files.store_path(batch.sha256)


@action(
    "kit.import.begin", permission=None, sentence=_("%(actor)s uploaded “%(target)s” to import")
)
def begin(
    work: Work, /, *, importer: Importer, upload: Any, map_file: Path | None = None
) -> ImportBatch:
    """Keep the file, and suggest which column is what; a map says so outright."""
    work.actor.require(importer.permission)
    stored = files.keep(work, upload.name or "", upload.chunks())
    table = open_table(files.store_path(stored.sha256), name=stored.name)
    mapping = (
        read_map(map_file, importer)
        if map_file is not None
        else Columns(suggest(table.columns, importer.fields))
    )
    batch = ImportBatch(
        tenant=work.tenant,
        created_by=work.actor.user,
        created_at=clock.now(),
        importer=importer.name,
        file=stored,
        file_name=stored.name,
        sha256=sha256_of(files.store_path(stored.sha256)),
        mapping=mapping.as_plain(),
    )
    work.about(batch)
    batch.save()
    work.note(file=stored.name, sha256=stored.sha256)
    return batch


@action(
    "kit.import.map", permission=None, sentence=_("%(actor)s mapped the columns of “%(target)s”")
)
def map_columns(work: Work, /, batch: ImportBatch, *, mapping: Columns) -> ImportBatch:
    work.actor.require(importer_of(batch).permission)
    fresh = in_hand(batch)
    work.about(fresh)
    fresh.mapping = mapping.as_plain()
    fresh.save(update_fields=["mapping"])
    return fresh


@action("kit.import.confirm", permission=None, sentence=_("%(actor)s had “%(target)s” imported"))
def confirm(work: Work, /, batch: ImportBatch) -> ImportBatch:
    """Hand the import to the worker; a second press finds it handed over already."""
    work.actor.require(importer_of(batch).permission)
    fresh = in_hand(batch)
    work.about(fresh)
    fresh.state, fresh.touched_at = STAGING, clock.now()
    fresh.save(update_fields=["state", "touched_at"])
    user = work.actor.user
    transaction.on_commit(lambda: land_batch.enqueue(fresh.pk, user.pk if user else None))
    return fresh


def in_hand(batch: ImportBatch) -> ImportBatch:
    """The batch, while it is still being prepared."""
    fresh: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.state != WAITING:
        raise ValidationError(_("This import has been started already."))
    return fresh


def plan_of(batch: ImportBatch, actor: Actor) -> Plan:
    """The dry run of a batch with its present mapping."""
    return plan_import(
        importer_of(batch), actor, path_of(batch), mapping_of(batch), name=batch.file_name
    )


@task
def land_batch(batch_id: int, user_id: int | None) -> str:
    """Read the file again and land it; taken up after a kill it begins anew, or finds it done."""
    batch = ImportBatch.objects.select_related("tenant", "created_by").get(pk=batch_id)
    if batch.state != STAGING:
        return batch.state
    importer = importer_of(batch)
    if importer.unstage is not None:
        importer.unstage(batch)  # what an earlier try has left
    actor = actor_for(batch, user_id)
    try:
        plan = plan_of(batch, actor)
        carry_out(
            plan,
            actor,
            path_of(batch),
            batch=batch,
            progress=lambda share: report_progress(round(share * 1000), 1000),
        )
    except ValidationError as error:
        batch.state, batch.refusals = ImportBatch.State.REFUSED, list(error.messages)[:50]
        batch.save(update_fields=["state", "refusals"])
    return batch.state


def actor_for(batch: ImportBatch, user_id: int | None) -> Actor:
    """Who confirmed, in the rights held now; the system for imports nobody signed in for."""
    owner = batch.created_by
    if user_id is None or owner is None or owner.pk != user_id:
        return system(batch.tenant)
    found: Actor | None = import_string(settings.ACTOR_OF_USER)(owner, batch.tenant_id)
    return found or system(batch.tenant)
