"""Pure rules of studies: what a result says should be looked at, and how to rank it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEAK_LOADING = 0.4
WITHOUT_REPLICATES = "ranking_without_replicates"

Result = Mapping[str, Any]


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
    points: float  # index points of the target per index point of the construct
    alike: tuple[str, ...]  # constructs whose effect cannot be told from this one

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


def ranking_of(result: Result, target: str) -> Mapping[str, Any] | None:
    """The ranking of a target's drivers; none in results of an engine that made none."""
    found: Mapping[str, Any] | None = result.get("drivers", {}).get(target)
    return found


def refusals_of(result: Result, target: str) -> list[Mapping[str, Any]]:
    """Why drivers are not ranked, as coded cautions."""
    ranking = ranking_of(result, target)
    return list(ranking["refused"]) if ranking else []


def may_rank(result: Result, target: str) -> bool:
    ranking = ranking_of(result, target)
    return ranking is not None and not ranking["refused"]


def may_map(result: Result, target: str) -> bool:
    """A map shows no limits, so it does without replicates, but not without enough answers."""
    return {each["code"] for each in refusals_of(result, target)} <= {WITHOUT_REPLICATES}


def drivers_of(result: Result, target: str) -> list[Driver]:
    """Ranked drivers of the target, the most room for improvement first; none where refused."""
    ranking = ranking_of(result, target)
    spread = result.get("spread", {}).get("index", {})
    found = []
    for each in ranking["drivers"] if ranking else ():
        index_ci = spread.get(each["construct"], {}).get("ci", [None, None])
        found.append(
            Driver(
                construct=each["construct"],
                importance=each["effect"],
                low=each["ci"][0],
                high=each["ci"][1],
                performance=each["performance"],
                performance_low=index_ci[0],
                performance_high=index_ci[1],
                points=each["points"],
                alike=tuple(each["alike"]),
            )
        )
    return sorted(found, key=lambda d: (-d.room, d.construct))


@dataclass(frozen=True)
class Found:
    kind: str
    subject: str
    facts: dict[str, Any]


def findings_of(result: Result, target: str) -> list[Found]:
    """What should be acted on. On thin data no driver is named."""
    shown = [d for d in drivers_of(result, target) if d.is_shown and d.importance > 0]
    found = [
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


def is_single(result: Result, construct: str) -> bool:
    """One item agrees with itself perfectly, which says nothing of how well it measures."""
    return len(result["loadings"].get(construct, ())) == 1


@dataclass(frozen=True)
class Reliable:
    """One number of a construct's reliability and its interval."""

    value: float
    ci: tuple[float, float] | None


def reliability_of(result: Result) -> list[tuple[str, list[Reliable]]]:
    """alpha, rho_A, rho_C and AVE with intervals of every construct; nothing of single items."""
    spread = result.get("spread", {}).get("reliability", {})
    return [
        (
            name,
            []
            if is_single(result, name)
            else [
                Reliable(quality[key], spread.get(name, {}).get(key, {}).get("ci"))
                for key in ("alpha", "rho_a", "rho_c", "ave")
            ],
        )
        for name, quality in result["reliability"].items()
    ]
