"""Adding, correcting and removing the parts of a scheme; each keeps the version in step."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action
from zhuoyue.schemes.access import EDIT_SCHEMES
from zhuoyue.schemes.actions.versions import follow
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    Item,
    JourneyTouchpoint,
    Scheme,
    Stage,
    TraceLink,
)


class ItemActions[R: Item]:
    """The three writes of a part of a scheme: `create`, `correct`, `remove`."""

    def __init__(
        self,
        model: type[R],
        *,
        created: str | Promise,
        corrected: str | Promise,
        removed: str | Promise,
    ) -> None:
        name = f"schemes.{model._meta.model_name}"

        @action(f"{name}.create", permission=EDIT_SCHEMES, sentence=created)
        def create(work: Work, /, scheme: Scheme, **values: Any) -> R:
            row = work.keep(model(scheme=scheme), **values)
            follow(work, scheme)
            return row

        @action(f"{name}.correct", permission=EDIT_SCHEMES, sentence=corrected)
        def correct(work: Work, /, row: R, **values: Any) -> R:
            work.keep(row, **values)
            follow(work, row.scheme)
            return row

        @action(f"{name}.withdraw", permission=EDIT_SCHEMES, sentence=removed)
        def remove(work: Work, /, row: R) -> R:
            require_unused(row)
            reason = _("removed from the scheme")
            work.keep(row, withdrawn_at=clock.now(), withdrawn_reason=reason)
            follow(work, row.scheme)
            return row

        self.create: Callable[..., R] = create
        self.correct: Callable[..., R] = correct
        self.remove: Callable[..., R] = remove


def require_unused(row: Item) -> None:
    """A part that others rest on goes last."""
    users: tuple[Any, ...] = ()
    if isinstance(row, Stage):
        users = (JourneyTouchpoint.objects.filter(stage=row),)
    elif isinstance(row, JourneyTouchpoint):
        users = (TraceLink.objects.filter(touchpoint=row),)
    elif isinstance(row, DesignElement):
        users = (TraceLink.objects.filter(element=row),)
    for rows in users:
        count = rows.standing().count()
        if count:
            raise ValidationError(
                _("“%(what)s” is still used (%(count)d ×): remove its touchpoints or trace first.")
                % {"what": row, "count": count}
            )


card = ItemActions(
    Card,
    created=lazy("%(actor)s laid the card “%(target)s”"),
    corrected=lazy("%(actor)s rewrote the card “%(target)s”"),
    removed=lazy("%(actor)s took away the card “%(target)s”"),
)
stage = ItemActions(
    Stage,
    created=lazy("%(actor)s added the journey stage “%(target)s”"),
    corrected=lazy("%(actor)s changed the journey stage “%(target)s”"),
    removed=lazy("%(actor)s removed the journey stage “%(target)s”"),
)
journey_touchpoint = ItemActions(
    JourneyTouchpoint,
    created=lazy("%(actor)s added the touchpoint “%(target)s” to the journey"),
    corrected=lazy("%(actor)s changed the touchpoint “%(target)s” of the journey"),
    removed=lazy("%(actor)s removed the touchpoint “%(target)s” from the journey"),
)
design_element = ItemActions(
    DesignElement,
    created=lazy("%(actor)s added the design element “%(target)s”"),
    corrected=lazy("%(actor)s changed the design element “%(target)s”"),
    removed=lazy("%(actor)s removed the design element “%(target)s”"),
)
trace_link = ItemActions(
    TraceLink,
    created=lazy("%(actor)s traced “%(target)s”"),
    corrected=lazy("%(actor)s changed the trace “%(target)s”"),
    removed=lazy("%(actor)s removed the trace “%(target)s”"),
)
