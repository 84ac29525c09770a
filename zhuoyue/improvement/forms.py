"""Forms of improvement."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhuoyue.improvement.models import Cause, Improvement, Step
from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.kit.registry import Period, measures
from zhuoyue.standard.library import library
from zhuoyue.surveys.models import Wave


def measure_choices(only_computed: bool = False) -> list[tuple[Any, str]]:
    found = [
        (int(number), f"{number} {entry.title}")
        for number, entry in library().measures.items()
        if not only_computed or int(number) in measures()
    ]
    return [("", "—"), *found]


def number_or_none(value: str) -> int | None:
    return int(value) if value else None


class ImprovementForm(RecordForm):
    measure = forms.TypedChoiceField(
        label=_("Measure"), coerce=number_or_none, empty_value=None, required=False
    )

    class Meta:
        model = Improvement
        fields = ["title", "goal", "subject", "measure", "owner", "department", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["measure"]
        field.choices = measure_choices()


class StepForm(RecordForm):
    class Meta:
        model = Step
        fields = ["text", "person", "due_on"]


class CauseForm(RecordForm):
    class Meta:
        model = Cause
        fields = ["text", "because_of", "is_root"]

    def __init__(self, *args: Any, improvement: Improvement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["because_of"]
        field.queryset = field.queryset.filter(improvement=improvement)


class WavesForm(ActorForm):
    """Two waves and what of them is compared."""

    before = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave before"))
    after = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave after"))
    subject = forms.CharField(
        label=_("Construct or item"),
        max_length=120,
        help_text=_("By its code, as in the questionnaire; a construct takes all its items."),
    )


class PeriodsForm(ActorForm):
    """A measure and two periods."""

    measure = forms.TypedChoiceField(label=_("Measure"), coerce=int)
    before_first = forms.DateField(label=_("Before: from"))
    before_last = forms.DateField(label=_("Before: to"))
    after_first = forms.DateField(label=_("After: from"))
    after_last = forms.DateField(label=_("After: to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["measure"]
        field.choices = measure_choices(only_computed=True)

    def clean(self) -> dict[str, Any]:
        """The two periods as such, for the action."""
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        for side in ("before", "after"):
            first, last = found.pop(f"{side}_first"), found.pop(f"{side}_last")
            if last < first:
                raise ValidationError({f"{side}_last": _("The period ends before it begins.")})
            found[side] = Period(first, last)
        return found


class JudgeForm(ActorForm):
    is_effective = forms.TypedChoiceField(
        label=_("Did it help?"),
        choices=[("yes", _("Yes, it is effective")), ("no", _("No, plan again"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    judgement = forms.CharField(label=_("Judgement"), widget=forms.Textarea, max_length=2000)


class StandardForm(ActorForm):
    made_standard = forms.CharField(
        label=_("What says so from now on"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("The service standard, scheme, instruction or training that was changed."),
    )
