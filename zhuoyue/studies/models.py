"""Rows of studies: causal model, study, finding."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhuoyue.analysis import AnalysisError, Model, parse_model
from zhuoyue.kit.analysis_words import say_error
from zhuoyue.kit.models import Record, StoredFile
from zhuoyue.surveys.models import Wave


class CausalModel(Record):
    """Constructs, their items and the paths supposed among them, as text."""

    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(
        _("model"),
        help_text=_(
            "Quality =~ qual1 + qual2 names a construct and its items, Satisfaction ~ Quality + "
            "Value the paths to it; YAML is read too."
        ),
    )
    target = models.CharField(
        pgettext_lazy("construct", "target"),
        max_length=60,
        blank=True,
        help_text=_("The construct whose drivers are ranked; empty: the satisfaction construct."),
    )

    class Meta:
        verbose_name = _("causal model")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="causal_model_code_once",
                violation_error_message=_("This code is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        model = read_model_text(self.text)
        if self.target and self.target not in model.names:
            sentence = _("The model has no construct of this name: %(name)s.")
            raise ValidationError({"target": sentence % {"name": self.target}})

    @property
    def model(self) -> Model:
        return parse_model(self.text)


def read_model_text(text: str) -> Model:
    """The model in a text, or a ValidationError that names the line."""
    try:
        return parse_model(text)
    except AnalysisError as error:
        raise ValidationError({"text": say_error(error, get_language() or "zh")}) from error


class Study(Record):
    """One frozen run of a causal model on a wave's answers."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    title = models.CharField(_("title"), max_length=200)
    wave = models.ForeignKey(
        Wave, verbose_name=_("wave"), on_delete=models.PROTECT, related_name="studies"
    )
    model_text = models.TextField(_("model"))
    target = models.CharField(pgettext_lazy("construct", "target"), max_length=60)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    replicates = models.PositiveIntegerField(_("replicates"), default=5000)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    input_file = models.ForeignKey(
        StoredFile,
        verbose_name=_("frozen answers"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    engine = models.CharField(_("engine"), max_length=60, blank=True)
    draws_file = models.ForeignKey(
        StoredFile,
        verbose_name=_("replicates of the effects"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.JSONField(_("error"), null=True, blank=True)

    class Meta:
        verbose_name = _("study")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False, input_file__isnull=False),
                name="study_done_has_result",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def model(self) -> Model:
        return parse_model(self.model_text)

    @property
    def n(self) -> int | None:
        return self.result["n"] if self.result else None


class Finding(Record):
    """Something a study says that someone should act on."""

    class Kind(models.TextChoices):
        DRIVER = "driver", _("driver to improve first")
        WEAK_ITEM = "weak_item", _("weak item")
        DOUBT = "doubt", _("doubt about the measurement")

    study = models.ForeignKey(
        Study, verbose_name=_("study"), on_delete=models.PROTECT, related_name="findings"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    subject = models.CharField(_("subject"), max_length=120)
    facts = models.JSONField(_("figures"), default=dict, blank=True)

    class Meta:
        verbose_name = _("finding")
        ordering = ["study", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "kind", "subject"], name="finding_once_per_subject"
            )
        ]

    def __str__(self) -> str:
        told = {"kind": self.get_kind_display(), "subject": self.subject}
        return gettext("%(kind)s: %(subject)s") % told

    def fact(self, name: str) -> Any:
        return self.facts.get(name)
