"""Rows of needs: request, source, verbatim, need, and which words stand behind which need."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.catalogue.models import Touchpoint
from zhuoyue.kit import clock
from zhuoyue.kit.models import Record, RecordQuerySet
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import ContactPerson, Recipient

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


class OfRecipientQuerySet[R: Record](RecordQuerySet[R]):
    """Rows of a recipient: recipients see their own, the centre's people see all."""

    def visible_to(self, actor: "Actor") -> Self:
        rows = super().visible_to(actor)
        if is_recipient(actor):
            return rows.filter(recipient__in=actor.belonging("people.recipient"))
        return rows


def check_contact(recipient: Recipient | None, contact: ContactPerson | None) -> None:
    if contact is not None and (recipient is None or contact.recipient_id != recipient.pk):
        raise ValidationError({"contact": _("This person belongs to another recipient.")})


class Request(Record):
    """What a recipient asks for; it may become a scheme or a case."""

    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("request", "new")
        UNDERSTOOD = "understood", pgettext_lazy("request", "understood")
        DECLINED = "declined", pgettext_lazy("request", "declined")
        SCHEME = "scheme", pgettext_lazy("request", "became a scheme")
        CASE = "case", pgettext_lazy("request", "became a case")

    class Channel(models.TextChoices):
        PLATFORM = "platform", pgettext_lazy("channel", "this platform")
        PHONE = "phone", pgettext_lazy("channel", "phone")
        MESSAGE = "message", pgettext_lazy("channel", "instant message")
        MAIL = "mail", pgettext_lazy("channel", "e-mail")
        MEETING = "meeting", pgettext_lazy("channel", "meeting")
        VISIT = "visit", pgettext_lazy("channel", "visit")
        LETTER = "letter", pgettext_lazy("channel", "letter or document")

    number = models.PositiveIntegerField(_("code"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is asked for"))
    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="requests"
    )
    contact = models.ForeignKey(
        ContactPerson,
        verbose_name=_("contact person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
    )
    raised_by = models.CharField(_("raised by"), max_length=100, blank=True, editable=False)
    raised_at = models.DateTimeField(_("raised"), default=clock.now, editable=False)
    channel = models.CharField(
        _("channel"), max_length=12, choices=Channel, default=Channel.PLATFORM
    )
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.NEW, editable=False
    )
    answer = models.TextField(_("answer"), blank=True, editable=False)

    objects: ClassVar[Any] = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(answer=""),
                name="request_declined_with_answer",
                violation_error_message=_("Say why the request is declined."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"Q{self.number:04}"

    def clean(self) -> None:
        check_contact(self.recipient, self.contact)


class SourceQuerySet(RecordQuerySet["Source"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Where others have spoken is not for recipients to see."""
        rows = super().visible_to(actor)
        return rows.none() if is_recipient(actor) else rows


class Source(Record):
    """Where voices come from (6.3.1): one interview, one survey wave, one meeting."""

    class Kind(models.TextChoices):
        SURVEY = "survey", pgettext_lazy("source", "survey")
        INTERVIEW = "interview", pgettext_lazy("source", "interview")
        OBSERVATION = "observation", pgettext_lazy("source", "observation")
        COMPLAINT = "complaint", pgettext_lazy("source", "complaint")
        DOCUMENT = "document", pgettext_lazy("source", "document")
        MEETING = "meeting", pgettext_lazy("source", "meeting")
        SIMULATION = "simulation", pgettext_lazy("source", "touchpoint simulation")
        REQUEST = "request", pgettext_lazy("source", "request")

    kind = models.CharField(_("kind of source"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("date"), default=clock.today)
    note = models.TextField(_("note"), blank=True)
    # The record this source is, when it is one: "needs.request" 12, "surveys.wave" 3.
    reference_kind = models.CharField(max_length=60, blank=True, editable=False)
    reference_id = models.PositiveBigIntegerField(null=True, editable=False)

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "reference_kind", "reference_id"], name="source_of")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference_kind="", reference_id__isnull=True)
                | (~Q(reference_kind="") & Q(reference_id__isnull=False)),
                name="source_reference_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Verbatim(Record):
    """What someone said, in their own words."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="verbatims"
    )
    recipient = models.ForeignKey(
        Recipient,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verbatims",
    )
    contact = models.ForeignKey(
        ContactPerson,
        verbose_name=_("contact person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verbatims",
    )
    text = models.TextField(_("words"))
    said_on = models.DateField(_("said on"), default=clock.today)

    objects: ClassVar[Any] = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("verbatim")
        ordering = ["-said_on", "-id"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:58]}……"

    def clean(self) -> None:
        check_contact(self.recipient, self.contact)


class Need(Record):
    """A need, expectation or desire as a statement: who, in what situation, wishes what, why."""

    class Kind(models.TextChoices):
        NEED = "need", pgettext_lazy("need", "need")
        EXPECTATION = "expectation", pgettext_lazy("need", "expectation")
        DESIRE = "desire", pgettext_lazy("need", "desire")

    class Scope(models.TextChoices):
        INDIVIDUAL = "individual", pgettext_lazy("need", "individual")
        COMMON = "common", pgettext_lazy("need", "common")

    class Horizon(models.TextChoices):
        CURRENT = "current", pgettext_lazy("need", "current")
        FUTURE = "future", pgettext_lazy("need", "future")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("need", "open")
        ADOPTED = "adopted", pgettext_lazy("need", "adopted")
        DECLINED = "declined", pgettext_lazy("need", "declined")
        PARKED = "parked", pgettext_lazy("need", "parked")

    number = models.PositiveIntegerField(_("code"), editable=False)
    recipient = models.ForeignKey(
        Recipient,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        help_text=_("May stay empty for a need that many recipients share."),
    )
    request = models.ForeignKey(
        Request,
        verbose_name=_("request"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="needs",
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        verbose_name=_("touchpoint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
    )
    who = models.CharField(
        pgettext_lazy("need", "who"), max_length=200, help_text=_("The people or the role.")
    )
    situation = models.TextField(_("situation"), help_text=_("When and where it matters."))
    wish = models.CharField(_("wish"), max_length=300, help_text=_("What they want to get done."))
    reason = models.TextField(pgettext_lazy("need", "why"), blank=True)
    strength = models.PositiveSmallIntegerField(
        _("strength"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 = slight, 5 = very strong"),
    )
    kind = models.CharField(_("kind of need"), max_length=12, choices=Kind, default=Kind.NEED)
    scope = models.CharField(
        _("individual or common"), max_length=12, choices=Scope, default=Scope.INDIVIDUAL
    )
    horizon = models.CharField(
        _("current or future"), max_length=10, choices=Horizon, default=Horizon.CURRENT
    )
    is_must_be = models.BooleanField(
        _("must-be"),
        default=False,
        help_text=_("Taken for granted; its absence alone makes the service fail."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False
    )
    status_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)

    objects: ClassVar[Any] = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("noun", "need")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="need_number_once"),
            models.CheckConstraint(
                condition=Q(strength__range=(1, 5)),
                name="need_strength_1_to_5",
                violation_error_message=_("The strength lies between 1 and 5."),
            ),
            models.CheckConstraint(
                condition=~Q(scope="individual") | Q(recipient__isnull=False),
                name="individual_need_has_recipient",
                violation_error_message=_("Choose whose individual need this is."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "parked"]) | ~Q(status_reason=""),
                name="need_set_aside_with_reason",
                violation_error_message=_("Say why the need is declined or parked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.wish}"

    @property
    def code(self) -> str:
        return f"N{self.number:04}"

    def clean(self) -> None:
        if self.request is not None and self.recipient_id not in {None, self.request.recipient_id}:
            raise ValidationError({"recipient": _("The request is another recipient's.")})


class NeedVerbatim(Record):
    """These words stand behind that need."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="words")
    verbatim = models.ForeignKey(
        Verbatim, verbose_name=_("words"), on_delete=models.PROTECT, related_name="needs"
    )

    class Meta:
        verbose_name = _("words behind a need")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "verbatim"],
                condition=Q(withdrawn_at__isnull=True),
                name="words_behind_need_once",
                violation_error_message=_("These words stand behind the need already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need.code} ← {self.verbatim}"

    def clean(self) -> None:
        """An individual need rests on its own recipient's words, or nobody's in particular."""
        if self.need.scope == Need.Scope.INDIVIDUAL and self.verbatim.recipient_id not in {
            None,
            self.need.recipient_id,
        }:
            raise ValidationError(
                {"verbatim": _("An individual need cannot rest on another recipient's words.")}
            )
