"""Forms of an import: the file, and which column is what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.forms import dress
from zhuoyue.kit.imports.importer import Importer
from zhuoyue.kit.imports.mapping import ORDERS, Columns

ORDER_LABELS = {"day first": _("day first"), "month first": _("month first")}


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File (.csv or .xlsx)"))
    map_file = forms.FileField(
        label=_("Map (.yaml)"),
        required=False,
        help_text=_("Only for exports of other systems; without one, the columns are suggested."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class MappingForm(forms.Form):
    """A choice of column for each field, and what holds for the file as a whole."""

    def __init__(
        self, *args: Any, importer: Importer, columns: Sequence[str], mapping: Columns, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.importer, self.before = importer, mapping
        needed = importer.needed(mapping)
        choices = [("", "—"), *((column, column) for column in columns)]
        for one in importer.fields:
            self.fields[f"column:{one.name}"] = forms.ChoiceField(
                label=str(one.label),
                choices=choices,
                required=False,
                initial=mapping.columns.get(one.name, ""),
                help_text=_("needed") if one.name in needed else str(one.help),
            )
        for option in importer.options:
            self.fields[f"option:{option.name}"] = forms.ChoiceField(
                label=str(option.label),
                choices=option.choices,
                required=False,
                initial=mapping.options.get(option.name, ""),
            )
        self.fields["dates"] = forms.ChoiceField(
            label=_("Order of dates such as 03-04-2026"),
            choices=[("", _("not stated")), *((key, ORDER_LABELS[key]) for key in ORDERS)],
            required=False,
            initial=mapping.dates,
        )
        self.fields["missing"] = forms.CharField(
            label=_("What stands for “not known”"),
            required=False,
            initial=" ".join(mapping.missing),
            help_text=_("Separated by blanks, as in: ? n/a"),
        )
        dress(self)

    def mapping(self) -> Columns:
        """The mapping as it stands in the form; what the form does not show stays as it was."""
        told = self.cleaned_data
        columns = {f.name: told[f"column:{f.name}"] for f in self.importer.fields}
        options = {o.name: told[f"option:{o.name}"] for o in self.importer.options}
        return Columns(
            columns={name: column for name, column in columns.items() if column},
            values=self.before.values,
            fixed=self.before.fixed,
            missing=tuple(told["missing"].split()),
            dates=told["dates"],
            create=self.before.create,
            options={name: value for name, value in options.items() if value},
        )
