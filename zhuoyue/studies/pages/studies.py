"""Pages of studies: the list, and everything that one study found."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.analysis_words import say, say_caution
from zhuoyue.kit.records import Facts, Link, RecordPages
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.studies import actions, charts, rules
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.models import Study
from zhuoyue.studies.pages.groups import groups_context
from zhuoyue.studies.pages.starting import running
from zhuoyue.studies.pages.what_if import what_if_context
from zhuoyue.studies.words import intervals_in_words, words_of


class StudyFilter(Filter):
    class Meta:
        model = Study
        fields = ["state", "wave"]


STATE_TONES = {"done": "good", "failed": "bad", "running": "info", "waiting": "neutral"}


SETTINGS = {
    "scheme": lazy("inner weighting scheme"),
    "items": lazy("treatment of items"),
    "missing": lazy("missing answers"),
}


def settings_in_words(asked: Mapping[str, Any]) -> Facts:
    """What was chosen; a study of an earlier version chose less."""
    weights = [(lazy("weights of the answers"), _("used"))] if asked.get("weighted") else []
    groups = [(lazy("groups by"), asked["group"])] if asked.get("group") else []
    chosen = [
        (name, words_of(setting, asked[setting]))
        for setting, name in SETTINGS.items()
        if setting in asked
    ]
    return [*chosen, *weights, *groups]


def intervals_of(study: Study) -> str:
    """Kind, replicates and seed; of a finished study also how many failed."""
    if study.result:
        return intervals_in_words(study.result)
    return _("%(kind)s, %(count)d replicates, seed %(seed)d") % {
        "kind": words_of("interval", study.settings.get("interval", "percentile")),
        "count": study.replicates,
        "seed": study.seed,
    }


def study_facts(request: Request, study: Study) -> Facts:
    frozen = study.input_file
    return [
        (lazy("wave"), study.wave),
        (lazy("state"), running(study)["state"]),
        ("n", study.n),
        (pgettext_lazy("construct", "target"), study.target),
        *settings_in_words(study.settings),
        (lazy("intervals"), intervals_of(study)),
        (lazy("engine"), study.engine),
        (lazy("finished"), study.finished_at),
        (lazy("frozen answers (SHA-256)"), frozen.sha256 if frozen else ""),
    ]


def study_context(request: Request, study: Study) -> dict[str, Any]:
    """Everything the page of a study shows, once it is done."""
    language = get_language() or "zh"
    if study.error:
        return {"error": say(study.error["code"], study.error["params"], language)}
    if not study.result:
        return {"is_running": True, **running(study)}
    result, target = study.result, study.target

    def said(notes: Any) -> list[str]:
        return [say_caution(each, language) for each in notes]

    ranking = rules.ranking_of(result, target)
    return {
        "result": result,
        "graph": charts.model_graph(result),
        "drivers_chart": charts.drivers_chart(
            rules.drivers_of(result, target), target, result["n"]
        ),
        "is_ranked": rules.may_rank(result, target),
        "refusals": said(rules.refusals_of(result, target)),
        "driver_notes": said(ranking["cautions"]) if ranking else [],
        "maps": charts.maps(result, target) if rules.may_map(result, target) else [],
        "reliability": rules.reliability_of(result),
        "findings": study.findings.all(),
        "cautions": said(result["cautions"]),
        "index": study_index(study),
        **what_if_context(request, study),
        **groups_context(result, language),
    }


def study_index(study: Study) -> dict[str, Any]:
    """The target's index as a tile."""
    assert study.result is not None
    low, high = study.result["spread"]["index"][study.target]["ci"]
    return {
        "label": _("Index of “%(target)s” (0–100)") % {"target": study.target},
        "value": f"{study.result['index'][study.target]:.1f}",
        "n": study.result["n"],
        "interval": f"{low:.1f} – {high:.1f}",
    }


studies = RecordPages(
    model=Study,
    noun="study",
    table=Table(
        lazy("Studies"),
        [
            Column("title", lazy("title"), sort="title"),
            Column("wave.title", lazy("wave"), sort="wave__title"),
            Column(
                "state",
                lazy("state"),
                sort="state",
                kind="badge",
                tone=lambda study: STATE_TONES[study.state],
            ),
            Column("n", "n", kind="number"),
            Column("target", pgettext_lazy("construct", "target"), hide_on_phone=True),
            Column("finished_at", lazy("finished"), sort="finished_at", kind="date"),
        ],
        filters=StudyFilter,
        search=("title", "wave__title"),
        empty_text=lazy("No study yet. Choose a wave and a model to begin."),
    ),
    view=VIEW_STUDIES,
    edit=RUN_STUDIES,
    rows=lambda actor: Study.objects.select_related(
        "wave__questionnaire", "input_file", "draws_file"
    ),
    facts=study_facts,
    context=study_context,
    detail_template="studies/study_detail.html",
    withdraw=actions.withdraw_study,
    list_links=lambda request: (
        [Link(lazy("Start a study"), reverse("studies:study-start"), tone="primary", icon="play")]
        if request.actor.may(RUN_STUDIES)
        else []
    ),
)
