"""Sentiment of verbatims, learned from labels that people give and correct.

Multinomial logistic regression with a quadratic penalty on tf-idf of words and short runs of
characters (a strong plain baseline: Wang and Manning 2012, "Baselines and bigrams"). Agreement
with people is measured on texts that the model had not seen: Cohen's kappa (1960), Wilson's
interval (1927).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.words.agreement import Agreement, agreement
from zhuoyue.analysis.words.labelled import cell_text
from zhuoyue.analysis.words.learned import (
    KAPPA_ADVISED,
    Learned,
    TextModel,
    label_words,
    learn_labels,
    notes,
    reasons,
)
from zhuoyue.analysis.words.learning import Learning
from zhuoyue.analysis.words.told import SecondLook, Suggestion, excerpt, first_row, suggested

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhuoyue.analysis.words.labelled import Labels

LABEL_WORDS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one row; nothing where a row has no words."""

    row: int  # from 1
    label: str | None
    probability: float | None
    words: tuple[str, ...]  # that speak most for the label
    given: str | None  # what people settled on


@dataclass(frozen=True, kw_only=True)
class Sentiment(MethodResult):
    """Labels of all rows and the agreement with people; `n` counts rows with words."""

    method: ClassVar[str] = "sentiment"
    labels: tuple[str, ...]
    labelled: Mapping[str, int]  # distinct texts that people gave each label
    agreement: Agreement
    totals: Mapping[str, int]  # rows of each label: people's where given, else the model's
    words: Mapping[str, tuple[str, ...]]  # that speak for each label
    readings: tuple[Reading, ...]  # in the order of rows
    second_look: tuple[SecondLook, ...]
    suggestions: tuple[Suggestion, ...]


def sentiment(
    texts: Sequence[str],
    labels: Sequence[str | None],
    *,
    corrected: Sequence[str | None] | None = None,
    learning: Learning | None = None,
) -> Sentiment:
    """Learn labels (any words: good, bad, mixed ...) from rows that have one; read all rows.

    `labels` and `corrected` stand beside `texts`, None or empty where nobody gave one. A
    correction replaces the labels of its text and weighs more. Rows whose words are the same are
    one text: they are learned from once and never stand on both sides of the held-out line. The
    order of rows changes nothing. The agreement is that of models that had not seen the texts; the
    model that reads rows has learned from all labels, so expect a little more of it, not less.

    Errors: words_labels_few (fewer than 10 labelled texts), words_one_label, words_labels_many,
    words_lengths, words_package.

    Source: Wang and Manning 2012; Cohen 1960.
    """
    chosen = Learning.of(learning)
    learned = _learn(texts, labels, corrected, chosen)
    held = agreement(
        learned.settled.labels,
        np.argmax(learned.settled.targets[learned.held], axis=1),
        np.argmax(learned.held_probabilities, axis=1),
        np.argmax(learned.usual, axis=1),
        level=chosen.level,
    )
    readings = tuple(_readings(learned, len(texts)))
    names = learned.settled.labels
    counts = learned.settled.targets.sum(axis=0).astype(int).tolist()
    said = [each.given or each.label for each in readings]
    doubt, second = _doubt(learned)
    return Sentiment(
        n=learned.gathered.n,
        parameters=chosen.parameters(learned.model.program),
        seed=chosen.seed,
        labels=names,
        labelled=frozen(dict(zip(names, counts, strict=True))),
        agreement=held,
        totals=frozen({name: said.count(name) for name in names}),
        words=frozen(label_words(learned, LABEL_WORDS)),
        readings=readings,
        second_look=tuple(_second_look(learned)),
        suggestions=tuple(suggested(learned, doubt, second)),
        cautions=(*notes(learned, len(texts)), *_doubts_of(held)),
    )


def learn_sentiment(
    texts: Sequence[str],
    labels: Sequence[str | None],
    *,
    corrected: Sequence[str | None] | None = None,
    learning: Learning | None = None,
) -> TextModel:
    """The model alone, to read texts that come later: `model.probabilities(texts)`."""
    return _learn(texts, labels, corrected, Learning.of(learning)).model


def _learn(
    texts: Sequence[str],
    labels: Sequence[str | None],
    corrected: Sequence[str | None] | None,
    learning: Learning,
) -> Learned:
    better = None if corrected is None else [_one(each) for each in corrected]
    return learn_labels(texts, [_one(each) for each in labels], better, learning, single=True)


def _one(label: str | None) -> Labels | None:
    plain = cell_text(label)
    return frozenset({plain}) if plain else None


def _readings(learned: Learned, rows: int) -> Iterator[Reading]:
    best = np.argmax(learned.probabilities, axis=1)
    words = reasons(learned, np.arange(len(best)), best)
    settled = learned.settled
    given = {text: settled.said(row)[0] for row, text in enumerate(settled.texts.tolist())}
    for row in range(rows):
        text = int(learned.gathered.place[row])
        if text < 0:
            yield Reading(row + 1, None, None, (), None)
            continue
        label = int(best[text])
        probability = float(learned.probabilities[text, label])
        yield Reading(row + 1, settled.labels[label], probability, words[text], given.get(text))


def _doubt(learned: Learned) -> tuple[np.ndarray, np.ndarray]:
    """How close the second label comes to the first, and the first."""
    ranked = np.sort(learned.probabilities, axis=1)
    return ranked[:, -2] - ranked[:, -1], np.argmax(learned.probabilities, axis=1)


def _second_look(learned: Learned) -> Iterator[SecondLook]:
    settled, said = learned.settled, learned.held_probabilities
    given = np.argmax(settled.targets[learned.held], axis=1)
    predicted, surest = np.argmax(said, axis=1), said.max(axis=1)
    apart = np.flatnonzero(given != predicted)
    order = apart[np.argsort(-surest[apart], kind="stable")]
    for row in order[: learned.model.learning.suggestions].tolist():
        text = int(settled.texts[learned.held[row]])
        yield SecondLook(
            row=first_row(learned, text),
            given=settled.labels[int(given[row])],
            predicted=settled.labels[int(predicted[row])],
            probability=float(surest[row]),
            text=excerpt(learned.gathered.texts[text]),
        )


def _doubts_of(held: Agreement) -> Iterator[Caution]:
    yield from held.accuracy.cautions
    if held.kappa is None:
        yield caution("words_kappa_missing")
    elif held.kappa < KAPPA_ADVISED:
        yield caution("words_kappa_low", kappa=held.kappa, advised=KAPPA_ADVISED)
    if held.accuracy.low <= held.baseline:
        yield caution(
            "words_like_majority",
            accuracy=held.accuracy.value,
            low=held.accuracy.low,
            baseline=held.baseline,
        )
