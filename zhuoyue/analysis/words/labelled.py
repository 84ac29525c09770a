"""Texts that say the same taken together, labels and corrections settled, parts dealt.

Nothing here looks at the order of rows: texts stand in the order of a keyed hash of what they
say, so that a result does not depend on how a file was sorted.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.words.segment import LONGEST, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhuoyue.analysis.arrays import Floats, Integers

type Labels = frozenset[str]

MOST_LABELS = 60  # more are rather texts than labels: the wrong column


@dataclass(frozen=True, eq=False)
class Gathered:
    """Distinct texts; two rows whose words are the same are one text."""

    texts: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]  # of each text
    place: Integers  # of each row its text, -1 where a row has no words
    shortened: int  # rows of which only the beginning was read

    @property
    def n(self) -> int:
        """Rows with words."""
        return int((self.place >= 0).sum())


@dataclass(frozen=True, eq=False)
class Settled:
    """Texts whose labels are settled."""

    labels: tuple[str, ...]
    texts: Integers  # positions among the distinct texts, increasing
    targets: Floats  # texts x labels, 0 or 1
    weights: Floats  # texts
    repeated: int  # labelled rows that say what another one says
    disputed: int  # texts that people labelled differently
    tied: int  # of these, texts without a majority, which are left out

    def said(self, row: int) -> tuple[str, ...]:
        return tuple(self.labels[k] for k in np.flatnonzero(self.targets[row]))


def cell_text(value: object) -> str:
    """A cell as a text that any encoding can hold; nothing where it is missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value).encode("utf-8", "ignore").decode("utf-8").strip()


def gather(given: Iterable[object], seed: int) -> Gathered:
    """Distinct texts in an order that only the seed decides."""
    texts = [cell_text(each) for each in given]
    same: dict[bytes, list[int]] = {}
    salt = seed.to_bytes(8, "big")
    for row, text in enumerate(texts):
        said = "".join(piece for piece, _han in pieces(text))
        if said:
            same.setdefault(blake2b(said.encode(), key=salt).digest(), []).append(row)
    place = np.full(len(texts), -1, dtype=np.int64)
    order = sorted(same)
    for number, key in enumerate(order):
        place[same[key]] = number
    return Gathered(
        texts=tuple(min(texts[row] for row in same[key]) for key in order),
        rows=tuple(tuple(same[key]) for key in order),
        place=place,
        shortened=sum(len(text) > LONGEST for text in texts),
    )


def settle(
    gathered: Gathered,
    given: Sequence[Labels | None],
    corrected: Sequence[Labels | None],
    *,
    correction_weight: float,
    single: bool,
) -> Settled:
    """What people say of each text: corrections before labels, then the majority."""
    labels = _names([*given, *corrected])
    texts, targets, weights = [], [], []
    repeated = disputed = tied = 0
    for number, rows in enumerate(gathered.rows):
        better = [each for row in rows if (each := corrected[row]) is not None]
        votes = better or [each for row in rows if (each := given[row]) is not None]
        if not votes:
            continue
        repeated += len(votes) - 1
        disputed += len(set(votes)) > 1
        said = _majority(votes, single=single)
        if said is None:
            tied += 1
            continue
        texts.append(number)
        targets.append([float(label in said) for label in labels])
        weights.append(correction_weight if better else 1.0)
    return Settled(
        labels=labels,
        texts=np.array(texts, dtype=np.int64),
        targets=np.array(targets, dtype=np.float64).reshape(len(texts), len(labels)),
        weights=np.array(weights, dtype=np.float64),
        repeated=repeated,
        disputed=disputed,
        tied=tied,
    )


def deal(settled: Settled, folds: int, held_out: float | None) -> Integers:
    """The part of each labelled text, label by label alike; -1: in no part, always learned from.

    Texts come in the order of their hash, so to deal them in turn is to deal them at random.
    """
    totals = settled.targets.sum(axis=0)
    rarity = np.where(settled.targets > 0, totals, np.inf)
    rarest = np.argmin(rarity, axis=1)
    rarest[~settled.targets.any(axis=1)] = -1
    part = np.full(len(settled.texts), -1, dtype=np.int64)
    offset = 0
    for label in range(-1, len(settled.labels)):
        mine = np.flatnonzero(rarest == label)
        if held_out is None:
            part[mine] = (np.arange(len(mine)) + offset) % folds
            offset += len(mine)
        else:
            upto = round(held_out * (len(mine) + offset)) - round(held_out * offset)
            part[mine[:upto]] = 0
            offset += len(mine)
    if part.max() < 0:
        raise AnalysisError("words_held_out_none", share=held_out, texts=len(part))
    return part


def _names(all_given: Sequence[Labels | None]) -> tuple[str, ...]:
    names = sorted({label for each in all_given if each is not None for label in each})
    if len(names) > MOST_LABELS:
        raise AnalysisError("words_labels_many", labels=len(names), most=MOST_LABELS)
    return tuple(names)


def _majority(votes: Sequence[Labels], *, single: bool) -> Labels | None:
    """The label most said; of several labels, each that more than half say."""
    counts = Counter(label for each in votes for label in each)
    if single:
        ranked = counts.most_common(2)
        if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            return None
        return frozenset({ranked[0][0]})
    if any(2 * times == len(votes) for times in counts.values()):
        return None
    return frozenset(label for label, times in counts.items() if 2 * times > len(votes))
