"""The scheme, its versions, and what the recipient said to them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.catalogue.models import Service
from zhuoyue.kit import clock
from zhuoyue.kit.models import Record, RecordQuerySet
from zhuoyue.kit.signing import Target
from zhuoyue.needs.models import Request
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import Department, Person, Recipient
from zhuoyue.schemes import rules

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


class SchemeQuerySet(RecordQuerySet["Scheme"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Recipients see what was signed for them or is in force; drafts are the centre's own."""
        rows = super().visible_to(actor)
        if is_recipient(actor):
            accepted = SchemeVersion.objects.filter(
                scheme=models.OuterRef("pk"), accepted_at__isnull=False
            )
            return rows.filter(
                Q(status__in=[rules.SIGNED, rules.ACCEPTED]) | models.Exists(accepted),
                recipient__in=actor.belonging("people.recipient"),
            )
        return rows


class Scheme(Record):
    """What is promised to a recipient (5.2), and how far it has come."""

    class Status(models.TextChoices):
        DRAFT = rules.DRAFT, pgettext_lazy("scheme", "draft")
        PRESENTED = rules.PRESENTED, pgettext_lazy("scheme", "counter-signing")
        RETURNED = rules.RETURNED, pgettext_lazy("scheme", "returned")
        SIGNED = rules.SIGNED, pgettext_lazy("scheme", "signed")
        ACCEPTED = rules.ACCEPTED, pgettext_lazy("scheme", "accepted")

    number = models.PositiveIntegerField(_("code"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="schemes"
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="schemes",
    )
    owner = models.ForeignKey(
        Person, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="schemes"
    )
    request = models.ForeignKey(
        Request,
        verbose_name=_("request"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="schemes",
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("begun from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects: ClassVar[Any] = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="scheme_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"S{self.number:04}"

    def clean(self) -> None:
        if self.request is not None and self.request.recipient_id != self.recipient_id:
            raise ValidationError({"request": _("The request is another recipient's.")})

    @property
    def latest(self) -> "SchemeVersion":
        """The version that is being drafted or lies before the departments."""
        found: SchemeVersion = self.versions.latest("number")
        return found

    @property
    def in_force(self) -> "SchemeVersion | None":
        """The newest version the recipient has accepted; it holds until the next is accepted."""
        found: SchemeVersion | None = (
            self.versions.filter(accepted_at__isnull=False).order_by("-number").first()
        )
        return found


class SchemeVersion(Record):
    """What a scheme says, as a whole; once presented it is never changed again."""

    scheme = models.ForeignKey(
        Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(default=dict)
    content_hash = models.CharField(_("content hash"), max_length=64)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    departments = models.ManyToManyField(
        Department, verbose_name=_("departments concerned"), related_name="+"
    )
    presented_at = models.DateTimeField(_("presented"), null=True)
    presented_by = models.CharField(_("presented by"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    # Once a department has returned it or the recipient has asked for changes, that stays true.
    was_returned = models.BooleanField(_("was returned"), default=False)
    has_individual = models.BooleanField(_("has an individual element"), default=False)

    class Meta:
        verbose_name = _("scheme version")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once"),
            models.CheckConstraint(
                condition=Q(presented_at__isnull=False)
                | Q(signed_at__isnull=True, accepted_at__isnull=True),
                name="version_signed_after_presented",
            ),
        ]

    def __str__(self) -> str:
        return _("%(scheme)s, version %(number)d") % {
            "scheme": self.scheme.code,
            "number": self.number,
        }

    @property
    def is_frozen(self) -> bool:
        return self.presented_at is not None

    @property
    def target(self) -> Target:
        """What departments sign and the recipient accepts."""
        return Target("schemes.scheme", self.scheme_id, self.content_hash)


class RecipientAnswer(Record):
    """What the recipient said to a version by the signed link."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
        CHANGES = "changes", pgettext_lazy("answer", "asked for changes")

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="answers"
    )
    decision = models.CharField(_("answer"), max_length=10, choices=Decision)
    name = models.CharField(_("name"), max_length=100)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("recipient's answer")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(decision="accepted"),
                name="version_accepted_once",
                violation_error_message=_("This version has been accepted already."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="changes") | ~Q(comment=""),
                name="changes_with_comment",
                violation_error_message=_("Say what should be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_decision_display()}"
