"""Differences between two groups held against those that chance makes, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.comparison import (
    ConstructInvariance,
    Contrast,
    EffectContrast,
    GroupComparison,
    Invariance,
)
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.permutations import Compared, Dealt, Numbers
from zhuoyue.analysis.solution import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.results import Effect, Estimate

PERMUTATIONS_ADVISED = 1000
LARGEST_TO_SMALLEST = 2.0  # beyond it the larger group speaks for both when rows are mixed
DUST = 1e-11  # differences this small are rounding
TOO_SMALL = ("sample_small", "rows_fewer_than_items")


def gather(dealt: Sequence[Dealt]) -> tuple[Numbers, dict[str, int]]:
    """The differences of all sound permutations side by side, and the failures by reason."""
    outcome = np.concatenate([each.outcome for each in dealt])
    failed = {
        kind.name.lower(): int((outcome == kind).sum())
        for kind in Outcome
        if kind is not Outcome.SOUND
    }
    sound = [each.differences() for each in dealt if each.first]
    names = sound[0] if sound else {}
    return {name: np.concatenate([each[name] for each in sound], axis=1) for name in names}, failed


@dataclass(frozen=True, eq=False)
class Contrasts:
    """The real groups among the permuted ones."""

    plan: Plan
    real: Dealt
    drawn: Numbers
    level: float

    def comparison(self, estimates: tuple[Estimate, Estimate], pooled: Estimate) -> GroupComparison:
        """Names put to all numbers; how they came about is for the caller to add."""
        return GroupComparison(
            model=pooled.model,
            settings=pooled.settings,
            estimates=estimates,
            pooled=pooled,
            level=self.level,
            invariance=self.invariance,
            paths=self.effects(Compared.PATHS, pooled.paths),
            total_effects=self.effects(Compared.TOTAL, pooled.total_effects),
            loadings=self.nested(Compared.LOADINGS, pooled.loadings),
            weights=self.nested(Compared.WEIGHTS, pooled.weights),
            r2=self.single(Compared.R2, pooled.r2),
            index=self.single(Compared.INDEX, pooled.index),
        )

    def rows(self, kind: Compared) -> tuple[Contrast, ...]:
        """Every number of a kind: both values, their difference, and what chance makes.

        p = (1 + differences at least as large) / (1 + permutations), regardless of direction.
        """
        first, second = self.real.first[kind][:, 0], self.real.second[kind][:, 0]
        found, chance = first - second, self.drawn[kind]
        found = np.where(np.abs(found) < DUST, 0.0, found)
        as_far = (np.abs(chance) >= np.abs(found)[:, None] - DUST).sum(axis=1)
        p = (1 + as_far) / (1 + chance.shape[1])
        tail = (1 - self.level) / 2
        low, high = np.quantile(chance, [tail, 1 - tail], axis=1)
        table = np.column_stack([first, second, found, low, high, p])
        return tuple(Contrast(*numbers) for numbers in table.tolist())

    @cached_property
    def invariance(self) -> Mapping[str, ConstructInvariance]:
        """Steps 2 and 3 of MICOM for every construct but products."""
        names = [self.plan.names[k] for k in self.plan.measured]
        correlations = self.real.composition[:, 0]
        chance = self.drawn[Compared.COMPOSITION]
        limits = np.quantile(chance, 1 - self.level, axis=1)
        as_low = (chance <= correlations[:, None] + DUST).sum(axis=1)
        found = {}
        for k, (name, mean, variance) in enumerate(
            zip(names, self.rows(Compared.MEANS), self.rows(Compared.VARIANCES), strict=True)
        ):
            alike = correlations[k] >= limits[k] - DUST
            equal = not (mean.shown or variance.shown)
            found[name] = ConstructInvariance(
                correlation=float(correlations[k]),
                limit=float(limits[k]),
                p=float((1 + as_low[k]) / (1 + chance.shape[1])),
                mean=mean,
                variance=variance,
                verdict=(Invariance.FULL if equal else Invariance.PARTIAL)
                if alike
                else Invariance.NONE,
            )
        return frozen(found)

    def effects(self, kind: Compared, known: tuple[Effect, ...]) -> tuple[EffectContrast, ...]:
        return tuple(
            EffectContrast(each.source, each.target, contrast, self._comparable(each))
            for each, contrast in zip(known, self.rows(kind), strict=True)
        )

    def nested(
        self, kind: Compared, known: Mapping[str, Mapping[str, float]]
    ) -> Mapping[str, Mapping[str, Contrast]]:
        contrast = iter(self.rows(kind))
        return frozen(
            {
                outer: frozen({inner: next(contrast) for inner in row})
                for outer, row in known.items()
            }
        )

    def single(self, kind: Compared, known: Mapping[str, float]) -> Mapping[str, Contrast]:
        return frozen(dict(zip(known, self.rows(kind), strict=True)))

    def _comparable(self, effect: Effect) -> bool:
        """Every construct that the effect runs over is made up alike in both groups."""
        names = self.plan.names
        source, target = names.index(effect.source), names.index(effect.target)
        reached = set(self.plan.layout.reached)
        over = {source, target} | {
            k for k in range(len(names)) if (source, k) in reached and (k, target) in reached
        }
        ends = {each.name: (each.first, each.second) for each in self.plan.model.interactions}
        needed = {end for k in over for end in ends.get(names[k], (names[k],))}
        return all(self.invariance[name].verdict is not Invariance.NONE for name in needed)


def review_comparison(found: GroupComparison) -> tuple[Caution, ...]:
    """Everything a reader should hear about a comparison."""
    notes = [*_rows(found), *_failures(found), *_meaning(found)]
    effects = [*found.paths, *found.total_effects]
    notes.append(
        caution(
            "comparisons_many",
            count=len(effects),
            expected=len(effects) * (1 - found.level),
            level=found.level,
        )
    )
    return (*notes, caution("configural_assumed"), caution("associations_only"))


def _rows(found: GroupComparison) -> Iterator[Caution]:
    if found.rows_without_group or found.rows_of_others:
        yield caution(
            "rows_ungrouped", without=found.rows_without_group, others=found.rows_of_others
        )
    for name, own in zip(found.groups, found.estimates, strict=True):
        for each in own.cautions:
            if each.code in TOO_SMALL:
                yield caution("group_small", group=name, n=own.n)
                break
    low, high = sorted(found.n)
    if high > LARGEST_TO_SMALLEST * low:
        yield caution("groups_unequal", smaller=low, larger=high)


def _failures(found: GroupComparison) -> Iterator[Caution]:
    if found.failed_count:
        yield caution(
            "permutations_failed",
            failed=found.failed_count,
            permutations=found.permutations,
            **found.failed,
        )
    if found.permutations < PERMUTATIONS_ADVISED:
        yield caution(
            "permutations_few", permutations=found.permutations, advised=PERMUTATIONS_ADVISED
        )
    for name, own in zip(found.groups, found.estimates, strict=True):
        if not own.converged:
            yield caution("group_not_converged", group=name, iterations=own.iterations)


def _meaning(found: GroupComparison) -> Iterator[Caution]:
    if found.settings.consistent:
        yield caution("invariance_of_composites")
    partial = []
    for name, each in found.invariance.items():
        if each.verdict is Invariance.NONE:
            yield caution(
                "composition_differs",
                construct=name,
                correlation=each.correlation,
                limit=each.limit,
            )
        elif each.verdict is Invariance.PARTIAL:
            partial.append(name)
    if partial:
        yield caution("pooling_doubtful", constructs=", ".join(partial))
