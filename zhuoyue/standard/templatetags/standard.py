"""Texts of the standard in templates."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from zhuoyue.kit.bilingual import in_language
from zhuoyue.standard.library import Entry, Library

register = template.Library()


@register.filter
def text(entry: Entry, name: str) -> str:
    """A text of an entry in the reader's language."""
    return entry.text(name)


@register.filter
def other(entry: Entry, name: str) -> str:
    """The same text in the other language."""
    return entry.other(name)


@register.filter
def pair(both: Mapping[str, str]) -> str:
    return in_language(both.get("zh", ""), both.get("en", ""))


@register.filter
def role(library: Library, code: str) -> str:
    return library.role(code)


@register.filter
def kind_word(kind: str) -> str:
    words = {
        "clause": _("clause"),
        "row": _("row of a clause"),
        "concept": _("concept"),
        "practice": _("practice"),
        "measure": _("measure"),
        "term": _("term"),
    }
    return words.get(kind, kind)


@register.filter
def modality(code: str) -> str:
    words = {"should": _("should"), "statement": _("statement"), "ensure": _("ensure")}
    return words.get(code, code)


@register.filter
def class_word(code: str) -> str:
    words = {
        "input": _("input"),
        "throughput": _("throughput"),
        "output": _("output"),
        "outcome": _("outcome"),
    }
    return words.get(code, code)
