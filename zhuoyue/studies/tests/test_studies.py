"""What an analyst meets when a study runs, fails, is asked for twice, or is computed again."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from zhuoyue.kit.files import store_path
from zhuoyue.kit.jobs import worker
from zhuoyue.kit.models import AuditEntry, Job
from zhuoyue.studies import actions
from zhuoyue.studies.jobs import execute, rerun, run_study
from zhuoyue.studies.models import Finding, Study
from zhuoyue.studies.tests.makers import MODEL, done, study
from zhuoyue.surveys import actions as surveys
from zhuoyue.surveys import reading
from zhuoyue.surveys.actions import FileFacts
from zhuoyue.surveys.models import Wave


def wave_of(cast: Cast, rows: list[list[str]]) -> Wave:
    names = ["qual1", "qual2", "sat1", "sat2"]
    found = reading.read_table(names, rows, scale=(1, 5))
    file = FileFacts("answers.csv", "1" * 64)
    made: Wave = surveys.import_wave(
        cast.actor(), code="odd", title="异常答卷", reading=found, file=file
    )
    return made


def answer(i: int) -> list[str]:
    return [str(1 + (i * step) % 5) for step in (7, 3, 11, 13)]


# What is wrong with the answers, and a word of the sentence that says so.
ODD: dict[str, tuple[list[list[str]], str]] = {
    "two answers": ([answer(i) for i in range(2)], "2"),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_answers_that_cannot_be_estimated_end_in_a_sentence(cast: Cast, what: str) -> None:
    rows, word = ODD[what]
    made = actions.start_study(
        cast.actor(), wave=wave_of(cast, rows), model_text=MODEL, replicates=50
    )
    assert execute(made.pk) == "failed"
    for language in ("zh-hans", "en"):
        client = cast.client("analyst")
        client.cookies["django_language"] = language
        page = client.get(f"/studies/studies/{made.pk}/").content.decode()
        assert word in page
        assert "Traceback" not in page
    made.refresh_from_db()
    assert made.result is None
    assert not made.findings.exists()


def test_an_item_that_copies_another_is_pointed_out(cast: Cast) -> None:
    rows = [[a[0], a[0], a[2], a[1]] for a in (answer(i * i + i % 4) for i in range(40))]
    made = actions.start_study(
        cast.actor(), wave=wave_of(cast, rows), model_text=MODEL, replicates=50
    )
    assert execute(made.pk) == "done"
    made.refresh_from_db()
    assert made.result is not None
    assert "item_duplicated" in {caution["code"] for caution in made.result["cautions"]}


def test_a_model_that_names_a_missing_item_starts_nothing(cast: Cast) -> None:
    text = MODEL.replace("qual2", "qual9")
    with pytest.raises(ValidationError, match="qual9"):
        actions.start_study(
            cast.actor(), wave=wave_of(cast, [answer(i) for i in range(30)]), model_text=text
        )
    assert not Study.objects.exists()


def test_a_study_computed_again_gives_the_same_bytes(cast: Cast) -> None:
    made = done(cast)
    again = rerun(made, (1, 5))
    assert json.dumps(again.result, sort_keys=True) == json.dumps(made.result, sort_keys=True)
    assert made.draws_file is not None
    assert store_path(made.draws_file.sha256).read_bytes() == again.draws


def test_a_job_taken_up_again_after_the_end_changes_nothing(cast: Cast) -> None:
    made = done(cast)
    before = AuditEntry.objects.count(), made.findings.count()
    assert execute(made.pk) == "done"
    assert (AuditEntry.objects.count(), made.findings.count()) == before


def test_the_page_tells_how_far_a_running_study_is(cast: Cast, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "zhuoyue.kit.jobs.backend.JobBackend"}}
    made = study(cast)
    run_study.enqueue(made.pk)
    Job.objects.update(progress=0.42)
    address = f"/studies/studies/{made.pk}/progress/"
    assert "42 %" in cast.client("analyst").get(address).content.decode()
    worker.work(worker.claim("w") or pytest.fail("nothing to do"))
    assert cast.client("analyst").get(address)["HX-Refresh"] == "true"
    made.refresh_from_db()
    assert made.state == Study.State.DONE


def test_a_study_withdrawn_while_it_runs_leaves_no_findings(cast: Cast) -> None:
    made = study(cast)
    told: list[int] = []

    def withdraw(done: int, _total: int) -> None:
        if not told:
            actions.withdraw_study(cast.actor(), made, reason="不再需要")
        told.append(done)

    assert execute(made.pk, withdraw) != "done"
    made.refresh_from_db()
    assert told
    assert made.result is None
    assert not made.findings.exists()
    client = cast.client("analyst")
    for language, words, badge in (
        ("zh-hans", "该研究在完成前已撤回", "已撤回"),
        ("en", "withdrawn before it was finished", "Withdrawn"),
    ):
        client.cookies["django_language"] = language
        page = client.get(f"/studies/studies/{made.pk}/").content.decode()
        assert words in page
        assert f">{badge}</span>" in page
        assert "hx-trigger" not in page


def test_what_stands_behind_a_finding_is_named_and_rounded(cast: Cast) -> None:
    facts = {"target": "Satisfaction", "importance": 0.612345, "low": 0.5, "high": 0.7123}
    made, _ = Finding.objects.update_or_create(
        tenant=cast.tenant,
        study=done(cast),
        kind="driver",
        subject="Quality",
        defaults={"facts": {**facts, "performance": 65.98765, "n": 310}},
    )
    client = cast.client("analyst")
    for language, name in (("zh-hans", "总影响"), ("en", "Total effect")):
        client.cookies["django_language"] = language
        page = client.get(f"/studies/findings/{made.pk}/").content.decode()
        for words in (f"<dt>{name}</dt><dd>0.612</dd>", "<dd>0.500 – 0.712</dd>", "<dd>66.0</dd>"):
            assert words in page
        assert "Importance" not in page
