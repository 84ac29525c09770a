"""Forms: fields know how they look, choices never leave the tenant."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from zhuoyue.kit.access import Actor
from zhuoyue.kit.models import Record


def narrow(form: forms.BaseForm, actor: Actor, instance: Any = None) -> None:
    """A choice of records offers only standing rows that the actor may see.

    The record chosen before stays in the list, even when it has been withdrawn since.
    """
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            continue
        model = field.queryset.model
        if not issubclass(model, Record):
            continue
        visible = model.objects.visible_to(actor)
        current = getattr(instance, f"{name}_id", None) if instance is not None else None
        keep = Q(withdrawn_at__isnull=True) | Q(pk=current) if current else None
        field.queryset = visible.filter(keep) if keep else visible.standing()


class FormSection(NamedTuple):
    """Fields under one heading."""

    legend: str | Promise
    fields: list[forms.BoundField]


class ActorForm(forms.Form):
    """A form filled in by an actor; `sections` groups its fields under headings."""

    groups: Iterable[tuple[str | Promise, Iterable[str]]] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        narrow(self, actor)
        dress(self)

    @property
    def sections(self) -> list[FormSection]:
        return sections(self)


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm is generic only in the stubs
    """A form over a record. It only cleans; saving is the action's work."""

    groups: Iterable[tuple[str | Promise, Iterable[str]]] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        narrow(self, actor, self.instance)
        dress(self)

    def _post_clean(self) -> None:
        """Checked by the action on the saved row; the form must not touch the instance."""

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @property
    def sections(self) -> list[FormSection]:
        return sections(self)


def sections(form: Any) -> list[FormSection]:
    if not form.groups:
        return []
    return [
        FormSection(legend, [form[name] for name in names if name in form.fields])
        for legend, names in form.groups
    ]


def name_blank(field: forms.Field) -> None:
    """What choosing nothing is called: an invitation where something must be chosen."""
    blank = gettext_lazy("choose") if field.required else "—"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == forms.ModelChoiceField(field.queryset).empty_label:
            field.empty_label = blank
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
        given: Any = field.choices
        choices = list(given)
        if choices and choices[0][0] in {"", None}:
            field.choices = [("", blank), *choices[1:]]


def dress(form: forms.BaseForm) -> None:
    """Give every widget the class its kind has in the design."""
    for field in form.fields.values():
        name_blank(field)
        widget = field.widget
        if isinstance(
            widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple
        ):
            widget.attrs.setdefault("class", "form-check-input")
        elif isinstance(widget, forms.Select):
            widget.attrs.setdefault("class", "form-select")
        elif not isinstance(widget, forms.HiddenInput):
            widget.attrs.setdefault("class", "form-control")
        if isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = min(int(widget.attrs.get("rows", 3)), 4)
        if isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
            if isinstance(widget, forms.DateInput):
                widget.input_type = "date"
                widget.format = "%Y-%m-%d"
        if isinstance(field, forms.DateTimeField) and isinstance(widget, forms.DateTimeInput):
            widget.input_type = "datetime-local"
            widget.format = "%Y-%m-%dT%H:%M"


class FileForm(forms.Form):
    """A file to put beside a record."""

    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ReasonForm(forms.Form):
    """Why a record is withdrawn."""

    reason = forms.CharField(
        max_length=300, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    )
