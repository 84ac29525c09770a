"""Which constructs a target hangs on most, and which of their items: read from a finished estimate.

A ranking is handed out only where the answers carry one. Otherwise `refused` holds the reasons,
each a coded caution with its remedy, and there are no drivers to be read in an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.results import (
    ENGINE,
    Bootstrap,
    Estimate,
    Spread,
    estimate_of,
    record,
    told_codes,
)
from zhuoyue.analysis.review import size_cautions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhuoyue.analysis.arrays import Flags, Floats

# Each of these says that too little stands behind the order of any effects.
THIN = ("sample_small", "rows_fewer_than_items", "not_converged")
# What a reader of a ranking must hear of the cautions of its result.
BEARING = (
    "replicates_failed",
    "replicates_few",
    "scale_assumed",
    "answers_replaced",
    "moments_pairwise",
    "associations_only",
)


@dataclass(frozen=True, slots=True)
class Driver:
    """A construct by its total effect on the target."""

    construct: str
    effect: float  # standardised total effect
    spread: Spread
    performance: float  # its index, 0-100
    points: float  # index points of the target per index point of the construct
    alike: tuple[str, ...]  # drivers whose effect cannot be told from this one

    @property
    def is_shown(self) -> bool:
        """Whether the interval of the effect leaves out zero."""
        return self.spread.low > 0 or self.spread.high < 0

    def to_dict(self) -> dict[str, object]:
        return {
            "construct": self.construct,
            "effect": self.effect,
            **self.spread.to_dict(),
            "performance": self.performance,
            "points": self.points,
            "alike": list(self.alike),
        }


@dataclass(frozen=True, eq=False, repr=False)
class Ranking:
    """Drivers of a target, the largest effect first; or why there is no order to give."""

    target: str
    n: int
    drivers: tuple[Driver, ...]  # none where refused
    compared: str  # "differences" of paired replicates, or "overlap" of intervals
    refused: tuple[Caution, ...]
    cautions: tuple[Caution, ...]
    method: str = "driver_ranking"
    engine: str = ENGINE

    def __repr__(self) -> str:
        lines = [f"Drivers of {self.target} ({self.n} answers); total effect, index"]
        for rank, each in enumerate(self.drivers, start=1):
            alike = f"  not told from {', '.join(each.alike)}" if each.alike else ""
            lines.append(
                f"  {rank} {each.construct}  {each.effect:.3f}  "
                f"[{each.spread.low:.3f}, {each.spread.high:.3f}]  {each.performance:.1f}{alike}"
            )
        lines += [f"  no ranking: {each.message}" for each in self.refused]
        return "\n".join([*lines, told_codes(self.cautions)])

    def to_dict(self) -> dict[str, object]:
        return record(
            {
                "method": self.method,
                "engine": self.engine,
                "target": self.target,
                "n": self.n,
                "drivers": [each.to_dict() for each in self.drivers],
                "compared": self.compared,
                "refused": [each.to_dict() for each in self.refused],
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )


@dataclass(frozen=True, slots=True)
class ItemPoint:
    """An item on the importance-performance map of a target.

    `importance` is the target's index points per point of the item on a scale from 0 to 100; low
    and high are the limits of the construct's standardised effect carried over, weights held.
    """

    construct: str
    item: str
    importance: float
    performance: float  # the item's mean, 0-100
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, object]:
        interval = {} if self.low is None else {"ci": [self.low, self.high]}
        return {
            "construct": self.construct,
            "item": self.item,
            "importance": self.importance,
            **interval,
            "performance": self.performance,
        }


def driver_ranking(found: Bootstrap | Estimate, target: str) -> Ranking:
    """Constructs by the size of their total effect on the target, and which cannot be told apart.

    With `keep_draws` two effects are compared by the interval of their difference over the
    replicates; without, by whether their own intervals overlap, which is more careful.
    """
    base = estimate_of(found)
    check_target(base, target)
    refused = tuple(_refusals(found))
    if refused or isinstance(found, Estimate):
        return Ranking(target, base.n, (), "differences", refused, _bearing(found, ()))
    points = base.importance_performance[target]
    place = {
        effect.source: k
        for k, effect in enumerate(found.total_effects)
        if effect.target == target and effect.source in points
    }
    order = sorted(place, key=lambda name: -abs(points[name].importance))
    spreads = [_spread(found, place[name]) for name in order]
    draws = found.draws.get("total_effects")
    signs = np.sign([points[name].importance for name in order])
    if draws is None:
        alike = _overlap(spreads, signs)
    else:
        alike = _differences(signs * draws[:, [place[name] for name in order]], found.level)
    drivers = tuple(
        Driver(
            construct=name,
            effect=points[name].importance,
            spread=spread,
            performance=points[name].performance,
            points=points[name].importance_unstandardised,
            alike=tuple(order[k] for k in np.flatnonzero(row)),
        )
        for name, spread, row in zip(order, spreads, alike, strict=True)
    )
    notes = (*_statements(drivers, target), *_bearing(found, order))
    compared = "overlap" if draws is None else "differences"
    return Ranking(target, base.n, drivers, compared, (), notes)


def driver_rankings(found: Bootstrap | Estimate) -> dict[str, Ranking]:
    """The ranking of every construct that something leads to."""
    base = estimate_of(found)
    return {target: driver_ranking(found, target) for target in base.importance_performance}


def item_map(found: Bootstrap | Estimate, target: str) -> tuple[ItemPoint, ...]:
    """Every item of the constructs that lead to the target, the most important first.

    An item raises its construct's index by its index weight, and the construct the target's.
    """
    base = estimate_of(found)
    check_target(base, target)
    points = base.importance_performance[target]
    limits = {} if isinstance(found, Estimate) else _limits_in_points(found, target)
    width = base.scale.high - base.scale.low
    made = []
    for construct in _holders(base, target):
        share = points[construct].importance_unstandardised
        for item, weight in base.index_weights[construct].items():
            low, high = limits.get(construct, (None, None))
            if low is not None and high is not None:
                low, high = sorted((low * weight, high * weight))
            made.append(
                ItemPoint(
                    construct=construct,
                    item=item,
                    importance=share * weight,
                    performance=100 * (base.item_means[item] - base.scale.low) / width,
                    low=low,
                    high=high,
                )
            )
    return tuple(sorted(made, key=lambda each: -each.importance))


def check_target(found: Estimate, target: str) -> None:
    """Only what something leads to has drivers."""
    if target not in found.importance_performance:
        known = ", ".join(found.importance_performance)
        raise AnalysisError("target_unknown", target=target, known=known)


def _refusals(found: Bootstrap | Estimate) -> Iterator[Caution]:
    base = estimate_of(found)
    thin = [each for each in base.cautions if each.code in THIN]
    yield from thin
    if not thin:
        yield from _weighed(base)
    if isinstance(found, Estimate):
        yield caution("ranking_without_replicates")
        return
    sound, tail = found.replicates - found.failed_count, (1 - found.level) / 2
    if found.failed_count > 2 * tail * found.replicates:
        yield caution(
            "ranking_replicates_lost",
            failed=found.failed_count,
            replicates=found.replicates,
            limit=2 * tail,
        )
    if sound * tail < 1:
        yield caution("ranking_replicates_few", sound=sound, level=found.level)


def _weighed(found: Estimate) -> Iterator[Caution]:
    """Unequal case weights can leave too few answers that count."""
    for each in found.cautions:
        effective = each.params.get("effective")
        if each.code == "weights_unequal" and isinstance(effective, int | float):
            yield from size_cautions(compile_plan(found.model), int(effective))


def _spread(found: Bootstrap, place: int) -> Spread:
    spread = found.total_effects[place].spread
    assert spread is not None  # a bootstrap gives one to every effect
    return spread


def _overlap(spreads: Sequence[Spread], signs: Floats) -> Flags:
    """Pairs of intervals, turned so that their effects are positive, that share a point."""
    turned = np.sort(signs[:, None] * [(each.low, each.high) for each in spreads], axis=1)
    low, high = turned[:, 0], turned[:, 1]
    alike = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    np.fill_diagonal(alike, False)
    return alike


def _differences(draws: Floats, level: float) -> Flags:
    """Pairs whose difference, over the replicates, has an interval that spans zero."""
    count = draws.shape[1]
    alike = np.zeros((count, count), dtype=bool)
    for k in range(count - 1):
        gaps = draws[:, [k]] - draws[:, k + 1 :]
        low, high = np.quantile(gaps, [(1 - level) / 2, (1 + level) / 2], axis=0)
        alike[k, k + 1 :] = alike[k + 1 :, k] = (low <= 0) & (high >= 0)
    return alike


def _statements(drivers: Sequence[Driver], target: str) -> Iterator[Caution]:
    """What keeps the order from being read as more than it is."""
    if not any(each.is_shown for each in drivers):
        yield caution("ranking_nothing_shown", target=target)
    for first, second in pairwise(drivers):
        if second.construct in first.alike:
            yield caution(
                "drivers_alike", first=first.construct, second=second.construct, target=target
            )


def _bearing(found: Bootstrap | Estimate, drivers: Sequence[str]) -> tuple[Caution, ...]:
    """The cautions of the result that bear on an order of these drivers."""

    def bears(note: Caution) -> bool:
        if note.code == "discriminant_doubtful":
            return note.params["first"] in drivers and note.params["second"] in drivers
        if note.code == "collinear_predictors":
            return note.params["predictor"] in drivers
        return note.code in BEARING

    return tuple(note for note in found.cautions if bears(note))


def _limits_in_points(found: Bootstrap, target: str) -> dict[str, tuple[float, float]]:
    """Limits of the total effects in index points, the deviations of the indices held."""
    points = found.estimate.importance_performance[target]
    made = {}
    for effect in found.total_effects:
        point = points.get(effect.source) if effect.target == target else None
        if point is not None and effect.spread is not None and point.importance:
            ratio = point.importance_unstandardised / point.importance
            made[effect.source] = effect.spread.low * ratio, effect.spread.high * ratio
    return made


def _holders(found: Estimate, target: str) -> list[str]:
    """The constructs whose items are mapped, so that no item stands there twice or for itself.

    A whole is left out where its parts lead to the target themselves, and so are parts of the
    target.
    """
    parts = {each.name: each.parts for each in found.model.higher_order}
    own = {target, *parts.get(target, ())}
    leading = [name for name in found.importance_performance[target] if name not in own]
    return [name for name in leading if not set(parts.get(name, ())) & set(leading)]
