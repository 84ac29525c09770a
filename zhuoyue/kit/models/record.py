"""What every row that people keep has in common: owner, times, withdrawal."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


class RecordQuerySet[R: "Record"](models.QuerySet[R]):
    def visible_to(self, actor: "Actor") -> Self:
        """The only gate through which rows reach a page; rooms narrow it further."""
        return self.filter(tenant=actor.tenant)

    def standing(self) -> Self:
        """Rows that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Record(models.Model):
    """A row that belongs to a tenant. It is corrected or withdrawn, never deleted."""

    tenant = models.ForeignKey(
        "kit.Tenant", on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    updated_at = models.DateTimeField(_("updated"), default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("reason of withdrawal"), max_length=300, blank=True, editable=False
    )

    # Any: every room narrows it to its own query set.
    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
