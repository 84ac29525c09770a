"""The run of a study, outside any request."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.tasks import task

from zhuoyue.analysis import AnalysisError
from zhuoyue.kit.access import system
from zhuoyue.kit.files import store_path
from zhuoyue.kit.jobs.worker import report_progress
from zhuoyue.studies import actions, running
from zhuoyue.studies.models import Study


@task
def run_study(study_id: int) -> str:
    """Estimate on the frozen answers and keep the result; taken up again it finds its end."""
    return execute(study_id, report_progress)


def execute(study_id: int, progress: Callable[[int, int], None] | None = None) -> str:
    study = Study.objects.select_related("tenant", "wave__questionnaire", "input_file").get(
        pk=study_id
    )
    if study.state in actions.FINISHED or study.is_withdrawn:
        return study.state
    actor = system(study.tenant)
    asked = study.wave.questionnaire
    try:
        made = rerun(study, (asked.scale_low, asked.scale_high), progress)
    except AnalysisError as error:
        return actions.fail_study(actor, study, error=error.to_dict()).state
    if Study.objects.filter(pk=study_id, withdrawn_at__isnull=False).exists():
        return study.state  # nobody wants it any more: no result, no findings
    return actions.finish_study(actor, study, result=made.result, draws=made.draws).state


def rerun(
    study: Study,
    scale: tuple[float, float],
    progress: Callable[[int, int], None] | None = None,
) -> running.Run:
    """Compute a study from what it froze; nothing is written."""
    assert study.input_file is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        path.symlink_to(store_path(study.input_file.sha256))
        return running.run(
            path,
            study.model,
            study.settings,
            target=study.target,
            scale=scale,
            replicates=study.replicates,
            seed=study.seed,
            progress=progress,
        )
