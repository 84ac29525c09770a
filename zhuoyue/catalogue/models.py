"""Rows of the catalogue: service, touchpoint, service standard."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.catalogue import rules
from zhuoyue.kit.bilingual import Bilingual, text
from zhuoyue.kit.models import Record
from zhuoyue.people.models import Department, Person


class Emotion(models.TextChoices):
    """What a recipient feels, or is meant to feel; `rules.VALENCE` weighs it."""

    ANGRY = "angry", _("angry")
    DISAPPOINTED = "disappointed", _("disappointed")
    ANXIOUS = "anxious", _("anxious")
    CALM = "calm", _("calm")
    CONFIDENT = "confident", _("confident")
    RESPECTED = "respected", _("respected")
    UNDERSTOOD = "understood", _("understood")
    RELIEVED = "relieved", _("relieved")
    PLEASED = "pleased", _("pleased")
    SURPRISED = "surprised", _("pleasantly surprised")

    @property
    def valence(self) -> int:
        return rules.valence(self.value)


def code_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["tenant", "code"],
        condition=Q(withdrawn_at__isnull=True),
        name=name,
        violation_error_message=_("This code is taken."),
    )


class Service(Bilingual, Record):
    """Something the centre offers (3.2), with its place on the service excellence pyramid."""

    class Audience(models.TextChoices):
        INTERNAL = "internal", _("internal recipients")
        EXTERNAL = "external", _("external recipients")
        BOTH = "both", _("internal and external")

    class Level(models.IntegerChoices):
        CORE = 1, _("1 · core service proposition")
        FEEDBACK = 2, _("2 · feedback management")
        INDIVIDUAL = 3, _("3 · individual excellent service")
        SURPRISE = 4, _("4 · surprising excellent service")

    code = models.SlugField(_("code"), max_length=60)
    title_zh = models.CharField(_("title (zh)"), max_length=200)
    title_en = models.CharField(_("title (en)"), max_length=200, blank=True)
    audience = models.CharField(_("offered to"), max_length=10, choices=Audience)
    description = models.TextField(_("description"), blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
    )
    owner = models.ForeignKey(
        Person,
        verbose_name=_("service owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
    )
    level = models.PositiveSmallIntegerField(
        _("pyramid level"), choices=Level, null=True, blank=True
    )
    is_active = models.BooleanField(_("on offer"), default=True)

    class Meta:
        verbose_name = _("service")
        ordering = ["code"]
        constraints = [
            code_once("service_code_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)),
                name="service_level_on_the_pyramid",
                violation_error_message=_("The pyramid has the levels 1 to 4."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Touchpoint(Bilingual, Record):
    """A type of encounter with recipients (3.3); what happens there is a contact of delivery."""

    class Stage(models.TextChoices):
        AWARE = "aware", pgettext_lazy("stage", "become aware")
        ASK = "ask", pgettext_lazy("stage", "ask")
        CLARIFY = "clarify", pgettext_lazy("stage", "clarify")
        AGREE = "agree", pgettext_lazy("stage", "agree")
        DELIVER = "deliver", pgettext_lazy("stage", "be served")
        CLOSE = "close", pgettext_lazy("stage", "conclude")
        AFTER = "after", pgettext_lazy("stage", "afterwards")

    class Channel(models.TextChoices):
        DIGITAL = "digital", pgettext_lazy("channel", "digital")
        PHONE = "phone", pgettext_lazy("channel", "phone")
        ON_SITE = "on_site", pgettext_lazy("channel", "on site")
        MEETING = "meeting", pgettext_lazy("channel", "meeting")
        DOCUMENT = "document", pgettext_lazy("channel", "document")
        HANDOVER = "handover", pgettext_lazy("channel", "hand-over")

    code = models.SlugField(_("code"), max_length=60)
    title_zh = models.CharField(_("title (zh)"), max_length=200)
    title_en = models.CharField(_("title (en)"), max_length=200, blank=True)
    stage = models.CharField(_("stage of the journey"), max_length=10, choices=Stage)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    owner = models.ForeignKey(
        Person,
        verbose_name=_("touchpoint owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="touchpoints",
    )
    internal_line = models.BooleanField(
        _("hand-off between departments"),
        default=False,
        help_text=_("Behind the line of internal interaction: the recipient does not see it."),
    )
    intended_emotion = models.CharField(
        _("intended emotion"), max_length=20, choices=Emotion, blank=True
    )
    promised_zh = models.CharField(_("what we promise here (zh)"), max_length=300, blank=True)
    promised_en = models.CharField(_("what we promise here (en)"), max_length=300, blank=True)
    data_points = models.TextField(
        _("data points"),
        blank=True,
        help_text=_(
            "What is learnt about the recipient here, so that the next step can be personal."
        ),
    )
    physical_evidence = models.TextField(
        _("physical evidence"), blank=True, help_text=_("What the recipient sees and keeps.")
    )
    is_low_volume = models.BooleanField(
        _("low-volume"),
        default=False,
        help_text=_("Fewer than 30 experience readings in half a year are to be expected."),
    )

    class Meta:
        verbose_name = _("touchpoint")
        ordering = ["code"]
        constraints = [
            code_once("touchpoint_code_once"),
            models.CheckConstraint(
                condition=~Q(intended_emotion__in=rules.UNPLEASANT),
                name="touchpoint_intends_nothing_unpleasant",
                violation_error_message=_("Nobody intends an unpleasant emotion."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_digital(self) -> bool:
        """Counts as digital in measure 44."""
        return self.channel == self.Channel.DIGITAL

    @property
    def promised(self) -> str:
        return text(self, "promised")


def spans() -> Q:
    """A clock runs from a moment to a later one."""
    allowed = Q()
    for start, end in rules.SPANS:
        allowed |= Q(clock_from=start, clock_to=end)
    return allowed


class ServiceStandard(Bilingual, Record):
    """A measurable promise (X2b) at a touchpoint, of a service, or of a service at a touchpoint."""

    class Kind(models.TextChoices):
        RESPONSE = "response", _("time to respond")
        RESOLUTION = "resolution", _("time to resolve")
        DURATION = "duration", _("time to carry out")
        QUALITY = "quality", _("share done well")

    class Unit(models.TextChoices):
        HOURS = "hours", _("hours")
        WORKING_DAYS = "working_days", _("working days")
        PERCENT = "percent", _("percent")

    class Direction(models.TextChoices):
        AT_MOST = "at_most", _("at most")
        AT_LEAST = "at_least", _("at least")

    class Moment(models.TextChoices):
        OPENED = "opened", pgettext_lazy("moment", "case opened")
        RESPONDED = "responded", pgettext_lazy("moment", "first response")
        RESOLVED = "resolved", pgettext_lazy("moment", "resolved")
        CLOSED = "closed", pgettext_lazy("moment", "closed")

    code = models.SlugField(_("code"), max_length=60)
    title_zh = models.CharField(_("title (zh)"), max_length=200)
    title_en = models.CharField(_("title (en)"), max_length=200, blank=True)
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        verbose_name=_("touchpoint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.AT_MOST
    )
    target = models.FloatField(_("target"))
    unit = models.CharField(_("unit"), max_length=15, choices=Unit)
    clock_from = models.CharField(_("clock starts"), max_length=10, choices=Moment, blank=True)
    clock_to = models.CharField(_("clock stops"), max_length=10, choices=Moment, blank=True)
    market_note = models.TextField(
        _("compared with the market"),
        blank=True,
        help_text=_("What other providers promise, and where that is known from."),
    )

    class Meta:
        verbose_name = _("service standard")
        ordering = ["code"]
        constraints = [
            code_once("service_standard_code_once"),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | Q(touchpoint__isnull=False),
                name="service_standard_has_a_place",
                violation_error_message=_("Choose the service or the touchpoint it belongs to."),
            ),
            models.CheckConstraint(
                condition=Q(kind="quality", unit="percent", clock_from="", clock_to="")
                | (~Q(kind="quality") & ~Q(unit="percent") & spans()),
                name="service_standard_clock_fits_kind",
                violation_error_message=_(
                    "A time is counted in hours or working days from one moment to a later one; "
                    "a quality in percent, without a clock."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__gt=0) & (~Q(unit="percent") | Q(target__lte=100)),
                name="service_standard_target_in_range",
                violation_error_message=_(
                    "The target must lie above 0, a percentage at 100 or below."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_timed(self) -> bool:
        return self.kind != self.Kind.QUALITY

    @property
    def promise(self) -> str:
        """The target in words, as in “at most 4 hours”."""
        words = {
            "direction": self.get_direction_display(),
            "target": f"{self.target:g}",
            "unit": self.get_unit_display(),
        }
        return str(_("%(direction)s %(target)s %(unit)s") % words)

    def is_kept_by(self, value: float) -> bool:
        """Whether a value in the standard's own unit keeps it."""
        return rules.is_kept(value, self.target, at_most=self.direction == self.Direction.AT_MOST)
