"""Themes proposed without labels: a first coding frame for people to name and correct.

Non-negative factors of the tf-idf of words (Lee and Seung 1999), started from singular vectors
(NNDSVD, Boutsidis and Gallopoulos 2008, by random projections: Halko et al. 2011) and improved by
hierarchical alternating least squares (Cichocki and Phan 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.intervals import Measured, share
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.words.features import Weighting, count, weigh
from zhuoyue.analysis.words.function_words import LINKING, telling
from zhuoyue.analysis.words.labelled import gather
from zhuoyue.analysis.words.matrices import Sparse, texts_with
from zhuoyue.analysis.words.segment import LONGEST, SegmenterKind, is_han, segmenter
from zhuoyue.analysis.words.told import excerpt
from zhuoyue.analysis.workers import one_blas_thread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.words.features import Counted
    from zhuoyue.analysis.words.labelled import Gathered

STEPS = 100
MOST_WORDS = 5_000  # the most frequent words that may name a theme
TOO_COMMON = 0.5  # share of texts; a word in more of them separates nothing
SPARE = 8  # random directions beyond those wanted
CHANGE = 1e-4  # of the factors in one step, below which they stand


@dataclass(frozen=True, slots=True)
class Representative:
    """A text that speaks of little else."""

    row: int  # from 1, the first of the rows that say it
    text: str  # its beginning


@dataclass(frozen=True, slots=True)
class ProposedTheme:
    """Words that occur together, to be named by people."""

    words: tuple[str, ...]  # the strongest first
    share: Measured  # of rows with words, those whose strongest theme this is
    representatives: tuple[Representative, ...]


@dataclass(frozen=True, kw_only=True)
class Proposal(MethodResult):
    """A first coding frame; `n` counts rows with words."""

    method: ClassVar[str] = "themes_proposed"
    themes: tuple[ProposedTheme, ...]  # the most frequent first
    theme_of: tuple[int | None, ...]  # of each row its strongest theme, from 1
    without: int  # rows with words that speak of none of them
    explained: float  # share of the sum of squares that the themes account for


def propose_themes(
    texts: Sequence[str],
    *,
    themes: int = 8,
    segmenter_kind: SegmenterKind = SegmenterKind.AUTO,
    words: int = 8,
    representatives: int = 3,
    min_texts: int = 2,
    seed: int = 1,
    level: float = 0.95,
) -> Proposal:
    """Group words that occur together, without labels, into `themes` groups (2 to 50).

    Words in fewer than `min_texts` texts or more than half of them, single Chinese characters,
    numbers and words that only hold sentences together are left out. Repeated texts are one text
    in the search and count as rows in shares. The seed and the texts determine the result; the
    order of rows changes nothing. AnalysisError words_texts_few where there are too few.
    Source: Lee and Seung 1999; Boutsidis and Gallopoulos 2008.
    """
    limits = {
        "themes": (themes, 2, 50),
        "words": (words, 1, 50),
        "representatives": (representatives, 0, 50),
        "min_texts": (min_texts, 1, 1000),
        "seed": (seed, 0, 2**63 - 1),
    }
    for setting, (value, low, high) in limits.items():
        if not low <= value <= high:
            raise AnalysisError("words_setting", setting=setting, value=value, low=low, high=high)
    gathered, cut = gather(texts, seed), segmenter(segmenter_kind)
    counted = count(gathered.texts, cut, characters=0, pairs=False)
    by = _telling_words(counted, min_texts)
    different = len(gathered.texts)
    if different < 2 * themes or len(by.kept) < themes:
        raise AnalysisError("words_texts_few", texts=different, words=len(by.kept), themes=themes)
    with one_blas_thread():
        loads, parts, explained = _factors(weigh(counted.counts, by), themes, seed)
    strongest = _strongest(loads)
    of_rows = np.where(gathered.place < 0, -1, strongest[gathered.place])
    sizes = np.bincount(of_rows[of_rows >= 0], minlength=themes)
    order = [k for k in np.argsort(-sizes, kind="stable").tolist() if sizes[k]]
    names = tuple(counted.names[k] for k in by.kept.tolist())
    rank = {old: new for new, old in enumerate(order, start=1)}
    used = {name: limit[0] for name, limit in limits.items()}
    return Proposal(
        n=gathered.n,
        parameters=frozen({**used, "segmenter": str(segmenter_kind), "program": cut.name}),
        seed=seed,
        themes=tuple(
            ProposedTheme(
                words=_words_of(names, parts[k], words),
                share=share(int(sizes[k]), gathered.n, level=level),
                representatives=_speakers(gathered, loads, strongest, k, representatives),
            )
            for k in order
        ),
        theme_of=tuple(rank.get(k) for k in of_rows.tolist()),
        without=gathered.n - int(sizes.sum()),
        explained=explained,
        cautions=tuple(_notes(gathered, len(texts), cut.name)),
    )


def _telling_words(counted: Counted, min_texts: int) -> Weighting:
    frequency = texts_with(counted.counts)
    total = counted.counts.shape[0]
    fit = (frequency >= min_texts) & (frequency <= max(TOO_COMMON * total, min_texts))
    fit &= np.fromiter((_names_theme(name) for name in counted.names), dtype=np.bool_)
    kept = np.flatnonzero(fit)
    if len(kept) > MOST_WORDS:
        kept = np.sort(kept[np.argsort(-frequency[kept], kind="stable")[:MOST_WORDS]])
    return Weighting(kept, 1.0 + np.log((1.0 + total) / (1.0 + frequency[kept])))


def _names_theme(word: str) -> bool:
    if is_han(word):
        pair_of_halves = len(word) == 2 and not LINKING.isdisjoint(word)
        return len(word) > 1 and telling(word) and not pair_of_halves
    return len(word) > 2 and telling(word)


def _factors(features: Sparse, size: int, seed: int) -> tuple[Floats, Floats, float]:
    """Loads (texts x themes) and parts (themes x words), none negative, parts of length one."""
    loads, parts = _start(features, size, seed)
    turned = features.T.tocsr()
    total = float((features.data**2).sum())
    for _step in range(STEPS):
        before = parts.copy()
        _improve(loads.T, (features @ parts.T).T, parts @ parts.T)
        _improve(parts, (turned @ loads).T, loads.T @ loads)
        if np.abs(parts - before).max() <= CHANGE * np.abs(parts).max():
            break
    lengths = np.maximum(np.sqrt((parts**2).sum(axis=1)), 1e-12)
    loads, parts = loads * lengths, parts / lengths[:, None]
    crossed = float(((features @ parts.T) * loads).sum())
    rest = total - 2 * crossed + float(((loads.T @ loads) * (parts @ parts.T)).sum())
    return loads, parts, 1.0 - rest / total


def _improve(factors: Floats, against: Floats, among: Floats) -> None:
    """One round of least squares, factor by factor, in place: factors are rows."""
    for k in range(len(factors)):
        if among[k, k] > 1e-12:
            step = (against[k] - among[k] @ factors) / among[k, k]
            factors[k] = np.maximum(factors[k] + step, 0.0)


def _start(features: Sparse, size: int, seed: int) -> tuple[Floats, Floats]:
    """Positive halves of singular vectors, and a little of the mean where they are nil."""
    stream = np.random.default_rng(seed)
    wide = min(size + SPARE, *features.shape)
    basis = features @ stream.normal(size=(features.shape[1], wide))
    for _round in range(4):
        basis = np.linalg.qr(features @ (features.T @ np.linalg.qr(basis)[0]))[0]
    inner, values, right = np.linalg.svd((features.T @ basis).T, full_matrices=False)
    left = basis @ inner
    floor = float(features.data.sum()) / (features.shape[0] * features.shape[1])
    loads, parts = np.full((features.shape[0], size), floor), np.full((size, right.shape[1]), floor)
    for k in range(min(size, len(values))):
        sides = [
            (np.maximum(sign * left[:, k], 0), np.maximum(sign * right[k], 0)) for sign in (1, -1)
        ]
        norms = [float(np.linalg.norm(a) * np.linalg.norm(b)) for a, b in sides]
        (u, v), norm = max(zip(sides, norms, strict=True), key=lambda each: each[1])
        if norm > 0:
            weight = np.sqrt(values[k] * norm)
            loads[:, k] = np.maximum(weight * u / np.linalg.norm(u), 0.01 * floor)
            parts[k] = np.maximum(weight * v / np.linalg.norm(v), 0.01 * floor)
    return loads, parts


def _strongest(loads: Floats) -> Integers:
    """Of each text its strongest theme; -1 where it has next to nothing of any."""
    theme = np.argmax(loads, axis=1)
    return np.where(loads.max(axis=1) > 1e-3, theme, -1)


def _words_of(names: Sequence[str], part: Floats, most: int) -> tuple[str, ...]:
    """The heaviest words, without their fragments."""
    chosen: list[str] = []
    for k in np.argsort(-part, kind="stable")[: 4 * most].tolist():
        if len(chosen) == most or part[k] <= 0:
            break
        if not _part_of(names[k], chosen):
            chosen.append(names[k])
    return tuple(chosen)


def _part_of(word: str, chosen: Sequence[str]) -> bool:
    """Whether a word lies within one of the chosen, around it, or on the seam of two of them."""
    if any(word in each or each in word for each in chosen):
        return True
    seam = len(word) == 2 and is_han(word)
    return (
        seam
        and any(each.endswith(word[0]) for each in chosen)
        and any(each.startswith(word[1]) for each in chosen)
    )


def _speakers(
    gathered: Gathered, loads: Floats, strongest: Integers, theme: int, most: int
) -> tuple[Representative, ...]:
    """Texts whose load on the theme is large and that load on little else."""
    mine = np.flatnonzero(strongest == theme)
    purity = loads[mine, theme] ** 2 / loads[mine].sum(axis=1)
    order = mine[np.argsort(-purity, kind="stable")[:most]]
    return tuple(
        Representative(gathered.rows[text][0] + 1, excerpt(gathered.texts[text]))
        for text in order.tolist()
    )


def _notes(gathered: Gathered, rows: int, program: str) -> Iterator[Caution]:
    yield caution("words_proposed")
    if gathered.n < rows:
        yield caution("words_without_text", rows=rows - gathered.n, total=rows)
    if gathered.shortened:
        yield caution("words_shortened", rows=gathered.shortened, characters=LONGEST)
    if program == "characters" and any(is_han(text[:1]) for text in gathered.texts):
        yield caution("words_by_characters", package="rjieba")
