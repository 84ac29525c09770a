"""Forms of studies."""

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.analysis import Chain
from zhuoyue.kit.forms import ActorForm, RecordForm, dress
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


class WhatIfForm(forms.Form):
    """Points that constructs gain or lose: one field for each construct something follows from."""

    prefix_of_fields = "points_"
    reach = 20.0  # points; further away a straight line says little
    step = 0.5

    def __init__(self, asked: Mapping[str, Any], *, chain: Chain) -> None:
        """Fields that were not sent stand at nil."""
        leading = {each.source for each in chain.effects}
        self.sources = [name for name in chain.index if name in leading]
        names = [f"{self.prefix_of_fields}{k}" for k in range(len(self.sources))]
        super().__init__({name: asked.get(name) or "0" for name in names})
        for k, name in enumerate(self.sources):
            low, high = self.bounds(chain.index[name])
            field = forms.FloatField(label=name, required=False, min_value=low, max_value=high)
            field.widget.attrs |= {"step": self.step, "inputmode": "decimal", "data-points": ""}
            self.fields[f"{self.prefix_of_fields}{k}"] = field
        dress(self)

    def bounds(self, index: float) -> tuple[float, float]:
        """As far as the scale has room, in whole steps."""

        def whole(points: float) -> float:
            return max(0.0, math.floor(min(points, self.reach) / self.step) * self.step)

        return -whole(index), whole(100 - index)

    @property
    def changes(self) -> dict[str, float]:
        points = (self.cleaned_data[name] or 0.0 for name in self.fields)
        asked = zip(self.sources, points, strict=True)
        return {name: change for name, change in asked if change}
