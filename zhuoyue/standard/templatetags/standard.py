"""Texts of the standard in templates, in the reader's language and in the other one."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.translation import get_language

from zhuoyue.kit.bilingual import in_language
from zhuoyue.standard import words
from zhuoyue.standard.library import Entry, Library

register = template.Library()
for one in (
    words.kind_word,
    words.modality_word,
    words.class_word,
    words.level_word,
    words.unit_word,
    words.direction_word,
    words.confidence_word,
):
    register.filter(one.__name__, one)


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
def other_pair(both: Mapping[str, str]) -> str:
    return in_language(both.get("en", ""), both.get("zh", ""))


@register.filter
def role(library: Library, code: str) -> str:
    return library.role(code)


@register.filter
def sources(codes: Sequence[str]) -> list[str]:
    """What a practice rests on, in words."""
    return [words.source_word(code) for code in codes]


@register.simple_tag
def other_language() -> dict[str, str]:
    """The language the reader has not chosen: its code for `lang`, and its own name."""
    if (get_language() or "").startswith("en"):
        return {"code": "zh-Hans", "name": "中文"}
    return {"code": "en", "name": "English"}
