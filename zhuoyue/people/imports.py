"""Departments, people, recipients and their contacts from a file."""

from typing import Any

from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.actions import Work
from zhuoyue.kit.imports.cells import Choice, Reference, Text
from zhuoyue.kit.imports.importer import Counts, Field, Importer
from zhuoyue.kit.imports.planning import Plan
from zhuoyue.kit.models import ImportBatch, Record
from zhuoyue.people.access import EDIT_PEOPLE, EDIT_RECIPIENTS
from zhuoyue.people.models import ContactPerson, Department, Person, Recipient

NAME_OF_PERSON = ("姓名", "name", "full name")
PHONE = Field("phone", _("phone"), Text(40), synonyms=("手机", "联系电话", "tel", "mobile"))
EMAIL = Field("email", _("e-mail"), Text(254, (validate_email,)), synonyms=("邮箱", "mail"))
POSITION = Field("position", _("position"), Text(100), synonyms=("职位", "岗位", "job title"))


def refuse_taken(model: type[Record], name: str) -> Any:
    """A check that no row takes a code that somebody has already."""

    def prepare(actor: Actor, plan: Plan) -> None:
        rows: Any = model._default_manager.filter(tenant=actor.tenant, withdrawn_at__isnull=True)
        taken = set(rows.values_list(name, flat=True))
        for row in plan.rows:
            if row.get(name) in taken:
                plan.blame("exists", row, name, row[name])

    return prepare


def made(work: Work, model: type[Record], values: dict[str, Any], references: set[str]) -> Any:
    """An unsaved record; references come from the reader as ids."""
    facts = {(f"{name}_id" if name in references else name): v for name, v in values.items()}
    now = clock.now()
    return model(
        tenant=work.tenant, created_by=work.actor.user, created_at=now, updated_at=now, **facts
    )


def land_all(model: type[Record], *references: str) -> Any:
    """One new record for each row."""

    def land(work: Work, plan: Plan, batch: ImportBatch) -> Counts:
        rows = [made(work, model, row.values, set(references)) for row in plan.rows]
        model._default_manager.bulk_create(rows, batch_size=500)
        return {"records": len(rows)}

    return land


def prepare_departments(actor: Actor, plan: Plan) -> None:
    """A department may be part of one that stands here already or in the same file."""
    refuse_taken(Department, "code")(actor, plan)
    here = Department.objects.visible_to(actor).standing().values_list("code", flat=True)
    parents = {row.get("code"): row.get("parent") for row in plan.rows}
    known = set(here) | set(parents)
    for row in plan.rows:
        above = row.get("parent")
        if above is not None and above not in known:
            plan.blame("not_found", row, "parent", above, known=", ".join(sorted(known))[:200])
        seen = {row.get("code")}
        while above in parents:
            if above in seen:
                plan.blame("refused", row, "parent", above, reason=_("It is part of itself."))
                break
            seen.add(above)
            above = parents[above]


def land_departments(work: Work, plan: Plan, batch: ImportBatch) -> Counts:
    """Those above first, so that those below find them."""
    rows = Department.objects.filter(tenant=work.tenant, withdrawn_at__isnull=True)
    at = dict(rows.values_list("code", "pk"))
    waiting = [dict(row.values) for row in plan.rows]
    while waiting:
        ready = [v for v in waiting if v.get("parent") is None or v["parent"] in at]
        waiting = [v for v in waiting if v not in ready]
        for values in ready:
            above = values.pop("parent", None)
            record = made(work, Department, values, set())
            record.parent_id = at[above] if above is not None else None
            record.save()
            at[record.code] = record.pk
    return {"records": len(plan.rows)}


departments = Importer(
    name="people.department",
    label=_("Departments"),
    permission=EDIT_PEOPLE,
    fields=(
        Field(
            "code",
            _("code"),
            Text(40, (validate_slug,)),
            True,
            ("部门编码", "部门代码"),
            example="rd",
        ),
        Field("title_zh", _("name (zh)"), Text(100), True, ("名称", "部门名称", "部门", "name")),
        Field("title_en", _("name (en)"), Text(100), synonyms=("英文名称",)),
        Field("parent", _("part of"), Text(40), synonyms=("上级", "上级部门", "上级部门编码")),
    ),
    unique=("code",),
    prepare=prepare_departments,
    land=land_departments,
    list_page="people:department-list",
)
people = Importer(
    name="people.person",
    label=_("People"),
    permission=EDIT_PEOPLE,
    fields=(
        Field("number", _("staff number"), Text(40), True, ("工号", "编号", "员工编号")),
        Field("name", pgettext_lazy("person", "name"), Text(100), True, NAME_OF_PERSON),
        Field(
            "department",
            _("department"),
            Reference(
                lambda actor: Department.objects.visible_to(actor).standing(),
                ("code", "title_zh", "title_en"),
            ),
            True,
            ("部门", "所属部门", "部门编码"),
        ),
        POSITION,
        PHONE,
        EMAIL,
    ),
    unique=("number",),
    prepare=refuse_taken(Person, "number"),
    land=land_all(Person, "department"),
    list_page="people:person-list",
)
recipients = Importer(
    name="people.recipient",
    label=_("Recipients"),
    permission=EDIT_RECIPIENTS,
    fields=(
        Field("code", _("code"), Text(40), True, ("编码", "客户编码", "单位编码"), example="W01"),
        Field("name", _("name"), Text(200), True, ("名称", "单位名称", "服务对象")),
        Field(
            "audience",
            _("internal or external"),
            Choice(Recipient.Audience, {"内部服务对象": "internal", "外部服务对象": "external"}),
            True,
            ("内外部", "类型", "audience"),
        ),
        Field("segment", _("segment"), Text(60), synonyms=("分类", "级别")),
        Field("note", _("note"), Text(2000), synonyms=("说明",)),
    ),
    unique=("code",),
    prepare=refuse_taken(Recipient, "code"),
    land=land_all(Recipient),
    list_page="people:recipient-list",
)
contact_people = Importer(
    name="people.contactperson",
    label=_("Contact people"),
    permission=EDIT_RECIPIENTS,
    fields=(
        Field(
            "recipient",
            _("recipient"),
            Reference(
                lambda actor: Recipient.objects.visible_to(actor).standing(), ("code", "name")
            ),
            True,
            ("单位", "服务对象", "服务对象编码"),
        ),
        Field("name", pgettext_lazy("person", "name"), Text(100), True, NAME_OF_PERSON),
        POSITION,
        PHONE,
        EMAIL,
    ),
    land=land_all(ContactPerson, "recipient"),
    list_page="people:contact-person-list",
)
