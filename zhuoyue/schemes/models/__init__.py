"""Rows of schemes."""

from zhuoyue.schemes.models.content import (
    CONTENT,
    Card,
    DesignElement,
    Item,
    JourneyTouchpoint,
    Stage,
    TraceLink,
)
from zhuoyue.schemes.models.scheme import RecipientAnswer, Scheme, SchemeVersion

__all__ = [
    "CONTENT",
    "Card",
    "DesignElement",
    "Item",
    "JourneyTouchpoint",
    "RecipientAnswer",
    "Scheme",
    "SchemeVersion",
    "Stage",
    "TraceLink",
]
