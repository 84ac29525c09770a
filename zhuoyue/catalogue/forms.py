"""Forms of the catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.catalogue import rules
from zhuoyue.catalogue.models import Emotion, Service, ServiceStandard, Touchpoint
from zhuoyue.kit.forms import RecordForm


class ServiceForm(RecordForm):
    groups = (
        (_("What is offered"), ("code", "title_zh", "title_en", "audience", "description")),
        (_("Who answers for it"), ("department", "owner")),
        (_("Standing"), ("level", "is_active")),
    )

    class Meta:
        model = Service
        fields = [
            "code",
            "title_zh",
            "title_en",
            "audience",
            "description",
            "department",
            "owner",
            "level",
            "is_active",
        ]


class TouchpointForm(RecordForm):
    groups = (
        (
            _("Where and how we meet"),
            ("code", "title_zh", "title_en", "stage", "channel", "internal_line", "owner"),
        ),
        (
            _("What the recipient should experience"),
            ("intended_emotion", "promised_zh", "promised_en", "physical_evidence"),
        ),
        (_("What we learn here"), ("data_points", "is_low_volume")),
    )
    intended_emotion = forms.ChoiceField(
        label=_("intended emotion"),
        required=False,
        choices=[("", "---------")]
        + [(e.value, e.label) for e in Emotion if e.value not in rules.UNPLEASANT],
    )

    class Meta:
        model = Touchpoint
        fields = [
            "code",
            "title_zh",
            "title_en",
            "stage",
            "channel",
            "internal_line",
            "owner",
            "intended_emotion",
            "promised_zh",
            "promised_en",
            "physical_evidence",
            "data_points",
            "is_low_volume",
        ]


class ServiceStandardForm(RecordForm):
    groups = (
        (_("What is promised"), ("code", "title_zh", "title_en", "kind")),
        (_("Where it holds"), ("service", "touchpoint")),
        (_("How it is measured"), ("direction", "target", "unit", "clock_from", "clock_to")),
        (_("Is it better than elsewhere?"), ("market_note",)),
    )

    class Meta:
        model = ServiceStandard
        fields = [
            "code",
            "title_zh",
            "title_en",
            "kind",
            "service",
            "touchpoint",
            "direction",
            "target",
            "unit",
            "clock_from",
            "clock_to",
            "market_note",
        ]
