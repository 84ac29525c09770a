"""Forms of measurement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.forms import RecordForm
from zhuoyue.measurement.models import Target, measure_choices


class TargetForm(RecordForm):
    number = forms.TypedChoiceField(label=_("Measure"), coerce=int, choices=measure_choices)

    class Meta:
        model = Target
        fields = ["number", "value", "valid_from", "reason"]
