"""Pure rules of studies: what a result says should be looked at, and how to rank it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEAK_LOADING = 0.4
# Cautions after which drivers are not ranked: too little stands behind the figures.
NO_RANKING = {"sample_small", "rows_fewer_than_items", "not_converged"}


@dataclass(frozen=True)
class Driver:
    """A construct by its total effect on the target and how well it does."""

    construct: str
    importance: float
    low: float | None
    high: float | None
    performance: float
    performance_low: float | None
    performance_high: float | None

    @property
    def is_shown(self) -> bool:
        """Whether the interval of its effect leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def room(self) -> float:
        """What one point on every item would bring, times the points there are to win."""
        return self.importance * (100 - self.performance)


def target_of(names: Sequence[str], endogenous: Sequence[str], wanted: str = "") -> str:
    """The construct whose drivers are ranked: the wanted one, satisfaction, or the last one."""
    if wanted:
        return wanted
    for name in endogenous:
        if name.lower().startswith(("sat", "满意", "csat", "cusa", "delight", "愉悦")):
            return name
    return endogenous[-1] if endogenous else names[-1]


def codes_of(result: Mapping[str, Any]) -> set[str]:
    return {c["code"] for c in result["cautions"]}


def may_rank(result: Mapping[str, Any]) -> bool:
    return not codes_of(result) & NO_RANKING


def drivers_of(result: Mapping[str, Any], target: str) -> list[Driver]:
    """Constructs with an effect on the target, the most room for improvement first."""
    points = result["importance_performance"].get(target, {})
    effects = {e["from"]: e for e in result["total_effects"] if e["to"] == target}
    spread = result.get("spread", {}).get("index", {})
    found = []
    for construct, point in points.items():
        ci = effects.get(construct, {}).get("ci", [None, None])
        index_ci = spread.get(construct, {}).get("ci", [None, None])
        found.append(
            Driver(
                construct=construct,
                importance=point["importance"],
                low=ci[0],
                high=ci[1],
                performance=point["performance"],
                performance_low=index_ci[0],
                performance_high=index_ci[1],
            )
        )
    return sorted(found, key=lambda d: (-d.room, d.construct))


@dataclass(frozen=True)
class Found:
    kind: str
    subject: str
    facts: dict[str, Any]


def findings_of(result: Mapping[str, Any], target: str) -> list[Found]:
    """What should be acted on. On thin data no driver is named."""
    found = []
    if may_rank(result):
        shown = [d for d in drivers_of(result, target) if d.is_shown and d.importance > 0]
        found += [
            Found(
                "driver",
                d.construct,
                {
                    "target": target,
                    "importance": d.importance,
                    "low": d.low,
                    "high": d.high,
                    "performance": d.performance,
                    "n": result["n"],
                },
            )
            for d in shown[:3]
        ]
    for construct, items in result["loadings"].items():
        found += [
            Found("weak_item", item, {"construct": construct, "loading": loading, "n": result["n"]})
            for item, loading in items.items()
            if len(items) > 1 and loading < WEAK_LOADING
        ]
    for caution in result["cautions"]:
        if caution["code"] == "discriminant_doubtful":
            params = caution["params"]
            found.append(Found("doubt", f"{params['first']} – {params['second']}", dict(params)))
    return found
