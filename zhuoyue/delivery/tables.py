"""A file in which one row is one contact."""

from typing import Any

from zhuoyue.catalogue.models import Emotion, Touchpoint
from zhuoyue.delivery import rules
from zhuoyue.delivery.drafts import Draft, People, refuse_future
from zhuoyue.delivery.models import Case
from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.cells import plain
from zhuoyue.kit.imports.planning import Plan, Row
from zhuoyue.people.models import ContactPerson

TEXTS = ("outcome", "felt", "emotion", "obstacle", "opportunity", "opinion")


def prepare_contacts(actor: Actor, plan: Plan) -> list[Draft]:
    """Contacts as they will be written; names that only the centre's records can explain."""
    people = People(actor)
    contact_people = known_contact_people(actor)
    cases = dict(
        Case.objects.visible_to(actor)
        .standing()
        .exclude(external_number="")
        .values_list("external_number", "pk")
    )
    channels = dict(Touchpoint.objects.visible_to(actor).values_list("pk", "channel"))
    refuse_future(plan, plan.rows)
    drafts = []
    for row in plan.rows:
        facts = {name: row[name] for name in TEXTS if name in row.values}
        facts |= {"at": row.get("at"), "touchpoint_id": row.get("touchpoint")}
        facts |= people.facts(row.get("by"))
        facts |= look_up(plan, row, "case", cases, row.get("case"))
        who = row.get("contact_person")
        key = (row.get("recipient"), plain(who)) if who else None
        facts |= look_up(plan, row, "contact_person", contact_people, key)
        if "felt" not in facts and facts.get("emotion"):
            facts["felt"] = rules.felt_of_valence(Emotion(facts["emotion"]).valence)
        drafts.append(Draft(shared_of(row, channels), None, [facts]))
    return drafts


def shared_of(row: Row, channels: dict[int, str]) -> dict[str, Any]:
    """Recipient, service and channel; a touchpoint tells its usual channel."""
    place = channels.get(row.get("touchpoint"), "")
    channel = row.get("channel") or rules.USUAL_CHANNEL.get(place, "")
    return {
        "recipient": row.get("recipient"),
        "service_id": row.get("service"),
        "channel": channel,
    }


def look_up(plan: Plan, row: Row, name: str, known: dict[Any, int], key: Any) -> dict[str, int]:
    """The record that a cell names, or a problem of the row."""
    if not key:
        return {}
    if key not in known:
        plan.blame("not_here", row, name, row[name])
        return {}
    return {f"{name}_id": known[key]}


def known_contact_people(actor: Actor) -> dict[Any, int]:
    rows = ContactPerson.objects.visible_to(actor).standing()
    return {
        (recipient, plain(name)): pk
        for pk, recipient, name in rows.values_list("pk", "recipient", "name")
    }
