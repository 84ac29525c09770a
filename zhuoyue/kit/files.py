"""Files: checked for size and type, stored once under the SHA-256 of their content."""

import codecs
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit.access import Actor, Permission
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.models import Attachment, Record, StoredFile
from zhuoyue.kit.references import kind_of

# What may be kept, by ending, and how the first bytes must look; None: plain text.
KNOWN: dict[str, tuple[str, tuple[bytes, ...] | None]] = {
    "pdf": ("application/pdf", (b"%PDF",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK",)),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (b"PK",)),
    "xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "zip": ("application/zip", (b"PK",)),
    "png": ("image/png", (b"\x89PNG",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "webp": ("image/webp", (b"RIFF",)),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3")),
    "m4a": ("audio/mp4", None),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "txt": ("text/plain", None),
    "md": ("text/markdown", None),
    "yaml": ("application/yaml", None),
    "yml": ("application/yaml", None),
    "json": ("application/json", None),
    "npy": ("application/octet-stream", (b"\x93NUMPY",)),
    "parquet": ("application/vnd.apache.parquet", (b"PAR1",)),
}
NUL_FREE = {"csv", "tsv", "txt", "md", "yaml", "yml", "json"}


@dataclass(frozen=True)
class AttachmentRow:
    name: str
    size: str
    url: str
    remove_url: str


def store_path(sha256: str) -> Path:
    return Path(settings.FILES) / sha256[:2] / sha256


def check_name(name: str) -> str:
    """The ending of a file we keep."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in KNOWN:
        raise ValidationError(
            _("%(name)s: files of this type are not kept. Allowed: %(endings)s.")
            % {"name": name, "endings": ", ".join(KNOWN)}
        )
    return ending


def check_head(name: str, ending: str, head: bytes) -> None:
    """The content must be what the ending says."""
    starts = KNOWN[ending][1]
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    is_text = is_wide or b"\0" not in head
    fits = head.startswith(starts) if starts else is_text or ending not in NUL_FREE
    if not fits:
        raise ValidationError(
            _("%(name)s: the content is not what its ending .%(ending)s says.")
            % {"name": name, "ending": ending}
        )


def too_large(name: str) -> ValidationError:
    limit = settings.FILE_LIMIT // (1024 * 1024)
    return ValidationError(
        _("%(name)s is larger than the limit of %(limit)s MB.") % {"name": name, "limit": limit}
    )


def keep_content(name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write content into the store; its hash and size. The same content is kept once."""
    ending = check_name(name)
    root = Path(settings.FILES)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                if size == 0:
                    check_head(name, ending, chunk[:4096])
                size += len(chunk)
                if size > settings.FILE_LIMIT:
                    raise too_large(name)
                digest.update(chunk)
                out.write(chunk)
        if size == 0:
            raise ValidationError(_("%(name)s is empty.") % {"name": name})
        target = store_path(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return digest.hexdigest(), size


def keep(work: Work, /, name: str, chunks: Iterable[bytes]) -> StoredFile:
    """Keep a file as part of an action; the row is its claim on the content."""
    name = Path(name.replace("\\", "/")).name[-200:]
    sha256, size = keep_content(name, chunks)
    media_type = KNOWN[check_name(name)][0]
    return StoredFile.objects.create(
        tenant=work.tenant,
        created_by=work.actor.user,
        sha256=sha256,
        name=name,
        size=size,
        media_type=media_type,
    )


@action(
    "kit.file.attach",
    permission=None,
    sentence=gettext_lazy("%(actor)s attached a file to “%(target)s”"),
)
def attach(work: Work, /, record: Record, *, upload: Any, permission: Permission) -> Attachment:
    """Put a file beside a record; needs the right to change the record."""
    work.actor.require(permission)
    stored = keep(work, upload.name or "", upload.chunks())
    work.about(record)
    work.note(file=stored.name, sha256=stored.sha256)
    return Attachment.objects.create(
        tenant=work.tenant,
        created_by=work.actor.user,
        file=stored,
        kind=kind_of(record),
        target_id=record.pk,
    )


def attachments_of(actor: Actor, record: Record) -> list[AttachmentRow]:
    rows = (
        Attachment.objects.visible_to(actor)
        .standing()
        .filter(kind=kind_of(record), target_id=record.pk)
        .select_related("file")
    )
    return [
        AttachmentRow(
            row.file.name,
            filesizeformat(row.file.size),
            reverse("kit:attachment", args=[row.pk]),
            "",
        )
        for row in rows
    ]
