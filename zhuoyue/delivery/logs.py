"""A file in which one row is one update of a case: the log of a case management system."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.delivery import event_log
from zhuoyue.delivery.drafts import Draft, People, refuse_future
from zhuoyue.delivery.event_log import Event, Story, Told, Update
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.planning import Plan, Row
from zhuoyue.kit.imports.problems import sentence_for

sentence_for("before_opened", _("This is before the opening of the case. Correct one of the two."))
sentence_for("two_recipients", _("The rows of this case name more than one recipient."))
sentence_for("not_here", _("There is none of this name here. Add it first, or empty the cell."))

OUTCOMES = {
    "opened": "",
    "answered": Contact.Outcome.MOVED_ON,
    "resolved": Contact.Outcome.SOLVED,
    "reopened": Contact.Outcome.NOT_SOLVED,
}
COPIED = ("title", "kind", "priority", "raised_by", "handled_by", "promised_by")


def prepare_log(actor: Actor, plan: Plan) -> list[Draft]:
    """One draft for each case of the log."""
    by_case: dict[str, list[Row]] = {}
    for row in plan.rows:
        if "case" in row.values:
            by_case.setdefault(row["case"], []).append(row)
    here = set(
        Case.objects.filter(tenant=actor.tenant, withdrawn_at__isnull=True)
        .exclude(external_number="")
        .values_list("external_number", flat=True)
    )
    people = People(actor)
    drafts = []
    for number, rows in by_case.items():
        if number in here:
            plan.blame("exists", rows[0], "case", number)
        elif all("state" in row.values and "at" in row.values for row in rows):
            drafts.append(draft_of(plan, number, rows, people))
    note_unknown(plan, drafts)
    return drafts


def draft_of(plan: Plan, number: str, rows: Sequence[Row], people: People) -> Draft:
    if len({row.get("recipient") for row in rows}) > 1:
        plan.blame("two_recipients", rows[0], "recipient")
    refuse_future(plan, rows)
    updates = [Update(r.number, r["at"], r["state"], r.get("by", "")) for r in rows]
    story = event_log.story_of(updates, told_by(plan, rows))
    for name in ("first_response_at", "resolved_at", "closed_at"):
        moment = getattr(story, name)
        if moment is not None and moment < story.opened_at:
            row = next((r for r in rows if r["at"] == moment), rows[-1])
            field = {"resolved_at": "resolved", "closed_at": "closed"}.get(name, "at")
            plan.blame("before_opened", row, field, f"{moment:%Y-%m-%d %H:%M}")
    last = max(rows, key=lambda row: (row["at"], row.number))
    shared = {
        "recipient": last.get("recipient"),
        "service_id": last.get("service"),
        "channel": last.get("channel", ""),
    }
    contacts = [contact_facts(e, last.get("touchpoint"), people) for e in story.events]
    return Draft(shared, case_facts(number, last, story), contacts)


def newest(rows: Sequence[Row], name: str) -> Any:
    """What the newest row says that says anything."""
    told = [(row["at"], row.number, row[name]) for row in rows if name in row.values]
    return max(told, key=lambda one: one[:2])[2] if told else None


def told_by(plan: Plan, rows: Sequence[Row]) -> Told:
    counts = [row["reopen_count"] for row in rows if "reopen_count" in row.values]
    return Told(
        opened=newest(rows, "opened"),
        resolved=newest(rows, "resolved"),
        closed=newest(rows, "closed"),
        reopened=max(counts) if counts else None,
        kept=newest(rows, "promise_kept"),
        knows_resolved="resolved" in plan.mapping.columns,
        knows_closed="closed" in plan.mapping.columns,
    )


def case_facts(number: str, last: Row, story: Story) -> dict[str, Any]:
    """The case's own fields; a title is needed, and the number serves where there is none."""
    facts = {name: last[name] for name in COPIED if name in last.values}
    facts.setdefault("title", number)
    facts["department_id"] = last.get("department")
    facts["external_number"] = number
    names = (
        "opened_at", "first_response_at", "resolved_at", "closed_at", "state",
        "reopen_count", "promise_kept", "solved_at_first_contact",
    )  # fmt: skip
    return facts | {name: getattr(story, name) for name in names}


def contact_facts(event: Event, touchpoint: int | None, people: People) -> dict[str, Any]:
    return {
        "at": event.at,
        "touchpoint_id": touchpoint,
        "outcome": OUTCOMES[event.step],
        **people.facts(event.by),
    }


def note_unknown(plan: Plan, drafts: Sequence[Draft]) -> None:
    """Say before landing how many cases there are, and what the log does not show of them."""
    cases = [draft.case_facts for draft in drafts if draft.case_facts is not None]
    plan.notes.append(str(_("Cases: %(count)d.")) % {"count": len(cases)})
    plan.notes.extend(counted(cases))


def counted(cases: Sequence[dict[str, Any]]) -> Iterator[str]:
    labels = {
        "first_response_at": _("first response unknown"),
        "resolved_at": _("resolution unknown"),
        "promise_kept": _("promise kept unknown"),
    }
    for name, label in labels.items():
        count = sum(case[name] is None for case in cases)
        if count:
            yield f"{label}: {count}"
    reopened = sum(case["reopen_count"] > 0 for case in cases)
    if reopened:
        yield f"{_('reopened')}: {reopened}"
