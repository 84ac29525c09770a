"""Forms of delivery."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.catalogue.models import Emotion, Touchpoint
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.people.models import ContactPerson, Recipient

MATTER = ["recipient", "title", "text", "kind", "priority", "service"]
WHO = ["contact_person", "raised_by", "channel", "department", "owner", "handled_by"]
CLOCKS = ["opened_at", "promised_by", "external_number"]


class CaseForm(RecordForm):
    """The matter, who it concerns, and what was promised."""

    groups = [(_("Matter"), MATTER), (_("People involved"), WHO), (_("Clocks"), CLOCKS)]

    class Meta:
        model = Case
        fields = [*MATTER, *WHO, *CLOCKS]
        help_texts = {
            "promised_by": _("Left empty, the service's standard of the time to resolve decides."),
            "raised_by": _("When it is nobody in the list of contact people."),
            "handled_by": _("When it is nobody of the centre."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_people_of(self, self.instance.recipient_id or self.initial.get("recipient"))


def only_people_of(form: Any, recipient: Any) -> None:
    """Contact people of one recipient; thousands of others are no choice."""
    people = form.fields["contact_person"]
    if recipient:
        people.queryset = people.queryset.filter(recipient=recipient).select_related("recipient")
    else:
        del form.fields["contact_person"]


class WaitForm(ActorForm):
    reason = forms.CharField(label=_("What does it wait for?"), max_length=300)


class ReopenForm(ActorForm):
    reason = forms.CharField(label=_("Why is it opened again?"), max_length=300)


UNKNOWN = "unknown"
YES_NO = [(UNKNOWN, _("not known")), ("yes", _("yes")), ("no", _("no"))]


def known(value: str) -> bool | None:
    return None if value in {"", UNKNOWN} else value == "yes"


class ResolveForm(ActorForm):
    """How it was solved; what the platform cannot know by itself is asked."""

    solution = forms.CharField(label=_("Solution"), widget=forms.Textarea, required=False)
    solved_at_first_contact = forms.TypedChoiceField(
        label=_("Solved at first contact?"), choices=YES_NO, coerce=known, empty_value=None,
        initial=UNKNOWN, widget=forms.RadioSelect, required=False,
        help_text=_("Not known: counted from the contacts logged here, if there are any."),
    )  # fmt: skip
    promise_kept = forms.TypedChoiceField(
        label=_("Promise kept?"), choices=YES_NO, coerce=known, empty_value=None,
        initial=UNKNOWN, widget=forms.RadioSelect, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case.promised_by is not None:  # the clock tells
            del self.fields["promise_kept"]
        if case.reopen_count:
            del self.fields["solved_at_first_contact"]


def radios(label: Any, choices: Any, *, required: bool = False, **more: Any) -> Any:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=forms.RadioSelect, **more
    )


def felt_field() -> Any:
    return forms.TypedChoiceField(
        label=_("How did the recipient feel?"), choices=Contact.Felt.choices, coerce=int,
        empty_value=None, required=False, widget=forms.RadioSelect,
        help_text=_("Leave it open when you cannot tell."),
    )  # fmt: skip


WORDS = ["obstacle", "opportunity", "opinion"]


class ContactForm(RecordForm):
    """Correcting a contact; whose it is stays."""

    outcome = radios(_("Outcome"), [("", _("not known")), *Contact.Outcome.choices])
    felt = felt_field()
    groups = [
        (_("Contact"), ["touchpoint", "service", "channel", "at", "by", "contact_person"]),
        (_("What came of it"), ["outcome", "felt", "emotion"]),
        (_("What was learnt"), WORDS),
    ]

    class Meta:
        model = Contact
        fields = [
            "touchpoint", "service", "channel", "at", "by", "contact_person", "outcome", "felt",
            "emotion", *WORDS,
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["felt"]
        felt.choices = [("", _("not known")), *felt.choices]
        only_people_of(self, self.instance.recipient_id)


class QuickForm(ActorForm):
    """One contact in a few taps: recent recipients and touchpoints are buttons."""

    recipient = forms.ModelChoiceField(
        Recipient.objects.none(), label=_("Recipient"), required=False, empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    other_recipient = forms.ModelChoiceField(
        Recipient.objects.none(),
        label=_("or another recipient"),
        required=False,
        empty_label=_("or another recipient"),
    )
    touchpoint = forms.ModelChoiceField(
        Touchpoint.objects.none(), label=_("Touchpoint"), required=False, empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    other_touchpoint = forms.ModelChoiceField(
        Touchpoint.objects.none(),
        label=_("or another touchpoint"),
        required=False,
        empty_label=_("or another touchpoint"),
    )
    outcome = radios(_("Outcome"), Contact.Outcome.choices, required=True)
    felt = felt_field()
    resolves = forms.BooleanField(label=_("The case is resolved with this"), required=False)
    emotion = forms.ChoiceField(
        label=_("Felt emotion"), choices=[("", ""), *Emotion.choices], required=False
    )
    contact_person = forms.ModelChoiceField(
        ContactPerson.objects.none(), label=_("Contact person"), required=False
    )
    obstacle = forms.CharField(
        label=_("Obstacle"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opportunity = forms.CharField(
        label=_("Opportunity"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opinion = forms.CharField(
        label=_("Opinion or solution"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        recipients: Sequence[int],
        touchpoints: Sequence[int],
        case: Case | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        offer(self, "recipient", recipients)
        offer(self, "touchpoint", touchpoints)
        people: Any = self.fields["contact_person"]
        people.queryset = people.queryset.filter(recipient__in=recipients).select_related(
            "recipient"
        )
        if case is not None:
            del self.fields["recipient"], self.fields["other_recipient"]
        else:
            del self.fields["resolves"]

    def clean(self) -> dict[str, Any]:
        """The list wins over the buttons: whoever opens it means it."""
        found = super().clean() or self.cleaned_data
        for name in ("recipient", "touchpoint"):
            other = found.pop(f"other_{name}", None)
            if name in self.fields:
                found[name] = other or found.get(name)
        if self.case is None and found.get("recipient") is None:
            self.add_error("recipient", _("Choose the recipient."))
        return found

    @property
    def first(self) -> list[tuple[Any, Any]]:
        """What is asked of everyone, each with the list below its buttons; the rest is folded."""
        names = ("recipient", "touchpoint", "outcome", "felt", "resolves")
        return [(self[n], self.list_below(n)) for n in names if n in self.fields]

    def list_below(self, name: str) -> Any:
        below = f"other_{name}"
        has_more = below in self.fields and self.fields[below].queryset.exists()  # type: ignore[attr-defined]  # a choice of records
        return self[below] if has_more else None

    @property
    def more(self) -> list[Any]:
        return [self[n] for n in ("contact_person", "emotion", *WORDS)]


def offer(form: Any, name: str, pks: Sequence[int]) -> None:
    """The few as buttons, all others in the list below them."""
    few, others = form.fields[name], form.fields[f"other_{name}"]
    few.queryset = few.queryset.filter(pk__in=pks)
    others.widget.attrs["aria-label"] = others.label
    others.queryset = others.queryset.exclude(pk__in=pks)
