"""The evaluation report: one study of one wave, composed as a document in zh or en."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Actor
from zhuoyue.kit.documents import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from zhuoyue.kit.models import AuditEntry
from zhuoyue.people.models import Centre
from zhuoyue.reports import effect_chain
from zhuoyue.reports.effect_chain import LANGUAGES, Reading
from zhuoyue.reports.figures import number
from zhuoyue.reports.groups import groups as groups_in_print
from zhuoyue.studies.models import Study
from zhuoyue.surveys import charts as survey_charts
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import ItemResult, item_results
from zhuoyue.surveys.words import period_in_words, rate_in_words


@dataclass(frozen=True)
class Material:
    """Everything the report speaks of, read once."""

    study: Study
    wave: Wave
    reading: Reading
    items: list[ItemResult]
    centre: str
    source: AuditEntry | None


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
        reading=Reading(result, study.target, language, basis(wave, int(result["n"]))),
        items=item_results(actor, wave),
        centre=str(centre or actor.tenant),
        source=source,
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
            *effect_chain.summary(m.reading),
            *data(m),
            *effect_chain.chain(m.reading),
            *effect_chain.measurement(m.reading),
            *effect_chain.performance(m.reading),
            *groups(m),
            *answers(m),
            *improvement(m),
            *effect_chain.cautions(m.reading),
            *sources(m),
        ],
        language=m.reading.language,
        made_at=m.study.finished_at or m.study.created_at,
        footer=_("Zhuoyue · DB23/T 3405-2023, clauses 5.4 and 6.4.2"),
        mark=_("DEMONSTRATION DATA") if m.study.tenant.is_demonstration else "",
    )


def basis(wave: Wave, n: int) -> str:
    """What stands beside every figure."""
    return _("n = %(n)d; response rate %(rate)s; 95 %% intervals") % {
        "n": n,
        "rate": rate_in_words(wave),
    }


def data(m: Material) -> Iterator[Block]:
    excluded_answer = sum(r.statistics.no_answer for r in m.items)
    excluded_use = sum(r.statistics.not_used for r in m.items)
    return effect_chain.data(
        m.reading,
        [
            [_("Answers in the wave"), str(m.wave.responses_count)],
            [_("Response rate"), rate_in_words(m.wave)],
            [_("Cells without an answer / not used"), f"{excluded_answer} / {excluded_use}"],
        ],
    )


def groups(m: Material) -> Iterator[Block]:
    """The groups of a study that asked for any."""
    asked = m.reading.result.get("groups")
    if asked and asked["results"]:
        yield from groups_in_print(asked, m.reading.language)


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


def sources(m: Material) -> Iterator[Block]:
    rows = [
        [_("Frozen answers"), m.study.input_file.sha256 if m.study.input_file else ""],
        [_("Study"), f"{m.study.title} ({m.study.pk})"],
        [_("Causal model"), m.study.model_text],
    ]
    if m.source is not None:
        rows.insert(0, [_("File imported"), str(m.source.changes.get("file", ""))])
        rows.insert(1, ["SHA-256", str(m.source.changes.get("sha256", ""))])
        rows.insert(2, [_("Audit entry"), str(m.source.sequence)])
    return effect_chain.sources(rows)
