"""How tests make what people own, and who may open its pages."""

from functools import partial

from tests.cast import STAFF, Cast, Row, import_of, rows_of
from zhuoyue.kit.access import system
from zhuoyue.kit.models import Tenant
from zhuoyue.people import actions, imports
from zhuoyue.people.models import ContactPerson, Membership, Role

EDIT = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
RECIPIENTS = EDIT | {Role.SERVICE_MANAGER}
ACCOUNTS = frozenset({Role.ADMINISTRATOR})
OTHERS = frozenset({Role.RECIPIENT})


def contact_person(cast: Cast) -> ContactPerson:
    made: ContactPerson = actions.contact_person.create(
        cast.actor(), recipient=cast.recipient, name="李主任"
    )
    return made


def new_tenant() -> Tenant:
    return Tenant.objects.create(code="new", name="新")


def membership(cast: Cast) -> Membership:
    return Membership.objects.get(user=cast.users[Role.ANALYST])


ACTIONS = {
    "people.centre.create": lambda cast: partial(
        actions.centre.create, system(new_tenant()), enterprise="新", name="新中心"
    ),
    "people.centre.correct": lambda cast: partial(
        actions.centre.correct, cast.actor(), cast.centre, headcount=120
    ),
    "people.centre.withdraw": lambda cast: partial(
        actions.centre.withdraw, cast.actor(), cast.centre, reason="误建"
    ),
    "people.department.create": lambda cast: partial(
        actions.department.create, cast.actor(), code="ip", title_zh="知识产权管理"
    ),
    "people.department.correct": lambda cast: partial(
        actions.department.correct, cast.actor(), cast.department, title_zh="研发"
    ),
    "people.department.withdraw": lambda cast: partial(
        actions.department.withdraw, cast.actor(), cast.department, reason="合并"
    ),
    "people.department.seed": lambda cast: partial(actions.seed_departments, cast.actor()),
    "people.person.create": lambda cast: partial(
        actions.person.create, cast.actor(), number="2", name="赵工", department=cast.department
    ),
    "people.person.correct": lambda cast: partial(
        actions.person.correct, cast.actor(), cast.person, position="高级工程师"
    ),
    "people.person.withdraw": lambda cast: partial(
        actions.person.withdraw, cast.actor(), cast.person, reason="离职"
    ),
    "people.recipient.create": lambda cast: partial(
        actions.recipient.create, cast.actor(), code="C9", name="新客户", audience="external"
    ),
    "people.recipient.correct": lambda cast: partial(
        actions.recipient.correct, cast.actor(), cast.recipient, segment="重点"
    ),
    "people.recipient.withdraw": lambda cast: partial(
        actions.recipient.withdraw, cast.actor(), cast.other_recipient, reason="重复"
    ),
    "people.department.import": lambda cast: import_of(
        cast, imports.departments, "编码,名称\nqa,质量管理\n"
    ),
    "people.person.import": lambda cast: import_of(
        cast, imports.people, "工号,姓名,部门\n7,孙工,rd\n"
    ),
    "people.recipient.import": lambda cast: import_of(
        cast, imports.recipients, "编码,名称,内外部\nW7,七车间,内部\n"
    ),
    "people.contactperson.import": lambda cast: import_of(
        cast, imports.contact_people, "服务对象,姓名\nW1,李主任\n"
    ),
    "people.contactperson.create": lambda cast: partial(contact_person, cast),
    "people.contactperson.correct": lambda cast: partial(
        actions.contact_person.correct, cast.actor(), contact_person(cast), phone="0451"
    ),
    "people.contactperson.withdraw": lambda cast: partial(
        actions.contact_person.withdraw, cast.actor(), contact_person(cast), reason="调走"
    ),
    "people.membership.create": lambda cast: partial(
        actions.give_account, cast.actor(), username="zhang", full_name="张三", role=Role.ANALYST
    ),
    "people.membership.withdraw": lambda cast: partial(
        actions.take_account, cast.actor(), membership(cast), reason="离职"
    ),
    "people.account.reset": lambda cast: partial(
        actions.reset_link, cast.actor(), membership(cast)
    ),
}
MATRIX = {
    **rows_of(
        "people:centre",
        lambda cast: cast.centre,
        view=STAFF,
        edit=EDIT,
        pages="list detail correct attach",
    ),
    **rows_of("people:department", lambda cast: cast.department, view=STAFF, edit=EDIT),
    "people:department-seed": Row(EDIT, method="POST"),
    **rows_of("people:person", lambda cast: cast.person, view=STAFF, edit=EDIT),
    **rows_of("people:recipient", lambda cast: cast.recipient, view=STAFF, edit=RECIPIENTS),
    **rows_of("people:contact-person", contact_person, view=STAFF, edit=RECIPIENTS),
    **rows_of(
        "people:account",
        membership,
        view=ACCOUNTS,
        edit=ACCOUNTS,
        pages="list detail withdraw attach create",
    ),
    "people:account-reset": Row(ACCOUNTS, lambda cast: {"pk": membership(cast).pk}, method="POST"),
    "people:switch-centre": Row(frozenset(Role.values), method="POST"),
}
