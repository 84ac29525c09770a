"""Files kept by their content, and where they are attached."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.models.record import Record


class StoredFile(Record):
    """A file in the store, named by the SHA-256 of its content."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("type"), max_length=100)

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name


class Attachment(Record):
    """A file beside a record, found through the record's typed reference."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=60)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("attachment")
        indexes = [models.Index(fields=["tenant", "kind", "target_id"], name="attachment_target")]

    def __str__(self) -> str:
        return str(self.file)
