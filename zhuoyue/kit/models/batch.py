"""One import of a file, from its beginning to its end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock
from zhuoyue.kit.models.file import StoredFile
from zhuoyue.kit.models.record import Record


class ImportBatch(Record):
    """What came from one file. Rows may be staged under it: they count only once it has landed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        STAGING = "staging", _("running")
        LANDED = "landed", _("imported")
        REFUSED = "refused", _("not imported")

    importer = models.CharField(max_length=60)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    mapping = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(default=dict)
    refusals = models.JSONField(default=list)  # sentences, in the language of whoever asked
    progress = models.FloatField(default=0.0)
    touched_at = models.DateTimeField(default=clock.now)
    landed_at = models.DateTimeField(_("imported"), null=True)

    class Meta:
        verbose_name = _("import")
        indexes = [models.Index(fields=["state", "touched_at"], name="import_batch_left")]

    def __str__(self) -> str:
        return self.file_name
