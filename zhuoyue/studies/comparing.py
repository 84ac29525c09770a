"""Groups of a study's answers: each on its own, and every two held against chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Bootstrap,
    Model,
    Scale,
    Settings,
    bootstrap,
    compare_groups,
    groups_found,
)

Label = str | None

FEWEST = 10  # answers of a group: with fewer, figures could tell who answered what
MOST = 5  # groups: more have too many pairs to read
PERMUTATIONS = 1000


@dataclass(frozen=True)
class Sorting:
    """Groups that can be compared, the largest first, and those that cannot."""

    chosen: tuple[str, ...]
    left_out: Mapping[str, int]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return list(combinations(sorted(self.chosen), 2))


def sorting_of(counts: Mapping[str, int]) -> Sorting:
    """The largest groups, as many as can be read, none so small that people show."""
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    chosen = [name for name in ordered if counts[name] >= FEWEST][:MOST]
    return Sorting(tuple(chosen), {n: counts[n] for n in ordered if n not in chosen})


@dataclass(frozen=True)
class Asked:
    """How answers are estimated, all of them and each group alike."""

    settings: Settings
    scale: Scale | None
    replicates: int
    permutations: int
    seed: int
    interval: str


def compared(
    model: Model,
    answers: Answers,
    labels: Sequence[Label],
    asked: Asked,
    stages: "Stages",
) -> dict[str, Any]:
    """The part `groups` of a result: what the groups show, and every two of them compared."""
    counts = groups_found(labels)
    sorting = sorting_of(counts)
    results, refused = {}, {}
    for name in sorted(sorting.chosen):
        rows = [k for k, label in enumerate(labels) if label == name]
        weights = None if answers.weights is None else answers.weights[rows]
        own = Answers(answers.names, answers.values[rows], weights)
        try:
            results[name] = group_result(model, own, asked, stages)
        except AnalysisError as error:
            refused[name] = error.to_dict()
    comparisons = [
        comparison(model, answers, labels, asked, pair=pair, stages=stages)
        for pair in sorting.pairs
        if not refused.keys() & set(pair)
    ]
    return {
        "rows_without_group": len(labels) - sum(counts.values()),
        "left_out": dict(sorting.left_out),
        "refused": refused,
        "results": results,
        "comparisons": comparisons,
    }


def group_result(model: Model, own: Answers, asked: Asked, stages: "Stages") -> dict[str, Any]:
    """Of a group only what is read side by side: paths and indices with their intervals."""
    found = bootstrapped(model, own, asked, stages).to_dict()
    spread: Any = found["spread"]
    return {
        **{key: found[key] for key in ("n", "paths", "index", "level", "interval")},
        "spread": {"index": spread["index"]},
    }


def comparison(
    model: Model,
    answers: Answers,
    labels: Sequence[Label],
    asked: Asked,
    *,
    pair: tuple[str, str],
    stages: "Stages",
) -> dict[str, Any]:
    """The record of a comparison, or why there is none."""
    try:
        return compare_groups(
            model,
            answers,
            labels,
            asked.settings,
            pair=pair,
            scale=asked.scale,
            permutations=asked.permutations,
            seed=asked.seed,
            progress=stages.next(asked.permutations),
        ).to_dict()
    except AnalysisError as error:
        return {"groups": list(pair), "refused": error.to_dict()}


def bootstrapped(
    model: Model, answers: Answers, asked: Asked, stages: "Stages", *, keep_draws: bool = False
) -> Bootstrap:
    return bootstrap(
        model,
        answers,
        asked.settings,
        scale=asked.scale,
        replicates=asked.replicates,
        seed=asked.seed,
        interval=asked.interval,
        keep_draws=keep_draws,
        progress=stages.next(asked.replicates),
    )


def samples_of(labels: Sequence[Label], asked: Asked) -> int:
    """How many samples the groups take, for the progress of the whole."""
    sorting = sorting_of(groups_found(labels))
    return asked.replicates * len(sorting.chosen) + asked.permutations * len(sorting.pairs)


class Stages:
    """Several runs after one another as one progress."""

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self.progress = progress
        self.total = total
        self.done = 0

    def next(self, samples: int) -> Callable[[int, int], None] | None:
        """Progress of the next run, which counts for so many samples."""
        before, self.done = self.done, self.done + samples
        if self.progress is None:
            return None
        tell = self.progress
        return lambda done, asked: tell(before + samples * done // max(asked, 1), self.total)
