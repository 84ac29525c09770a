"""Forms of needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.needs.models import Need, Request, Source, Verbatim
from zhuoyue.people.access import is_recipient
from zhuoyue.people.models import ContactPerson

STRENGTHS = [(n, str(n)) for n in range(1, 6)]


class RequestForm(RecordForm):
    class Meta:
        model = Request
        fields = ["recipient", "title", "text", "contact", "channel", "wanted_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recipient(self.actor):
            only_own(self)
            del self.fields["channel"]


def only_own(form: Any) -> None:
    """Recipients need not choose who they are when there is one answer."""
    own = form.fields["recipient"].queryset
    form.fields["recipient"].required = True
    if own.count() == 1:
        form.fields["recipient"].initial = own.first()


class AnswerForm(ActorForm):
    """The centre's answer to a request."""

    answer = forms.CharField(
        label=_("Answer to the recipient"), widget=forms.Textarea, max_length=2000, required=False
    )


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = ["kind", "title", "held_on", "note"]


class VerbatimForm(RecordForm):
    class Meta:
        model = Verbatim
        fields = ["source", "text", "recipient", "contact", "said_on"]


STATEMENT = ["recipient", "who", "situation", "wish", "reason"]
JUDGEMENT = ["kind", "strength", "scope", "horizon", "is_must_be", "touchpoint"]
WORDS = ["words", "source", "source_kind", "source_title", "contact", "said_on"]


class NeedForm(RecordForm):
    """The statement and how it is judged."""

    strength = forms.TypedChoiceField(
        label=_("Strength"), choices=STRENGTHS, coerce=int, initial=3, widget=forms.RadioSelect,
        help_text=_("1 = slight, 5 = very strong"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of need"), choices=Need.Kind, initial=Need.Kind.NEED, widget=forms.RadioSelect
    )
    groups = [(_("Statement"), STATEMENT), (_("Judgement"), JUDGEMENT)]

    class Meta:
        model = Need
        fields = [*STATEMENT, *JUDGEMENT]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recipient(self.actor):
            only_own(self)
            for name in ("scope", "is_must_be", "touchpoint"):
                del self.fields[name]


class CaptureForm(NeedForm):
    """A need with its first words, in one go."""

    words = forms.CharField(
        label=_("Words"), widget=forms.Textarea, required=False,
        help_text=_("As they were said, in the speaker's own words."),
    )  # fmt: skip
    source = forms.ModelChoiceField(Source.objects.none(), label=_("Known source"), required=False)
    source_kind = forms.ChoiceField(
        label=_("or a new source"), choices=[("", "—"), *Source.Kind.choices], required=False
    )
    source_title = forms.CharField(
        label=_("Title of the new source"), max_length=200, required=False
    )
    contact = forms.ModelChoiceField(
        ContactPerson.objects.none(), label=_("Who said it"), required=False
    )
    said_on = forms.DateField(label=_("Said on"), required=False)
    groups = [
        (_("Statement"), STATEMENT),
        (_("Words behind it"), WORDS),
        (_("Judgement"), JUDGEMENT),
    ]

    def __init__(self, *args: Any, request: Request | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if request is not None or is_recipient(self.actor):
            for name in ("source", "source_kind", "source_title"):
                del self.fields[name]
        if request is not None:
            del self.fields["recipient"]
            contacts: Any = self.fields["contact"]
            contacts.queryset = contacts.queryset.filter(recipient=request.recipient_id)


class WordsForm(ActorForm):
    """More words behind a need."""

    text = forms.CharField(label=_("Words"), widget=forms.Textarea)
    source = forms.ModelChoiceField(Source.objects.none(), label=_("Source"))
    contact = forms.ModelChoiceField(
        ContactPerson.objects.none(), label=_("Who said it"), required=False
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if need.recipient_id is not None:
            contacts: Any = self.fields["contact"]
            contacts.queryset = contacts.queryset.filter(recipient=need.recipient_id)


class LinkForm(ActorForm):
    """Words that were recorded before."""

    verbatim = forms.ModelChoiceField(Verbatim.objects.none(), label=_("Recorded words"))

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["verbatim"]
        behind = need.words.filter(withdrawn_at__isnull=True).values("verbatim")
        rows = field.queryset.exclude(pk__in=behind).select_related("recipient")
        if need.scope == Need.Scope.INDIVIDUAL:
            rows = rows.filter(recipient__in=[need.recipient_id]) | rows.filter(
                recipient__isnull=True
            )
        field.queryset = rows.order_by("-said_on", "-pk")


class DecisionForm(ActorForm):
    """What becomes of a need."""

    status = forms.ChoiceField(
        label=pgettext_lazy("need", "Decision"), choices=Need.Status, widget=forms.RadioSelect
    )
    status_reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea, required=False,
        help_text=_("Needed when it is declined or parked."),
    )  # fmt: skip
