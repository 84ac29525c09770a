"""Forms of schemes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.forms import ActorForm, RecordForm, dress
from zhuoyue.kit.models import CounterSignature
from zhuoyue.needs.models import Need
from zhuoyue.people.models import Department, Person, Recipient
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    JourneyTouchpoint,
    RecipientAnswer,
    Scheme,
    Stage,
    TraceLink,
)
from zhuoyue.standard.library import library


class SchemeForm(RecordForm):
    class Meta:
        model = Scheme
        fields = ["title", "recipient", "service", "owner", "request"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Needs are traced for one recipient; for another there is copying.
            del self.fields["recipient"]
            requests: Any = self.fields["request"]
            requests.queryset = requests.queryset.filter(recipient=self.instance.recipient_id)


class CopyForm(ActorForm):
    """A new scheme from an old one."""

    title = forms.CharField(label=_("Title"), max_length=200)
    recipient = forms.ModelChoiceField(Recipient.objects.none(), label=_("Recipient"))
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Owner"))


class ItemForm(RecordForm):
    """A part of a scheme; what it may point at is of the same scheme."""

    own: tuple[str, ...] = ()

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        for name in self.own:
            field: Any = self.fields[name]
            field.queryset = field.queryset.filter(scheme=scheme)


class CardForm(ItemForm):
    class Meta:
        model = Card
        fields = ["type", "text"]


class StageForm(ItemForm):
    class Meta:
        model = Stage
        fields = ["order", "title", "emotion"]


class JourneyTouchpointForm(ItemForm):
    own = ("stage",)

    class Meta:
        model = JourneyTouchpoint
        fields = ["stage", "touchpoint", "title", "promise", "standard", "emotion", "department"]
        help_texts = {
            "title": _("Only when it has another name here, or is not in the catalogue."),
            "promise": _("In words the recipient will read."),
            "standard": _("The measurable promise of the catalogue, if there is one."),
        }


class DesignElementForm(ItemForm):
    class Meta:
        model = DesignElement
        fields = ["title", "description", "is_individual"]


class TraceLinkForm(ItemForm):
    """A path from a need; each step may be filled in later."""

    own = ("element", "touchpoint")
    measure = forms.TypedChoiceField(
        label=_("Measure"), choices=[], coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = TraceLink
        fields = ["need", "element", "touchpoint", "measure"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs: Any = self.fields["need"]
        needs.queryset = needs.queryset.filter(
            Q(recipient=self.scheme.recipient_id) | Q(scope=Need.Scope.COMMON)
        ).order_by("number")
        touchpoints: Any = self.fields["touchpoint"]
        touchpoints.queryset = touchpoints.queryset.select_related("touchpoint", "stage")
        measures: Any = self.fields["measure"]
        measures.choices = [("", "---------")] + [
            (m.id, f"{m.id} {m.title}") for m in library().measures.values()
        ]


class PresentForm(ActorForm):
    """Which departments must sign."""

    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Departments concerned"),
        widget=forms.CheckboxSelectMultiple,
    )


class SignForm(ActorForm):
    """A department's word."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("signed", _("Sign")), ("returned", _("Return"))],
        widget=forms.RadioSelect,
        initial=CounterSignature.Decision.SIGNED,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text=_("Needed when it is returned."),
    )

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = field.queryset.filter(pk__in=[d.pk for d in departments])
        if len(departments) == 1:
            field.initial = departments[0]


class RecipientAnswerForm(forms.Form):
    """What the holder of the signed link says."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (RecipientAnswer.Decision.ACCEPTED, _("We accept this scheme")),
            (RecipientAnswer.Decision.CHANGES, _("We ask for changes")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text=_("Needed when you ask for changes."),
    )
    name = forms.CharField(label=_("Your name"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
