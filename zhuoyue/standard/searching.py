"""Searching the library in both languages at once.

Chinese is not split into words: a word of the query is looked for as it stands, and only when
nothing has all of them is a query compared by pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Hit, searches
from zhuoyue.standard.library import Entry, library

AROUND = 36  # characters of an excerpt on each side of what was found
ENOUGH = 0.5  # share of a query's pieces that an entry must have when none has all words
# Among entries whose title has the word, the general ones come first.
WEIGHT = {"clause": 15, "concept": 12, "term": 12, "measure": 6, "practice": 3, "row": 0}
CJK = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Indexed:
    """An entry with its texts made ready for comparing."""

    entry: Entry
    names: tuple[str, ...]  # its id and titles
    body: str


@dataclass(frozen=True)
class Excerpt:
    """Where a text has what was looked for."""

    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Found:
    entry: Entry
    score: float
    excerpt: Excerpt | None


def folded(text: str) -> str:
    """Full-width and capital letters count as plain ones."""
    return unicodedata.normalize("NFKC", text).lower()


def texts(facts: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """All texts of an entry with their language, nested ones too."""
    if isinstance(facts, Mapping):
        for name, value in facts.items():
            yield from texts(value, str(name))
    elif isinstance(facts, list):
        for value in facts:
            yield from texts(value, key)
    elif isinstance(facts, str) and key[-2:] in {"zh", "en"}:
        yield key[-2:], facts


@cache
def index() -> tuple[Indexed, ...]:
    return tuple(indexed(entry) for entry in library().everything())


def indexed(entry: Entry) -> Indexed:
    titles = [entry.get(name) or "" for name in ("title_zh", "title_en", "zh", "en")]
    names = tuple(folded(name) for name in (entry.id, *titles) if name)
    return Indexed(entry, names, folded("\n".join(text for _, text in texts(entry.facts))))


def search(text: str, limit: int = 60) -> list[Found]:
    """Entries that have all the words, best first; failing that, those that have most of it."""
    words = folded(text).split()
    if not words:
        return []
    scored = [(score(one, words), one) for one in index()]
    if not any(points for points, _one in scored):
        scored = [(likeness(one, words), one) for one in index()]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return [Found(one.entry, points, excerpt(one.entry, words)) for points, one in best[:limit]]


def score(one: Indexed, words: list[str]) -> float:
    """0 unless every word occurs; a word in id or title weighs more than one in the text."""
    points = 0.0
    for word in words:
        in_names = max((closeness(name, word) for name in one.names), default=0.0)
        in_body = min(one.body.count(word), 5)
        if not in_names and not in_body:
            return 0.0
        points += in_names + in_body + (WEIGHT[one.entry.kind] if in_names else 0)
    return points / len(words)


def closeness(name: str, word: str) -> float:
    """How much of a name the word is: all, its beginning, or a part of it."""
    if name == word:
        return 100.0
    if word not in name:
        return 0.0
    return (60.0 if name.startswith(word) else 40.0) + 20.0 * len(word) / len(name)


def likeness(one: Indexed, words: list[str]) -> float:
    """The share of the query's pieces that the entry has, or 0 when that is not most of them."""
    wanted = {piece for word in words for piece in pieces(word)}
    names = " ".join(one.names)
    has = [piece for piece in wanted if piece in one.body or piece in names]
    share = len(has) / len(wanted)
    return share + sum(piece in names for piece in has) / 10 if share >= ENOUGH else 0.0


def pieces(word: str) -> Iterator[str]:
    """Pairs of neighbouring Chinese characters; other runs as they are."""
    for run in CJK.findall(word):
        yield from (run[at : at + 2] for at in range(max(len(run) - 1, 1)))
    yield from (run for run in CJK.split(word) if run)


def excerpt(entry: Entry, words: list[str]) -> Excerpt | None:
    """The first place of the text that has a word, in the reader's language if it is there."""
    mine = "en" if (get_language() or "").startswith("en") else "zh"
    ordered = sorted(texts(entry.facts), key=lambda pair: pair[0] != mine)
    wanted = [piece for word in words for piece in (word, *pieces(word))]
    for _language, text in ordered:
        if text in {entry.title, entry.other("title")}:
            continue
        lowered = text.lower()  # not folded: places must stay where they are
        for piece in wanted:
            at = lowered.find(piece)
            if at >= 0 and len(lowered) == len(text):
                return cut(text, at, at + len(piece))
    return None


def cut(text: str, start: int, end: int) -> Excerpt:
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return Excerpt(before, text[start:end], after)


@searches
def entries(actor: Actor, text: str) -> list[Hit]:
    """The standard's part of the search over all rooms."""
    from zhuoyue.standard.pages import address_of

    return [
        Hit(
            found.entry.label,
            f"{found.excerpt.before}{found.excerpt.match}{found.excerpt.after}"
            if found.excerpt
            else "",
            address_of(found.entry),
        )
        for found in search(text, 15)
    ]
