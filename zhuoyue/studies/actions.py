"""Writes of studies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.analysis import ENGINE
from zhuoyue.kit import clock, files
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.records import RecordActions
from zhuoyue.studies import rules, running
from zhuoyue.studies.access import RUN_STUDIES
from zhuoyue.studies.events import StudyDone
from zhuoyue.studies.models import CausalModel, Finding, Study, read_model_text
from zhuoyue.surveys.models import Wave
from zhuoyue.surveys.queries import answers_of

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
    scheme: str = "path",
    missing: str = "mean",
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
    frozen = running.freeze(answers, model)
    stored = files.keep(work, f"{wave.code}.parquet", [frozen])
    study = work.keep(
        Study(),
        title=title or wave.title,
        wave=wave,
        model_text=model_text,
        target=rules.target_of(model.names, model.endogenous, target),
        settings={"scheme": scheme, "missing": missing},
        replicates=replicates,
        seed=seed,
        input_file=stored,
        engine=ENGINE,
    )
    work.note(answers=answers.n, sha256=stored.sha256)
    return study


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
