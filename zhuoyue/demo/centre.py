"""Making the demonstration centre, once."""

import hashlib
import secrets
from datetime import date
from random import Random
from typing import Any

from django.db import transaction

from zhuoyue.analysis import Scale, simulate
from zhuoyue.catalogue import actions as catalogue
from zhuoyue.demo import truth
from zhuoyue.demo.contacts import make_contacts
from zhuoyue.demo.days import moment
from zhuoyue.demo.improving import make_improvements
from zhuoyue.demo.schemes import make_schemes
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor, system
from zhuoyue.kit.models import Tenant
from zhuoyue.needs import actions as needs
from zhuoyue.people import actions as people
from zhuoyue.people.models import Department, Membership, Person, Recipient, Role
from zhuoyue.people.setting_up import set_up_centre
from zhuoyue.studies import actions as studies
from zhuoyue.studies.jobs import execute
from zhuoyue.surveys import actions as surveys
from zhuoyue.surveys import reading

CODE = "demo"
SEED = 20260101
WAVES = (("2024-12", date(2024, 12, 2), 420, 310), ("2025-12", date(2025, 12, 1), 450, 338))

type SignIn = tuple[str, str, str]


def ensure() -> list[SignIn]:
    """Make the demonstration centre if there is none; the sign-ins are told this once only."""
    if Tenant.objects.filter(is_demonstration=True).exists():
        return []
    with transaction.atomic(), clock.at(moment(date(2024, 1, 2))):
        actor = make_people()
        sign_ins = give_passwords(actor.tenant)
    make_needs(actor)
    make_schemes(actor)
    make_contacts(actor)
    for number, (code, day, invited, answers) in enumerate(WAVES):
        with transaction.atomic(), clock.at(moment(day)):
            make_wave(actor, code, day, invited=invited, answers=answers, number=number)
    make_improvements(actor)
    return sign_ins


def make_people() -> Actor:
    """Centre, ten departments, staff, recipients, and an account for each role."""
    random = Random(SEED)
    membership = set_up_centre(
        code=CODE,
        name="演示技术中心",
        enterprise="龙江动力装备（演示）",
        username="demo-admin",
        is_demonstration=True,
    )
    actor = system(membership.tenant, "demonstration")
    departments = [
        people.department.create(actor, code=code, title_zh=zh, title_en=en)
        for code, zh, en in truth.DEPARTMENTS
    ]
    staff = [
        people.person.create(
            actor,
            number=f"{1001 + i}",
            name=random.choice(truth.SURNAMES) + random.choice(truth.GIVEN),
            department=departments[i % len(departments)],
            position="高级工程师" if i % 4 == 0 else "工程师",
        )
        for i in range(30)
    ]
    recipients = make_recipients(actor, random)
    give_accounts(actor, departments[0], staff[0], recipients[0])
    catalogue.seed_catalogue(actor)
    return actor


def make_recipients(actor: Actor, random: Random) -> list[Recipient]:
    made = []
    for audience, names in (("internal", truth.INTERNAL), ("external", truth.EXTERNAL)):
        for number, name in enumerate(names, start=1):
            recipient = people.recipient.create(
                actor,
                code=f"{audience[0].upper()}{number:02}",
                name=name,
                audience=audience,
                segment="重点" if number % 3 == 1 else "一般",
            )
            people.contact_person.create(
                actor,
                recipient=recipient,
                name=random.choice(truth.SURNAMES) + random.choice(truth.GIVEN),
                position="技术负责人",
            )
            made.append(recipient)
    return made


def give_accounts(
    actor: Actor, department: Department, person: Person, recipient: Recipient
) -> None:
    ties: dict[str, dict[str, Any]] = {
        Role.DEPARTMENT_HEAD: {"department": department},
        Role.ENGINEER: {"person": person},
        Role.RECIPIENT: {"recipient": recipient},
    }
    for role in Role:
        if role != Role.ADMINISTRATOR:
            name = f"demo-{role.value.replace('_', '-')}"
            people.give_account(actor, username=name, role=role.value, **ties.get(role, {}))


def give_passwords(tenant: Tenant) -> list[SignIn]:
    """A random password for every account; kept nowhere but in the hash."""
    told = []
    for membership in Membership.objects.filter(tenant=tenant).select_related("user"):
        password = secrets.token_urlsafe(9)
        membership.user.set_password(password)
        membership.user.save(update_fields=["password"])
        role = str(membership.get_role_display())
        told.append((role, membership.user.username, password))
    return told


def make_needs(actor: Actor) -> None:
    """What recipients asked for over the last year, each with the words behind it."""
    recipients = list(Recipient.objects.visible_to(actor).order_by("id"))
    for number, row in enumerate(truth.NEEDS):
        place, who, situation, wish, reason, strength, kind, words = row
        recipient = recipients[place]
        with transaction.atomic(), clock.at(moment(date(2025, 1 + number, 12))):
            request = needs.raise_request(
                actor, recipient=recipient, title=wish, text=situation, channel="meeting"
            )
        with transaction.atomic(), clock.at(moment(date(2025, 1 + number, 19))):
            needs.capture_need(
                actor,
                request=request,
                who=who,
                situation=situation,
                wish=wish,
                reason=reason,
                strength=strength,
                kind=kind,
                words=words,
                source_kind="interview",
                source_title=f"{recipient.name}访谈",
            )


def make_wave(
    actor: Actor, code: str, day: date, *, invited: int, answers: int, number: int
) -> None:
    """Answers from the known effects, imported as a file would be, and a study of them."""
    names, rows = answers_of(answers, SEED + number, shift=0.35 * number)
    content = "\n".join(",".join(row) for row in [names, *rows])
    found = reading.read_table(names, rows, scale=truth.SCALE)
    wave = surveys.import_wave(
        actor,
        code=code,
        title=f"{day.year} 年服务对象满意度调查",
        reading=found,
        file=surveys.FileFacts(f"{code}.csv", hashlib.sha256(content.encode()).hexdigest()),
        invited=invited,
        started_on=day,
        ended_on=day,
    )
    for item in wave.questionnaire.items.all():
        kind = "csat" if item.code == "sat1" else item.kind
        surveys.item.correct(
            actor, item, text_zh=truth.WORDINGS.get(item.code, item.text_zh), kind=kind
        )
    if number == 0:
        studies.causal_model.create(
            actor, code="ecsi", title="服务对象满意度效应链", text=truth.MODEL_TEXT
        )
    study = studies.start_study(
        actor,
        wave=wave,
        model_text=truth.MODEL_TEXT,
        title=wave.title,
        replicates=2000,
        group="audience",
    )
    execute(study.pk)


def answers_of(n: int, seed: int, shift: float) -> tuple[list[str], list[list[str]]]:
    """Rows of answers as a survey tool would export them; `shift` is what improved since."""
    model = truth.model()
    means = {item: 7.0 + shift for item in model.items if not item.startswith("value")}
    means |= {item: 6.2 + shift for item in model.items if item.startswith("value")}
    made = simulate(
        model,
        truth.EFFECTS,
        dict.fromkeys(model.items, truth.LOADING),
        n=n,
        seed=seed,
        scale=Scale(*truth.SCALE),
        means=means,
    )
    columns = {item: made.answers.select([item])[:, 0] for item in model.items}
    random = Random(seed)
    names = [*model.items, "nps", "audience"]
    rows = []
    for row in range(n):
        cells = [str(int(columns[item][row])) for item in model.items]
        loyal = columns["loyal1"][row]
        nps = max(0, min(10, round(float(loyal) + random.gauss(0, 1))))
        rows.append([*cells, str(nps), random.choice(["internal", "external"])])
    return names, rows
