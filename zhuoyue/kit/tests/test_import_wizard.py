"""An import in the browser, step by step, by people who may and who may not."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from zhuoyue.delivery.models import Case
from zhuoyue.delivery.tests.test_imports import LOG, MAP
from zhuoyue.kit.imports import wizard
from zhuoyue.kit.jobs import worker
from zhuoyue.kit.models import AuditEntry, ImportBatch, Job
from zhuoyue.people.models import Recipient

GOOD = "编码,名称,内外部\nW7,七车间,内部\nW8,八车间,外部\n"
PEOPLE = "/imports/people.recipient/"


@pytest.fixture
def manager(cast: Cast) -> Client:
    return cast.client("service_manager")


def upload(
    client: Client, text: str, *, name: str = "对象.csv", encoding: str = "utf-8", **more: Any
) -> Any:
    file = SimpleUploadedFile(name, text.encode(encoding))
    return client.post(more.pop("url", PEOPLE), {"file": file, **more}, follow=True)


def press(client: Client, on_commit: Any) -> Any:
    """The confirming press; the job runs when the press has been written."""
    batch = ImportBatch.objects.latest("pk")
    with on_commit(execute=True):
        client.post(f"/imports/batches/{batch.pk}/confirm/")
    return client.get(f"/imports/batches/{batch.pk}/")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_good_file_is_checked_and_lands_with_one_press(
    manager: Client, encoding: str, django_capture_on_commit_callbacks: Any
) -> None:
    page = upload(manager, GOOD, encoding=encoding).content.decode()
    assert "七车间" in page
    assert "导入 2 行" in page
    assert not Recipient.objects.filter(code="W7").exists()
    page = press(manager, django_capture_on_commit_callbacks).content.decode()
    assert "完成" in page
    assert "/people/recipients/" in page
    assert Recipient.objects.get(code="W8").audience == "external"
    entry = AuditEntry.objects.get(action="people.recipient.import")
    assert entry.user_id is not None


def test_a_second_press_lands_nothing_more(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(manager, GOOD)
    for _press in range(2):
        press(manager, django_capture_on_commit_callbacks)
    assert AuditEntry.objects.filter(action="people.recipient.import").count() == 1


def test_a_column_that_was_not_recognised_is_chosen_by_hand(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = upload(manager, GOOD.replace("内外部", "属性"))
    assert page.context["is_clean"] is False
    batch = ImportBatch.objects.latest("pk")
    form = page.context["form"]
    facts = {name: form[name].value() or "" for name in form.fields}
    facts["column:audience"] = "属性"
    page = manager.post(f"/imports/batches/{batch.pk}/", facts, follow=True)
    assert page.context["is_clean"] is True
    press(manager, django_capture_on_commit_callbacks)
    assert Recipient.objects.filter(code="W7").exists()


BAD = {
    "编码,名称,内外部\nW7,七车间,外国\n": "外国",
    "编码,名称,内外部\nW7,七车间,内部\nW7,又一个,内部\n": "W7",
    "编码,名称,内外部\n": "没有数据",
    "编码,名称,内外部\nW7,七车间\n": "2",
}


@pytest.mark.parametrize("text", BAD)
def test_problems_are_told_and_nothing_can_be_pressed(manager: Client, text: str) -> None:
    page = upload(manager, text)
    assert BAD[text] in " ".join(page.context["sentences"])
    assert page.context["is_clean"] is False
    batch = ImportBatch.objects.latest("pk")
    assert manager.get(f"/imports/batches/{batch.pk}/problems/").content[:2] == b"PK"


@pytest.mark.parametrize(
    ("text", "name"),
    [("", "对象.csv"), ("x", "对象.pdf"), ("PK不是", "对象.xlsx"), ("a,a\n1,2\n", "对象.csv")],
)
def test_what_is_no_table_is_refused_at_once(manager: Client, text: str, name: str) -> None:
    page = upload(manager, text, name=name)
    assert page.status_code == 422
    assert not ImportBatch.objects.exists()


def test_a_file_over_the_limit_is_refused(manager: Client, settings: Any) -> None:
    settings.FILE_LIMIT = 40
    assert upload(manager, GOOD).status_code == 422
    assert not ImportBatch.objects.exists()


def test_the_press_without_a_clean_check_lands_nothing(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(manager, "编码,名称,内外部\nW7,七车间,外国\n")
    page = press(manager, django_capture_on_commit_callbacks).content.decode()
    assert "外国" in page
    assert ImportBatch.objects.get().state == "refused"
    assert not Recipient.objects.filter(code="W7").exists()


def test_the_template_is_an_excel_file(manager: Client) -> None:
    found = manager.get(f"{PEOPLE}template/")
    assert io.BytesIO(found.content).read(2) == b"PK"
    assert "Excel" in manager.get(PEOPLE).content.decode()
    assert PEOPLE in manager.get("/people/recipients/").content.decode()


def test_an_event_log_comes_with_its_map(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    url, map_file = "/imports/delivery.contact/", SimpleUploadedFile("map.yaml", MAP.encode())
    page = upload(manager, LOG, name="log.csv", url=url, map_file=map_file)
    assert page.context["is_clean"] is True
    press(manager, django_capture_on_commit_callbacks)
    assert Case.objects.count() == 2
    wrong = SimpleUploadedFile("map.yaml", b"columns: [1")
    assert upload(manager, LOG, name="log.csv", url=url, map_file=wrong).status_code == 422


def test_a_job_killed_in_the_middle_is_taken_up_again(
    cast: Cast, manager: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "zhuoyue.kit.jobs.backend.JobBackend"}}
    upload(manager, GOOD)
    page = press(manager, django_capture_on_commit_callbacks).content.decode()
    assert "progress" in page
    first = worker.claim("killed")
    assert first is not None
    Job.objects.update(lease_until=first.run_after)
    worker.work(worker.claim("next") or pytest.fail("nothing to do"))
    assert ImportBatch.objects.get().state == "landed"
    assert wizard.land_batch.func(ImportBatch.objects.get().pk, None) == "landed"
    assert Recipient.objects.filter(code__in=["W7", "W8"]).count() == 2
