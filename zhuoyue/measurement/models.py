"""Rows of measurement: targets."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit import clock
from zhuoyue.kit.models import Record
from zhuoyue.standard.library import library


def measure_choices() -> list[tuple[int, str]]:
    return [(int(number), entry.label) for number, entry in library().measures.items()]


class Target(Record):
    """What a measure should reach from a day on, and why."""

    number = models.PositiveIntegerField(_("measure"))
    value = models.FloatField(_("target"))
    valid_from = models.DateField(_("valid from"), default=clock.today)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("target")
        ordering = ["number", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="target_once_a_day",
                violation_error_message=_("There is a target from this day already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=58), name="target_of_known_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_label} → {self.value:g}"

    def clean(self) -> None:
        if library().measure(self.number) is None:
            raise ValidationError({"number": _("There is no measure of this number.")})

    @property
    def measure_label(self) -> str:
        entry = library().measure(self.number)
        return entry.label if entry else str(self.number)
