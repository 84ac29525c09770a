"""Contacts from tables and from the log of a case management system, good and bad."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.cast import Cast
from zhuoyue.delivery import imports, rollups
from zhuoyue.delivery.models import Case, Contact, ContactDay
from zhuoyue.delivery.tests.makers import case, touchpoint
from zhuoyue.kit import audit, clock
from zhuoyue.kit.imports.importer import carry_out, new_batch, plan_import
from zhuoyue.kit.imports.mapping import Columns, read_map, suggest
from zhuoyue.kit.imports.planning import Plan
from zhuoyue.kit.imports.problems import FileRefused
from zhuoyue.kit.imports.source import open_table
from zhuoyue.kit.jobs.housekeeping import SILENCE, give_up_abandoned
from zhuoyue.kit.models import AuditEntry, ImportBatch
from zhuoyue.people.models import Recipient

TABLE = """\
时间,服务对象,接触点,渠道,经办人,结果,感受,意见
2026-03-02 09:15,W1,progress,电话,0001,solved,4,=1+1 不是公式
2026/3/3 10:00,C1,,visit,外请专家,information,,
"""
LOG = """\
工单号,时间,状态,受理,解决,兑现,登记人
INC1,02-03-2026 09:00,New,02-03-2026 08:50,?,true,甲
INC1,02-03-2026 11:00,Active,02-03-2026 08:50,?,true,乙
INC1,03-03-2026 09:00,Resolved,02-03-2026 08:50,03-03-2026 09:05,true,乙
INC1,04-03-2026 09:00,Active,02-03-2026 08:50,05-03-2026 09:00,false,乙
INC1,05-03-2026 09:00,Resolved,02-03-2026 08:50,05-03-2026 09:00,false,乙
INC2,02-03-2026 10:00,Active,02-03-2026 09:50,?,?,丙
"""
MAP = """\
options: {layout: log}
columns: {case: 工单号, at: 时间, state: 状态, opened: 受理, resolved: 解决,
  promise_kept: 兑现, by: 登记人}
values:
  state: {New: new, Active: in_progress, Resolved: resolved}
fixed: {recipient: 信息系统用户, channel: phone}
create: [recipient]
missing: ["?"]
dates: day first
"""


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def written(folder: Path, text: str, name: str = "contacts.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def planned(cast: Cast, path: Path, map_text: str = "") -> Plan:
    mapping = Columns(suggest(open_table(path).columns, imports.contacts.fields))
    if map_text:
        folder = Path(tempfile.mkdtemp(dir=settings.DATA))
        mapping = read_map(written(folder, map_text, "map.yaml"), imports.contacts)
    return plan_import(imports.contacts, cast.actor(), path, mapping)


def landed(cast: Cast, path: Path, map_text: str = "") -> ImportBatch:
    plan = planned(cast, path, map_text)
    assert plan.is_clean, plan.problems.sentences()
    return carry_out(plan, cast.actor(), path)


# -- a table of contacts ---------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_of_contacts_becomes_contacts(cast: Cast, tmp_path: Path, encoding: str) -> None:
    place = touchpoint(cast)
    batch = landed(cast, written(tmp_path, TABLE, encoding=encoding))
    assert batch.counts == {"contacts": 2}
    first, second = Contact.objects.visible_to(cast.actor()).order_by("at")
    assert (first.touchpoint, first.by, first.felt) == (place, cast.person, 4)
    assert (first.channel, first.outcome, first.opinion) == ("phone", "solved", "=1+1 不是公式")
    assert (second.by, second.by_text, second.felt) == (None, "外请专家", None)
    entry = AuditEntry.objects.get(action="delivery.contact.import")
    assert (entry.changes["rows"], entry.changes["sha256"]) == (2, batch.sha256)
    assert rollups.differences(cast.tenant) == []


def test_a_contact_is_tied_to_the_case_it_names(cast: Cast, tmp_path: Path) -> None:
    known = case(cast, external_number="GD-7")
    text = "时间,服务对象,工单号\n2026-03-02 09:15,W1,GD-7\n"
    landed(cast, written(tmp_path, text))
    assert Contact.objects.get().case == known


def test_the_same_file_is_not_taken_twice(cast: Cast, tmp_path: Path) -> None:
    touchpoint(cast)
    path = written(tmp_path, TABLE)
    landed(cast, path)
    again = planned(cast, path)
    assert "This very file was imported" in again.problems.sentences()[0]
    with pytest.raises(FileRefused):
        carry_out(again, cast.actor(), path)
    assert Contact.objects.count() == 2


BAD = {
    "时间,服务对象\n": "nothing below",
    "时间,服务对象\n2026-13-40,W1\n": "row 2, column 时间, “2026-13-40”",
    "时间,服务对象\n03-04-2026,W1\n": "change places",
    "时间,服务对象\n2026-03-02,没有\n": "“没有”",
    "时间,服务对象\n2026-03-02,\n": "is empty",
    "时间,服务对象\n2199-01-01,W1\n": "in the future",
    "时间,服务对象,感受\n2026-03-02,W1,6\n": "from 1 to 5",
    "时间,服务对象,渠道\n2026-03-02,W1,传真\n": "none of the choices",
    "时间,服务对象,工单号\n2026-03-02,W1,GD-9\n": "“GD-9”",
    "时间,服务对象,联系人\n2026-03-02,W1,查无此人\n": "“查无此人”",
    "时间,服务对象\n2026-03-02,W1,多一格\n": "3 cells",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_row_is_told_with_its_place_and_nothing_lands(
    cast: Cast, tmp_path: Path, text: str
) -> None:
    path = written(tmp_path, text)
    plan = planned(cast, path)
    assert BAD[text] in " ".join(plan.problems.sentences())
    with pytest.raises(FileRefused):
        carry_out(plan, cast.actor(), path)
    assert not Contact.objects.exists()
    assert not AuditEntry.objects.filter(action="delivery.contact.import").exists()


@pytest.mark.parametrize(
    "text", ["fixed: {channel: 2024-13-45}", "a: [", "fixed: !!int abc", "[" * 5000]
)
def test_a_map_that_cannot_be_read_is_refused(cast: Cast, tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused, match="map"):
        read_map(written(tmp_path, text, "map.yaml"), imports.contacts)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("时间\n2026-03-02\n", "recipient"), ("时间,时间,服务对象\n", "Two columns")],
)
def test_a_file_without_the_columns_needed_is_refused(
    cast: Cast, tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(FileRefused, match=words):
        planned(cast, written(tmp_path, text))


def test_every_problem_is_told_at_once(cast: Cast, tmp_path: Path) -> None:
    rows = "".join(f"2026-03-{day:02},没有\n" for day in range(1, 8))
    plan = planned(cast, written(tmp_path, "时间,服务对象\n" + rows))
    assert plan.problems.total == 7


# -- the log of a case management system -----------------------------------------------------


def test_a_log_becomes_cases_with_what_it_shows(cast: Cast, tmp_path: Path) -> None:
    batch = landed(cast, written(tmp_path, LOG), MAP)
    assert batch.counts == {"contacts": 6, "cases": 2, "recipients": 1, "reopened": 1}
    first, second = Case.objects.visible_to(cast.actor()).order_by("external_number")
    assert first.recipient == Recipient.objects.get(name="信息系统用户")
    assert first.response_hours == pytest.approx(2 + 10 / 60)
    assert first.resolution_hours == pytest.approx(72 + 10 / 60)
    assert (first.reopen_count, first.promise_kept, first.state) == (1, False, "resolved")
    assert [c.outcome for c in first.contacts.order_by("at")] == [
        *("", "moved_on", "solved", "not_solved", "solved")
    ]
    assert (second.first_response_at, second.resolved_at, second.promise_kept) == (None,) * 3
    assert rollups.differences(cast.tenant) == []


def test_case_numbers_go_on_from_those_that_are_there(cast: Cast, tmp_path: Path) -> None:
    before = case(cast)
    landed(cast, written(tmp_path, LOG), MAP)
    numbers = Case.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [before.number, before.number + 1, before.number + 2]
    assert case(cast).number == before.number + 3


BAD_LOGS = {
    "before the opening": LOG.replace("05-03-2026 09:00,false", "01-03-2026 09:00,false"),
    "none of the choices": LOG.replace("Active", "Vertagt"),
    "yes or no": LOG.replace("true", "vielleicht"),
}


@pytest.mark.parametrize("words", BAD_LOGS)
def test_a_bad_log_is_refused_whole(cast: Cast, tmp_path: Path, words: str) -> None:
    path = written(tmp_path, BAD_LOGS[words])
    plan = planned(cast, path, MAP)
    assert words in " ".join(plan.problems.sentences())
    assert not plan.is_clean
    assert not Recipient.objects.filter(name="信息系统用户").exists()


def test_a_case_that_is_here_already_is_told(cast: Cast, tmp_path: Path) -> None:
    case(cast, external_number="INC2")
    plan = planned(cast, written(tmp_path, LOG), MAP)
    assert "row 7, column 工单号, “INC2”" in plan.problems.sentences()[0]


def test_a_map_that_names_a_missing_column_is_refused(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no such column"):
        planned(cast, written(tmp_path, LOG), MAP.replace("state: 状态", "state: 阶段"))


def test_a_plan_made_before_the_same_file_landed_is_refused(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, LOG)
    first, second = planned(cast, path, MAP), planned(cast, path, MAP)
    carry_out(first, cast.actor(), path)
    with pytest.raises(ValidationError, match=r"meanwhile|This very file"):
        carry_out(second, cast.actor(), path)
    assert Case.objects.count() == 2
    assert Recipient.objects.filter(name="信息系统用户").count() == 1


def test_of_two_updates_at_one_moment_the_later_row_counts(cast: Cast, tmp_path: Path) -> None:
    text = "工单号,时间,状态,服务对象,处理人\nG1,2026-03-02 09:00,new,W1,甲\n"
    text += "G1,2026-03-02 10:00,in_progress,W1,乙\nG1,2026-03-02 10:00,resolved,W1,丙\n"
    guide = "options: {layout: log}\ncolumns: {case: 工单号, at: 时间, state: 状态, "
    guide += "recipient: 服务对象, handled_by: 处理人}\n"
    landed(cast, written(tmp_path, text), guide)
    made = Case.objects.get()
    assert (made.state, made.handled_by) == ("resolved", "丙")


def test_the_incident_log_becomes_890_cases(cast: Cast, tmp_path: Path, test_data: Path) -> None:
    log = next((test_data / "incident-log").glob("*.csv"))
    guide = (Path(__file__).parents[3] / "docs/import-contacts.md").read_text("utf-8")
    map_text = guide.split("```yaml\n")[1].split("```")[0]
    batch = landed(cast, log, map_text)
    assert (batch.rows, batch.counts["cases"], batch.counts["reopened"]) == (5998, 890, 10)
    cases = Case.objects.visible_to(cast.actor())
    assert cases.filter(first_response_at=None).count() == 258  # the log begins past “New”
    assert cases.filter(resolved_at=None).count() == 29
    assert cases.filter(promise_kept=True).count() == 495


# -- staging ---------------------------------------------------------------------------------


def test_what_is_staged_is_seen_by_nobody_until_it_lands(cast: Cast, tmp_path: Path) -> None:
    touchpoint(cast)
    plan = planned(cast, written(tmp_path, TABLE))
    batch = new_batch(imports.contacts, cast.actor(), plan)
    imports.stage(cast.actor(), plan, batch, lambda share: None)
    assert Contact.objects.count() == 2
    assert not Contact.objects.visible_to(cast.actor()).exists()
    assert not ContactDay.objects.visible_to(cast.actor()).exists()


def test_what_a_dead_process_has_staged_is_taken_away(cast: Cast, tmp_path: Path) -> None:
    touchpoint(cast)
    plan = planned(cast, written(tmp_path, TABLE))
    batch = new_batch(imports.contacts, cast.actor(), plan)
    imports.stage(cast.actor(), plan, batch, lambda share: None)
    ImportBatch.objects.filter(pk=batch.pk).update(state="staging")
    assert give_up_abandoned() == 0
    with clock.at(clock.now() + SILENCE * 2):
        assert give_up_abandoned() == 1
    batch.refresh_from_db()
    assert (batch.state, Contact.objects.count(), ContactDay.objects.count()) == ("refused", 0, 0)


def test_an_import_that_fails_while_it_lands_leaves_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touchpoint(cast)
    path = written(tmp_path, TABLE)
    plan = planned(cast, path)

    def fail(*_args: Any) -> Any:
        raise ValidationError("no room left")

    monkeypatch.setattr(audit, "append", fail)
    with pytest.raises(ValidationError):
        carry_out(plan, cast.actor(), path)
    assert not Contact.objects.exists()
    assert ImportBatch.objects.get().refusals == ["no room left"]
