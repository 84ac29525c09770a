"""What both results show of single texts: excerpts, texts to label next, labels to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.words.learned import Learned

EXCERPT = 60  # characters


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that nobody labelled and the model is least sure of."""

    row: int  # from 1, the first of the rows that say it
    label: str  # the nearest decision
    probability: float
    text: str  # its beginning


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A label that a model, not having seen it, contradicts most surely: right or a slip?"""

    row: int
    given: str
    predicted: str
    probability: float
    text: str


def excerpt(text: str) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: 4 * EXCERPT].split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "…"


def first_row(learned: Learned, text: int) -> int:
    return learned.gathered.rows[text][0] + 1


def unlabelled(learned: Learned) -> Integers:
    """Distinct texts without a settled label."""
    return np.setdiff1d(np.arange(len(learned.gathered.texts)), learned.settled.texts)


def suggested(learned: Learned, doubt: Floats, labels: Integers) -> Iterator[Suggestion]:
    """Of the texts nobody labelled those with the largest doubt; `labels` is the one in doubt."""
    free = unlabelled(learned)
    order = free[np.argsort(-doubt[free], kind="stable")]
    for text in order[: learned.model.learning.suggestions].tolist():
        label = int(labels[text])
        yield Suggestion(
            row=first_row(learned, text),
            label=learned.model.labels[label],
            probability=float(learned.probabilities[text, label]),
            text=excerpt(learned.gathered.texts[text]),
        )
