"""The declaration of an import, and the one action by which a file lands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock, files
from zhuoyue.kit.access import Actor, Permission
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.imports.cells import Reader
from zhuoyue.kit.imports.mapping import Columns
from zhuoyue.kit.imports.planning import Plan, Progress, make_plan
from zhuoyue.kit.imports.problems import SHOWN, FileRefused
from zhuoyue.kit.imports.source import open_table
from zhuoyue.kit.models import ImportBatch, StoredFile

type Counts = dict[str, int]
SENTENCE = _("%(actor)s imported “%(target)s”")


@dataclass(frozen=True)
class Field:
    """Something a row can say."""

    name: str
    label: str | Promise
    reader: Reader
    required: bool = False
    synonyms: Sequence[str] = ()
    help: str | Promise = ""
    example: str = ""


@dataclass(frozen=True)
class Option:
    """A choice about the file as a whole; the first one is the usual."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Importer:
    """What a kind of file becomes. Making one registers it, and its action `<name>.import`."""

    name: str  # room.noun
    label: str | Promise
    permission: Permission
    fields: Sequence[Field]
    # Writes the rows inside the one transaction; gives counts for the audit entry.
    land: Callable[[Work, Plan, ImportBatch], Counts]
    # Looks at all rows together: plan.blame(...) problems, plan.notes.append(...) remarks; what it
    # gives back becomes plan.prepared.
    prepare: Callable[[Actor, Plan], Any] | None = None
    # Fields whose value may stand in one row only.
    unique: Sequence[str] = ()
    # Writes many rows beforehand, in small transactions, under a batch that has not landed: what
    # is under it must not be seen. `unstage` takes them away again.
    stage: Callable[[Actor, Plan, ImportBatch, Progress], None] | None = None
    unstage: Callable[[ImportBatch], None] | None = None
    # Fields that must have a column under this mapping, besides those always required.
    requires: Callable[[Columns], Sequence[str]] | None = None
    options: Sequence[Option] = ()
    creates: Sequence[str] = ()  # fields whose unknown records may be made
    list_page: str = ""  # where the rows are seen afterwards
    run: Callable[..., ImportBatch] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        @action(f"{self.name}.import", permission=self.permission, sentence=SENTENCE)
        def run(work: Work, /, *, plan: Plan, batch: ImportBatch, size: int) -> ImportBatch:
            return self._land(work, plan, batch, size)

        object.__setattr__(self, "run", run)
        if self.name in _importers:
            raise ValueError(f"importer {self.name} is registered twice")
        _importers[self.name] = self

    def needed(self, mapping: Columns) -> frozenset[str]:
        """Fields that no row may leave empty."""
        always = {one.name for one in self.fields if one.required}
        return frozenset(always | set(self.requires(mapping) if self.requires else ()))

    def _land(self, work: Work, plan: Plan, batch: ImportBatch, size: int) -> ImportBatch:
        """Inside the transaction: land the rows, and end the batch."""
        counts = self.land(work, plan, batch)
        batch.file = batch.file or StoredFile.objects.create(
            tenant=work.tenant,
            created_by=work.actor.user,
            sha256=plan.sha256,
            name=plan.file[-200:],
            size=size,
            media_type=files.KNOWN[files.check_name(plan.file)][0],
        )
        batch.rows, batch.counts = len(plan.rows), counts
        batch.state, batch.landed_at = ImportBatch.State.LANDED, clock.now()
        batch.progress = 1.0
        batch.save()
        work.about(batch)
        work.note(file=plan.file, sha256=plan.sha256, rows=len(plan.rows), **counts)
        return batch


_importers: dict[str, Importer] = {}


def importers() -> dict[str, Importer]:
    return dict(_importers)


def is_landed_already(actor: Actor, plan: Plan) -> bool:
    """For importers whose rows have no code of their own: the same file counts once."""
    landed = (
        ImportBatch.objects.visible_to(actor)
        .standing()
        .filter(importer=plan.importer.name, sha256=plan.sha256, state=ImportBatch.State.LANDED)
    )
    before = landed.order_by("-landed_at").first()
    if before is not None and before.landed_at is not None:
        day = localtime(before.landed_at)
        plan.problems.add("file_again", day=f"{day:%Y-%m-%d %H:%M}")
    return before is not None


def no_progress(_share: float) -> None:
    """For those who do not want to know."""


def plan_import(
    importer: Importer,
    actor: Actor,
    path: Path,
    mapping: Columns,
    *,
    name: str = "",
    progress: Progress = no_progress,
) -> Plan:
    """The dry run of a file, from the command line and the browser alike."""
    table = open_table(path, name=name)
    return make_plan(importer, actor, table, mapping, progress)


def new_batch(importer: Importer, actor: Actor, plan: Plan) -> ImportBatch:
    return ImportBatch.objects.create(
        tenant=actor.tenant,
        created_by=actor.user,
        created_at=clock.now(),
        importer=importer.name,
        file_name=plan.file[-200:],
        sha256=plan.sha256,
        mapping=plan.mapping.as_plain(),
    )


def carry_out(
    plan: Plan,
    actor: Actor,
    path: Path,
    *,
    batch: ImportBatch | None = None,
    progress: Progress = no_progress,
) -> ImportBatch:
    """Land a plan, whole or not at all: stage outside the transaction, land in a short step."""
    importer = plan.importer
    actor.require(importer.permission)
    if not plan.is_clean:
        raise FileRefused(*plan.problems.kept[:SHOWN])
    size = keep_file(path, plan)
    batch = batch or new_batch(importer, actor, plan)
    try:
        if importer.stage is not None:
            batch.state, batch.touched_at = ImportBatch.State.STAGING, clock.now()
            batch.save(update_fields=["state", "touched_at"])
            importer.stage(actor, plan, batch, progress)
        return importer.run(actor, plan=plan, batch=batch, size=size)
    except IntegrityError as error:
        # Two imports of the same things at the same moment: the database lets one of them in.
        refusal = ValidationError(
            _("Something of this file has come in another way meanwhile. Check the file again.")
        )
        give_up(importer, batch, refusal)
        raise refusal from error
    except BaseException as error:
        give_up(importer, batch, error)
        raise


def keep_file(path: Path, plan: Plan) -> int:
    """Put the file into the store; it must be the one that was read."""
    with path.open("rb") as content:
        kept, size = files.keep_content(plan.file, iter(lambda: content.read(1 << 20), b""))
    if kept != plan.sha256:
        raise ValidationError(_("The file has changed since it was checked. Check it again."))
    return size


def give_up(importer: Importer, batch: ImportBatch, error: BaseException | None = None) -> None:
    """Take away what was staged; say why nothing came of it."""
    if importer.unstage is not None:
        importer.unstage(batch)
    batch.state = ImportBatch.State.REFUSED
    batch.refusals = list(error.messages) if isinstance(error, ValidationError) else []
    batch.save(update_fields=["state", "refusals"])
