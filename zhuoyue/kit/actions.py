"""Every write is an action: access → transaction → change → audit → events after commit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise

from zhuoyue.kit import audit, clock, events
from zhuoyue.kit.access import Actor, Permission
from zhuoyue.kit.models import Record, Tenant
from zhuoyue.kit.references import kind_of


@dataclass(frozen=True)
class Action:
    """A registered kind of write; `sentence` tells it to people, with %(actor)s and %(target)s."""

    name: str
    permission: Permission | None
    sentence: str | Promise
    run: Callable[..., Any]


_actions: dict[str, Action] = {}


def actions() -> dict[str, Action]:
    return dict(_actions)


@dataclass
class Work:
    """One unit of work: who acts, and what its audit entry will say."""

    actor: Actor
    _target: models.Model | None = None
    _before: dict[str, Any] = field(default_factory=dict)
    _notes: dict[str, Any] = field(default_factory=dict)

    @property
    def tenant(self) -> Tenant:
        return self.actor.tenant

    def about(self, target: models.Model) -> None:
        """Name the record this work is about; its fields are compared when the work ends."""
        self._target = target
        self._before = snapshot(target) if target.pk else {}

    def note(self, **facts: Any) -> None:
        """Say something in the audit entry that is no field of the target."""
        self._notes.update(facts)

    def announce(self, event: events.Event) -> None:
        events.announce(event)

    def keep[R: Record](self, record: R, **values: Any) -> R:
        """Set values, check the whole record, and save it as this work's target."""
        if self._target is not record:
            self.about(record)
        for name, value in values.items():
            setattr(record, name, value)
        if record.pk is None:
            record.tenant = self.actor.tenant
            record.created_by = self.actor.user
            record.created_at = clock.now()
        record.updated_at = clock.now()
        # What rooms may see is decided when rows are read; a reference into another tenant
        # must not even be written.
        require_same_tenant(record)
        check(record)
        record.save()
        return record

    def draft(self, action: str) -> audit.Draft:
        changes: dict[str, Any] = dict(self._notes)
        target = self._target
        if target is None:
            return audit.Draft(action, "", None, "", changes)
        after = snapshot(target)
        for name, value in after.items():
            old = self._before.get(name)
            if old != value and not (target.pk and not self._before and value in (None, "")):
                changes[name] = [old, value]
        return audit.Draft(action, kind_of(target), target.pk, str(target), changes)


def check(record: Record) -> None:
    """Everything the model says about itself, collected into one ValidationError."""
    errors: dict[str, Any] = {}
    ours = {"tenant", "created_by"}  # set by the action itself
    checks: tuple[Callable[[], None], ...] = (
        lambda: record.clean_fields(exclude=ours),
        record.clean,
        lambda: record.validate_unique(exclude=errors.keys()),
        lambda: record.validate_constraints(exclude=errors.keys()),
    )
    for one in checks:
        try:
            one()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


UNREMARKABLE = {"id", "created_at", "updated_at", "created_by_id", "tenant_id", "password"}


def snapshot(target: models.Model) -> dict[str, Any]:
    """The record's own columns as plain values, without bookkeeping and secrets."""
    return {
        f.attname: _plain(getattr(target, f.attname))
        for f in target._meta.concrete_fields
        if f.attname not in UNREMARKABLE
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def require_same_tenant(record: Record) -> None:
    for f in record._meta.concrete_fields:
        if not isinstance(f, models.ForeignKey) or getattr(record, f.attname) is None:
            continue
        other = getattr(record, f.name) if issubclass(f.related_model, Record) else None
        if other is not None and other.tenant_id != record.tenant_id:
            raise ValueError(f"{f.name} belongs to another tenant")


def action[**P, R](
    name: str, *, permission: Permission | None, sentence: str | Promise
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Register a write. The function receives the Work; callers give the Actor.

    `permission=None` is for what everyone may do to what is theirs (one's own password).
    """

    def register(function: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if permission is not None:
                actor.require(permission)
            with transaction.atomic():
                work = Work(actor)
                result = function(work, *args, **kwargs)
                audit.append(actor, work.draft(name))
            return result

        if name in _actions:
            raise ValueError(f"action {name} is registered twice")
        _actions[name] = Action(name, permission, sentence, run)
        return run

    return register


def names() -> Iterable[str]:
    return _actions.keys()
