"""The cast of every test: a centre with one person in each role, and a stranger from another."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from zhuoyue.kit.access import Actor, system
from zhuoyue.kit.imports.importer import Importer, carry_out, plan_import
from zhuoyue.kit.imports.mapping import Columns, suggest
from zhuoyue.kit.imports.source import open_table
from zhuoyue.kit.models import Tenant, User
from zhuoyue.people import actions as people
from zhuoyue.people.access import actor_of
from zhuoyue.people.models import Centre, Department, Membership, Person, Recipient, Role


@dataclass
class Cast:
    """Everybody a test needs. `actor(role)` acts, `client(role)` browses."""

    tenant: Tenant
    centre: Centre
    department: Department
    person: Person
    recipient: Recipient
    other_recipient: Recipient
    users: dict[str, User]
    stranger: User
    made: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str = Role.ADMINISTRATOR) -> Actor:
        user = self.users[role]
        memberships = list(Membership.objects.filter(user=user, tenant=self.tenant))
        return actor_of(user, self.tenant, memberships)

    def client(self, role: str | None = Role.ADMINISTRATOR) -> Client:
        client = Client()
        if role == "stranger":
            client.force_login(self.stranger)
        elif role is not None:
            client.force_login(self.users[role])
        return client

    def once(self, name: str, make: Callable[["Cast"], Any]) -> Any:
        """A record that several rows of a table need, made the first time it is asked for."""
        if name not in self.made:
            self.made[name] = make(self)
        return self.made[name]


def user(name: str) -> User:
    made: User = User.objects.create_user(name, password="a long pass phrase", full_name=name)
    return made


def make_centre(code: str) -> tuple[Tenant, Actor, Centre]:
    tenant = Tenant.objects.create(code=code, name=f"{code} 技术中心")
    actor = system(tenant)
    return tenant, actor, people.centre.create(actor, enterprise=code, name=f"{code} 技术中心")


def make_cast() -> Cast:
    tenant, actor, centre = make_centre("harbin")
    department = people.department.create(actor, code="rd", title_zh="技术研发管理", title_en="R&D")
    person = people.person.create(actor, number="0001", name="王工", department=department)
    recipient, other = (
        people.recipient.create(actor, code=code, name=name, audience=audience)
        for code, name, audience in (
            ("W1", "一车间", Recipient.Audience.INTERNAL),
            ("C1", "北方电机厂", Recipient.Audience.EXTERNAL),
        )
    )
    users = {}
    for role in Role.values:
        ties: dict[str, dict[str, Any]] = {
            Role.DEPARTMENT_HEAD: {"department": department},
            Role.RECIPIENT: {"recipient": recipient},
            Role.ENGINEER: {"person": person},
        }
        users[role] = people.give_account(
            actor, username=role, full_name=role, role=role, **ties.get(role, {})
        ).user
    _elsewhere, other_actor, _centre = make_centre("qiqihar")
    stranger = people.give_account(
        other_actor, username="stranger", full_name="stranger", role=Role.ADMINISTRATOR
    ).user
    return Cast(tenant, centre, department, person, recipient, other, users, stranger)


@pytest.fixture(autouse=True)
def in_the_first_language() -> None:
    """The command speaks the language it is told to, and goes on speaking it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@dataclass(frozen=True)
class Row:
    """One address in the access matrix: who may open it, and how to ask.

    `hidden_from`: roles to whom this record does not exist (404 where others see or get 403).
    """

    allowed: frozenset[str]
    kwargs: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    public: bool = False
    shared: bool = False  # the same for every centre: reference data
    hidden_from: frozenset[str] = frozenset()


def import_of(cast: Cast, importer: Importer, text: str) -> Callable[[], Any]:
    """The one call that lands this text as a CSV file; its dry run has been made."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA))
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    mapping = Columns(suggest(open_table(path).columns, importer.fields))
    plan = plan_import(importer, cast.actor(), path, mapping)
    assert plan.is_clean, plan.problems.sentences()
    return partial(carry_out, plan, cast.actor(), path)


@pytest.fixture(autouse=True)
def own_anchors(settings: Any) -> Iterator[None]:
    """Heads noted outside the database outlive a test's rollback, and processes share a folder."""
    anchors = Path(settings.DATA) / f"audit-anchors-{os.getpid()}.jsonl"
    settings.AUDIT_ANCHORS = anchors
    yield
    anchors.unlink(missing_ok=True)


@pytest.fixture
def test_data() -> Path:
    """The folder of real surveys and logs; they are nobody's to give away, so they lie outside."""
    folder = os.environ.get("ZHUOYUE_TEST_DATA")
    if folder:
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail("ZHUOYUE_TEST_DATA must name the folder of real files in CI")
    pytest.skip("ZHUOYUE_TEST_DATA names no folder of real files")


EVERYONE = frozenset(Role.values)
STAFF = EVERYONE - {Role.RECIPIENT}


def rows_of(
    base: str,
    make: Callable[[Cast], Any],
    *,
    view: frozenset[str],
    edit: frozenset[str],
    pages: str = "list detail create correct withdraw attach",
    hidden_from: frozenset[str] = frozenset(),
) -> dict[str, Row]:
    """The usual rows of a noun that has `RecordPages`."""

    def pk(cast: Cast) -> dict[str, Any]:
        return {"pk": cast.once(base, make).pk}

    known = {
        "list": Row(view),
        "detail": Row(view, pk, hidden_from=hidden_from),
        "create": Row(edit),
        "correct": Row(edit, pk, hidden_from=hidden_from),
        "withdraw": Row(edit, pk, hidden_from=hidden_from),
        "attach": Row(edit, pk, method="POST", hidden_from=hidden_from),
    }
    return {f"{base}-{page}": known[page] for page in pages.split()}
