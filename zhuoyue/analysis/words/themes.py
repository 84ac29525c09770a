"""Themes of verbatims, several in one text, learned from what people say is in them.

For each theme a logistic regression of its own, on the features of `sentiment`; while learning,
texts with and without a theme weigh the same in all, so that a rare theme is found at all.
Agreement with people is measured on texts that the models had not seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.intervals import Measured, share
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

THEME_WORDS = 10
NONE = "-"  # in a cell: somebody looked, and no theme is in the text
_APART = re.compile(r"[;；,，、|/\n]")
ABSENT, PRESENT = "absent", "present"


@dataclass(frozen=True, slots=True)
class Found:
    """A theme that the model finds in a text."""

    theme: str
    probability: float  # where texts with and without the theme are equally frequent
    words: tuple[str, ...]  # that speak most for it


@dataclass(frozen=True, slots=True)
class ThemeReading:
    """One row: what the model finds, and what people settled on (None: nobody looked)."""

    row: int  # from 1
    found: tuple[Found, ...]  # the likeliest first
    given: tuple[str, ...] | None

    @property
    def themes(self) -> tuple[str, ...]:
        """People's word where there is one, else the model's."""
        return tuple(each.theme for each in self.found) if self.given is None else self.given


@dataclass(frozen=True, kw_only=True)
class Themes(MethodResult):
    """Themes of all rows and the agreement with people; `n` counts rows with words."""

    method: ClassVar[str] = "themes"
    labels: tuple[str, ...]
    labelled: Mapping[str, int]  # distinct texts in which people see each theme
    exact: Measured  # share of held-out texts on all of whose themes both agree
    agreement: Mapping[str, Agreement]  # of each theme, absent or present
    totals: Mapping[str, int]  # rows with each theme: people's word where given, else the model's
    words: Mapping[str, tuple[str, ...]]
    readings: tuple[ThemeReading, ...]
    second_look: tuple[SecondLook, ...]  # `given` and `predicted` are "+ theme" or "- theme"
    suggestions: tuple[Suggestion, ...]


def themes(
    texts: Sequence[str],
    labels: Sequence[Collection[str] | str | None],
    *,
    corrected: Sequence[Collection[str] | str | None] | None = None,
    learning: Learning | None = None,
) -> Themes:
    """Learn themes from rows in which people said what they see; read all rows.

    Each of `labels` holds the themes of a text: a collection, or a text such as "speed; price";
    None or "" where nobody looked, an empty collection or "-" where somebody saw none of them.
    Corrections, repeated texts, order of rows and errors as in `sentiment`; words_no_theme where
    no text has a theme.

    Source: Wang and Manning 2012; Cohen 1960.
    """
    chosen = Learning.of(learning)
    learned = _learn(texts, labels, corrected, chosen)
    settled, names = learned.settled, learned.settled.labels
    given = settled.targets[learned.held] > 0.5
    said = learned.held_probabilities > 0.5
    by_theme = {
        name: agreement(
            (ABSENT, PRESENT),
            *(each[:, k].astype(np.int64) for each in (given, said, learned.usual)),
            level=chosen.level,
        )
        for k, name in enumerate(names)
    }
    readings = tuple(_readings(learned, len(texts)))
    rows_with = [theme for each in readings for theme in each.themes]
    distance = np.abs(learned.probabilities - 0.5)
    return Themes(
        n=learned.gathered.n,
        parameters=chosen.parameters(learned.model.program),
        seed=chosen.seed,
        labels=names,
        labelled=frozen({name: int(settled.targets[:, k].sum()) for k, name in enumerate(names)}),
        exact=share(int((given == said).all(axis=1).sum()), len(given), level=chosen.level),
        agreement=frozen(by_theme),
        totals=frozen({name: rows_with.count(name) for name in names}),
        words=frozen(label_words(learned, THEME_WORDS)),
        readings=readings,
        second_look=tuple(_second_look(learned)),
        suggestions=tuple(suggested(learned, -distance.min(axis=1), np.argmin(distance, axis=1))),
        cautions=(*notes(learned, len(texts)), *_doubts_of(by_theme)),
    )


def learn_themes(
    texts: Sequence[str],
    labels: Sequence[Collection[str] | str | None],
    *,
    corrected: Sequence[Collection[str] | str | None] | None = None,
    learning: Learning | None = None,
) -> TextModel:
    """The model alone, to read texts that come later: `model.probabilities(texts)`."""
    return _learn(texts, labels, corrected, Learning.of(learning)).model


def several(cell: Collection[str] | str | None) -> Labels | None:
    """The themes of a cell such as "speed; price"; None where it is empty."""
    if isinstance(cell, Collection) and not isinstance(cell, str):
        parts = list(cell)
    elif not cell_text(cell):
        return None
    else:
        parts = _APART.split(cell_text(cell))
    return frozenset(name for part in parts if (name := cell_text(part)) not in {"", NONE})


def _learn(
    texts: Sequence[str],
    labels: Sequence[Collection[str] | str | None],
    corrected: Sequence[Collection[str] | str | None] | None,
    learning: Learning,
) -> Learned:
    better = None if corrected is None else [several(each) for each in corrected]
    given = [several(each) for each in labels]
    if not any(given) and not any(better or ()):
        looked = sum(each is not None for each in given)
        raise AnalysisError("words_no_theme", n=looked)
    return learn_labels(texts, given, better, learning, single=False)


def _readings(learned: Learned, rows: int) -> Iterator[ThemeReading]:
    texts, labels = np.nonzero(learned.probabilities > 0.5)
    found: dict[int, list[Found]] = {}
    for text, label, words in zip(
        texts.tolist(), labels.tolist(), reasons(learned, texts, labels), strict=True
    ):
        probability = float(learned.probabilities[text, label])
        theme = Found(learned.settled.labels[label], probability, words)
        found.setdefault(text, []).append(theme)
    for each in found.values():
        each.sort(key=lambda theme: (-theme.probability, theme.theme))
    settled = learned.settled
    given = {text: settled.said(row) for row, text in enumerate(settled.texts.tolist())}
    for row, text in enumerate(learned.gathered.place.tolist()):
        yield ThemeReading(row + 1, tuple(found.get(text, ())), given.get(text))


def _second_look(learned: Learned) -> Iterator[SecondLook]:
    settled, said = learned.settled, learned.held_probabilities
    given = settled.targets[learned.held]
    surest = np.abs(said - given)  # the probability of the contrary
    order = np.argsort(-surest, axis=None, kind="stable")[: learned.model.learning.suggestions]
    for place in order.tolist():
        row, label = divmod(place, len(settled.labels))
        if surest[row, label] <= 0.5:
            return
        text, name = int(settled.texts[learned.held[row]]), settled.labels[label]
        seen = given[row, label] > 0.5
        yield SecondLook(
            row=first_row(learned, text),
            given=f"{'+' if seen else '-'} {name}",
            predicted=f"{'-' if seen else '+'} {name}",
            probability=float(surest[row, label]),
            text=excerpt(learned.gathered.texts[text]),
        )


def _doubts_of(by_theme: Mapping[str, Agreement]) -> Iterator[Caution]:
    yield from next(iter(by_theme.values())).accuracy.cautions
    for theme, held in by_theme.items():
        if held.kappa is None:
            yield caution("words_theme_kappa_missing", theme=theme)
        elif held.kappa < KAPPA_ADVISED:
            yield caution(
                "words_theme_kappa_low", theme=theme, kappa=held.kappa, advised=KAPPA_ADVISED
            )
