"""Forms of surveys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.surveys.models import Item, Questionnaire, Wave


class QuestionnaireForm(RecordForm):
    class Meta:
        model = Questionnaire
        fields = ["code", "title_zh", "title_en", "note"]


class ItemForm(RecordForm):
    class Meta:
        model = Item
        fields = ["text_zh", "text_en", "kind", "construct"]


class WaveForm(RecordForm):
    class Meta:
        model = Wave
        fields = ["code", "title", "started_on", "ended_on", "is_dated", "invited", "mode"]


class ImportForm(ActorForm):
    """A file of answers, and what its columns do not say."""

    file = forms.FileField(label=gettext_lazy("File of answers (CSV or Excel)"))
    codes = forms.FileField(
        label=gettext_lazy("Code list"),
        required=False,
        help_text=gettext_lazy(
            "Only if some answers mean “no answer” or “not used”: YAML, CSV or Excel."
        ),
    )
    wave = forms.CharField(label=gettext_lazy("Code of the wave"), max_length=40)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    low = forms.IntegerField(label=gettext_lazy("Lowest answer"), required=False)
    high = forms.IntegerField(label=gettext_lazy("Highest answer"), required=False)
    invited = forms.IntegerField(
        label=gettext_lazy("Number invited"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Leave empty when it is not known."),
    )
    groups = (
        (gettext_lazy("Answers"), ("file", "codes")),
        (gettext_lazy("Wave"), ("wave", "title", "invited")),
        (gettext_lazy("Scale"), ("low", "high")),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if (low is None) != (high is None):
            raise ValidationError(_("Give both ends of the scale, or neither."))
        if low is not None and high is not None and low >= high:
            raise ValidationError(_("The highest answer must lie above the lowest."))
        return data
