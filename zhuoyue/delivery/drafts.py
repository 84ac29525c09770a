"""What a file will become: cases and contacts that are not written yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.cells import New, plain
from zhuoyue.kit.imports.planning import Plan, Row
from zhuoyue.kit.imports.problems import sentence_for
from zhuoyue.kit.models import ImportBatch, Tenant
from zhuoyue.people.models import Person

sentence_for("future", _("This lies in the future. Correct the date."))


@dataclass(slots=True)
class Draft:
    """A case with its contacts, or a contact alone, as plain values."""

    shared: dict[str, Any]  # of the case and of each contact: recipient, service, channel
    case_facts: dict[str, Any] | None
    contact_facts: list[dict[str, Any]]
    case: Case | None = None
    _owned: dict[str, Any] = field(default_factory=dict)

    def place(self, tenant: Tenant, batch: ImportBatch, made: dict[str, int]) -> None:
        """Make the case, once it is known under which import and for whom."""
        now = clock.now()
        shared = dict(self.shared)
        who = shared.pop("recipient")
        self._owned = {
            "tenant": tenant,
            "created_by_id": batch.created_by_id,
            "created_at": now,
            "updated_at": now,
            "import_batch": batch,
            "recipient_id": made[who.text] if isinstance(who, New) else who,
            **shared,
        }
        if self.case_facts is not None:
            self.case = Case(**self._owned, **self.case_facts)

    def contacts(self) -> Iterator[Contact]:
        """The contacts; after the case has been written, for they point at it."""
        for facts in self.contact_facts:
            tied = {"case": self.case} if self.case is not None else {}
            yield Contact(**self._owned, **tied, **facts)


def refuse_future(plan: Plan, rows: Iterable[Row]) -> None:
    """What has not happened yet is a slip of the pen, or day and month changed places."""
    tomorrow = clock.now() + timedelta(days=1)
    for row in rows:
        at = row.get("at")
        if at is not None and at > tomorrow:
            plan.blame("future", row, "at", f"{at:%Y-%m-%d %H:%M}")


class People:
    """Whom a name or staff number in a file means; nobody, when it is not plain."""

    def __init__(self, actor: Actor) -> None:
        self._known: dict[str, set[int]] = {}
        rows = Person.objects.visible_to(actor).standing()
        for pk, *names in rows.values_list("pk", "number", "name"):
            for name in names:
                self._known.setdefault(plain(name), set()).add(pk)

    def facts(self, name: str | None) -> dict[str, Any]:
        """The person by key, and what the file says."""
        if not name:
            return {}
        found = self._known.get(plain(name), set())
        return {"by_text": name, "by_id": next(iter(found)) if len(found) == 1 else None}
