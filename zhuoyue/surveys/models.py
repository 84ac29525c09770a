"""Rows of surveys: questionnaire, item, wave, response, and the statistics of each item."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.bilingual import Bilingual, text
from zhuoyue.kit.models import Record, Tenant

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


class Questionnaire(Bilingual, Record):
    """A set of items with one wording; another wording is another questionnaire."""

    code = models.CharField(_("code"), max_length=40)
    title_zh = models.CharField(_("title (zh)"), max_length=200)
    title_en = models.CharField(_("title (en)"), max_length=200, blank=True)
    scale_low = models.IntegerField(_("lowest answer"))
    scale_high = models.IntegerField(_("highest answer"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="questionnaire_code_once",
                violation_error_message=_("This code is taken."),
            ),
            models.CheckConstraint(
                condition=Q(scale_low__lt=F("scale_high")),
                name="questionnaire_scale_rises",
                violation_error_message=_("The highest answer must lie above the lowest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Item(Record):
    """A question of a questionnaire, known by its column."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("scale item")
        CSAT = "csat", _("satisfaction (CSAT)")
        NPS = "nps", _("recommendation 0–10 (NPS)")
        CES = "ces", _("effort 1–7 (CES)")
        TEXT = "text", _("free text")
        ATTRIBUTE = "attribute", _("attribute of the respondent")

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="items",
    )
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("position"))
    text_zh = models.CharField(_("wording (zh)"), max_length=500, blank=True)
    text_en = models.CharField(_("wording (en)"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SCALE)
    construct = models.CharField(
        _("construct"), max_length=60, blank=True, help_text=_("What the item is meant to measure.")
    )

    class Meta:
        verbose_name = _("item")
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="item_code_once",
                violation_error_message=_("This code is taken."),
            )
        ]

    def __str__(self) -> str:
        wording = text(self, "text")
        return f"{self.code} {wording}".strip()

    @property
    def is_number(self) -> bool:
        return self.kind not in {self.Kind.TEXT, self.Kind.ATTRIBUTE}


class Wave(Record):
    """One run of a questionnaire."""

    class Mode(models.TextChoices):
        ANONYMOUS = "anonymous", _("anonymous")
        CONFIDENTIAL = "confidential", _("confidential")
        NAMED = "named", _("named")

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="waves",
    )
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"))
    is_dated = models.BooleanField(
        _("dates known"),
        default=True,
        help_text=_("Not ticked: the file named no days, and those above are the day of import."),
    )
    invited = models.PositiveIntegerField(
        _("number invited"),
        null=True,
        blank=True,
        help_text=_("Leave empty when it is not known; the response rate is then unknown too."),
    )
    mode = models.CharField(_("mode"), max_length=15, choices=Mode, default=Mode.ANONYMOUS)
    responses_count = models.PositiveIntegerField(_("answers"), default=0, editable=False)

    class Meta:
        verbose_name = _("wave")
        ordering = ["-ended_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="wave_code_once",
                violation_error_message=_("This code is taken."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__lte=F("ended_on")),
                name="wave_starts_before_it_ends",
                violation_error_message=_("The wave ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.invited is not None and self.invited < self.responses_count:
            raise ValidationError(
                {"invited": _("Fewer were invited than have answered. Leave it empty if unknown.")}
            )

    @property
    def response_rate(self) -> float | None:
        """Answers ÷ invited, or None when nobody counted the invitations."""
        return self.responses_count / self.invited if self.invited else None


class TenantRows(models.QuerySet[Any]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(tenant=actor.tenant)


class Response(models.Model):
    """One person's answers: no name, no creator, no time finer than the day."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveIntegerField(_("number"))
    answered_on = models.DateField(_("day"), null=True)
    weight = models.FloatField(_("weight"), default=1.0)
    answers = models.JSONField(_("answers"), default=dict)

    objects: ClassVar[Any] = TenantRows.as_manager()

    class Meta:
        verbose_name = _("response")
        ordering = ["wave", "number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="response_number_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="response_weight_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.number}"


class ItemStatistics(models.Model):
    """What a wave's figures need of an item, so that no page reads the answers again."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="statistics")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="statistics")
    n = models.PositiveIntegerField(default=0)
    total = models.FloatField(default=0.0)
    squares = models.FloatField(default=0.0)
    counts = models.JSONField(default=dict)  # answer → how many gave it
    no_answer = models.PositiveIntegerField(default=0)
    not_used = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = TenantRows.as_manager()

    class Meta:
        verbose_name = _("item statistics")
        constraints = [
            models.UniqueConstraint(fields=["wave", "item"], name="statistics_once_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.item}"

    @property
    def mean(self) -> float | None:
        return self.total / self.n if self.n else None
