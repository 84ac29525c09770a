"""The demonstration's schemes: drafted, returned, signed and accepted as people would."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from zhuoyue.catalogue.models import Service
from zhuoyue.demo.days import moment
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor, link_holder
from zhuoyue.needs.models import Need
from zhuoyue.people.access import actor_of
from zhuoyue.people.models import Department, Membership, Person, Recipient, Role
from zhuoyue.schemes import actions
from zhuoyue.schemes.access import ANSWER_SCHEMES
from zhuoyue.schemes.models import Scheme

type Facts = dict[str, Any]


@cache
def seeds() -> list[Facts]:
    found: list[Facts] = yaml.safe_load(
        (Path(__file__).parent / "data/schemes.yaml").read_text("utf-8")
    )
    return found


def someone(actor: Actor, role: str) -> Actor:
    """Who has this role in the demonstration."""
    found = Membership.objects.get(tenant=actor.tenant, role=role)
    return actor_of(found.user, actor.tenant, [found])


def make_schemes(actor: Actor) -> None:
    """Each is written by the service manager and goes its course."""
    recipients = list(Recipient.objects.visible_to(actor).order_by("id"))
    departments = {d.code: d for d in Department.objects.visible_to(actor)}
    owners = list(Person.objects.visible_to(actor).order_by("id"))
    writer = someone(actor, Role.SERVICE_MANAGER)
    for number, facts in enumerate(seeds()):
        began: date = facts["began"]
        with transaction.atomic(), clock.at(moment(began)):
            scheme = actions.create_scheme(
                writer,
                title=facts["title"],
                recipient=recipients[facts["recipient"]],
                service=Service.objects.visible_to(actor).get(code=facts["service"]),
                owner=owners[number],
            )
            write_content(writer, scheme, facts, departments)
        go(actor, scheme, facts, departments)


def write_content(
    writer: Actor, scheme: Scheme, facts: Facts, departments: dict[str, Department]
) -> None:
    for type_, texts in facts["cards"].items():
        for text in texts:
            actions.card.create(writer, scheme, type=type_, text=text)
    points = {}
    for order, stage in enumerate(facts["stages"], start=1):
        made = actions.stage.create(
            writer, scheme, order=order, title=stage["title"], emotion=stage.get("emotion", "")
        )
        for point in stage["touchpoints"]:
            points[point["title"]] = actions.journey_touchpoint.create(
                writer,
                scheme,
                stage=made,
                **point | {"department": departments[point["department"]]},
            )
    elements = {
        e["title"]: actions.design_element.create(
            writer,
            scheme,
            title=e["title"],
            description=e.get("description", ""),
            is_individual=e.get("individual", False),
        )
        for e in facts["elements"]
    }
    needs = Need.objects.visible_to(writer).filter(recipient=scheme.recipient)
    for need in needs.order_by("id")[:1]:
        for link in facts["trace"]:
            actions.trace_link.create(
                writer,
                scheme,
                need=need,
                element=elements[link["element"]],
                touchpoint=points[link["touchpoint"]],
                measure=link["measure"],
            )


def go(actor: Actor, scheme: Scheme, facts: Facts, departments: dict[str, Department]) -> None:
    """Presenting, counter-signing and accepting, with days between."""
    if facts["course"] == "draft":
        return
    concerned = [departments[code] for code in facts["departments"]]
    writer, director = someone(actor, Role.SERVICE_MANAGER), someone(actor, Role.DIRECTOR)
    day = facts["began"] + timedelta(days=9)
    with transaction.atomic(), clock.at(moment(day)):
        actions.present_scheme(writer, scheme, departments=concerned)
        actions.sign_scheme(director, scheme, department=concerned[0], decision="signed")
    if facts["course"] == "presented":
        return
    if facts["course"] == "returned":
        day += timedelta(days=6)
        with transaction.atomic(), clock.at(moment(day)):
            reason = "请写明试验数据的权属"
            last = concerned[-1]
            actions.sign_scheme(
                director, scheme, department=last, decision="returned", reason=reason
            )
            actions.card.create(writer, scheme, type="caution", text="试验数据归属双方，按合同约定")
            actions.present_scheme(writer, scheme, departments=concerned)
    day += timedelta(days=5)
    with transaction.atomic(), clock.at(moment(day)):
        for department in concerned if facts["course"] == "returned" else concerned[1:]:
            actions.sign_scheme(director, scheme, department=department, decision="signed")
    with transaction.atomic(), clock.at(moment(day + timedelta(days=4))):
        name = scheme.recipient.name
        actions.answer_scheme(
            link_holder(actor.tenant, name, ANSWER_SCHEMES),
            scheme,
            target=scheme.latest.target,
            decision="accepted",
            name=name,
        )
