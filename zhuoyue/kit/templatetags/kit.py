"""Template tags of the house."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from zhuoyue.kit import registry, tables
from zhuoyue.kit.access import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], name: str, record: Any = None) -> SafeString:
    """What higher rooms have put into this place of the page."""
    request = context["request"]
    return mark_safe("".join(fill(request, record) for fill in registry.fillings(name)))


@register.filter
def shown(value: Any) -> str:
    """A value as people read it: dates in ISO, yes and no in words, nothing as a dash."""
    return tables.shown(value)


@register.filter
def may(actor: Actor | None, permission: str) -> bool:
    """Whether the actor has the permission; an unknown name raises."""
    return actor is not None and actor.may(permission)
