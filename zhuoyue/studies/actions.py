"""Writes of studies."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.analysis import ENGINE, Interval, Items, Missing, Scheme, groups_found
from zhuoyue.kit import clock, files
from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.records import RecordActions
from zhuoyue.studies import comparing, rules, running
from zhuoyue.studies.access import RUN_STUDIES
from zhuoyue.studies.events import StudyDone
from zhuoyue.studies.models import CausalModel, Finding, Study, read_model_text
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import answers_of, group_labels

causal_model = RecordActions(CausalModel, permission=RUN_STUDIES)

FINISHED = {Study.State.DONE, Study.State.FAILED}


@action(
    "studies.study.start",
    permission=RUN_STUDIES,
    sentence=gettext_lazy("%(actor)s started the study “%(target)s”"),
)
def start_study(
    work: Work,
    /,
    *,
    wave: Wave,
    model_text: str,
    target: str = "",
    title: str = "",
    replicates: int = 5000,
    seed: int = 1,
    scheme: str = Scheme.PATH,
    items: str = Items.STANDARDISED,
    missing: str = Missing.MEAN,
    interval: str = Interval.PERCENTILE,
    group: str = "",
    weighted: bool = False,
) -> Study:
    """Freeze the answers and everything that decides the result; the run itself is a job."""
    model = read_model_text(model_text)
    answers = answers_of(work.actor, wave)
    unknown = [item for item in model.items if item not in answers.columns]
    if unknown:
        raise ValidationError(
            {
                "model_text": _("The wave has no item %(item)s. It has: %(known)s.")
                % {"item": unknown[0], "known": ", ".join(answers.items)}
            }
        )
    if target and target not in model.names:
        sentence = _("The model has no construct of this name: %(name)s.") % {"name": target}
        raise ValidationError({"target": sentence})
    labels = labels_of(work.actor, wave, model.items, group) if group else []
    weighted = weighted and len(set(answers.weights)) > 1
    frozen = running.freeze(answers, model, labels, weighted=weighted)
    stored = files.keep(work, f"{wave.code}.parquet", [frozen])
    study = work.keep(
        Study(),
        title=title or wave.title,
        wave=wave,
        model_text=model_text,
        target=rules.target_of(model.names, model.endogenous, target),
        settings={
            "scheme": str(scheme),
            "items": str(items),
            "missing": str(missing),
            "interval": str(interval),
            **({"weighted": True} if weighted else {}),
            **({"group": group, "permutations": comparing.PERMUTATIONS} if group else {}),
        },
        replicates=replicates,
        seed=seed,
        input_file=stored,
        engine=ENGINE,
    )
    work.note(answers=answers.n, sha256=stored.sha256)
    return study


def labels_of(actor: Actor, wave: Wave, items: Sequence[str], group: str) -> list[str | None]:
    """The group of every answer, or a ValidationError that says why there is nothing to compare."""
    if group in items:
        sentence = _("%(column)s is an item of the model; choose another column for the groups.")
        raise ValidationError({"group": sentence % {"column": group}})
    labels = group_labels(actor, wave, group)
    if len(comparing.sorting_of(groups_found(labels)).chosen) < 2:
        sentence = _("“%(column)s” does not name two groups of at least %(fewest)d answers.")
        told = {"column": group, "fewest": comparing.FEWEST}
        raise ValidationError({"group": sentence % told})
    return labels


@action(
    "studies.study.finish",
    permission=RUN_STUDIES,
    sentence=gettext_lazy("%(actor)s finished the study “%(target)s”"),
)
def finish_study(work: Work, /, study: Study, *, result: dict[str, Any], draws: bytes) -> Study:
    """Keep the result, its replicates and its findings together; a study is finished once."""
    fresh = Study.objects.select_for_update().get(pk=study.pk)
    if fresh.state in FINISHED:
        raise ValidationError(_("This study is finished already."))
    work.keep(
        fresh,
        result=result,
        draws_file=files.keep(work, f"study-{fresh.pk}.npy", [draws]),
        state=Study.State.DONE,
        finished_at=clock.now(),
        error=None,
    )
    Finding.objects.bulk_create(
        Finding(
            tenant=work.tenant,
            created_by=fresh.created_by,
            study=fresh,
            kind=found.kind,
            subject=found.subject[:120],
            facts=found.facts,
        )
        for found in rules.findings_of(result, fresh.target)
    )
    work.announce(StudyDone(work.actor, fresh.pk))
    return fresh


@action(
    "studies.study.fail",
    permission=RUN_STUDIES,
    sentence=gettext_lazy("%(actor)s could not finish the study “%(target)s”"),
)
def fail_study(work: Work, /, study: Study, *, error: dict[str, Any]) -> Study:
    """Keep why a study could not be done; its input stays for another try."""
    fresh = Study.objects.select_for_update().get(pk=study.pk)
    if fresh.state in FINISHED:
        raise ValidationError(_("This study is finished already."))
    return work.keep(fresh, error=error, state=Study.State.FAILED, finished_at=clock.now())


@action(
    "studies.study.withdraw",
    permission=RUN_STUDIES,
    sentence=gettext_lazy("%(actor)s withdrew the study “%(target)s”"),
)
def withdraw_study(work: Work, /, study: Study, *, reason: str) -> Study:
    return work.keep(study, withdrawn_at=clock.now(), withdrawn_reason=reason)


def start_and_run(actor: Any, **values: Any) -> Study:
    """Start a study and hand its run to the worker once it is safely written."""
    from zhuoyue.studies.jobs import run_study

    study: Study = start_study(actor, **values)
    transaction.on_commit(lambda: run_study.enqueue(study.pk))
    return study
