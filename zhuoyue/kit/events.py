"""Effects that travel upwards: a room announces, a higher room reacts after commit."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zhuoyue.kit.access import Actor

log = logging.getLogger("zhuoyue.events")


@dataclass(frozen=True)
class Event:
    """Something that has happened; rooms subclass it in their events.py."""

    actor: Actor


_reactions: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def reacts_to[E: Event](
    event: type[E],
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        _reactions[event].append(reaction)
        return reaction

    return register


def announce(event: Event) -> None:
    """Tell those who react, once what happened is safely in the database."""
    transaction.on_commit(lambda: _deliver(event))


def _deliver(event: Event) -> None:
    for reaction in _reactions[type(event)]:
        try:
            reaction(event)
        except Exception:  # one deaf listener must not undo what has already happened
            log.exception("%s failed on %s", reaction.__qualname__, type(event).__name__)
