"""How each predicted item hangs on the answers: as one linear form, for every fold of a batch.

Scores are weighted sums of the base columns, predicted scores are path-weighted sums of scores,
and predicted items are loadings times predicted scores; so a prediction is a weighted sum of the
base columns, just like that of a linear model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.forecast import Antecedents
from zhuoyue.analysis.linear import cholesky, solve
from zhuoyue.analysis.structure import total_effects

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Flags, Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.solution import Solution


@dataclass(frozen=True, eq=False)
class Predictor:
    """What is predicted from what, as positions."""

    antecedents: Antecedents
    columns: Integers  # of the plan, one for each predicted item
    items: Integers  # the same among the items
    sources: tuple[tuple[Integers, Integers], ...]  # (items to start from, places of the predicted)

    def forms(self, solution: Solution) -> tuple[Floats, Flags]:
        """Weights of the base columns (ways x base x predicted x batch): model, linear, mean.

        And the batches in which a linear model had dependent predictors.
        """
        shape = len(solution.moments.mean), len(self.items), solution.deviation.shape[1]
        linear, singular = self._linear(solution.moments, np.zeros(shape))
        return np.stack([self._model(solution), linear, np.zeros(shape)]), singular

    def _model(self, solution: Solution) -> Floats:
        layout = solution.layout
        steps = solution.structure.standardised
        if self.antecedents is Antecedents.EARLIEST:
            steps = total_effects(layout, steps).copy()
            steps[list(layout.endogenous)] = 0.0
        targets = layout.owner[self.columns]
        back = solution.standard_loadings[self.columns] * solution.deviation[self.columns]
        return np.asarray(np.einsum("kpb,kmb,mb->pmb", _scores(solution), steps[:, targets], back))

    def _linear(self, moments: Moments, forms: Floats) -> tuple[Floats, Flags]:
        """Every item regressed on all items of the antecedents."""
        singular = np.zeros(forms.shape[2], dtype=bool)
        for start, places in self.sources:
            own = moments.covariance[start[:, None], start]
            shared = moments.covariance[start[:, None], self.items[places]]
            factor, regular = cholesky(own)
            slopes = solve(factor, shared)
            for fold in np.flatnonzero(~regular):  # of several best predictions the smallest
                inverse = np.linalg.pinv(own[:, :, fold], rcond=1e-10, hermitian=True)
                slopes[:, :, fold] = inverse @ shared[:, :, fold]
            forms[start[:, None], places] = slopes
            singular |= ~regular
        return forms, singular


def predictors_of(plan: Plan, antecedents: Antecedents) -> Predictor:
    """The items of endogenous constructs, and the items each is predicted from.

    An interaction counts by the items of its two ends.
    """
    model, layout = plan.model, plan.layout
    items = {each.name: each.items for each in model.constructs}
    ends = {each.name: (each.first, each.second) for each in model.interactions}
    position = {name: place for place, name in enumerate(model.items)}
    exogenous = [name for name in plan.names if name not in model.endogenous]
    columns: list[int] = []
    sources = []
    for target in layout.endogenous:
        block = layout.blocks[target]
        places = np.arange(len(columns), len(columns) + block.stop - block.start)
        columns += range(block.start, block.stop)
        direct = antecedents is Antecedents.DIRECT
        starts = model.predictors(plan.names[target]) if direct else exogenous
        plain = dict.fromkeys(end for name in starts for end in ends.get(name, (name,)))
        start = [position[item] for name in plain for item in items[name]]
        sources.append((np.array(start, dtype=np.int64), places))
    chosen = np.array(columns, dtype=np.int64)
    return Predictor(antecedents, chosen, plan.base[chosen], tuple(sources))


def _scores(solution: Solution) -> Floats:
    """Scores of variance one as combinations of the base (constructs x base x batch)."""
    plan = solution.plan
    raw = solution.standard_weights / solution.deviation
    found = np.zeros((len(plan.names), *solution.moments.mean.shape))
    made = iter(solution.rows)
    for column, weights in enumerate(raw):
        own, base = found[plan.layout.owner[column]], plan.base[column]
        if base >= 0:
            own[base] += weights
        else:
            own += weights * next(made)
    return found
