"""What a party has said about an exact content: signed, or returned with a reason."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock
from zhuoyue.kit.models.record import Record, RecordQuerySet


class CounterSignatureQuerySet(RecordQuerySet["CounterSignature"]):
    def of(self, kind: str, target_id: int) -> Self:
        return self.filter(kind=kind, target_id=target_id)


class CounterSignature(Record):
    """One party's word on a content, bound to the content's hash.

    When the content changes its hash does, and the signature no longer stands.
    """

    class Decision(models.TextChoices):
        SIGNED = "signed", _("signed")
        RETURNED = "returned", _("returned")

    kind = models.CharField(max_length=60)
    target_id = models.PositiveBigIntegerField()
    content_hash = models.CharField(_("content hash"), max_length=64)
    party = models.CharField(_("party"), max_length=80)
    party_label = models.CharField(_("party"), max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    signed_by = models.CharField(_("signed by"), max_length=200)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)

    objects: ClassVar[Any] = CounterSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter-signature")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["tenant", "kind", "target_id"], name="signature_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "target_id", "content_hash", "party"],
                condition=Q(withdrawn_at__isnull=True, decision="signed"),
                name="party_signs_once",
                violation_error_message=_("This party has signed this content already."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(reason=""),
                name="returned_with_reason",
                violation_error_message=_("Say why it is returned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_label}: {self.get_decision_display()}"
