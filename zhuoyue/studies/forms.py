"""Forms of studies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.studies.models import CausalModel
from zhuoyue.surveys.models import Wave


class CausalModelForm(RecordForm):
    class Meta:
        model = CausalModel
        fields = ["code", "title", "text", "target"]
        widgets = {"text": forms.Textarea(attrs={"class": "form-control font-monospace"})}


class StudyForm(ActorForm):
    """What a study needs to be told; everything else is frozen with it."""

    wave = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave"))
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    model_text = forms.CharField(
        label=_("Model"),
        widget=forms.Textarea(attrs={"class": "form-control font-monospace"}),
        help_text=_(
            "Quality =~ qual1 + qual2 for items, Satisfaction ~ Quality for paths; or YAML."
        ),
    )
    target = forms.CharField(label=_("Target"), max_length=60, required=False)
    replicates = forms.IntegerField(
        label=_("Replicates"), initial=5000, min_value=100, max_value=20000
    )
    seed = forms.IntegerField(label=_("Seed"), initial=1, min_value=0, max_value=2**31 - 1)
