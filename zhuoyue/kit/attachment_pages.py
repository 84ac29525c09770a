"""Handing out files to those who may see the record beside which they lie."""

from django.conf import settings
from django.http import FileResponse, Http404

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.files import store_path
from zhuoyue.kit.models import Attachment, StoredFile
from zhuoyue.kit.pages import page
from zhuoyue.kit.references import resolve_row

SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}


def hand_out(stored: StoredFile) -> FileResponse:
    path = store_path(stored.sha256)
    if not path.exists():
        raise Http404(f"{settings.FILES}: {stored.sha256}")
    return FileResponse(
        path.open("rb"),
        as_attachment=stored.media_type not in SHOWN_INLINE,
        filename=stored.name,
        content_type=stored.media_type,
    )


@page(None)
def attachment(request: Request, pk: int) -> FileResponse:
    found = get_for(request.actor, Attachment.objects.standing().select_related("file"), pk=pk)
    resolve_row(request.actor, found.kind, found.target_id)
    return hand_out(found.file)
