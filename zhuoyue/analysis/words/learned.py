"""Labels learned from people, and the agreement with them on texts held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.words.features import Weighting, count, weigh, weighting
from zhuoyue.analysis.words.function_words import telling
from zhuoyue.analysis.words.labelled import deal, gather, settle
from zhuoyue.analysis.words.linear import Linear, fit
from zhuoyue.analysis.words.matrices import Sparse, column_sums
from zhuoyue.analysis.words.segment import LONGEST, segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.words.labelled import Gathered, Labels, Settled
    from zhuoyue.analysis.words.learning import Learning

FEWEST = 10  # labelled texts below which nothing is learned
ADVISED = 20  # labelled texts of each label
KAPPA_ADVISED = 0.6  # "substantial" from here on (Landis and Koch 1977)


@dataclass(frozen=True, eq=False)
class TextModel:
    """A model that can be asked about any text; determined by specification and labels."""

    labels: tuple[str, ...]
    learning: Learning
    program: str  # the segmenter
    names: tuple[str, ...]  # features
    shown: Flags  # features: words that may be shown as a reason
    weighting: Weighting  # positions 0 .. features - 1
    linear: Linear

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Texts x labels, 0 to 1."""
        known = {name: place for place, name in enumerate(self.names)}
        found = count(
            texts,
            segmenter(self.learning.segmenter),
            characters=self.learning.characters,
            pairs=self.learning.pairs,
            known=known,
        )
        return self.linear.probabilities(weigh(found.counts, self.weighting))

    def directions(self) -> Floats:
        """Features x labels: how much a feature speaks for a label rather than the others."""
        weights = self.linear.weights
        if not self.linear.joint:
            return weights
        others = weights.shape[1] / max(weights.shape[1] - 1, 1)
        return np.asarray((weights - weights.mean(axis=1, keepdims=True)) * others)


@dataclass(frozen=True, eq=False)
class Learned:
    """Everything that results are told from."""

    gathered: Gathered
    settled: Settled
    model: TextModel
    features: Sparse  # distinct texts x features of the model
    probabilities: Floats  # distinct texts x labels
    held: Integers  # positions in `settled` of the texts that were held out
    held_probabilities: Floats  # of these: texts x labels, by a model that had not seen them
    usual: Floats  # of these: what was said mostly where that model learned, 0 or 1


def learn_labels(
    texts: Sequence[str],
    given: Sequence[Labels | None],
    corrected: Sequence[Labels | None] | None,
    learning: Learning,
    *,
    single: bool,
) -> Learned:
    """Settle labels, hold out, learn from the rest; then learn from all and read every text."""
    better: Sequence[Labels | None] = [None] * len(texts) if corrected is None else corrected
    for name, each in (("labels", given), ("corrected", better)):
        if len(each) != len(texts):
            raise AnalysisError("words_lengths", name=name, found=len(each), texts=len(texts))
    gathered = gather(texts, learning.seed)
    settled = settle(
        gathered, given, better, correction_weight=learning.correction_weight, single=single
    )
    _check(settled, single=single)
    cut = segmenter(learning.segmenter)
    counted = count(gathered.texts, cut, characters=learning.characters, pairs=learning.pairs)
    mine = counted.counts[settled.texts]
    held, probabilities, usual = _held_out(mine, settled, learning, single=single)
    by, linear = _fitted(mine, settled, learning, single=single)
    features = weigh(counted.counts, by)
    names = tuple(counted.names[k] for k in by.kept.tolist())
    model = TextModel(
        labels=settled.labels,
        learning=learning,
        program=cut.name,
        names=names,
        shown=counted.words[by.kept] & np.array([telling(name) for name in names], dtype=np.bool_),
        weighting=Weighting(np.arange(len(names)), by.inverse),
        linear=linear,
    )
    return Learned(
        gathered=gathered,
        settled=settled,
        model=model,
        features=features,
        probabilities=linear.probabilities(features),
        held=held,
        held_probabilities=probabilities,
        usual=usual,
    )


def _check(settled: Settled, *, single: bool) -> None:
    n, labels = len(settled.texts), len(settled.labels)
    if n < FEWEST:
        raise AnalysisError("words_labels_few", n=n, needed=FEWEST)
    if single and int((settled.targets.sum(axis=0) > 0).sum()) < 2:
        raise AnalysisError("words_one_label", label=settled.labels[0])
    if not labels:
        raise AnalysisError("words_no_theme", n=n)


def _held_out(
    counts: Sparse, settled: Settled, learning: Learning, *, single: bool
) -> tuple[Integers, Floats, Floats]:
    part = deal(settled, learning.folds, learning.held_out)
    held = np.flatnonzero(part >= 0)
    probabilities = np.zeros_like(settled.targets)
    usual = np.zeros_like(settled.targets)
    for number in range(int(part.max()) + 1):
        out = np.flatnonzero(part == number)
        rest = np.flatnonzero(part != number)
        by, linear = _fitted(counts, settled, learning, single=single, rows=rest)
        probabilities[out] = linear.probabilities(weigh(counts[out], by))
        shares = settled.targets[rest].mean(axis=0)
        usual[out] = np.arange(len(shares)) == np.argmax(shares) if single else shares > 0.5
    return held, probabilities[held], usual[held]


def _fitted(
    counts: Sparse,
    settled: Settled,
    learning: Learning,
    *,
    single: bool,
    rows: Integers | None = None,
) -> tuple[Weighting, Linear]:
    chosen = np.arange(len(settled.texts)) if rows is None else rows
    targets, weights = settled.targets[chosen], settled.weights[chosen, None]
    by = weighting(counts[chosen], min_texts=learning.min_texts, most=learning.features)
    linear = fit(
        weigh(counts[chosen], by),
        targets,
        weights if single else weights * _evened(targets),
        regularisation=learning.regularisation,
        joint=single,
    )
    return by, linear


def _evened(targets: Floats) -> Floats:
    """Weights by which texts with a theme and those without count the same in all."""
    with_it = targets.sum(axis=0)
    half = len(targets) / 2
    return np.where(
        targets > 0, half / np.maximum(with_it, 1), half / np.maximum(len(targets) - with_it, 1)
    )


def reasons(learned: Learned, texts: Integers, labels: Integers) -> list[tuple[str, ...]]:
    """For each pair of a text and a label the words that speak most for it, the strongest first."""
    features, model = learned.features, learned.model
    directions = model.directions()
    found = []
    for text, label in zip(texts.tolist(), labels.tolist(), strict=True):
        here = slice(features.indptr[text], features.indptr[text + 1])
        columns, values = features.indices[here], features.data[here]
        shown = model.shown[columns]
        columns, values = columns[shown], values[shown]
        found.append(_strongest(model, columns, values * directions[columns, label]))
    return found


def label_words(learned: Learned, most: int) -> dict[str, tuple[str, ...]]:
    """For each label the words that speak for it most often and most clearly."""
    model = learned.model
    told = column_sums(learned.features[learned.settled.texts])[:, None] * model.directions()
    columns = np.flatnonzero(model.shown)
    return {
        label: _strongest(model, columns, told[columns, k], most)
        for k, label in enumerate(model.labels)
    }


def _strongest(
    model: TextModel, columns: Integers, values: Floats, most: int | None = None
) -> tuple[str, ...]:
    """Names of the largest positive values; no word beside one that it is a part of.

    A single character must speak half as much again as a longer word, which tells a reader more.
    """
    wanted = model.learning.words if most is None else most
    best = np.argsort(-values, kind="stable")[: 6 * wanted].tolist()
    told = [(values[k] / (1 if len(model.names[columns[k]]) > 1 else 1.5), k) for k in best]
    chosen: list[str] = []
    for value, k in sorted(told, key=lambda each: -each[0]):
        name = model.names[columns[k]]
        if len(chosen) == wanted or value <= 0:
            break
        if not any(name in each or each in name for each in chosen):
            chosen.append(name)
    return tuple(chosen)


def notes(learned: Learned, rows: int) -> Iterator[Caution]:
    """Cautions about the texts and their labels."""
    gathered, settled = learned.gathered, learned.settled
    if gathered.n < rows:
        yield caution("words_without_text", rows=rows - gathered.n, total=rows)
    if gathered.shortened:
        yield caution("words_shortened", rows=gathered.shortened, characters=LONGEST)
    if settled.repeated:
        yield caution("words_repeated", rows=settled.repeated)
    if settled.disputed:
        yield caution("words_disputed", texts=settled.disputed, left_out=settled.tied)
    for label, total in zip(settled.labels, settled.targets.sum(axis=0).tolist(), strict=True):
        if total < ADVISED:
            yield caution("words_label_thin", label=label, n=int(total), advised=ADVISED)
