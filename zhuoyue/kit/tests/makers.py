"""How tests run kit's own actions, and who may open its pages."""

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import urlsafe_base64_encode

from tests.cast import EVERYONE, STAFF, Cast, Row
from zhuoyue.kit import files, sign_in
from zhuoyue.kit.access import system
from zhuoyue.kit.backups.making import Manifest
from zhuoyue.kit.backups.restoring import say_restored
from zhuoyue.kit.imports import wizard
from zhuoyue.kit.imports.importer import importers
from zhuoyue.kit.models import Attachment, ImportBatch
from zhuoyue.people.access import EDIT_PEOPLE
from zhuoyue.people.models import Role


def attachment(cast: Cast) -> Attachment:
    upload = SimpleUploadedFile("说明.txt", "服务标准".encode())
    return files.attach(cast.actor(), cast.department, upload=upload, permission=EDIT_PEOPLE)


def map_once(batch: ImportBatch, cast: Cast) -> partial[ImportBatch]:
    return partial(wizard.map_columns, cast.actor(), batch, mapping=wizard.mapping_of(batch))


def reset_parts(cast: Cast) -> dict[str, str]:
    uid, token = sign_in.reset_path(cast.users["analyst"]).strip("/").split("/")[1:]
    assert uid == urlsafe_base64_encode(str(cast.users["analyst"].pk).encode())
    return {"uid": uid, "token": token}


IMPORTERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ANALYST})
KEEPERS = IMPORTERS - {Role.ANALYST}


def begun(cast: Cast) -> ImportBatch:
    """A file of recipients, uploaded and not yet imported."""
    text = "编码,名称,内外部\nW7,七车间,内部\nW8,八车间,内部\n"
    upload = SimpleUploadedFile("对象.csv", text.encode())
    return wizard.begin(cast.actor(), importer=importers()["people.recipient"], upload=upload)


def importing(cast: Cast) -> dict[str, str]:
    return {"name": "people.recipient"}


def one_batch(cast: Cast) -> dict[str, int]:
    return {"pk": cast.once("kit:batch", begun).pk}


def confirmed(cast: Cast) -> dict[str, int]:
    batch = begun(cast)
    wizard.confirm(cast.actor(), batch)
    return {"pk": batch.pk}


ACTIONS = {
    "kit.import.begin": lambda cast: partial(begun, cast),
    "kit.import.map": lambda cast: map_once(begun(cast), cast),
    "kit.import.confirm": lambda cast: partial(wizard.confirm, cast.actor(), begun(cast)),
    "kit.file.attach": lambda cast: partial(attachment, cast),
    "kit.installation.restore": lambda cast: partial(
        say_restored,
        system(cast.tenant),
        manifest=Manifest(1, "1", "2026-01-01", "sqlite", {}, {}, {}, {cast.tenant.code: 7}),
    ),
    "kit.password.change": lambda cast: (
        lambda: sign_in.change_password(
            cast.actor("analyst"), cast.users["analyst"], new="another long pass phrase"
        )
    ),
}
MATRIX = {
    "kit:import-list": Row(IMPORTERS),
    "kit:import-template": Row(KEEPERS, importing, shared=True),
    "kit:import-upload": Row(KEEPERS, importing, shared=True),
    "kit:import-batch": Row(KEEPERS, one_batch),
    "kit:import-problems": Row(KEEPERS, one_batch),
    "kit:import-confirm": Row(KEEPERS, lambda cast: {"pk": begun(cast).pk}, method="POST"),
    "kit:import-progress": Row(KEEPERS, confirmed),
    "kit:sign-in": Row(EVERYONE, public=True),
    "kit:sign-out": Row(EVERYONE, method="POST", public=True),
    "kit:password": Row(EVERYONE),
    "kit:reset": Row(EVERYONE, reset_parts, public=True),
    "kit:attachment": Row(
        STAFF,
        lambda cast: {"pk": cast.once("kit:attachment", attachment).pk},
        hidden_from=frozenset({"recipient"}),
    ),
}
