"""Text that exists in both languages, in paired columns (title_zh, title_en)."""

from typing import Any

from django.utils.translation import get_language


def in_language(zh: str, en: str) -> str:
    """The text in the reader's language, or the other one rather than nothing."""
    english = (get_language() or "").startswith("en")
    return (en or zh) if english else (zh or en)


def text(row: Any, name: str) -> str:
    """A pair of a row or of a mapping, in the reader's language."""
    if isinstance(row, dict):
        return in_language(row.get(f"{name}_zh", ""), row.get(f"{name}_en", ""))
    return in_language(getattr(row, f"{name}_zh", ""), getattr(row, f"{name}_en", ""))


class Bilingual:
    """A model with title_zh and title_en."""

    title_zh: Any
    title_en: Any

    @property
    def title(self) -> str:
        return text(self, "title")
