"""Pages of measurement."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.analysis import CAUTION_TEXTS
from zhuoyue.kit import clock
from zhuoyue.kit.access import Request
from zhuoyue.kit.analysis_words import ZH
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Facts, RecordPages
from zhuoyue.kit.registry import MeasureValue
from zhuoyue.kit.tables import Column, Filter, Table, excel_response
from zhuoyue.measurement import actions, charts, forms, queries, rules
from zhuoyue.measurement.access import SET_TARGETS, VIEW_MEASURES
from zhuoyue.measurement.models import Target
from zhuoyue.measurement.queries import BoardRow
from zhuoyue.standard.library import library

QUARTERS = 8


def unit_word(unit: str) -> str:
    words = {"percent": "%", "days": _("days"), "hours": _("hours"), "score": _("points")}
    return words.get(unit, "")


def period_choices(chosen: str) -> list[dict[str, Any]]:
    year = clock.today().year
    known = [("year", _("last 12 months")), *((str(y), str(y)) for y in range(year, year - 3, -1))]
    known.append(("all", _("all")))
    return [{"name": n, "label": label, "active": n == chosen} for n, label in known]


@page(VIEW_MEASURES)
def board(request: Request) -> HttpResponse:
    """Every measure with value, n and interval, or the plain word that it is not yet measured."""
    name = request.GET.get("period", "year")
    period = rules.period_of(name, clock.today())
    rows = queries.board(request.actor, period)
    if request.GET.get("format") == "xlsx":
        return board_as_excel(rows)
    wanted = request.GET.get("class", "")
    shown = [r for r in rows if not wanted or r.entry.facts["measure_class"] == wanted]
    if request.GET.get("measured") == "1":
        shown = [r for r in shown if r.is_measured]
    context = {
        "title": _("Measures"),
        "rows": [(row, unit_word(row.entry.facts["unit"])) for row in shown],
        "measured": sum(r.is_measured for r in rows),
        "period": period,
        "period_name": name,
        "choices": period_choices(name),
        "classes": ["input", "throughput", "output", "outcome"],
        "chosen_class": wanted,
    }
    return render(request, "measurement/board.html", context)


def board_as_excel(rows: list[BoardRow]) -> HttpResponse:
    headings = [
        *("No.", _("measure"), _("value"), _("unit"), _("low"), _("high"), "n"),
        *(_("numerator"), _("denominator"), _("target")),
    ]
    return excel_response(
        "measures",
        _("Measures"),
        headings,
        (
            [
                *(r.number, r.entry.title, r.value.value, unit_word(r.entry.facts["unit"])),
                *(r.value.low, r.value.high, r.value.n),
                *(r.value.numerator, r.value.denominator, r.target),
            ]
            for r in rows
        ),
    )


@page(VIEW_MEASURES)
def measure(request: Request, number: int) -> HttpResponse:
    """A measure: its definition, its value now, its basis, its cautions, its last two years."""
    entry = library().measure(number)
    if entry is None:
        raise Http404(str(number))
    today = clock.today()
    row = next(
        r
        for r in queries.board(request.actor, rules.period_of("year", today))
        if r.number == number
    )
    points = queries.trend(request.actor, number, rules.last_quarters(today, QUARTERS))
    context = {
        "title": entry.label,
        "pretitle": _("Measure"),
        "entry": entry,
        "row": row,
        "stat": stat_of(row),
        "basis": basis_of(row.value),
        "cautions": cautions_of(row),
        "trend": charts.trend_chart(entry.title, points) if row.is_declared else None,
        "targets": Target.objects.visible_to(request.actor).standing().filter(number=number),
        "target_url": reverse("measurement:target-create") + f"?number={number}"
        if request.actor.may(SET_TARGETS)
        else "",
    }
    return render(request, "measurement/measure.html", context)


def stat_of(row: BoardRow) -> dict[str, Any]:
    value = row.value
    known = value.low is not None and value.high is not None
    return {
        "label": row.entry.title,
        "value": "" if value.value is None else f"{value.value:.2f}",
        "unit": unit_word(row.entry.facts["unit"]),
        "n": value.n,
        "interval": f"{value.low:.2f} – {value.high:.2f}" if known else "",
    }


def basis_of(value: MeasureValue) -> list[tuple[str, str]]:
    """What the value rests on."""
    found = [("n", str(value.n))]
    if value.numerator is not None:
        found.append((_("numerator"), f"{value.numerator:g}"))
    if value.denominator is not None:
        found.append((_("denominator"), f"{value.denominator:g}"))
    if value.invited:
        found.append((_("response rate"), f"{100 * value.n / value.invited:.1f} %"))
    elif value.value is not None:
        found.append((_("response rate"), _("unknown, or not from a survey")))
    words = {
        "no_answer": _("no answer"),
        "not_used": _("not used"),
        "other_scale": _("on another scale"),
        "unknown": _("unknown"),
        "no_intention": _("where no emotion is intended"),
    }
    found += [(words.get(k, k), str(count)) for k, count in value.excluded.items() if count]
    return found


def cautions_of(row: BoardRow) -> list[str]:
    """Cautions in words; those whose sentence needs figures are told by the study itself."""
    chinese = (get_language() or "zh").startswith("zh")
    texts = ZH if chinese else CAUTION_TEXTS
    told = [
        texts[code].format(n=row.value.n)
        for code in row.value.cautions
        if code in {"n_small", "associations_only", "zero_variance", "normal_approximation_poor"}
    ]
    if row.is_thin:
        told.append(
            _("n = %(n)d is below the minimum of %(minimum)d for this measure.")
            % {"n": row.value.n, "minimum": row.entry.facts["minimum_n"]}
        )
    return told


class TargetFilter(Filter):
    class Meta:
        model = Target
        fields = ["number"]


def target_facts(request: Request, target: Target) -> Facts:
    return [
        (lazy("measure"), target.measure_label),
        (lazy("target"), target.value),
        (lazy("valid from"), target.valid_from),
        (lazy("reason"), target.reason),
    ]


targets = RecordPages(
    model=Target,
    noun="target",
    table=Table(
        lazy("Targets"),
        [
            Column("measure_label", lazy("measure"), sort="number"),
            Column("value", lazy("target"), kind="number"),
            Column("valid_from", lazy("valid from"), sort="valid_from", kind="date"),
            Column("reason", lazy("reason"), hide_on_phone=True),
        ],
        filters=TargetFilter,
        order=("number", "-valid_from"),
        empty_text=lazy("No targets yet."),
    ),
    view=VIEW_MEASURES,
    edit=SET_TARGETS,
    facts=target_facts,
    form=forms.TargetForm,
    create=actions.target.create,
    correct=actions.target.correct,
    withdraw=actions.target.withdraw,
    initial=lambda request: {"number": request.GET.get("number", "")},
    create_label=lazy("Set a target"),
)
