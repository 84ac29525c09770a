"""How tests run kit's own actions, and who may open its pages."""

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import urlsafe_base64_encode

from tests.cast import EVERYONE, STAFF, Cast, Row
from zhuoyue.kit import files, sign_in
from zhuoyue.kit.access import system
from zhuoyue.kit.backups.making import Manifest
from zhuoyue.kit.backups.restoring import say_restored
from zhuoyue.kit.models import Attachment
from zhuoyue.people.access import EDIT_PEOPLE


def attachment(cast: Cast) -> Attachment:
    upload = SimpleUploadedFile("说明.txt", "服务标准".encode())
    return files.attach(cast.actor(), cast.department, upload=upload, permission=EDIT_PEOPLE)


def reset_parts(cast: Cast) -> dict[str, str]:
    uid, token = sign_in.reset_path(cast.users["analyst"]).strip("/").split("/")[1:]
    assert uid == urlsafe_base64_encode(str(cast.users["analyst"].pk).encode())
    return {"uid": uid, "token": token}


ACTIONS = {
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
