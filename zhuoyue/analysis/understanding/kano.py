"""Kano's model: which needs are taken for granted, which count the more the better, which delight.

Sources: Kano, Seraku, Takahashi & Tsuji 1984 (two questions, five answers); Sauerwein, Bailom,
Matzler & Hinterhuber 1996 (table, order M > O > A > I, total strength); Berger et al. 1993 (better
and worse); Fong 1996 (whether the first category leads by more than chance); Lee & Newcomb 1997
(category strength).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from zhuoyue.analysis import intervals
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_lengths, check_mapping
from zhuoyue.analysis.labels import label
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.intervals import Measured

FEW = 20
MOST = 1e12  # answers of a category: more are a slip
MANY_UNUSABLE = 0.1
FONG = 1.65  # about 90 % on two sides


class Category(StrEnum):
    """What a need is to a person, in the order in which ties are decided."""

    MUST_BE = "M"
    ONE_DIMENSIONAL = "O"
    ATTRACTIVE = "A"
    INDIFFERENT = "I"
    REVERSE = "R"
    QUESTIONABLE = "Q"


class Answer(StrEnum):
    """How one would feel: if it were there (functional), if it were not (dysfunctional)."""

    LIKE = "like"
    MUST_BE = "must-be"
    NEUTRAL = "neutral"
    LIVE_WITH = "live-with"
    DISLIKE = "dislike"


# Rows: the functional answer, columns: the dysfunctional one, both in the order of `Answer`.
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
_ORDER = tuple(Answer)


@dataclass(frozen=True, slots=True)
class Need:
    """What people said of one need."""

    n: int
    counts: Mapping[str, int]  # by letter of the category
    category: Category
    share: Measured  # of those in this category
    leads_by_more_than_chance: bool  # Fong's test against the second category
    better: float | None  # what having it adds to satisfaction, 0 .. 1; None without M, O, A, I
    worse: float | None  # what lacking it takes away, -1 .. 0
    category_strength: float  # share of the first category minus that of the second
    total_strength: float  # share of M, O and A


@dataclass(frozen=True, kw_only=True)
class KanoResult(MethodResult):
    """Needs by name; `n` is the largest number of people who answered about one."""

    method: ClassVar[str] = "kano"
    needs: Mapping[str, Need]


def classify(functional: str, dysfunctional: str) -> Category:
    """The category of one pair of answers (`Answer`, or its place 1 .. 5)."""
    row, column = (_ORDER.index(_answer(each)) for each in (functional, dysfunctional))
    return Category(TABLE[row][column])


def kano(
    names: Sequence[str],
    functional: Sequence[str],
    dysfunctional: Sequence[str],
    *,
    level: float = 0.95,
) -> KanoResult:
    """From pairs of answers: need, functional and dysfunctional answer of each row.

    Rows where one of both is empty (or None, NaN) are left out and counted in a caution.

    Raises AnalysisError (`kano_...`). Source: Kano et al. 1984; Berger et al. 1993; Fong 1996.
    """
    check_lengths(names=names, functional=functional, dysfunctional=dysfunctional)
    counts: dict[str, dict[str, int]] = {}
    left_out = 0
    for name, have, lack in zip(names, functional, dysfunctional, strict=True):
        tally = counts.setdefault(name, dict.fromkeys(map(str, Category), 0))
        if not label(have) or not label(lack):
            left_out += 1
            continue
        tally[str(classify(have, lack))] += 1
    notes = [caution("kano_left_out", rows=left_out)] if left_out else []
    return kano_from_counts(counts, level=level, notes=notes)


def kano_from_counts(
    counts: Mapping[str, Mapping[str, float]],
    *,
    level: float = 0.95,
    notes: Sequence[Caution] = (),
) -> KanoResult:
    """From counts: need -> category letter -> people (letters not named count nil).

    Raises AnalysisError (`kano_...`). Source: Kano et al. 1984; Berger et al. 1993; Fong 1996.
    """
    check_mapping(counts, "counts")
    for name, given in counts.items():
        check_mapping(given, f"counts, {name}")
    if not counts:
        raise AnalysisError("kano_empty")
    needs: dict[str, Need] = {}
    cautions = list(notes)
    for name, given in counts.items():
        needs[name] = need = _need(name, given, level)
        cautions += _cautions(name, need)
    return KanoResult(
        n=max(each.n for each in needs.values()),
        parameters=frozen(
            {"tie_rule": "M > O > A > I", "test": f"Fong, {FONG} standard errors", "level": level}
        ),
        needs=frozen(needs),
        cautions=tuple(cautions),
    )


def _need(name: str, given: Mapping[str, float], level: float) -> Need:
    tally = {str(each): _count(name, str(each), given.get(str(each), 0)) for each in Category}
    unknown = [letter for letter in given if letter not in tally]
    if unknown:
        raise AnalysisError("kano_category", need=name, found=unknown[0])
    n = sum(tally.values())
    if not n:
        raise AnalysisError("kano_nobody", need=name)
    first, second = _ranked(tally)[:2]
    usable = sum(tally[letter] for letter in "MOAI")
    return Need(
        n=n,
        counts=frozen(tally),
        category=Category(first),
        share=intervals.share(tally[first], n, level=level),
        leads_by_more_than_chance=_leads(tally[first], tally[second], n),
        better=(tally["A"] + tally["O"]) / usable if usable else None,
        worse=-(tally["O"] + tally["M"]) / usable if usable else None,
        category_strength=(tally[first] - tally[second]) / n,
        total_strength=(tally["M"] + tally["O"] + tally["A"]) / n,
    )


def _ranked(tally: Mapping[str, int]) -> list[str]:
    """Categories from most to fewest; among equals in the order of `Category`."""
    letters = [str(each) for each in Category]
    return sorted(letters, key=lambda letter: (-tally[letter], letters.index(letter)))


def _leads(first: int, second: int, n: int) -> bool:
    """Fong: the lead exceeds 1.65 standard errors of the difference of two counts of one sample."""
    error = ((first + second) * (2 * n - first - second) / (2 * n)) ** 0.5
    return bool(first - second >= FONG * error)


def _answer(given: str) -> Answer:
    text = str(given).strip().lower()
    for suffix in ("", ".0"):
        if text.endswith(suffix) and text.removesuffix(suffix) in {"1", "2", "3", "4", "5"}:
            return _ORDER[int(text.removesuffix(suffix)) - 1]
    words = {each.value: each for each in Answer} | _CHINESE
    if text not in words:
        raise AnalysisError("kano_answer", found=given, known=", ".join(map(str, Answer)))
    return words[text]


_CHINESE = {
    "喜欢": Answer.LIKE,
    "理所当然": Answer.MUST_BE,
    "无所谓": Answer.NEUTRAL,
    "勉强接受": Answer.LIVE_WITH,
    "不喜欢": Answer.DISLIKE,
}


def _count(name: str, letter: str, value: float) -> int:
    if not 0 <= value <= MOST or value != int(value):
        raise AnalysisError("kano_count", need=name, category=letter, value=value)
    return int(value)


def _cautions(name: str, need: Need) -> list[Caution]:
    notes = []
    if need.n < FEW:
        notes.append(caution("kano_few", need=name, n=need.n, advised=FEW))
    unusable = need.counts["Q"] / need.n
    if unusable > MANY_UNUSABLE:
        notes.append(caution("kano_questionable", need=name, share=unusable))
    if need.counts["R"] / need.n > MANY_UNUSABLE:
        notes.append(caution("kano_reverse", need=name, share=need.counts["R"] / need.n))
    if not need.leads_by_more_than_chance:
        second = _ranked(need.counts)[1]
        notes.append(caution("kano_undecided", need=name, first=str(need.category), second=second))
    return notes
