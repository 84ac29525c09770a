"""Rows of improvement: action, cause, step, effect check."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.improvement import rules
from zhuoyue.kit import clock
from zhuoyue.kit.models import Record
from zhuoyue.people.models import Department, Person


class Improvement(Record):
    """An improvement action (5.4), from its occasion to its proven effect."""

    class State(models.TextChoices):
        PLANNED = rules.PLANNED, pgettext_lazy("improvement", "planned")
        DOING = rules.DOING, pgettext_lazy("improvement", "being done")
        CHECKING = rules.CHECKING, pgettext_lazy("improvement", "effect to be checked")
        EFFECTIVE = rules.EFFECTIVE, pgettext_lazy("improvement", "effective")
        NOT_EFFECTIVE = rules.NOT_EFFECTIVE, pgettext_lazy("improvement", "not effective")
        STANDARDISED = rules.STANDARDISED, pgettext_lazy("improvement", "made standard")

    number = models.PositiveIntegerField(_("code"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    goal = models.TextField(_("goal"), help_text=_("What shall be better, by how much, for whom."))
    # What gave occasion to it, as a typed reference: a finding, a measure, a case, nothing.
    origin_kind = models.CharField(max_length=60, blank=True, editable=False)
    origin_id = models.PositiveBigIntegerField(null=True, editable=False)
    subject = models.CharField(
        _("construct or item"),
        max_length=120,
        blank=True,
        help_text=_("What of the survey it aims at, by its code."),
    )
    measure = models.PositiveSmallIntegerField(_("measure"), null=True, blank=True)
    owner = models.ForeignKey(
        Person, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="improvements"
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="improvements",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=State, default=State.PLANNED, editable=False
    )
    judgement = models.TextField(_("judgement"), blank=True, editable=False)
    judged_by = models.CharField(_("judged by"), max_length=200, blank=True, editable=False)
    judged_at = models.DateTimeField(_("judged"), null=True, editable=False)
    made_standard = models.TextField(_("made standard by"), blank=True, editable=False)

    class Meta:
        verbose_name = _("improvement action")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="improvement_number_once")
        ]
        indexes = [
            models.Index(fields=["tenant", "origin_kind", "origin_id"], name="improvement_origin"),
            models.Index(fields=["tenant", "state", "due_on"], name="improvement_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"I{self.number:04}"

    @property
    def is_overdue(self) -> bool:
        return rules.is_overdue(self.state, self.due_on, clock.today())


class Part(Record):
    """Something that belongs to one improvement action."""

    improvement = models.ForeignKey(
        Improvement,
        verbose_name=_("improvement action"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        editable=False,
    )

    class Meta:
        abstract = True


class Cause(Part):
    """Why it is as it is; the root causes are what the steps answer."""

    text = models.TextField(_("cause"), max_length=1000)
    because_of = models.ForeignKey(
        "self",
        verbose_name=_("because of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_to",
        help_text=_("The deeper cause behind this one."),
    )
    is_root = models.BooleanField(_("root cause"), default=False)

    class Meta:
        verbose_name = _("cause")
        ordering = ["id"]

    def clean(self) -> None:
        deeper = self.because_of
        if deeper is not None and deeper.improvement_id != self.improvement_id:
            raise ValidationError({"because_of": _("This belongs to another improvement action.")})

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:58]}……"


class Step(Part):
    """Something to do, by someone, until a day."""

    text = models.CharField(_("step"), max_length=300)
    person = models.ForeignKey(
        Person,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="improvement_steps",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.CharField(_("done by"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("step")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class EffectCheck(Part):
    """Before and after, computed once and kept as it was."""

    class Method(models.TextChoices):
        WAVES = "waves", _("two survey waves")
        MEASURE = "measure", _("a measure in two periods")

    class Verdict(models.TextChoices):
        IMPROVED = rules.IMPROVED, pgettext_lazy("effect", "improved")
        WORSE = rules.WORSE, pgettext_lazy("effect", "worse")
        NOT_SHOWN = rules.NOT_SHOWN, pgettext_lazy("effect", "no difference shown")
        CHANGED = rules.CHANGED, pgettext_lazy("effect", "changed")

    method = models.CharField(_("method"), max_length=10, choices=Method)
    subject = models.CharField(_("of what"), max_length=200)
    before = models.CharField(_("before"), max_length=200)
    after = models.CharField(_("after"), max_length=200)
    result = models.JSONField(_("result"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    engine = models.CharField(_("engine"), max_length=60)

    class Meta:
        verbose_name = _("effect check")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="effect_check_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.before} → {self.after}"

    def figure(self, side: str) -> dict[str, Any]:
        """n, value and interval before or after."""
        found: dict[str, Any] = self.result[side]
        return found
