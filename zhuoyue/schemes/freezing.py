"""A scheme's content as plain data: what is hashed, signed, compared and shown to the recipient.

Words of the catalogue are written down as they are now, in both languages, so that a version can
be read long after the catalogue has moved on.
"""

from collections.abc import Callable
from typing import Any

from django.utils import translation

from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    Item,
    JourneyTouchpoint,
    Scheme,
    Stage,
    TraceLink,
)

type Content = dict[str, Any]


def both(words: Callable[[], str]) -> dict[str, str]:
    """Words in both languages, whatever the reader's is."""
    found = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            found[key] = words()
    return found


def named(record: Any) -> dict[str, str] | None:
    """A record of a lower room by its titles."""
    return None if record is None else both(lambda: str(record))


def rows(model: type[Item], scheme: Scheme, *related: str) -> Any:
    found = model.objects.filter(scheme=scheme).standing()
    return found.select_related(*related) if related else found


def content_of(scheme: Scheme) -> Content:
    """Everything a scheme says now."""
    return {
        "title": scheme.title,
        "recipient": scheme.recipient.name,
        "service": named(scheme.service),
        "owner": scheme.owner.name,
        "cards": [{"id": c.pk, "type": c.type, "text": c.text} for c in rows(Card, scheme)],
        "stages": [
            {"id": s.pk, "order": s.order, "title": s.title, "emotion": s.emotion}
            for s in rows(Stage, scheme)
        ],
        "touchpoints": [
            touchpoint(t)
            for t in rows(
                JourneyTouchpoint, scheme, "stage", "touchpoint", "standard", "department"
            )
        ],
        "elements": [
            {
                "id": e.pk,
                "title": e.title,
                "description": e.description,
                "individual": e.is_individual,
            }
            for e in rows(DesignElement, scheme)
        ],
        "trace": [
            {
                "id": t.pk,
                "need": str(t.need),
                "element": t.element_id,
                "touchpoint": t.touchpoint_id,
                "measure": t.measure,
            }
            for t in rows(TraceLink, scheme, "need")
        ],
    }


def touchpoint(row: JourneyTouchpoint) -> Content:
    standard = row.standard
    return {
        "id": row.pk,
        "stage": row.stage_id,
        "title": {"zh": row.title, "en": row.title} if row.title else named(row.touchpoint),
        "promise": row.promise,
        "standard": (
            None if standard is None else both(lambda: f"{standard.title}：{standard.promise}")
        ),
        "emotion": row.emotion,
        "department": named(row.department),
    }
