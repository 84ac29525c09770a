"""The parts of a scheme's pages, as tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request
from zhuoyue.schemes.models import (
    Card,
    DesignElement,
    JourneyTouchpoint,
    Scheme,
    TraceLink,
)


def tabs(request: Request, scheme: Scheme, active: str) -> list[dict[str, Any]]:
    """Overview and the four boards of the studio, each with how much is on it."""
    boards = (
        ("detail", _("Overview"), None),
        ("cards", _("Cards"), Card),
        ("journey", _("Journey"), JourneyTouchpoint),
        ("elements", _("Design elements"), DesignElement),
        ("trace", _("Trace"), TraceLink),
    )
    return [
        {
            "label": label,
            "url": reverse(f"schemes:scheme-{name}", args=[scheme.pk]),
            "active": name == active,
            "count": model.objects.filter(scheme=scheme).standing().count() if model else None,
        }
        for name, label, model in boards
    ]
