"""The evaluation report: one study of one wave, composed as a document in zh or en."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.analysis_words import say_caution
from zhuoyue.kit.documents import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from zhuoyue.kit.models import AuditEntry
from zhuoyue.people.models import Centre
from zhuoyue.reports.figures import effect_rows, interval, number, paths_chart
from zhuoyue.studies import charts, rules
from zhuoyue.studies.models import Study
from zhuoyue.surveys import charts as survey_charts
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import ItemResult, item_results
from zhuoyue.surveys.words import period_in_words, rate_in_words

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True)
class Material:
    """Everything the report speaks of, read once."""

    study: Study
    wave: Wave
    result: dict[str, Any]
    items: list[ItemResult]
    drivers: list[rules.Driver]
    centre: str
    source: AuditEntry | None
    language: str

    @property
    def n(self) -> int:
        return int(self.result["n"])


def evaluation_report(actor: Actor, study: Study, language: str) -> Document:
    """The report of a finished study; its language is independent of the reader's screen."""
    if study.result is None:
        raise ValueError("a report needs a finished study")
    with translation.override(LANGUAGES[language]):
        material = gather(actor, study, language)
        return compose(material)


def gather(actor: Actor, study: Study, language: str) -> Material:
    wave = study.wave
    centre = Centre.objects.visible_to(actor).standing().first()
    source = (
        AuditEntry.objects.filter(
            tenant=actor.tenant, action="surveys.wave.import", target_id=wave.pk
        )
        .order_by("sequence")
        .first()
    )
    result = study.result or {}
    return Material(
        study=study,
        wave=wave,
        result=result,
        items=item_results(actor, wave),
        drivers=rules.drivers_of(result, study.target),
        centre=str(centre or actor.tenant),
        source=source,
        language=language,
    )


def compose(m: Material) -> Document:
    return Document(
        title=_("Service evaluation report"),
        subtitle=m.wave.title,
        facts=[
            (_("Technology centre"), m.centre),
            (_("Period"), period_in_words(m.wave)),
            (_("Answers"), str(m.wave.responses_count)),
            (_("Response rate"), rate_in_words(m.wave)),
            (_("Evaluated"), f"{timezone.localtime(m.study.finished_at):%Y-%m-%d %H:%M}"),
        ],
        blocks=[
            *summary(m),
            *data(m),
            *chain(m),
            *measurement(m),
            *performance(m),
            *answers(m),
            *improvement(m),
            *cautions(m),
            *sources(m),
        ],
        language=m.language,
        made_at=m.study.finished_at or m.study.created_at,
        footer=_("Zhuoyue · DB23/T 3405-2023, clauses 5.4 and 6.4.2"),
        mark=_("DEMONSTRATION DATA") if m.study.tenant.is_demonstration else "",
    )


def basis(m: Material) -> str:
    """What stands beside every figure."""
    return _("n = %(n)d; response rate %(rate)s; 95 %% intervals") % {
        "n": m.n,
        "rate": rate_in_words(m.wave),
    }


def summary(m: Material) -> Iterator[Block]:
    target = m.study.target
    low, high = m.result["spread"]["index"][target]["ci"]
    yield Heading(_("Summary"))
    yield Paragraph(
        _(
            "The index of “%(target)s” is %(value).1f of 100 (95 %% interval %(low).1f to "
            "%(high).1f, n = %(n)d, response rate %(rate)s)."
        )
        % {
            "target": target,
            "value": m.result["index"][target],
            "low": low,
            "high": high,
            "n": m.n,
            "rate": rate_in_words(m.wave),
        }
    )
    if not rules.may_rank(m.result):
        yield Note(_("Too little stands behind these figures to rank what to improve."), "caution")
        return
    shown = [d for d in m.drivers if d.is_shown and d.importance > 0]
    if not shown:
        yield Note(_("No effect on the target could be told from zero."), "caution")
        return
    yield Paragraph(_("To improve first, by importance and room for improvement:"))
    yield Bullets(
        [
            _(
                "%(name)s: total effect %(effect).2f (%(low).2f to %(high).2f), "
                "performance %(performance).1f of 100, n = %(n)d"
            )
            % {
                "name": d.construct,
                "effect": d.importance,
                "low": d.low,
                "high": d.high,
                "performance": d.performance,
                "n": m.n,
            }
            for d in shown[:3]
        ]
    )


def data(m: Material) -> Iterator[Block]:
    excluded_answer = sum(r.statistics.no_answer for r in m.items)
    excluded_use = sum(r.statistics.not_used for r in m.items)
    low, high = m.result["scale"]
    yield Heading(_("Data and method"))
    yield Table(
        _("Data and method"),
        [_("What"), _("Value")],
        [
            [_("Answers in the wave"), str(m.wave.responses_count)],
            [_("Answers used (n)"), str(m.n)],
            [_("Response rate"), rate_in_words(m.wave)],
            [_("Scale"), f"{low:g} – {high:g}"],
            [_("Cells without an answer / not used"), f"{excluded_answer} / {excluded_use}"],
            [_("Method"), _("path model by partial least squares, items standardised")],
            [_("Inner weighting scheme"), str(m.result["scheme"])],
            [_("Missing answers"), str(m.result["missing"])],
            [
                _("Intervals"),
                _("percentile bootstrap, %(count)d replicates, %(failed)d failed, seed %(seed)s")
                % {
                    "count": m.result["replicates"],
                    "failed": sum(m.result["replicates_failed"].values()),
                    "seed": m.result["seed"],
                },
            ],
            [_("Engine"), m.study.engine],
        ],
        widths=(0.4, 0.6),
    )
    yield Note(_("Path coefficients are associations. Confirm a cause by a before/after check."))


def chain(m: Material) -> Iterator[Block]:
    yield Heading(_("Effect chain"))
    yield Figure(
        _("Path coefficients with intervals (%(basis)s)") % {"basis": basis(m)},
        paths_chart(m.result),
        height=120 + 26 * len(m.result["paths"]),
    )
    head = [_("from"), _("to"), _("estimate"), _("95 % interval"), _("SE"), "n"]
    yield Table(_("Paths"), head, effect_rows(m.result["paths"], m.n), frozenset({2, 3, 4, 5}))
    ahead = [e for e in m.result["total_effects"] if e["to"] == m.study.target]
    yield Table(
        _("Total effects on “%(target)s”") % {"target": m.study.target},
        head,
        effect_rows(ahead, m.n),
        frozenset({2, 3, 4, 5}),
    )
    spread, adjusted = m.result["spread"]["r2"], m.result["r2_adjusted"]
    yield Table(
        _("Variance explained"),
        [_("construct"), "R²", _("95 % interval"), _("R² adjusted"), "n"],
        [
            [
                name,
                number(r2),
                interval(spread[name]),
                number(adjusted[name]),
                str(m.n),
            ]
            for name, r2 in m.result["r2"].items()
        ],
        frozenset({1, 2, 3, 4}),
    )


def measurement(m: Material) -> Iterator[Block]:
    yield Heading(_("Quality of the measurement"))
    spread, loadings = m.result["spread"]["reliability"], m.result["spread"]["loadings"]
    yield Table(
        _("Reliability and convergent validity"),
        [_("construct"), "α", _("95 % interval"), "ρA", "ρC", "AVE", "n"],
        [
            [
                name,
                number(q["alpha"]),
                alpha_interval(spread, name),
                number(q["rho_a"]),
                number(q["rho_c"]),
                number(q["ave"]),
                str(m.n),
            ]
            for name, q in m.result["reliability"].items()
        ],
        frozenset(range(1, 7)),
    )
    yield Table(
        _("Loadings"),
        [_("construct"), _("item"), _("loading"), _("95 % interval"), "n"],
        [
            [
                construct,
                item,
                number(value),
                interval(loadings[construct][item]),
                str(m.n),
            ]
            for construct, items in m.result["loadings"].items()
            for item, value in items.items()
        ],
        frozenset({2, 3, 4}),
    )


def alpha_interval(spread: dict[str, Any], name: str) -> str:
    """The spreads come by kind of coefficient, then by construct."""
    found = spread.get("alpha", {}).get(name) or spread.get(name, {}).get("alpha")
    return interval(found) if found else ""


def performance(m: Material) -> Iterator[Block]:
    yield Heading(_("Indices, importance and performance"))
    spread = m.result["spread"]["index"]
    yield Table(
        _("Indices from 0 to 100"),
        [_("construct"), _("index"), _("95 % interval"), "n"],
        [
            [name, f"{value:.1f}", interval(spread[name], 1), str(m.n)]
            for name, value in m.result["index"].items()
        ],
        frozenset({1, 2, 3}),
    )
    if not rules.may_rank(m.result):
        return
    yield Figure(
        _("Importance and performance (%(basis)s)") % {"basis": basis(m)},
        charts.map_chart(m.drivers, m.study.target, m.n),
    )
    yield Figure(
        _("Drivers (%(basis)s)") % {"basis": basis(m)},
        charts.drivers_chart(m.drivers, m.study.target, m.n),
        height=100 + 34 * len(m.drivers),
    )


def answers(m: Material) -> Iterator[Block]:
    asked = m.wave.questionnaire
    rows = [r.statistics for r in m.items]
    yield Heading(_("Answers"))
    yield Figure(
        _("Answers item by item (answers of the wave: %(n)d; response rate %(rate)s)")
        % {"n": m.wave.responses_count, "rate": rate_in_words(m.wave)},
        survey_charts.distribution(rows, asked.scale_low, asked.scale_high),
        height=80 + 20 * len(rows),
    )
    yield Table(
        _("Means"),
        [_("item"), _("mean"), _("95 % interval"), "n", _("no answer"), _("not used")],
        [
            [
                r.item.code,
                number(r.mean.value, 2) if r.mean.value is not None else "",
                f"{r.mean.low:.2f} – {r.mean.high:.2f}"
                if r.mean.low is not None and r.mean.high is not None
                else "",
                str(r.statistics.n),
                str(r.statistics.no_answer),
                str(r.statistics.not_used),
            ]
            for r in m.items
        ],
        frozenset({1, 2, 3, 4, 5}),
    )


def improvement(m: Material) -> Iterator[Block]:
    found = list(m.study.findings.filter(withdrawn_at__isnull=True))
    yield Heading(_("Findings"))
    if not found:
        yield Paragraph(_("Nothing that stands out."))
        return
    yield Bullets([str(finding) for finding in found])


def cautions(m: Material) -> Iterator[Block]:
    yield Heading(_("Cautions"))
    yield Bullets([say_caution(c, m.language) for c in m.result["cautions"]])


def sources(m: Material) -> Iterator[Block]:
    """Where every number comes from, so that the report can be made again."""
    yield Heading(_("Sources"))
    rows = [
        [_("Frozen answers"), m.study.input_file.sha256 if m.study.input_file else ""],
        [_("Study"), f"{m.study.title} ({m.study.pk})"],
        [_("Causal model"), m.study.model_text],
    ]
    if m.source is not None:
        rows.insert(0, [_("File imported"), str(m.source.changes.get("file", ""))])
        rows.insert(1, ["SHA-256", str(m.source.changes.get("sha256", ""))])
        rows.insert(2, [_("Audit entry"), str(m.source.sequence)])
    yield Table(_("Sources"), [_("What"), _("Value")], rows, widths=(0.25, 0.75))
