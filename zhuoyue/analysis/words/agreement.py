"""How far a model says what people say, on texts it has not learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.intervals import Measured, share
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.understanding.kappa import cohen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Integers


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label: how often given by people, by the model, by both; None where never said."""

    given: int
    predicted: int
    both: int
    precision: float | None  # both / predicted
    recall: float | None  # both / given
    f1: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """People against the model on `n` held-out texts."""

    n: int
    accuracy: Measured  # share of texts on which both agree, Wilson's interval
    kappa: float | None  # Cohen's, agreement beyond chance; None where both say one thing only
    kappa_low: float | None  # limits by the standard error of Fleiss, Cohen and Everitt 1969
    kappa_high: float | None
    baseline: float  # accuracy of always saying what is said most where the model learned
    by_label: Mapping[str, LabelAgreement]
    confusion: Mapping[str, Mapping[str, int]]  # people's label -> the model's -> texts


def agreement(
    labels: Sequence[str],
    given: Integers,
    predicted: Integers,
    usual: Integers,
    *,
    level: float,
) -> Agreement:
    """From positions in `labels`: what people gave, what the model says, what is said mostly."""
    n, size = len(given), len(labels)
    table = np.bincount(given * size + predicted, minlength=size * size).reshape(size, size)
    both = np.diag(table)
    beyond_chance = cohen(labels, table, level=level)
    return Agreement(
        n=n,
        accuracy=share(int(both.sum()), n, level=level),
        kappa=beyond_chance.kappa,
        kappa_low=beyond_chance.low,
        kappa_high=beyond_chance.high,
        baseline=float((given == usual).mean()),
        by_label=frozen(
            {
                label: _label(int(row), int(column), int(cell))
                for label, row, column, cell in zip(
                    labels, table.sum(axis=1), table.sum(axis=0), both, strict=True
                )
            }
        ),
        confusion=frozen(
            {
                label: frozen(dict(zip(labels, line, strict=True)))
                for label, line in zip(labels, table.tolist(), strict=True)
            }
        ),
    )


def _label(given: int, predicted: int, both: int) -> LabelAgreement:
    precision = both / predicted if predicted else None
    recall = both / given if given else None
    f1 = 2 * both / (given + predicted) if given + predicted else None
    return LabelAgreement(given, predicted, both, precision, recall, f1)
