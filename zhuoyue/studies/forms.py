"""Forms of studies."""

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhuoyue.analysis import Chain, Interval, Items, Missing, Scheme
from zhuoyue.kit.access import Actor
from zhuoyue.kit.forms import ActorForm, RecordForm, dress
from zhuoyue.studies.models import CausalModel
from zhuoyue.studies.words import choices_of
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import groupings_of

NO_GROUP: list[tuple[str, str | Promise]] = [("", _("not at all"))]
GROUPS_SHOWN = 5


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
    target = forms.CharField(
        label=_("Target"),
        max_length=60,
        required=False,
        help_text=_("The construct whose drivers are ranked; empty: the satisfaction construct."),
    )
    group = forms.ChoiceField(
        label=_("Compare groups by"),
        required=False,
        choices=NO_GROUP,
        help_text=_("A column of the wave: every two groups are held against chance."),
    )
    weighted = forms.BooleanField(
        label=_("Answers count by their weights"),
        required=False,
        help_text=_("Where the file of the wave had a column of weights."),
    )
    scheme = forms.ChoiceField(
        label=_("Inner weighting scheme"), choices=choices_of("scheme", Scheme)
    )
    items = forms.ChoiceField(label=_("Treatment of items"), choices=choices_of("items", Items))
    missing = forms.ChoiceField(
        label=_("Missing answers"), choices=choices_of("missing", Missing), initial=Missing.MEAN
    )
    interval = forms.ChoiceField(label=_("Intervals"), choices=choices_of("interval", Interval))
    replicates = forms.IntegerField(
        label=_("Replicates"), initial=5000, min_value=100, max_value=20000
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=1,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same seed gives the same numbers again."),
    )
    groups = (
        (_("What is studied"), ("wave", "title", "model_text", "target", "group")),
        (
            _("How it is computed"),
            ("scheme", "items", "missing", "interval", "replicates", "seed", "weighted"),
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        chosen = self.fields["wave"]
        chosen.widget.attrs |= {
            "hx-get": reverse("studies:study-groupings"),
            "hx-trigger": "change",
            "hx-target": "#id_group",
            "hx-swap": "innerHTML",
        }
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        group.choices = grouping_choices(actor, self["wave"].value())


def grouping_choices(actor: Actor, wave: Any) -> list[tuple[str, str | Promise]]:
    """The columns of a wave that answers can be grouped by, with the answers of each group."""
    found = Wave.objects.visible_to(actor).standing().filter(pk=wave) if is_key(wave) else ()
    return [
        *NO_GROUP,
        *(
            (each.code, f"{each.label} ({group_list(each.counts)})")
            for row in found
            for each in groupings_of(actor, row)
        ),
    ]


def is_key(value: Any) -> bool:
    return str(value).isascii() and str(value).isdigit()


def group_list(counts: Mapping[str, int]) -> str:
    """The first groups and their answers, the others only as a sign that there are more."""
    shown = [f"{name}: {count}" for name, count in list(counts.items())[:GROUPS_SHOWN]]
    return ", ".join([*shown, *(["…"] if len(counts) > GROUPS_SHOWN else [])])


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
