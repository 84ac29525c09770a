"""Contacts from a file: one row a contact, or the event log of a case management system.

Rows are staged under their import in small transactions, where nobody sees them; landing is one
small step.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.catalogue.models import Emotion, Service, Touchpoint
from zhuoyue.delivery.access import IMPORT_DELIVERY
from zhuoyue.delivery.drafts import Draft
from zhuoyue.delivery.logs import prepare_log
from zhuoyue.delivery.models import Case, Channel, Contact, ContactDay
from zhuoyue.delivery.rollups import stage_days
from zhuoyue.delivery.tables import prepare_contacts
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import Work
from zhuoyue.kit.audit import locked_head
from zhuoyue.kit.imports.cells import Choice, Moment, New, Number, Reference, Text, YesNo
from zhuoyue.kit.imports.importer import (
    Counts,
    Field,
    Importer,
    Option,
    is_landed_already,
)
from zhuoyue.kit.imports.inserting import prepared
from zhuoyue.kit.imports.mapping import Columns
from zhuoyue.kit.imports.planning import Plan, Progress
from zhuoyue.kit.imports.problems import FileRefused
from zhuoyue.kit.models import ImportBatch, Tenant
from zhuoyue.kit.numbering import next_number_of
from zhuoyue.people.models import Department, Recipient

CHUNK = 500
LOG = "log"


def is_log(mapping: Columns) -> bool:
    return mapping.options.get("layout") == LOG


def requires(mapping: Columns) -> Sequence[str]:
    return ("case", "state") if is_log(mapping) else ()


def prepare(actor: Actor, plan: Plan) -> Any:
    """What will be written, worked out from all rows; nothing is written yet."""
    if is_landed_already(actor, plan):
        return []
    return prepare_log(actor, plan) if is_log(plan.mapping) else prepare_contacts(actor, plan)


# -- writing ---------------------------------------------------------------------------------


def unknown_recipients(plan: Plan) -> list[str]:
    """Names of recipients that the file asks to make, each once."""
    found = (row.get("recipient") for row in plan.rows)
    return list(dict.fromkeys(one.text for one in found if isinstance(one, New)))


def stage(actor: Actor, plan: Plan, batch: ImportBatch, progress: Progress) -> None:
    write(actor.tenant, plan, batch, stage_recipients(plan, batch), progress)


def land(work: Work, plan: Plan, batch: ImportBatch) -> Counts:
    """What is staged comes to count by the batch landing; its recipients are let in beside it."""
    locked_head(work.tenant)
    if is_landed_already(work.actor, plan):
        raise FileRefused(*plan.problems.kept)
    made = staged_recipients(batch).update(withdrawn_at=None, withdrawn_reason="")
    contacts = Contact.objects.filter(import_batch=batch).count()
    cases = Case.objects.filter(import_batch=batch)
    counts = {"contacts": contacts, "cases": cases.count(), "recipients": made}
    counts["reopened"] = cases.filter(reopen_count__gt=0).count()
    return {name: count for name, count in counts.items() if count}


def reason_of(batch: ImportBatch) -> str:
    return f"import {batch.pk}"


def staged_recipients(batch: ImportBatch) -> Any:
    rows = Recipient.objects.filter(tenant=batch.tenant_id, withdrawn_at__isnull=False)
    return rows.filter(withdrawn_reason=reason_of(batch))


def stage_recipients(plan: Plan, batch: ImportBatch) -> dict[str, int]:
    """A new recipient for each name, withdrawn until the import lands.

    Its code is the name until somebody gives it a better one.
    """
    now = clock.now()
    rows = [
        Recipient(
            tenant=batch.tenant,
            created_by=batch.created_by,
            created_at=now,
            updated_at=now,
            withdrawn_at=now,
            withdrawn_reason=reason_of(batch),
            code=name[:40],
            name=name,
            audience=plan.mapping.options.get("audience", "internal"),
        )
        for name in unknown_recipients(plan)
    ]
    return {row.name: row.pk for row in Recipient.objects.bulk_create(rows, batch_size=500)}


def write(
    tenant: Tenant,
    plan: Plan,
    batch: ImportBatch,
    made: dict[str, int],
    progress: Progress,
) -> None:
    """Put cases and contacts under the batch, a chunk at a time."""
    done, total = 0, len(plan.prepared)
    for chunk in chunks(plan.prepared):
        for draft in chunk:
            draft.place(tenant, batch, made)
        write_chunk(tenant, chunk)
        done += len(chunk)
        batch.touched_at, batch.progress = clock.now(), done / total
        batch.save(update_fields=["touched_at", "progress"])
        progress(done / total)
    stage_days(batch)


def write_chunk(tenant: Tenant, chunk: Sequence[Draft]) -> None:
    """Cases first, in a step of their own, for their contacts point at them."""
    cases = [draft.case for draft in chunk if draft.case is not None]
    if cases:
        with transaction.atomic():
            number_cases(tenant, cases)
    insert = prepared(Contact, [one for draft in chunk for one in draft.contacts()])
    with transaction.atomic():
        insert()


def chunks(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    for start in range(0, len(drafts), CHUNK):
        yield drafts[start : start + CHUNK]


def number_cases(tenant: Tenant, cases: Sequence[Case]) -> None:
    first = next_number_of(tenant, Case)
    for number, case in enumerate(cases, start=first):
        case.number = number
    Case.objects.bulk_create(cases)


def unstage(batch: ImportBatch) -> None:
    """What never landed goes without a trace, in steps that let others write."""
    for model in (ContactDay, Contact, Case):
        rows = model._default_manager.filter(import_batch=batch)
        while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
            model._default_manager.filter(pk__in=keys).delete()
    staged_recipients(batch).delete()


# -- the declaration -------------------------------------------------------------------------


def standing(model: Any) -> Any:
    return lambda actor: model.objects.visible_to(actor).standing()


WHEN = ("时间", "日期", "接触时间", "更新时间", "date", "time")
PLACE = ("接触点", "触点")
TITLES = ("code", "title_zh", "title_en")
contacts = Importer(
    name="delivery.contact",
    label=_("Cases and contacts"),
    permission=IMPORT_DELIVERY,
    fields=(
        Field("at", _("when"), Moment(), True, WHEN),
        Field(
            "recipient",
            _("recipient"),
            Reference(standing(Recipient), ("code", "name")),
            True,
            ("服务对象编码", "客户", "单位", "customer"),
        ),
        Field("contact_person", _("contact person"), Text(100), synonyms=("联系人姓名",)),
        Field("touchpoint", _("touchpoint"), Reference(standing(Touchpoint), TITLES), False, PLACE),
        Field("service", _("service"), Reference(standing(Service), TITLES), False, ("服务项目",)),
        Field("channel", _("channel"), Choice(Channel), synonyms=("方式", "contact type")),
        Field("by", _("by"), Text(100), synonyms=("经办人", "工号", "updated by")),
        Field("outcome", _("outcome"), Choice(Contact.Outcome), synonyms=("结果",)),
        Field("felt", _("felt experience"), Number(1, 5, whole=True), False, ("感受", "体验评分")),
        Field("emotion", _("felt emotion"), Choice(Emotion), synonyms=("情绪",)),
        Field("obstacle", _("obstacle"), Text(2000)),
        Field("opportunity", _("opportunity"), Text(2000)),
        Field("opinion", _("opinion or solution"), Text(2000), synonyms=("意见", "意见或解决办法")),
        Field("case", _("number of the case"), Text(60), synonyms=("工单号", "case number")),
        Field("state", _("state of the case"), Choice(Case.State), synonyms=("工单状态",)),
        Field("opened", _("case opened"), Moment(), synonyms=("受理时间", "opened at")),
        Field("promised_by", _("promised by"), Moment(), synonyms=("承诺时间", "due")),
        Field("resolved", _("case resolved"), Moment(), synonyms=("解决时间", "resolved at")),
        Field("closed", _("case closed"), Moment(), synonyms=("关闭时间", "closed at")),
        Field("promise_kept", _("promise kept"), YesNo(), synonyms=("是否兑现",)),
        Field("reopen_count", _("reopened"), Number(0, 1000, whole=True), synonyms=("重开次数",)),
        Field("title", _("title of the case"), Text(200), synonyms=("主题", "subject")),
        Field("kind", _("kind of case"), Choice(Case.Kind)),
        Field("priority", _("priority"), Number(1, 4, whole=True), synonyms=("优先级",)),
        Field("raised_by", _("raised by"), Text(100), synonyms=("提出人", "caller")),
        Field("handled_by", _("handled by"), Text(100), synonyms=("处理人", "assignee")),
        Field("department", _("department"), Reference(standing(Department), TITLES)),
    ),
    options=(
        Option(
            "layout",
            _("What a row is"),
            (("contacts", _("a contact")), (LOG, _("an update of a case"))),
        ),
        Option("audience", _("New recipients are"), Recipient.Audience.choices),
    ),
    creates=("recipient",),
    requires=requires,
    prepare=prepare,
    stage=stage,
    unstage=unstage,
    land=land,
    list_page="delivery:contact-list",
)  # fmt: skip
