"""Joined reads of delivery."""

from collections.abc import Callable
from dataclasses import dataclass

from zhuoyue.catalogue.models import Touchpoint
from zhuoyue.delivery import rules
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.access import Actor
from zhuoyue.people.models import Person, Recipient

BUTTONS = 6
LOOKED_BACK = 60


def own_person(actor: Actor) -> Person | None:
    """The person of the centre who is signed in, when the account says so."""
    found: Person | None = (
        Person.objects.visible_to(actor)
        .standing()
        .filter(pk__in=actor.belonging("people.person"))
        .first()
    )
    return found


@dataclass(frozen=True)
class Recent:
    """What the quick log offers first: what this person used last, then what stands near."""

    recipients: list[int]
    touchpoints: list[int]
    last_recipient: int | None
    last_touchpoint: int | None


def recent(actor: Actor) -> Recent:
    rows = Contact.objects.visible_to(actor).standing()
    people = actor.belonging("people.person")
    if people:
        rows = rows.filter(by__in=people).order_by("-at", "-id")
    else:
        rows = rows.filter(created_by=actor.user, import_batch__isnull=True).order_by("-id")
    used = list(rows.values_list("recipient", "touchpoint")[:LOOKED_BACK])
    recipients = [r for r, _t in used]
    touchpoints = [t for _r, t in used if t is not None]
    return Recent(
        filled(recipients, lambda: usual_recipients(actor)),
        filled(touchpoints, lambda: usual_touchpoints(actor)),
        recipients[0] if recipients else None,
        touchpoints[0] if touchpoints else None,
    )


def filled(used: list[int], more: Callable[[], list[int]]) -> list[int]:
    few = list(dict.fromkeys(used))[:BUTTONS]
    if len(few) < BUTTONS:
        few = list(dict.fromkeys([*few, *more()]))[:BUTTONS]
    return few


def usual_recipients(actor: Actor) -> list[int]:
    """Those with open cases, then those that come first."""
    cases = Case.objects.visible_to(actor).standing().filter(state__in=rules.OPEN_STATES)
    waiting = list(cases.order_by("-opened_at").values_list("recipient", flat=True)[:LOOKED_BACK])
    all_ = Recipient.objects.visible_to(actor).standing().values_list("pk", flat=True)
    return [*waiting, *all_[:BUTTONS]]


def usual_touchpoints(actor: Actor) -> list[int]:
    rows = Touchpoint.objects.visible_to(actor).standing().filter(stage="deliver")
    return list(rows.values_list("pk", flat=True)[:BUTTONS])
