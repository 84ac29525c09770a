"""Texts cut into words, Chinese and English alike, without a network.

Two segmenters stand behind one interface: `words` cuts Chinese by the dictionary of the optional
package rjieba, `characters` takes single characters and pairs of neighbours and needs nothing.
Both cut everything that is not Chinese in the same way: words in small letters, numbers and
pictographs; punctuation and control characters are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from operator import add
from typing import TYPE_CHECKING, Any, Protocol

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 20_000  # characters of a text that are read: verbatims are short, files may be broken
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
PICTOGRAPHS = "\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff"  # without skin tones
_LETTERS = rf"[^\W\d_{HAN}]+"
_PIECES = re.compile(
    rf"(?P<han>[{HAN}]+)|\d+(?:[.,:]\d+)*|{_LETTERS}(?:'{_LETTERS})*|[{PICTOGRAPHS}]"
)


class SegmenterKind(StrEnum):
    """How Chinese is cut: by dictionary, by characters, or by dictionary where it is installed."""

    AUTO = "auto"
    WORDS = "words"
    CHARACTERS = "characters"


class Segmenter(Protocol):
    """Whatever cuts texts into words; `name` says which program did, for the record."""

    @property
    def name(self) -> str: ...

    def words(self, text: str) -> list[str]:
        """The words of a text in their order, in small letters, without punctuation."""
        ...


class Characters:
    """The light segmenter: of Chinese every character and every pair of neighbours."""

    name = "characters"

    def words(self, text: str) -> list[str]:
        return list(_cut(text, lambda run: character_runs(run, 2)))


class DictionaryWords:
    """Chinese cut by rjieba's own dictionary, which other users of the process cannot change."""

    def __init__(self) -> None:
        if find_spec("rjieba") is None:
            raise AnalysisError("words_package", package="rjieba")
        self._jieba: Any = import_module("rjieba").Jieba()
        version = import_module("importlib.metadata").version("rjieba")
        self.name = f"rjieba {version}"

    def words(self, text: str) -> list[str]:
        return list(_cut(text, self._jieba.cut))


@cache
def segmenter(kind: SegmenterKind = SegmenterKind.AUTO) -> Segmenter:
    """The segmenter of a kind; AnalysisError where rjieba is asked for and not installed."""
    if kind not in set(SegmenterKind):
        known = ", ".join(SegmenterKind)
        raise AnalysisError("option_invalid", option="segmenter", value=kind, expected=known)
    if kind == SegmenterKind.CHARACTERS or (
        kind == SegmenterKind.AUTO and find_spec("rjieba") is None
    ):
        return Characters()
    return DictionaryWords()


def segment(text: str, kind: SegmenterKind = SegmenterKind.AUTO) -> list[str]:
    """The words of a Chinese, English or mixed text; only its first `LONGEST` characters count."""
    return segmenter(kind).words(text)


@lru_cache(maxsize=2)  # words and runs of characters are asked for one after the other
def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Runs of Chinese characters (True), and words, numbers, pictographs (False), in order."""
    found = _PIECES.finditer(normalised(text))
    return tuple((each.group(), each.lastgroup == "han") for each in found)


def normalised(text: str) -> str:
    """Full-width forms and small letters made one; what no encoding can hold is left out."""
    plain = text[:LONGEST].encode("utf-8", "ignore").decode("utf-8").replace("’", "'")
    return unicodedata.normalize("NFKC", plain).casefold()


def character_runs(run: str, longest: int) -> list[str]:
    """All stretches of 1 to `longest` neighbouring characters."""
    found: list[str] = []
    stretches = list(run)
    for size in range(1, longest + 1):
        found += stretches
        stretches = list(map(add, stretches, run[size:]))  # each grows by its next character
    return found


def is_han(word: str) -> bool:
    """Whether a word is Chinese: none is half Chinese, so its first character tells."""
    first = word[:1]
    return "\u4e00" <= first <= "\u9fff" or (first > "\u3006" and bool(_HAN_SIGN.match(first)))


_HAN_SIGN = re.compile(f"[{HAN}]")


def _cut(text: str, chinese: Callable[[str], list[str]]) -> Iterator[str]:
    for piece, han in pieces(text):
        if han:
            yield from chinese(piece)
        else:
            yield piece
