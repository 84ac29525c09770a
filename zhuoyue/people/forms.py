"""Forms of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.forms import ActorForm, RecordForm
from zhuoyue.people.models import Centre, ContactPerson, Department, Person, Recipient, Role


class CentreForm(RecordForm):
    class Meta:
        model = Centre
        fields = [
            "enterprise",
            "name",
            "level",
            "accredited_until",
            "headcount",
            "industry",
            "address",
        ]


class DepartmentForm(RecordForm):
    class Meta:
        model = Department
        fields = ["code", "title_zh", "title_en", "parent"]


class PersonForm(RecordForm):
    class Meta:
        model = Person
        fields = ["number", "name", "department", "position", "phone", "email"]


class RecipientForm(RecordForm):
    class Meta:
        model = Recipient
        fields = ["code", "name", "audience", "segment", "note"]


class ContactPersonForm(RecordForm):
    class Meta:
        model = ContactPerson
        fields = ["recipient", "name", "position", "phone", "email"]


class AccountForm(ActorForm):
    """A user in a role, tied to what the role is about."""

    username = forms.CharField(label=_("User name"), max_length=150)
    full_name = forms.CharField(label=_("Name"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), required=False
    )
    recipient = forms.ModelChoiceField(
        Recipient.objects.none(), label=_("Recipient"), required=False
    )
