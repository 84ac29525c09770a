"""What a scheme is made of: cards, journey, design elements, trace. These rows are the working
copy; a version holds them as they were."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.catalogue.models import Emotion, ServiceStandard, Touchpoint
from zhuoyue.catalogue.rules import UNPLEASANT
from zhuoyue.kit.models import Record
from zhuoyue.needs.models import Need
from zhuoyue.people.models import Department
from zhuoyue.schemes.models.scheme import Scheme
from zhuoyue.standard.library import library


class Item(Record):
    """A part of a scheme's content."""

    scheme = models.ForeignKey(
        Scheme,
        verbose_name=_("scheme"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True

    def require_own(self, **parts: Any) -> None:
        """A part may only point at parts of its own scheme."""
        wrong = {
            name: _("This belongs to another scheme.")
            for name, part in parts.items()
            if part is not None and part.scheme_id != self.scheme_id
        }
        if wrong:
            raise ValidationError(wrong)


def intends_nothing_unpleasant(name: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(**{f"{field}__in": UNPLEASANT}),
        name=name,
        violation_error_message=_("Nobody intends an unpleasant emotion."),
    )


PLEASANT = [(value, label) for value, label in Emotion.choices if value not in UNPLEASANT]


class Card(Item):
    """A thought on the board, of one of the seven types of 5.2."""

    class Type(models.TextChoices):
        ENVIRONMENT = "environment", pgettext_lazy("card", "environment")
        BACKGROUND = "background", pgettext_lazy("card", "background")
        MOTIVE = "motive", pgettext_lazy("card", "motive")
        CAUTION = "caution", pgettext_lazy("card", "cautions")
        PAIN = "pain", pgettext_lazy("card", "pain points")
        OPPORTUNITY = "opportunity", pgettext_lazy("card", "opportunities")
        SUGGESTION = "suggestion", pgettext_lazy("card", "suggestions")

    type = models.CharField(_("type of card"), max_length=12, choices=Type)
    text = models.TextField(_("text"), max_length=1000)

    class Meta:
        verbose_name = _("card")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:58]}……"


class Stage(Item):
    """A stage of the journey, as the recipient lives through it."""

    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("stage"), max_length=100)
    emotion = models.CharField(_("intended emotion"), max_length=20, choices=PLEASANT, blank=True)

    class Meta:
        verbose_name = _("journey stage")
        ordering = ["order", "id"]
        constraints = [intends_nothing_unpleasant("stage_intends_nothing_unpleasant", "emotion")]

    def __str__(self) -> str:
        return self.title


class JourneyTouchpoint(Item):
    """A touchpoint of the journey: what is promised there, by whom, to be felt how."""

    stage = models.ForeignKey(
        Stage, verbose_name=_("stage"), on_delete=models.PROTECT, related_name="touchpoints"
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        verbose_name=_("touchpoint of the catalogue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="journeys",
    )
    title = models.CharField(_("touchpoint"), max_length=200, blank=True)
    promise = models.CharField(_("promise"), max_length=300, blank=True)
    standard = models.ForeignKey(
        ServiceStandard,
        verbose_name=_("service standard"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="journeys",
    )
    emotion = models.CharField(_("intended emotion"), max_length=20, choices=PLEASANT, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="journeys",
    )

    class Meta:
        verbose_name = _("touchpoint of the journey")
        ordering = ["stage__order", "id"]
        constraints = [
            intends_nothing_unpleasant("journey_intends_nothing_unpleasant", "emotion"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(touchpoint__isnull=False),
                name="journey_touchpoint_has_a_name",
                violation_error_message=_("Name the touchpoint, or choose one of the catalogue."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.touchpoint)

    def clean(self) -> None:
        self.require_own(stage=self.stage)

    @property
    def has_promise(self) -> bool:
        """Whether something is promised here that can be kept or broken."""
        return bool(self.promise) or self.standard_id is not None


class DesignElement(Item):
    """A feature of the scheme that answers needs."""

    title = models.CharField(_("design element"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    is_individual = models.BooleanField(
        _("individual"),
        default=False,
        help_text=_("Made for this recipient; it differs from the catalogue service."),
    )

    class Meta:
        verbose_name = _("design element")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class TraceLink(Item):
    """One path from a need to what answers it: element, touchpoint, measure."""

    need = models.ForeignKey(
        Need, verbose_name=_("need"), on_delete=models.PROTECT, related_name="traces"
    )
    element = models.ForeignKey(
        DesignElement,
        verbose_name=_("design element"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="traces",
    )
    touchpoint = models.ForeignKey(
        JourneyTouchpoint,
        verbose_name=_("touchpoint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="traces",
    )
    measure = models.PositiveSmallIntegerField(_("measure"), null=True, blank=True)

    class Meta:
        verbose_name = _("trace link")
        ordering = ["need__number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(element__isnull=False)
                | Q(touchpoint__isnull=False)
                | Q(measure__isnull=False),
                name="trace_leads_somewhere",
                violation_error_message=_("Choose what the need leads to."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need.code} → {self.element or '…'}"

    def clean(self) -> None:
        self.require_own(element=self.element, touchpoint=self.touchpoint)
        if self.need.recipient_id not in {None, self.scheme.recipient_id}:
            if self.need.scope == Need.Scope.INDIVIDUAL:
                raise ValidationError({"need": _("This is another recipient's individual need.")})
        if self.measure is not None and library().measure(self.measure) is None:
            raise ValidationError({"measure": _("The standard's set has no such measure.")})


# The parts in the order in which they build on each other.
CONTENT: tuple[type[Item], ...] = (Card, Stage, JourneyTouchpoint, DesignElement, TraceLink)
