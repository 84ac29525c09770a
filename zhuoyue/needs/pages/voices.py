"""Pages of sources and verbatims: where voices come from, and what they said."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.records import Facts, Link, RecordPages, facts_from
from zhuoyue.kit.references import resolve
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.needs import actions, forms
from zhuoyue.needs.access import EDIT_NEEDS, VIEW_SOURCES
from zhuoyue.needs.models import Need, Source, Verbatim


class SourceFilter(Filter):
    class Meta:
        model = Source
        fields = ["kind"]


class VerbatimFilter(Filter):
    class Meta:
        model = Verbatim
        fields = ["recipient", "source"]


def source_facts(request: Request, source: Source) -> Facts:
    """The source, and the record it is when it is one."""
    of_fields = facts_from("kind", "title", "held_on", "note")(request, source)
    known = (
        resolve(request.actor, source.reference_kind, source.reference_id)
        if source.reference_id is not None
        else None
    )
    return [*of_fields, (lazy("record"), known.label)] if known else of_fields


def source_context(request: Request, source: Source) -> dict[str, Any]:
    rows = Verbatim.objects.visible_to(request.actor).standing().filter(source=source)
    return {"verbatims": rows.select_related("recipient", "contact")}


def source_links(request: Request, source: Source) -> list[Link]:
    url = f"{reverse('needs:verbatim-create')}?source={source.pk}"
    label = _("Add words")
    return [Link(label, url, tone="primary", icon="plus")] if request.actor.may(EDIT_NEEDS) else []


sources = RecordPages(
    model=Source,
    noun="source",
    table=Table(
        lazy("Sources of voices"),
        [
            Column("title", lazy("title"), sort="title"),
            Column("kind", lazy("kind of source"), sort="kind", kind="badge"),
            Column("held_on", lazy("date"), sort="held_on", kind="date"),
            Column("words_count", lazy("verbatims"), sort="words_count", kind="number"),
        ],
        filters=SourceFilter,
        search=("title", "note"),
        order=("-held_on",),
        empty_text=lazy("Interviews, meetings, surveys, complaints: where did you listen?"),
    ),
    view=VIEW_SOURCES,
    edit=EDIT_NEEDS,
    rows=lambda actor: Source.objects.annotate(
        words_count=Count("verbatims", filter=Q(verbatims__withdrawn_at__isnull=True))
    ),
    facts=source_facts,
    context=source_context,
    links=source_links,
    detail_template="needs/source_detail.html",
    form=forms.SourceForm,
    create=actions.source.create,
    correct=actions.source.correct,
    withdraw=actions.source.withdraw,
    create_label=lazy("Add a source"),
)


def verbatim_context(request: Request, verbatim: Verbatim) -> dict[str, Any]:
    behind = Need.objects.visible_to(request.actor).standing()
    return {
        "title": _("Verbatim"),
        "needs": behind.filter(words__verbatim=verbatim, words__withdrawn_at__isnull=True),
        "words": verbatim.text,
    }


def verbatim_initial(request: Request) -> dict[str, Any]:
    names = ("source", "recipient")
    return {n: request.GET[n] for n in names if request.GET.get(n, "").isdigit()}


verbatims = RecordPages(
    model=Verbatim,
    noun="verbatim",
    table=Table(
        lazy("Verbatims"),
        [
            Column("words", lazy("words"), value=str, sort="text"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("source.title", lazy("source"), sort="source__title"),
            Column("said_on", lazy("said on"), sort="said_on", kind="date"),
        ],
        filters=VerbatimFilter,
        search=("text", "source__title", "recipient__name"),
        order=("-said_on",),
        empty_text=lazy("No words recorded yet."),
    ),
    view=VIEW_SOURCES,
    edit=EDIT_NEEDS,
    rows=lambda actor: Verbatim.objects.select_related("source", "recipient", "contact__recipient"),
    facts=facts_from("source", "recipient", "contact", "said_on"),
    context=verbatim_context,
    detail_template="needs/verbatim_detail.html",
    form=forms.VerbatimForm,
    create=actions.verbatim.create,
    correct=actions.verbatim.correct,
    withdraw=actions.verbatim.withdraw,
    initial=verbatim_initial,
    create_label=lazy("Add words"),
)
