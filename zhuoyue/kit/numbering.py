"""Running numbers of a tenant's records, given out without gaps and never twice."""

from django.db.models import Max

from zhuoyue.kit.actions import Work
from zhuoyue.kit.audit import locked_head
from zhuoyue.kit.models import Record, Tenant


def next_number(work: Work, model: type[Record], field: str = "number") -> int:
    """The number after the highest one."""
    return next_number_of(work.tenant, model, field)


def next_number_of(tenant: Tenant, model: type[Record], field: str = "number") -> int:
    """The same inside a transaction of its own, where an import stages its rows.

    Two writers are kept apart by the lock of the tenant's audit chain, which every action takes
    anyway when it ends.
    """
    locked_head(tenant)
    rows = model._default_manager.filter(tenant=tenant)
    highest: int | None = rows.aggregate(highest=Max(field))["highest"]
    return (highest or 0) + 1
