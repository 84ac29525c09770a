"""The usual life of a noun: list, show, create, correct, withdraw, attach, from one declaration.

`RecordActions` gives a plain noun its three writes; `RecordPages` gives any noun its pages.
A noun with rules of its own writes its actions by hand and hands them to `RecordPages`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhuoyue.kit import clock, files
from zhuoyue.kit.access import Actor, Permission, Request, get_for
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.forms import FileForm, ReasonForm, RecordForm
from zhuoyue.kit.history import history_of
from zhuoyue.kit.models import Record
from zhuoyue.kit.pages import page
from zhuoyue.kit.references import Kind, kind_of, register_kind, resolve
from zhuoyue.kit.registry import fillings
from zhuoyue.kit.tables import Column, Listing, Table, shown

WITHDRAWN = {"text": pgettext_lazy("state", "withdrawn"), "tone": "bad"}
CREATED = gettext_lazy("%(actor)s added “%(target)s”")
CORRECTED = gettext_lazy("%(actor)s corrected “%(target)s”")
WITHDREW = gettext_lazy("%(actor)s withdrew “%(target)s”")


class RecordActions[R: Record]:
    """The three writes of a plain noun: `create`, `correct`, `withdraw`."""

    def __init__(
        self,
        model: type[R],
        *,
        permission: Permission,
        created: str | Promise = CREATED,
        corrected: str | Promise = CORRECTED,
        withdrew: str | Promise = WITHDREW,
    ) -> None:
        name = f"{model._meta.app_label}.{model._meta.model_name}"

        @action(f"{name}.create", permission=permission, sentence=created)
        def create(work: Work, /, **values: Any) -> R:
            return work.keep(model(), **values)

        @action(f"{name}.correct", permission=permission, sentence=corrected)
        def correct(work: Work, /, record: R, **values: Any) -> R:
            return work.keep(record, **values)

        @action(f"{name}.withdraw", permission=permission, sentence=withdrew)
        def withdraw(work: Work, /, record: R, *, reason: str) -> R:
            return work.keep(record, withdrawn_at=clock.now(), withdrawn_reason=reason)

        self.create: Callable[..., R] = create
        self.correct: Callable[..., R] = correct
        self.withdraw: Callable[..., R] = withdraw


@dataclass(frozen=True)
class Link:
    """A button on a record's page; `method` post asks for a confirming press by itself."""

    label: str | Promise
    url: str
    method: str = "get"
    tone: str = ""
    confirm: str | Promise = ""
    icon: str = ""


type Facts = Sequence[tuple[str | Promise, Any]]


@dataclass(frozen=True)
class FactRow:
    """A labelled value on a record's page; a record that the actor may see becomes a link."""

    label: str | Promise
    value: str
    url: str = ""
    wide: bool = False


def facts_from(*names: str) -> Callable[[Request, Any], Facts]:
    """The facts of a record, straight from its fields and under their names."""

    def read(request: Request, record: Any) -> Facts:
        return [(record._meta.get_field(n).verbose_name, Column(n, "").read(record)) for n in names]

    return read


def fact_rows(actor: Actor, facts: Facts) -> list[FactRow]:
    found = []
    for label, value in facts:
        text = shown(value)
        seen = resolve(actor, kind_of(value), value.pk) if isinstance(value, Record) else None
        found.append(FactRow(label, text, seen.url if seen else "", wide=len(text) > 60))
    return found


@dataclass(frozen=True)
class RecordPages[R: Record]:
    """Pages of a noun.

    Names of its addresses: <noun>-list, -create, -detail, -correct, -withdraw, -attach.
    """

    model: type[R]
    noun: str
    table: Table
    view: Permission
    edit: Permission
    facts: Callable[[Request, R], Facts]
    form: type[RecordForm] | None = None
    create: Callable[..., R] | None = None
    correct: Callable[..., R] | None = None
    withdraw: Callable[..., R] | None = None
    rows: Callable[[Actor], QuerySet[R]] | None = None
    links: Callable[[Request, R], Sequence[Link]] | None = None
    context: Callable[[Request, R], dict[str, Any]] | None = None
    initial: Callable[[Request], dict[str, Any]] | None = None
    list_links: Callable[[Request], Sequence[Link]] | None = None
    detail_template: str = "kit/detail.html"
    create_label: str | Promise = gettext_lazy("Add")
    kind: Kind = field(init=False)

    def __post_init__(self) -> None:
        app = self.model._meta.app_label
        name = f"{app}.{self.model._meta.model_name}"
        object.__setattr__(
            self,
            "kind",
            register_kind(
                Kind(name, self.model, f"{app}:{self.noun}-detail", self.view, self.edit)
            ),
        )

    # -- addresses ---------------------------------------------------------------------------

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """The noun's addresses below `prefix`; those without an action are left out."""
        base, at = self.noun, f"{prefix}<int:pk>/"
        found = [
            path(prefix, page(self.view)(self.show_list), name=f"{base}-list"),
            path(at, page(None)(self.show_detail), name=f"{base}-detail"),
            path(f"{at}attach/", page(None, methods=("POST",))(self.attach), name=f"{base}-attach"),
        ]
        both = ("GET", "POST")
        if self.create and self.form:
            view = page(self.edit, methods=both)(self.show_create)
            found.append(path(f"{prefix}new/", view, name=f"{base}-create"))
        if self.correct and self.form:
            correct = page(None, methods=both)(self.show_correct)
            found.append(path(f"{at}correct/", correct, name=f"{base}-correct"))
        if self.withdraw:
            withdraw = page(None, methods=both)(self.show_withdraw)
            found.append(path(f"{at}withdraw/", withdraw, name=f"{base}-withdraw"))
        return found

    def url(self, page_name: str, *args: int) -> str:
        return reverse(f"{self.model._meta.app_label}:{self.noun}-{page_name}", args=args)

    # -- pages -------------------------------------------------------------------------------

    def visible(self, actor: Actor) -> QuerySet[R]:
        rows: Any = self.rows(actor) if self.rows else self.model._default_manager.all()
        found: QuerySet[R] = rows.visible_to(actor)
        return found

    def find(self, request: Request, pk: int, needed: Permission) -> R:
        """The record: 404 when it is not theirs to know of, 403 when not theirs to touch."""
        rows: Any = self.rows(request.actor) if self.rows else self.model._default_manager.all()
        record: R = get_for(request.actor, rows, pk=pk)
        request.actor.require(needed)
        return record

    def show_list(self, request: Request, /) -> HttpResponse:
        rows: Any = self.visible(request.actor)
        if request.GET.get("withdrawn") != "1":
            rows = rows.standing()
        may_add = bool(self.create and self.form) and request.actor.may(self.edit)
        listing = Listing(
            request,
            self.table,
            rows,
            row_url=lambda row: self.url("detail", row.pk),
            create_url=self.url("create") if may_add else "",
            create_label=self.create_label,
        )
        if listing.wants_export:
            return listing.export(self.noun)
        links = [*(self.list_links(request) if self.list_links else ()), *self.imports(request)]
        return show_list(request, listing, links)

    def imports(self, request: Request) -> list[Link]:
        """The way to import these records from a file, where a room has declared one."""
        from zhuoyue.kit.imports.importer import importers

        name = f"{self.model._meta.app_label}:{self.noun}-list"
        return [
            Link(_("Import from a file"), reverse("kit:import-upload", args=[one.name]))
            for one in importers().values()
            if one.list_page == name and request.actor.may(one.permission)
        ]

    def show_detail(self, request: Request, /, pk: int) -> HttpResponse:
        record = self.find(request, pk, self.view)
        return render(request, self.detail_template, self.detail_context(request, record))

    def detail_context(self, request: Request, record: R) -> dict[str, Any]:
        actor = request.actor
        extra = self.context(request, record) if self.context else {}
        return {
            "record": record,
            "title": str(record),
            "pretitle": self.model._meta.verbose_name,
            "badge": WITHDRAWN if record.is_withdrawn else None,
            "facts": fact_rows(actor, self.facts(request, record)),
            "actions": self._links(request, record),
            "list_url": self.url("list"),
            "history": history_of(actor, record),
            "attachments": files.attachments_of(actor, record),
            "attach_url": self.url("attach", record.pk) if self._may_edit(actor, record) else "",
            "attach_form": FileForm(),
            "slot_fillings": [fill(request, record) for fill in fillings(kind_of(record))],
            **extra,
        }

    def _may_edit(self, actor: Actor, record: R) -> bool:
        return actor.may(self.edit) and not record.is_withdrawn

    def _links(self, request: Request, record: R) -> list[Link]:
        if record.is_withdrawn:
            return []
        links = list(self.links(request, record)) if self.links else []
        if request.actor.may(self.edit):
            if self.correct and self.form:
                links.append(Link(_("Correct"), self.url("correct", record.pk)))
            if self.withdraw:
                links.append(Link(_("Withdraw"), self.url("withdraw", record.pk), tone="danger"))
        return links

    def show_create(self, request: Request, /) -> HttpResponse:
        assert self.form and self.create
        initial = self.initial(request) if self.initial else {}
        form = self.form(request.POST or None, actor=request.actor, initial=initial)
        if request.method == "POST" and form.is_valid():
            record = attempt(form, self.create, request.actor)
            if record is not None:
                messages.success(request, _("Saved: %(what)s") % {"what": record})
                return redirect(self.url("detail", record.pk))
        return show_form(request, form, title=self.create_label, cancel=self.url("list"))

    def show_correct(self, request: Request, /, pk: int) -> HttpResponse:
        assert self.form and self.correct
        record = self.find(request, pk, self.edit)
        require_standing(record)
        form = self.form(request.POST or None, actor=request.actor, instance=record)
        if request.method == "POST" and form.is_valid():
            if attempt(form, self.correct, request.actor, record) is not None:
                messages.success(request, _("Saved: %(what)s") % {"what": record})
                return redirect(self.url("detail", record.pk))
        title = _("Correct: %(what)s") % {"what": record}
        return show_form(request, form, title=title, cancel=self.url("detail", pk))

    def show_withdraw(self, request: Request, /, pk: int) -> HttpResponse:
        assert self.withdraw
        record = self.find(request, pk, self.edit)
        require_standing(record)
        form = ReasonForm(request.POST or None)
        form.fields["reason"].label = _("Reason")
        if request.method == "POST" and form.is_valid():
            try:
                self.withdraw(request.actor, record, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Withdrawn: %(what)s") % {"what": record})
                return redirect(self.url("list"))
        title = _("Withdraw: %(what)s") % {"what": record}
        return show_form(
            request,
            form,
            title=title,
            cancel=self.url("detail", pk),
            submit=_("Withdraw"),
        )

    def attach(self, request: Request, /, pk: int) -> HttpResponse:
        record = self.find(request, pk, self.edit)
        require_standing(record)
        upload = request.FILES.get("file")
        if upload is None:
            messages.error(request, _("Choose a file first."))
            return redirect(self.url("detail", pk))
        try:
            files.attach(request.actor, record, upload=upload, permission=self.edit)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Attached: %(what)s") % {"what": upload.name})
        return redirect(self.url("detail", pk))


def show_list(request: Request, listing: Listing, links: Sequence[Link] = ()) -> HttpResponse:
    """A list as a page, or only its rows when the page itself asks for them."""
    part = request.headers.get("HX-Target") == "list-rows"
    template = "kit/list.html#rows" if part else "kit/list.html"
    response = render(request, template, {"table": listing, "actions": links})
    patch_vary_headers(response, ["HX-Target"])
    return response


def require_standing(record: Record) -> None:
    if record.is_withdrawn:
        raise Http404("withdrawn")


def attempt(form: Any, write: Callable[..., Any], *args: Any) -> Any:
    """Run an action with the form's values; what the action refuses becomes the form's errors."""
    try:
        return write(*args, **form.cleaned_data)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, error)
        return None


def show_form(
    request: HttpRequest,
    form: Any,
    *,
    title: str | Promise,
    cancel: str,
    submit: str | Promise = "",
    template: str = "kit/form.html",
    **extra: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel_url": cancel,
        "save_label": submit,
        **extra,
    }
    return render(request, template, context, status=422 if form.errors else 200)
