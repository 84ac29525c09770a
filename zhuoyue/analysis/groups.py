"""Two groups side by side: is what differs between them more than chance?

The rows are dealt anew to groups of the same sizes, again and again; where the real difference
lies among those that chance makes tells how surely there is one (Chin & Dibbern 2010). Before
paths are compared, MICOM asks whether a construct is the same thing in both groups (Henseler,
Ringle & Sarstedt 2016). Rows are dealt as they were answered, and items are scaled anew within
each group of each permutation, the way both groups are estimated in the first place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zhuoyue.analysis.answers import Answers, check_loaded
from zhuoyue.analysis.contrasts import Contrasts, gather, review_comparison
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.estimation import estimate_prepared
from zhuoyue.analysis.forms import settled
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.permutations import Dealer
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.prepared import prepare
from zhuoyue.analysis.settings import MOST_SAMPLES, Settings, share, whole
from zhuoyue.analysis.solution import solve_model
from zhuoyue.analysis.workers import batches, cores, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zhuoyue.analysis.arrays import Flags
    from zhuoyue.analysis.comparison import GroupComparison
    from zhuoyue.analysis.permutations import Numbers
    from zhuoyue.analysis.prepared import Prepared
    from zhuoyue.analysis.results import Estimate
    from zhuoyue.analysis.settings import Scale
    from zhuoyue.analysis.spec import Model

    type Labels = Sequence[Any] | np.ndarray[Any, Any]

NAMES_SHOWN = 20  # in an error


def groups_found(labels: Labels) -> Mapping[str, int]:
    """The groups that labels name, ordered by name, and how many rows each has."""
    counts: dict[str, int] = {}
    for name in map(_name, labels):
        if name is not None:
            counts[name] = counts.get(name, 0) + 1
    return frozen(dict(sorted(counts.items())))


def compare_groups(
    model: Model,
    answers: Answers,
    groups: Labels,
    settings: Settings | None = None,
    *,
    pair: tuple[Any, Any] | None = None,
    scale: Scale | None = None,
    permutations: int = 1000,
    seed: int = 1,
    level: float = 0.95,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> GroupComparison:
    """Both groups' estimates, their differences held against chance, and the steps of MICOM.

    `groups` is one label for each row; None, NaN and blank text name no group. Where there are
    more than two groups, `pair` names those to compare; rows of the others are left out and
    counted. Differences are first - second, in the order of `pair` or else of the names.
    `threads`: as many as the process may use, unless given; the numbers are the same with any.
    `progress` is called with permutations done and asked for; raising from it stops the work.
    """
    settings = settled(model, settings)
    threads = cores() if threads is None else threads
    _check_request(permutations, level, threads, seed)
    check_loaded(answers, "compare_groups")
    sides = _sides(groups, answers.n, pair)
    everything = prepare(model, answers, settings.missing, scale)
    both = prepare(model, sides.answers(model, answers), settings.missing, everything.scale)
    dealer = _dealer(model, both, settings, sides.members(both), seed)
    estimates = _estimates(both, settings, sides.names, dealer)
    pooled = estimate_prepared(model, both, settings)
    drawn, failed = _deal(dealer, permutations, threads, progress)
    found = Contrasts(dealer.plan, dealer.really(), drawn, level).comparison(estimates, pooled)
    found = replace(
        found,
        groups=sides.names,
        rows_without_group=sides.without,
        rows_of_others=sides.others,
        permutations=permutations,
        failed=frozen(failed),
        seed=seed,
    )
    assumed = [each for each in everything.cautions if each.code == "scale_assumed"]
    return replace(found, cautions=(*assumed, *both.cautions, *review_comparison(found)))


def _dealer(model: Model, both: Prepared, settings: Settings, first: Flags, seed: int) -> Dealer:
    plan = compile_plan(model)
    pooled = solve_model(plan, settings, both.moments(plan))
    return Dealer(plan, settings, both.scale, both.products(plan), pooled, first, seed)


def _deal(
    dealer: Dealer,
    permutations: int,
    threads: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[Numbers, dict[str, int]]:
    """The differences of every permutation that could be estimated, and the others counted."""
    jobs = batches(dealer.chunk, permutations, dealer.batch)
    drawn, failed = gather(list(run(jobs, threads, progress)))
    if sum(failed.values()) == permutations:
        counts: dict[str, object] = {"permutations": permutations, **failed}
        raise AnalysisError("permutations_all_failed", at=None, **counts)
    return drawn, failed


@dataclass(frozen=True, eq=False)
class _Sides:
    """Which rows belong to which of two groups."""

    names: tuple[str, str]
    first: Flags
    second: Flags
    without: int  # rows that name no group
    others: int  # rows of other groups

    def answers(self, model: Model, answers: Answers) -> Answers:
        """The rows of both groups, the items of the model."""
        chosen = self.first | self.second
        values = answers.select(model.items)
        weights = None if answers.weights is None else answers.weights[chosen]
        return Answers(model.items, values if chosen.all() else values[chosen], weights)

    def members(self, prepared: Prepared) -> Flags:
        """Which of the rows kept belong to the first group."""
        first = self.first[self.first | self.second]
        return first if prepared.rows is None else first[prepared.rows]


def _sides(labels: Labels, rows: int, pair: tuple[Any, Any] | None) -> _Sides:
    if len(labels) != rows:
        raise AnalysisError("labels_uneven", found=len(labels), expected=rows)
    found = groups_found(labels)
    known = ", ".join([*list(found)[:NAMES_SHOWN], *(["…"] if len(found) > NAMES_SHOWN else [])])
    if pair is None:
        if len(found) != 2:
            raise AnalysisError("groups_not_two", count=len(found), known=known or "–")
        names = list(found)
    else:
        names = [] if isinstance(pair, str) else [_name(label) or "" for label in pair]
        if len(names) != 2:
            raise AnalysisError("pair_form", pair=repr(pair)[:60], known=known or "–")
    for name in names:
        if name not in found:
            raise AnalysisError("group_not_found", group=name, known=known or "–")
    if names[0] == names[1]:
        raise AnalysisError("group_twice", group=names[0])
    of_row = np.array([_name(label) or "" for label in labels], dtype=object)
    first, second = (np.asarray(of_row == name, dtype=bool) for name in names)
    total = sum(found.values())
    others = total - found[names[0]] - found[names[1]]
    return _Sides((names[0], names[1]), first, second, rows - total, others)


def _name(label: Any) -> str | None:
    """A group as people write it (1, not the 1.0 that a spreadsheet makes of it), or none."""
    if label is None or (isinstance(label, float | np.floating) and math.isnan(label)):
        return None
    if isinstance(label, float | np.floating) and float(label).is_integer():
        label = int(label)
    return str(label).strip() or None


def _estimates(
    both: Prepared, settings: Settings, names: tuple[str, str], dealer: Dealer
) -> tuple[Estimate, Estimate]:
    """Each group on its own; whatever is wrong with one names it.

    Answers that had to be replaced before products were formed are the same for both groups.
    """
    plan = dealer.plan
    values = both.filled() if both.gaps and len(plan.pairs) else both.values
    found = []
    for name, rows in zip(names, (dealer.first, ~dealer.first), strict=True):
        weights = None if both.weights is None else both.weights[rows]
        try:
            own = Answers(both.items, values[rows], weights)
            prepared = prepare(plan.model, own, settings.missing, both.scale)
            found.append(estimate_prepared(plan.model, prepared, settings))
        except AnalysisError as error:
            raise AnalysisError(
                "group_refused", group=name, reason=error.message, inner=error.to_dict()
            ) from error
    return found[0], found[1]


def _check_request(permutations: int, level: float, threads: int, seed: int) -> None:
    whole(permutations, "permutations", 2, MOST_SAMPLES)
    whole(threads, "threads", 1)
    whole(seed, "seed", 0)
    share(level, "level")
