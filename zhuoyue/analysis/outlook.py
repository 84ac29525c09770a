"""What would follow along the chain if constructs did better: expected index points, and limits.

A change is what is done to a construct itself, on top of whatever reaches it along the chain.
The expected change of a construct is the sum, over all constructs changed, of the change times
the unstandardised total effect. Limits come from the same sum in every replicate, never from
adding limits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_mapping
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.results import (
    ENGINE,
    Bootstrap,
    Effect,
    Estimate,
    estimate_of,
    record,
    told_codes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhuoyue.analysis.arrays import Floats

# Cautions of a result that bear on what may be expected of a change.
BEARING = (
    "sample_small",
    "rows_fewer_than_items",
    "not_converged",
    "replicates_failed",
    "replicates_few",
    "scale_assumed",
    "index_weight_negative",
    "associations_only",
)


@dataclass(frozen=True, eq=False)
class Chain:
    """The effect chain in index points: all that a what-if needs, and small enough to be kept."""

    n: int
    index: Mapping[str, float]
    effects: tuple[Effect, ...]  # the target's points per point of the source
    moderated: bool  # whether interactions bend the effects
    level: float | None  # of the limits; none without replicates
    limits: tuple[tuple[float, float], ...]  # of the effects, deviations held, where no draws are
    draws: Floats | None  # replicates x effects
    cautions: tuple[Caution, ...]

    def to_dict(self) -> dict[str, object]:
        """Everything but the draws, ready for JSON."""
        return record(
            {
                "n": self.n,
                "index": self.index,
                "effects": [each.to_dict() for each in self.effects],
                "moderated": self.moderated,
                "level": self.level,
                "limits": self.limits,
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )

    @classmethod
    def of_record(cls, kept: Mapping[str, Any], draws: Floats | None = None) -> Chain:
        """The chain back from its record, with the draws kept beside it."""
        return cls(
            n=kept["n"],
            index=frozen(kept["index"]),
            effects=tuple(Effect(e["from"], e["to"], e["estimate"]) for e in kept["effects"]),
            moderated=kept["moderated"],
            level=kept["level"],
            limits=tuple((low, high) for low, high in kept["limits"]),
            draws=draws,
            cautions=tuple(caution(each["code"], **each["params"]) for each in kept["cautions"]),
        )


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be expected of one construct, in points of its index."""

    construct: str
    now: float
    change: float  # capped at the ends of the scale, as are the limits
    low: float | None = None
    high: float | None = None

    @property
    def then(self) -> float:
        return self.now + self.change

    def to_dict(self) -> dict[str, object]:
        interval = {} if self.low is None else {"ci": [self.low, self.high]}
        return {
            "construct": self.construct,
            "now": self.now,
            "change": self.change,
            **interval,
            "then": self.then,
        }


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf:
    """The answer to a what-if question."""

    n: int
    changes: Mapping[str, float]  # as far as the scale allows
    expected: tuple[Expected, ...]  # constructs downstream, in the order of the model
    level: float | None
    replicates: int  # behind the limits; nil where there are none or stored ones
    cautions: tuple[Caution, ...]
    interval: str = "percentile"
    method: str = "what_if"
    engine: str = ENGINE

    def __repr__(self) -> str:
        changes = ", ".join(f"{name} {change:+g}" for name, change in self.changes.items())
        lines = [f"What if {changes} ({self.n} answers); index now, change"]
        for each in self.expected:
            known = each.low is not None and each.high is not None
            limits = f"  [{each.low:+.1f}, {each.high:+.1f}]" if known else ""
            lines.append(f"  {each.construct}  {each.now:.1f}  {each.change:+.1f}{limits}")
        return "\n".join([*lines, told_codes(self.cautions)])

    def of(self, construct: str) -> Expected:
        """What is expected of one construct; AnalysisError where nothing changes for it."""
        for each in self.expected:
            if each.construct == construct:
                return each
        known = ", ".join(each.construct for each in self.expected)
        raise AnalysisError("construct_unknown", construct=construct, known=known or "–")

    def to_dict(self) -> dict[str, object]:
        return record(
            {
                "method": self.method,
                "engine": self.engine,
                "n": self.n,
                "changes": self.changes,
                "expected": [each.to_dict() for each in self.expected],
                "level": self.level,
                "interval": self.interval,
                "replicates": self.replicates,
                "cautions": [each.to_dict() for each in self.cautions],
            }
        )


def effect_chain(found: Bootstrap | Estimate) -> Chain:
    """The unstandardised total effects, with those of every replicate where draws were kept."""
    base = estimate_of(found)
    points = base.importance_performance
    place = [
        k
        for k, each in enumerate(base.total_effects)
        if each.source in points.get(each.target, {}) and each.target in base.index
    ]
    pairs = [(base.total_effects[k].source, base.total_effects[k].target) for k in place]
    drawn = found if isinstance(found, Bootstrap) else None
    return Chain(
        n=base.n,
        index=base.index,
        effects=tuple(Effect(s, t, points[t][s].importance_unstandardised) for s, t in pairs),
        moderated=bool(base.model.interactions),
        level=drawn.level if drawn else None,
        limits=tuple(_limits(drawn, place)) if drawn else (),
        draws=_draws(drawn, place) if drawn and drawn.draws else None,
        cautions=tuple(each for each in found.cautions if each.code in BEARING),
    )


def _limits(found: Bootstrap, place: Iterable[int]) -> Iterator[tuple[float, float]]:
    """Limits of the standardised effects, carried over by the deviations of the estimate."""
    points = found.estimate.importance_performance
    for effect in (found.total_effects[k] for k in place):
        point, spread = points[effect.target][effect.source], effect.spread
        assert spread is not None  # a bootstrap gives one to every effect
        ratio = point.importance_unstandardised / point.importance if point.importance else 0.0
        low, high = sorted((spread.low * ratio, spread.high * ratio))
        yield low, high


def _draws(found: Bootstrap, place: list[int]) -> Floats:
    """Index points of the target per index point of the source, in every replicate."""
    names = {name: k for k, name in enumerate(found.estimate.model.names)}
    ends = [(found.total_effects[k].source, found.total_effects[k].target) for k in place]
    sources = [names[source] for source, _ in ends]
    targets = [names[target] for _, target in ends]
    total, deviation = found.draws["total_effects"], found.draws["index_deviation"]
    return read_only(total[:, place] * deviation[:, targets] / deviation[:, sources])


def what_if(
    found: Bootstrap | Estimate | Chain, changes: Mapping[str, float], target: str | None = None
) -> WhatIf:
    """What may be expected downstream if these constructs rose by so many points of their index.

    `target` asks for one construct only. With the draws of a bootstrap (`keep_draws=True`) every
    answer has percentile limits; without, only what a single change leads to, and roughly.
    """
    chain = found if isinstance(found, Chain) else effect_chain(found)
    _check(chain, changes, target)
    applied = {name: _within(change, chain.index[name]) for name, change in changes.items()}
    notes = [
        caution(
            "change_capped",
            construct=name,
            asked=changes[name],
            applied=change,
            index=chain.index[name],
        )
        for name, change in applied.items()
        if change != changes[name]
    ]
    asked = {name: change for name, change in applied.items() if change}
    reached = [
        name
        for name in chain.index
        if target in (None, name)
        and any(each.target == name and each.source in asked for each in chain.effects)
    ]
    answers = [_answer(chain, name, asked) for name in reached]
    capped = [each for each, linear in answers if each.change != linear]
    notes += [caution("index_capped", construct=e.construct, index=e.then) for e in capped]
    notes += _limit_cautions(chain, len(asked))
    if chain.moderated:
        notes.append(caution("what_if_moderated"))
    return WhatIf(
        n=chain.n,
        changes=frozen(applied),
        expected=tuple(each for each, _ in answers),
        level=chain.level,
        replicates=0 if chain.draws is None else len(chain.draws),
        cautions=(*notes, *chain.cautions),
    )


def _check(chain: Chain, changes: Mapping[str, float], target: str | None) -> None:
    check_mapping(changes, "changes")
    sources = {each.source for each in chain.effects}
    for name, change in changes.items():
        if name not in sources:
            known = ", ".join(each for each in chain.index if each in sources)
            raise AnalysisError("change_unknown", construct=name, known=known)
        if not isinstance(change, int | float | np.number) or not math.isfinite(change):
            raise AnalysisError("change_not_finite", construct=name, value=change)
    targets = {each.target for each in chain.effects}
    if target is not None and target not in targets:
        known = ", ".join(each for each in chain.index if each in targets)
        raise AnalysisError("target_unknown", target=target, known=known)


def _answer(chain: Chain, name: str, changes: Mapping[str, float]) -> tuple[Expected, float]:
    """The expected change of one construct, and what it would be without the ends of the scale."""
    place = [k for k, e in enumerate(chain.effects) if e.target == name and e.source in changes]
    pushes = np.array([changes[chain.effects[k].source] for k in place])
    slopes = np.array([chain.effects[k].estimate for k in place])
    own, now = changes.get(name, 0.0), chain.index[name]

    linear = own + float(pushes @ slopes)
    limits: tuple[float, float] | None = None
    if chain.draws is not None and chain.level is not None:
        summed = own + chain.draws[:, place] @ pushes
        shares = (1 - chain.level) / 2, (1 + chain.level) / 2
        low, high = np.quantile(summed, shares).tolist()
        limits = low, high
    elif len(place) == 1 and chain.limits:
        low, high = sorted(own + pushes[0] * limit for limit in chain.limits[place[0]])
        limits = float(low), float(high)
    if limits is None:
        return Expected(name, now, _within(linear, now)), linear
    low, high = (_within(limit, now) for limit in limits)
    return Expected(name, now, _within(linear, now), low, high), linear


def _within(change: float, index: float) -> float:
    """As much of a change as the scale has room for."""
    return min(max(change, min(-index, 0.0)), max(100 - index, 0.0))


def _limit_cautions(chain: Chain, changed: int) -> list[Caution]:
    """What the limits rest on, where it is less than the replicates themselves."""
    if chain.draws is not None or not changed:
        return []
    if not chain.limits:
        return [caution("what_if_without_limits")]
    if changed > 1:
        return [caution("what_if_limits_missing")]
    return [caution("what_if_limits_held")]
