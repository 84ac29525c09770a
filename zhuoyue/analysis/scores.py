"""Scores of single respondents on the constructs of an estimated model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import check_loaded
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.results import estimate_of
from zhuoyue.analysis.settings import Items, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.results import Bootstrap, Estimate


def construct_scores(found: Estimate | Bootstrap, answers: Answers) -> Mapping[str, Floats]:
    """Construct -> the score of every row of these answers (rows).

    Weighted sums of the items, treated as in the estimate and measured from its means: mean nil and
    variance one over the answers it was made from, which need not be these. A missing answer counts
    as the item's mean where the estimate replaced it so; otherwise the score is NaN. Products have
    none. Raises AnalysisError where an item of the model is missing or the answers are not loaded.
    Source: Lohmöller 1989, chapter 2.
    """
    base = estimate_of(found)
    check_loaded(answers, "construct_scores")
    names = base.model.items
    mean = np.array([base.item_means[item] for item in names])
    treated = answers.select(names) - mean
    if base.settings.items is Items.STANDARDISED:
        treated /= np.array([base.item_deviations[item] for item in names])
    if base.settings.missing is Missing.MEAN:
        treated = np.where(np.isnan(treated), 0.0, treated)
    columns = dict(zip(names, treated.T, strict=True))
    of_scores = {each.name for each in base.model.higher_order if each.two_stage}
    products = {each.name for each in base.model.interactions}
    made: dict[str, Floats] = {}
    for construct, weights in base.weights.items():  # parts stand before their wholes
        if construct not in products:
            parts = made if construct in of_scores else columns
            used = np.array([parts[each] for each in weights])
            made[construct] = np.array(list(weights.values())) @ used
    return frozen(made)
