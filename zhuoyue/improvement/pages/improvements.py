"""Pages of improvement actions: the list, the board, one action with its parts."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.improvement import actions, forms, rules
from zhuoyue.improvement.access import EDIT_IMPROVEMENT, JUDGE_IMPROVEMENT, VIEW_IMPROVEMENT
from zhuoyue.improvement.charts import effect_chart
from zhuoyue.improvement.models import EffectCheck, Improvement
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor, Request
from zhuoyue.kit.analysis_words import say
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Facts, Link, RecordPages
from zhuoyue.kit.references import resolve, resolve_row
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.standard.library import library

TONES = {
    rules.PLANNED: "neutral",
    rules.DOING: "info",
    rules.CHECKING: "warn",
    rules.EFFECTIVE: "good",
    rules.NOT_EFFECTIVE: "bad",
    rules.STANDARDISED: "good",
}
VERDICT_TONES = {rules.IMPROVED: "good", rules.WORSE: "bad"}


def tone(row: Improvement) -> str:
    return TONES[row.state]


def due_tone(row: Improvement) -> str:
    return "bad" if row.is_overdue else ""


class ImprovementFilter(Filter):
    overdue = django_filters.ChoiceFilter(
        label=lazy("due"), choices=[("yes", lazy("overdue"))], method="only_overdue"
    )

    class Meta:
        model = Improvement
        fields = ["state", "owner", "department", "overdue"]

    def only_overdue(
        self, rows: QuerySet[Improvement], _name: str, _value: str
    ) -> QuerySet[Improvement]:
        return rows.filter(state__in=rules.OPEN_STATES, due_on__lt=clock.today())


def measure_title(number: int | None) -> str:
    entry = library().measure(number) if number is not None else None
    return f"{entry.id} {entry.title}" if entry else ""


def facts(request: Request, row: Improvement) -> Facts:
    found = None
    if row.origin_kind and row.origin_id is not None:
        seen = resolve(request.actor, row.origin_kind, row.origin_id)
        found = resolve_row(request.actor, seen.kind, seen.id) if seen else None
    return [
        (lazy("occasion"), found or ""),
        (lazy("construct or item"), row.subject),
        (lazy("measure"), measure_title(row.measure)),
        (lazy("owner"), row.owner),
        (lazy("department"), row.department),
        (lazy("due"), row.due_on),
        (lazy("judged by"), row.judged_by),
        (lazy("judged"), row.judged_at),
    ]


def links(request: Request, row: Improvement) -> list[Link]:
    """What comes next in plan, do, check, act."""

    def way(name: str) -> str:
        return reverse(f"improvement:improvement-{name}", args=[row.pk])

    found, actor = [], request.actor
    if actor.may(EDIT_IMPROVEMENT):
        if row.state == rules.PLANNED:
            found.append(Link(_("Begin"), way("start"), "post", tone="primary", icon="play"))
        if row.state == rules.DOING:
            found.append(Link(_("All done: hand over"), way("hand-over"), "post", tone="primary"))
        if row.state != rules.STANDARDISED:
            found.append(Link(_("Check by waves"), way("check-waves")))
            found.append(Link(_("Check by measure"), way("check-measure")))
        if row.state == rules.EFFECTIVE:
            found.append(Link(_("Make standard"), way("standardise"), tone="primary"))
        if row.state == rules.NOT_EFFECTIVE:
            found.append(Link(_("Plan again"), way("plan-again"), "post", tone="primary"))
    may_judge = rules.may_judge(actor.belonging("people.person"), row.owner_id)
    if row.state == rules.CHECKING and actor.may(JUDGE_IMPROVEMENT) and may_judge:
        found.append(Link(_("Judge"), way("judge"), tone="primary", icon="check"))
    return found


def told(check: EffectCheck) -> dict[str, Any]:
    """An effect check in words, with its picture."""
    language = get_language() or "zh"
    result = check.result
    return {
        "check": check,
        "tone": VERDICT_TONES.get(check.verdict, "neutral"),
        "value": result["value"],
        "low": result["ci"][0],
        "high": result["ci"][1],
        "before": check.figure("before"),
        "after": check.figure("after"),
        "chart": effect_chart(check),
        "cautions": [say(c["code"], c["params"], language) for c in result["cautions"]],
    }


def context(request: Request, row: Improvement) -> dict[str, Any]:
    def parts(name: str) -> Any:
        return getattr(row, name).filter(withdrawn_at__isnull=True).order_by("id")

    may_edit = request.actor.may(EDIT_IMPROVEMENT) and not row.is_withdrawn
    return {
        "badge": {"text": row.get_state_display(), "tone": tone(row)},
        "steps": parts("steps").select_related("person"),
        "causes": parts("causes").select_related("because_of"),
        "checks": [told(check) for check in parts("effectchecks")],
        "may_edit": may_edit and row.state != rules.STANDARDISED,
        "may_finish": may_edit and row.state == rules.DOING,
    }


ORIGINS = ("studies.finding", "delivery.case", "needs.need")


def origin_asked(request: Request) -> tuple[str, int] | None:
    """What the reader came from, if it is something the reader may see."""
    kind, _colon, key = request.GET.get("origin", "").partition(":")
    if kind in ORIGINS and key.isdigit() and resolve(request.actor, kind, int(key)):
        return kind, int(key)
    return None


def rows(_actor: Actor) -> Any:
    return Improvement.objects.select_related("owner", "department")


improvements = RecordPages(
    model=Improvement,
    noun="improvement",
    table=Table(
        lazy("Improvement actions"),
        [
            Column("code", lazy("code"), sort="number"),
            Column("title", lazy("title"), sort="title"),
            Column("state", lazy("state"), sort="state", kind="badge", tone=tone),
            Column("owner.name", lazy("owner"), sort="owner__name"),
            Column("department", lazy("department"), hide_on_phone=True),
            Column("due_on", lazy("due"), sort="due_on", kind="date", tone=due_tone),
        ],
        filters=ImprovementFilter,
        search=("title", "goal", "subject", "owner__name"),
        order=("-number",),
        empty_text=lazy("No improvement action yet."),
    ),
    view=VIEW_IMPROVEMENT,
    edit=EDIT_IMPROVEMENT,
    rows=rows,
    facts=facts,
    context=context,
    links=links,
    list_links=lambda request: (
        [
            Link(lazy("Board"), reverse("improvement:board")),
            *(
                [
                    Link(
                        lazy("Open an improvement action"),
                        reverse("improvement:improvement-create"),
                        tone="primary",
                        icon="plus",
                    )
                ]
                if request.actor.may(EDIT_IMPROVEMENT)
                else []
            ),
        ]
    ),
    detail_template="improvement/improvement_detail.html",
    form=forms.ImprovementForm,
    correct=actions.correct_improvement,
    withdraw=actions.withdraw_improvement,
)
COLUMN_LABELS = {
    "plan": lazy("Plan"),
    "do": lazy("Do"),
    "check": lazy("Check"),
    "act": lazy("Act"),
}


@page(VIEW_IMPROVEMENT)
def board(request: Request) -> HttpResponse:
    """Four columns; what is settled long ago is found in the list."""
    every = rows(request.actor).visible_to(request.actor).standing().order_by("due_on", "-number")
    columns = [
        {
            "label": COLUMN_LABELS[name],
            "cards": [
                {"row": row, "tone": tone(row), "url": improvements.url("detail", row.pk)}
                for row in every.filter(state__in=states)[:30]
            ],
        }
        for name, states in rules.COLUMNS.items()
    ]
    context = {
        "title": _("Improvement board"),
        "columns": columns,
        "list_url": reverse("improvement:improvement-list"),
    }
    return render(request, "improvement/board.html", context)
