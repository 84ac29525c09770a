"""Pages of surveys."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import files
from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Facts, Link, RecordPages, show_form
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.surveys import actions, charts, forms, imports, queries
from zhuoyue.surveys.access import EDIT_SURVEYS, VIEW_SURVEYS
from zhuoyue.surveys.models import Item, Questionnaire, Wave
from zhuoyue.surveys.words import period_in_words, rate_in_words


class WaveFilter(Filter):
    class Meta:
        model = Wave
        fields = ["questionnaire", "mode"]


class ItemFilter(Filter):
    class Meta:
        model = Item
        fields = ["questionnaire", "kind"]


def wave_facts(request: Request, wave: Wave) -> Facts:
    asked = wave.questionnaire
    return [
        (lazy("code"), wave.code),
        (lazy("questionnaire"), asked),
        (lazy("period"), period_in_words(wave)),
        (lazy("scale"), f"{asked.scale_low}–{asked.scale_high}"),
        (lazy("answers"), wave.responses_count),
        (lazy("response rate"), rate_in_words(wave)),
        (lazy("mode"), wave.get_mode_display()),
    ]


def wave_context(request: Request, wave: Wave) -> dict[str, Any]:
    results = queries.item_results(request.actor, wave)
    asked = wave.questionnaire
    chart = charts.distribution([r.statistics for r in results], asked.scale_low, asked.scale_high)
    constructs: dict[str, list[str]] = {}
    for result in results:
        if result.item.construct:
            constructs.setdefault(result.item.construct, []).append(result.item.code)
    return {"results": results, "chart": chart, "constructs": constructs}


def questionnaire_facts(request: Request, asked: Questionnaire) -> Facts:
    return [
        (lazy("code"), asked.code),
        (lazy("title (zh)"), asked.title_zh),
        (lazy("title (en)"), asked.title_en),
        (lazy("scale"), f"{asked.scale_low}–{asked.scale_high}"),
        (lazy("items"), asked.items.filter(withdrawn_at__isnull=True).count()),
        (lazy("note"), asked.note),
    ]


def questionnaire_links(request: Request, asked: Questionnaire) -> list[Link]:
    return [Link(_("Items"), f"{reverse('surveys:item-list')}?questionnaire={asked.pk}")]


def item_facts(request: Request, item: Item) -> Facts:
    return [
        (lazy("questionnaire"), item.questionnaire),
        (lazy("code"), item.code),
        (lazy("wording (zh)"), item.text_zh),
        (lazy("wording (en)"), item.text_en),
        (lazy("kind"), item.get_kind_display()),
        (lazy("construct"), item.construct),
    ]


questionnaires = RecordPages(
    model=Questionnaire,
    noun="questionnaire",
    table=Table(
        lazy("Questionnaires"),
        [
            Column("code", lazy("code"), sort="code"),
            Column("title", lazy("title"), sort="title_zh"),
            Column("scale_low", lazy("lowest answer"), kind="number", hide_on_phone=True),
            Column("scale_high", lazy("highest answer"), kind="number", hide_on_phone=True),
        ],
        search=("code", "title_zh", "title_en"),
        order=("code",),
        empty_text=lazy("A questionnaire is made when answers are imported."),
    ),
    view=VIEW_SURVEYS,
    edit=EDIT_SURVEYS,
    facts=questionnaire_facts,
    links=questionnaire_links,
    form=forms.QuestionnaireForm,
    correct=actions.questionnaire.correct,
    withdraw=actions.questionnaire.withdraw,
)
items = RecordPages(
    model=Item,
    noun="item",
    table=Table(
        lazy("Items"),
        [
            Column("code", lazy("code"), sort="position"),
            Column("text_zh", lazy("wording (zh)"), hide_on_phone=True),
            Column("kind", lazy("kind"), kind="badge"),
            Column("construct", lazy("construct"), sort="construct"),
            Column("questionnaire.title", lazy("questionnaire"), hide_on_phone=True),
        ],
        filters=ItemFilter,
        search=("code", "text_zh", "text_en", "construct"),
        order=("questionnaire__code", "position"),
    ),
    view=VIEW_SURVEYS,
    edit=EDIT_SURVEYS,
    rows=lambda actor: Item.objects.select_related("questionnaire"),
    facts=item_facts,
    form=forms.ItemForm,
    correct=actions.item.correct,
)
waves = RecordPages(
    model=Wave,
    noun="wave",
    table=Table(
        lazy("Survey waves"),
        [
            Column("code", lazy("code"), sort="code"),
            Column("title", lazy("title"), sort="title"),
            Column("ended_on", lazy("to"), sort="ended_on", kind="date"),
            Column("responses_count", lazy("answers"), sort="responses_count", kind="number"),
            Column("response_rate", lazy("response rate"), value=rate_in_words, hide_on_phone=True),
        ],
        filters=WaveFilter,
        search=("code", "title"),
        order=("-ended_on", "-id"),
        empty_text=lazy("No answers yet. Import a file of answers to begin."),
    ),
    view=VIEW_SURVEYS,
    edit=EDIT_SURVEYS,
    rows=lambda actor: Wave.objects.select_related("questionnaire"),
    facts=wave_facts,
    context=wave_context,
    detail_template="surveys/wave_detail.html",
    form=forms.WaveForm,
    correct=actions.wave.correct,
    withdraw=actions.wave.withdraw,
    list_links=lambda request: (
        [Link(lazy("Import answers"), reverse("surveys:import"), tone="primary")]
        if request.actor.may(EDIT_SURVEYS)
        else []
    ),
)


@contextmanager
def as_named_file(sha256: str, name: str) -> Iterator[Path]:
    """A kept upload under a name with its ending, which tells how to read it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        shutil.copyfile(files.store_path(sha256), path)
        yield path


def keep_upload(upload: Any) -> dict[str, str]:
    sha256, _size = files.keep_content(upload.name, upload.chunks())
    return {"sha256": sha256, "name": upload.name}


def planned(asked: dict[str, Any]) -> imports.Plan:
    """The dry run of what a form asked for."""
    scale = (asked["low"], asked["high"]) if asked["low"] is not None else None
    with as_named_file(**asked["file"]) as path:
        if not asked["codes"]:
            return imports.plan_import(path, scale=scale)
        with as_named_file(**asked["codes"]) as codes:
            return imports.plan_import(path, codes=codes, scale=scale)


@page(EDIT_SURVEYS, methods=("GET", "POST"))
def import_upload(request: Request) -> HttpResponse:
    """First step: the file and what its columns do not say."""
    form = forms.ImportForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            asked = {
                "file": keep_upload(data["file"]),
                "codes": keep_upload(data["codes"]) if data["codes"] else None,
                **{k: data[k] for k in ("wave", "title", "low", "high", "invited")},
            }
            planned(asked)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            request.session["survey_import"] = asked
            return redirect("surveys:import-check")
    return show_form(
        request,
        form,
        title=_("Import answers"),
        cancel=waves.url("list"),
        submit=_("Check the file"),
        template="surveys/import_upload.html",
        stages=stages(1),
    )


@page(EDIT_SURVEYS, methods=("GET", "POST"))
def import_check(request: Request) -> HttpResponse:
    """Second step: everything the dry run says; the press that lands the file, whole."""
    asked = request.session.get("survey_import")
    if not asked:
        return redirect("surveys:import")
    plan = planned(asked)
    context = {
        "title": _("Check before importing"),
        "plan": plan,
        "asked": asked,
        "more": imports.more_troubles(plan.reading),
        "stages": stages(2),
        "cancel_url": reverse("surveys:import"),
    }
    if request.method == "POST" and plan.is_clean:
        try:
            wave = actions.import_wave(
                request.actor,
                code=asked["wave"],
                title=asked["title"],
                reading=plan.reading,
                file=plan.file,
                invited=asked["invited"],
            )
        except ValidationError as error:
            context["refused"] = error.messages
            return render(request, "surveys/import_check.html", context, status=422)
        del request.session["survey_import"]
        messages.success(request, _("Saved: %(what)s") % {"what": wave})
        return redirect(waves.url("detail", wave.pk))
    status = 200 if request.method != "POST" else 422
    return render(request, "surveys/import_check.html", context, status=status)


def stages(at: int) -> list[dict[str, str]]:
    labels = [_("File"), _("Check"), _("Imported")]
    return [
        {"label": label, "state": "done" if i < at else "current" if i == at else "todo"}
        for i, label in enumerate(labels, start=1)
    ]
