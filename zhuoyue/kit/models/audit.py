"""The audit chain: one entry per write, each bound to the one before by a keyed hash."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.models.tenant import Tenant


class AuditEntry(models.Model):
    """What was done, by whom, to what; written once."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("when"))
    action = models.CharField(_("action"), max_length=100)
    actor = models.CharField(_("who"), max_length=200)
    user_id = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=60, blank=True)
    target_id = models.PositiveBigIntegerField(null=True)
    target = models.CharField(_("what"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    previous = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sequence"], name="audit_sequence_once")
        ]
        indexes = [
            models.Index(fields=["tenant", "kind", "target_id"], name="audit_by_target"),
            models.Index(fields=["tenant", "at"], name="audit_by_time"),
        ]
        ordering = ["tenant", "sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("an audit entry is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("an audit entry is never deleted")


class AuditHead(models.Model):
    """The newest entry of a tenant's chain; locked while the next one is written."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, related_name="+")
    # Which chain this is, wherever its database lies; the first entry is bound to it.
    chain = models.CharField(max_length=32, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.sequence}"
