"""Percentile intervals of many numbers at once, with one sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.results import Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats


def percentile_spreads(
    estimates: Sequence[float], draws: Floats, level: float
) -> tuple[Spread, ...]:
    """Mean, standard error and percentile interval of each row of draws.

    Quantiles are those of R's default (type 7): linear between order statistics.
    """
    ordered = np.sort(draws, axis=1)
    low, high = (_quantile(ordered, share) for share in ((1 - level) / 2, (1 + level) / 2))
    mean = draws.mean(axis=1)
    several = draws.shape[1] > 1
    error = draws.std(axis=1, ddof=1) if several else np.zeros(len(draws))
    error = np.where(ordered[:, 0] == ordered[:, -1], 0.0, error)  # no rounding dust
    return tuple(
        Spread(m, se, estimate / se if se > 0 else None, a, b, level)
        for estimate, m, se, a, b in zip(
            estimates, mean.tolist(), error.tolist(), low.tolist(), high.tolist(), strict=True
        )
    )


def _quantile(ordered: Floats, share: float) -> Floats:
    position = share * (ordered.shape[1] - 1)
    below = int(np.floor(position))
    above = min(below + 1, ordered.shape[1] - 1)
    part = position - below
    return np.asarray(ordered[:, below] * (1 - part) + ordered[:, above] * part)
