"""Rows of delivery: case, contact, and the daily figures of contacts."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.catalogue.models import Emotion, Service, Touchpoint
from zhuoyue.delivery import rules
from zhuoyue.kit import clock
from zhuoyue.kit.models import ImportBatch, Record, RecordQuerySet
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import ContactPerson, Department, Person, Recipient

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


def landed() -> Q:
    """Rows that people have logged, or an import that has landed has brought."""
    return Q(import_batch__isnull=True) | Q(import_batch__state=ImportBatch.State.LANDED)


class DeliveryQuerySet[R: Record](RecordQuerySet[R]):
    def visible_to(self, actor: "Actor") -> Self:
        """What is staged under an import does not count yet; recipients see what is theirs."""
        rows = super().visible_to(actor).filter(landed())
        if is_recipient(actor):
            return rows.filter(recipient__in=actor.belonging("people.recipient"))
        return rows


class Channel(models.TextChoices):
    """How it came about; `rules.DIGITAL` tells which of them are digital."""

    PLATFORM = "platform", pgettext_lazy("channel", "this platform")
    MESSAGE = "message", pgettext_lazy("channel", "instant message")
    MAIL = "mail", pgettext_lazy("channel", "e-mail")
    VIDEO = "video", pgettext_lazy("channel", "video meeting")
    AUTOMATIC = "automatic", pgettext_lazy("channel", "automatic notice")
    PHONE = "phone", pgettext_lazy("channel", "phone")
    VISIT = "visit", pgettext_lazy("channel", "visit")
    MEETING = "meeting", pgettext_lazy("channel", "meeting")
    LETTER = "letter", pgettext_lazy("channel", "letter or document")
    HANDOVER = "handover", pgettext_lazy("channel", "hand-over")


class Involved(Record):
    """What cases and contacts have in common: whom they concern, and where they came from."""

    recipient = models.ForeignKey(
        Recipient,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="%(class)s_log",
    )
    contact_person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("contact person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_log",
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_log",
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True)
    import_batch = models.ForeignKey(
        ImportBatch,
        verbose_name=_("import"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="%(class)s_log",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        person = self.contact_person
        if person is not None and person.recipient_id != self.recipient_id:
            raise ValidationError(
                {"contact_person": _("This person belongs to another recipient.")}
            )


def refuse_future(name: str, moment: datetime | None) -> None:
    """Work is told after it has happened; clocks of different machines may differ a little."""
    if moment is not None and moment > clock.now() + timedelta(minutes=5):
        raise ValidationError({name: _("This moment lies in the future.")})


def not_before(name: str, later: str, words: Any) -> models.CheckConstraint:
    """A moment of a case that cannot lie before its opening."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F("opened_at")}),
        name=name,
        violation_error_message=words,
    )


class Case(Involved):
    """One matter of a recipient, handled to its end, with clocks."""

    class Kind(models.TextChoices):
        SERVICE = "service", pgettext_lazy("case", "service request")
        QUESTION = "question", pgettext_lazy("case", "question")
        FAULT = "fault", pgettext_lazy("case", "fault or problem")
        COMPLAINT = "complaint", pgettext_lazy("case", "complaint")

    class Priority(models.IntegerChoices):
        URGENT = 1, pgettext_lazy("priority", "1 · urgent")
        HIGH = 2, pgettext_lazy("priority", "2 · high")
        NORMAL = 3, pgettext_lazy("priority", "3 · normal")
        LOW = 4, pgettext_lazy("priority", "4 · low")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("case", "new")
        IN_PROGRESS = "in_progress", pgettext_lazy("case", "in progress")
        WAITING = "waiting", pgettext_lazy("case", "waiting")
        RESOLVED = "resolved", pgettext_lazy("case", "resolved")
        CLOSED = "closed", pgettext_lazy("case", "closed")

    number = models.PositiveIntegerField(_("code"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True)
    kind = models.CharField(_("kind of case"), max_length=12, choices=Kind, default=Kind.SERVICE)
    raised_by = models.CharField(_("raised by"), max_length=100, blank=True)
    handled_by = models.CharField(_("handled by"), max_length=100, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    owner = models.ForeignKey(
        Person,
        verbose_name=_("case owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.NEW, editable=False
    )
    state_reason = models.CharField(
        _("reason of the state"), max_length=300, blank=True, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    promised_by = models.DateTimeField(_("promised by"), null=True, blank=True)
    # None: nothing was promised, or nobody knows whether it was kept. It then leaves the share.
    promise_kept = models.BooleanField(_("promise kept"), null=True, editable=False)
    first_response_at = models.DateTimeField(_("first response"), null=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    reopen_count = models.PositiveIntegerField(_("reopened"), default=0, editable=False)
    solved_at_first_contact = models.BooleanField(
        _("solved at first contact"), null=True, editable=False
    )
    solution = models.TextField(_("solution"), blank=True, editable=False)
    external_number = models.CharField(_("number elsewhere"), max_length=60, blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "opened_at"], name="case_by_opening"),
            models.Index(fields=["tenant", "state", "promised_by"], name="case_by_state"),
            models.Index(fields=["recipient", "opened_at"], name="case_of_recipient"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "external_number"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(external_number=""),
                name="case_external_number_once",
                violation_error_message=_("A case with this number elsewhere is here already."),
            ),
            models.CheckConstraint(
                condition=Q(priority__range=(1, 4)),
                name="case_priority_1_to_4",
                violation_error_message=_("The priority lies between 1 and 4."),
            ),
            not_before(
                "case_answered_after_opening",
                "first_response_at",
                _("The first response cannot come before the opening."),
            ),
            not_before(
                "case_resolved_after_opening",
                "resolved_at",
                _("A case cannot be resolved before it is opened."),
            ),
            not_before(
                "case_closed_after_opening",
                "closed_at",
                _("A case cannot be closed before it is opened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        super().clean()
        refuse_future("opened_at", self.opened_at)

    @property
    def code(self) -> str:
        return f"C{self.number:04}"

    @property
    def response_hours(self) -> float | None:
        return rules.hours_between(self.opened_at, self.first_response_at)

    @property
    def resolution_hours(self) -> float | None:
        return rules.hours_between(self.opened_at, self.resolved_at)

    @property
    def is_overdue(self) -> bool:
        is_open = self.state in rules.OPEN_STATES
        return is_open and rules.is_overdue(self.promised_by, self.resolved_at, clock.now())


class Contact(Involved):
    """A contact event (3.3): something that happened between the centre and a recipient."""

    class Outcome(models.TextChoices):
        SOLVED = "solved", pgettext_lazy("outcome", "solved")
        MOVED_ON = "moved_on", pgettext_lazy("outcome", "moved on")
        HANDED_OVER = "handed_over", pgettext_lazy("outcome", "handed over")
        NOT_SOLVED = "not_solved", pgettext_lazy("outcome", "not solved")
        INFORMATION = "information", pgettext_lazy("outcome", "information only")

    class Felt(models.IntegerChoices):
        VERY_BAD = 1, pgettext_lazy("felt", "very bad")
        BAD = 2, pgettext_lazy("felt", "bad")
        NEUTRAL = 3, pgettext_lazy("felt", "neutral")
        GOOD = 4, pgettext_lazy("felt", "good")
        DELIGHTED = 5, pgettext_lazy("felt", "delighted")

    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        verbose_name=_("touchpoint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_log",
    )
    at = models.DateTimeField(_("when"), default=clock.now)
    by = models.ForeignKey(
        Person,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_log",
    )
    by_text = models.CharField(_("by (name)"), max_length=100, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    felt = models.PositiveSmallIntegerField(
        _("felt experience"), choices=Felt, null=True, blank=True
    )
    emotion = models.CharField(_("felt emotion"), max_length=20, choices=Emotion, blank=True)
    obstacle = models.TextField(_("obstacle"), blank=True)
    opportunity = models.TextField(_("opportunity"), blank=True)
    opinion = models.TextField(_("opinion or solution"), blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "at"], name="contact_by_time"),
            models.Index(fields=["recipient", "at"], name="contact_of_recipient"),
            models.Index(fields=["touchpoint", "at"], name="contact_at_touchpoint"),
            models.Index(fields=["by", "at"], name="contact_by_person"),
            # A list tells how many there are; this index alone answers that.
            models.Index(fields=["tenant", "withdrawn_at", "import_batch"], name="contact_counted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(felt__isnull=True) | Q(felt__range=(1, 5)),
                name="contact_felt_1_to_5",
                violation_error_message=_("The felt experience lies between 1 and 5."),
            ),
        ]

    def __str__(self) -> str:
        where = self.touchpoint or self.get_channel_display() or _("contact")
        return f"{self.recipient} · {where}"

    def clean(self) -> None:
        super().clean()
        refuse_future("at", self.at)
        if self.case is not None and self.case.recipient_id != self.recipient_id:
            raise ValidationError({"case": _("This case is another recipient's.")})


class ContactDayQuerySet(RecordQuerySet["ContactDay"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Figures over all recipients are not for one of them; staged ones do not count yet."""
        rows = super().visible_to(actor).filter(landed())
        return rows.none() if is_recipient(actor) else rows


class ContactDay(Record):
    """How many contacts a day had at a place, and how they felt, point by point.

    n, sum and sum of squares of the readings follow from the counts. Each import has rows of its
    own, so that a large one is counted before it lands, and lands in an instant.
    """

    day = models.DateField(_("day"))
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.PROTECT, null=True, related_name="contact_days"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, related_name="contact_days"
    )
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="contact_days"
    )
    n = models.PositiveIntegerField(default=0)
    felt_1 = models.PositiveIntegerField(default=0)
    felt_2 = models.PositiveIntegerField(default=0)
    felt_3 = models.PositiveIntegerField(default=0)
    felt_4 = models.PositiveIntegerField(default=0)
    felt_5 = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ContactDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("contacts of a day")
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "day",
                Coalesce("touchpoint", 0),
                Coalesce("service", 0),
                "channel",
                Coalesce("import_batch", 0),
                name="contact_day_once",
            ),
            models.CheckConstraint(
                condition=Q(n__gte=sum((F(f"felt_{p}") for p in rules.POINTS[1:]), F("felt_1"))),
                name="contact_day_readings_within_n",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.n}"
