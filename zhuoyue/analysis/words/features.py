"""Texts as numbers: how often words, their pairs and short runs of characters occur, by tf-idf."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.words.matrices import Sparse, column_sums, counted, scaled, texts_with
from zhuoyue.analysis.words.segment import character_runs, is_han, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.words.segment import Segmenter


@dataclass(frozen=True, eq=False)
class Counted:
    """How often each feature occurs in each text."""

    names: tuple[str, ...]  # the features
    words: Flags  # features: whether the segmenter itself calls it a word
    counts: Sparse  # texts x features


@dataclass(frozen=True, eq=False)
class Weighting:
    """The features kept, and how telling each is."""

    kept: Integers  # positions among all features, increasing
    inverse: Floats  # 1 + log((1 + texts) / (1 + texts with it))


def features_of(
    text: str, segmenter: Segmenter, characters: int, *, pairs: bool
) -> tuple[list[str], list[str]]:
    """Words of a text with pairs of them, and whatever else is counted.

    A run of characters that is also a word counts once.
    """
    words = segmenter.words(text)
    chinese = [is_han(word) for word in words]
    found = [
        word for word, han in zip(words, chinese, strict=True) if not han or len(word) > characters
    ]
    if pairs and not all(chinese):
        both = zip(pairwise(words), pairwise(chinese), strict=True)
        coupled = [f"{a} {b}" for (a, b), (first, second) in both if not (first or second)]
        found += coupled
        words = words + coupled
    if characters:
        for piece, han in pieces(text):
            if han:
                found += character_runs(piece, characters)
    return words, found


def count(
    texts: Sequence[str],
    segmenter: Segmenter,
    *,
    characters: int,
    pairs: bool,
    known: Mapping[str, int] | None = None,
) -> Counted:
    """Features of texts; with `known` only those, at the positions it gives.

    A feature is called a word where most of its occurrences are: a character that mostly stands
    within longer words is none.
    """
    places: defaultdict[str, int] = defaultdict(None, known or {})
    if known is None:
        places.default_factory = places.__len__  # a new feature takes the next position
    lengths, columns = array("q"), array("q")
    called: Counter[str] = Counter()
    for text in texts:
        words, found = features_of(text, segmenter, characters, pairs=pairs)
        if known is None:
            here = [places[name] for name in found]
            called.update(words)
        else:
            here = [places[name] for name in found if name in places]
        columns.extend(here)
        lengths.append(len(here))
    matrix = counted(
        np.repeat(np.arange(len(texts)), np.array(lengths, dtype=np.int64)),
        np.array(columns, dtype=np.int64),
        (len(texts), len(places)),
    )
    times = np.fromiter((called[name] for name in places), dtype=np.float64, count=len(places))
    return Counted(tuple(places), 2 * times > column_sums(matrix), matrix)


def weighting(counts: Sparse, *, min_texts: int, most: int) -> Weighting:
    """Features of at least `min_texts` texts, at most the `most` frequent, and their weights."""
    frequency = texts_with(counts)
    kept = np.flatnonzero(frequency >= min_texts)
    if len(kept) > most:
        kept = np.sort(kept[np.argsort(-frequency[kept], kind="stable")[:most]])
    inverse = 1.0 + np.log((1.0 + counts.shape[0]) / (1.0 + frequency[kept]))
    return Weighting(kept, inverse)


def weigh(counts: Sparse, by: Weighting) -> Sparse:
    """tf-idf of texts (texts x features kept), each row of length one."""
    return scaled(counts[:, by.kept], by.inverse)
