"""Pages of imports: choose, upload, map and check, confirm, see it land."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Actor, Request, get_for
from zhuoyue.kit.imports import wizard
from zhuoyue.kit.imports.cells import text_of
from zhuoyue.kit.imports.forms import MappingForm, UploadForm
from zhuoyue.kit.imports.importer import Importer, importers
from zhuoyue.kit.imports.planning import Plan
from zhuoyue.kit.imports.problems import FileRefused
from zhuoyue.kit.imports.source import SourceTable, open_table
from zhuoyue.kit.imports.workbooks import problems_workbook, template_of
from zhuoyue.kit.jobs.backend import share_done
from zhuoyue.kit.models import ImportBatch
from zhuoyue.kit.pages import page

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MAP = 200_000
STEPS = (lazy("File"), lazy("Check"), lazy("Import"))


def stages(at: int) -> list[dict[str, Any]]:
    states = ["done" if i < at else "current" if i == at else "todo" for i in range(len(STEPS))]
    return [{"label": label, "state": s} for label, s in zip(STEPS, states, strict=True)]


def allowed(actor: Actor) -> list[Importer]:
    return [one for one in importers().values() if actor.may(one.permission)]


def find_importer(request: Request, name: str) -> Importer:
    importer = importers().get(name)
    if importer is None:
        raise Http404(name)
    request.actor.require(importer.permission)
    return importer


def find_batch(request: Request, pk: int) -> tuple[ImportBatch, Importer]:
    """404 for what is another centre's, 403 for what is not theirs to import."""
    batch: ImportBatch = get_for(request.actor, ImportBatch.objects.select_related("file"), pk=pk)
    if batch.importer not in importers():
        raise Http404(batch.importer)
    return batch, find_importer(request, batch.importer)


@page(None)
def import_list(request: Request) -> HttpResponse:
    """What can be imported, and what was imported last."""
    known = allowed(request.actor)
    if not known:
        raise PermissionDenied("import")
    names = {one.name: one.label for one in known}
    rows: Any = ImportBatch.objects.visible_to(request.actor).filter(importer__in=names)
    recent = rows.select_related("created_by").order_by("-pk")[:20]
    context = {
        "title": _("Import"),
        "importers": known,
        "recent": [{"batch": batch, "label": names[batch.importer]} for batch in recent],
    }
    return render(request, "kit/imports.html", context)


@page(None)
def import_template(request: Request, name: str) -> HttpResponse:
    importer = find_importer(request, name)
    response = HttpResponse(template_of(importer, request.actor), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@page(None, methods=("GET", "POST"))
def import_upload(request: Request, name: str) -> HttpResponse:
    importer = find_importer(request, name)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = uploaded(request, importer, form)
        if batch is not None:
            return redirect("kit:import-batch", batch.pk)
    context = {
        "form": form,
        "title": _("Import: %(what)s") % {"what": importer.label},
        "stages": stages(0),
        "importer": importer,
        "is_upload": True,
        "cancel_url": reverse("kit:import-list"),
        "save_label": _("Go on"),
    }
    status = 422 if form.errors else 200
    return render(request, "kit/import_upload.html", context, status=status)


def uploaded(request: Request, importer: Importer, form: UploadForm) -> ImportBatch | None:
    """The batch of an upload; what cannot be read as a table becomes the form's error."""
    with tempfile.TemporaryDirectory() as folder:
        map_file, given = None, form.cleaned_data["map_file"]
        try:
            if given is not None:
                if given.size > MOST_MAP:
                    raise ValidationError(_("This is no map: it is too large."))
                map_file = Path(folder) / "map.yaml"
                map_file.write_bytes(given.read())
            return wizard.begin(
                request.actor,
                importer=importer,
                upload=form.cleaned_data["file"],
                map_file=map_file,
            )
        except ValidationError as error:
            form.add_error("map_file" if "map.yaml" in str(error) else "file", error.messages)
            return None


@page(None, methods=("GET", "POST"))
def import_batch(request: Request, pk: int) -> HttpResponse:
    """Where an import is: its dry run, its progress, or what became of it."""
    batch, importer = find_batch(request, pk)
    if batch.state != ImportBatch.State.WAITING:
        return render(request, "kit/import_done.html", done_context(batch, importer))
    table = open_table(wizard.path_of(batch), name=batch.file_name)
    form = MappingForm(
        request.POST or None,
        importer=importer,
        columns=table.columns,
        mapping=wizard.mapping_of(batch),
    )
    if request.method == "POST" and form.is_valid():
        wizard.map_columns(request.actor, batch, mapping=form.mapping())
        return redirect("kit:import-batch", pk)
    return render(request, "kit/import_check.html", check_context(request, batch, form, table))


def check_context(
    request: Request, batch: ImportBatch, form: MappingForm, table: SourceTable
) -> dict[str, Any]:
    """The dry run with the present mapping; one that does not fit is a problem like others."""
    plan: Plan | None = None
    try:
        plan = wizard.plan_of(batch, request.actor)
        sentences, total = list(plan.problems.sentences()), plan.problems.total
    except FileRefused as refusal:
        sentences = list(refusal.messages)
        total = len(sentences)
    return {
        "title": batch.file_name,
        "pretitle": form.importer.label,
        "stages": stages(1),
        "batch": batch,
        "form": form,
        "plan": plan,
        "is_clean": plan is not None and plan.is_clean,
        "sentences": sentences,
        "total": total,
        "columns": table.columns,
        "sample": [[text_of(cell) for cell in row] for row in table.sample(5)],
        "cancel_url": reverse("kit:import-upload", args=[batch.importer]),
    }


@page(None)
def import_problems(request: Request, pk: int) -> HttpResponse:
    """All problems as a workbook, to be worked through beside the file."""
    batch, _importer = find_batch(request, pk)
    plan = wizard.plan_of(batch, request.actor)
    response = HttpResponse(problems_workbook(plan.problems), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="problems.xlsx"'
    return response


@page(None, methods=("POST",))
def import_confirm(request: Request, pk: int) -> HttpResponse:
    batch, _importer = find_batch(request, pk)
    try:
        wizard.confirm(request.actor, batch)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("kit:import-batch", pk)


def done_context(batch: ImportBatch, importer: Importer) -> dict[str, Any]:
    is_running = batch.state == ImportBatch.State.STAGING
    share = share_done(wizard.land_batch, batch.pk, batch.created_by_id) if is_running else None
    states = {"staging": "running", "landed": "done", "refused": "failed"}
    counts = "，".join(f"{name} {count}" for name, count in batch.counts.items())
    is_landed = batch.state == ImportBatch.State.LANDED
    return {
        "title": batch.file_name,
        "pretitle": importer.label,
        "stages": stages(3 if is_landed else 2),
        "batch": batch,
        "job": {
            "title": batch.file_name,
            "state": states[batch.state],
            "percent": None if share is None else round(share * 100),
            "sentence": _("Imported: %(rows)d rows.") % {"rows": batch.rows} if is_landed else "",
            "poll_url": reverse("kit:import-progress", args=[batch.pk]),
            "result_url": reverse(importer.list_page) if is_landed and importer.list_page else "",
            "result_label": importer.label,
        },
        "counts": counts,
    }


@page(None)
def import_progress(request: Request, pk: int) -> HttpResponse:
    """Asked again and again while an import runs; when it has ended the page is fetched anew."""
    batch, importer = find_batch(request, pk)
    if batch.state == ImportBatch.State.WAITING:
        raise Http404("not started")
    response = render(request, "kit/_progress.html", done_context(batch, importer))
    if batch.state != ImportBatch.State.STAGING:
        response["HX-Refresh"] = "true"
    return response


urlpatterns = [
    path("imports/", import_list, name="import-list"),
    path("imports/batches/<int:pk>/", import_batch, name="import-batch"),
    path("imports/batches/<int:pk>/problems/", import_problems, name="import-problems"),
    path("imports/batches/<int:pk>/confirm/", import_confirm, name="import-confirm"),
    path("imports/batches/<int:pk>/progress/", import_progress, name="import-progress"),
    path("imports/<str:name>/template/", import_template, name="import-template"),
    path("imports/<str:name>/", import_upload, name="import-upload"),
]
