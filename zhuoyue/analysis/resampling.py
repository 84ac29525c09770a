"""The bootstrap: how far the numbers would move with other respondents.

Replicates are drawn from random streams of a fixed number each, derived from the seed, so that
neither the number of threads nor the order of work can change a result, and the first replicates
of a longer run are those of a shorter one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.estimation import estimate_prepared, ready
from zhuoyue.analysis.families import RELIABILITY, Chunk, Family
from zhuoyue.analysis.forms import settled
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.prepared import in_memory
from zhuoyue.analysis.replicates import Sampler
from zhuoyue.analysis.results import Bootstrap, Effect
from zhuoyue.analysis.review import review_bootstrap
from zhuoyue.analysis.settings import MOST_SAMPLES, Interval, Settings, choice, share, whole
from zhuoyue.analysis.solution import Outcome
from zhuoyue.analysis.spreads import Rule
from zhuoyue.analysis.workers import batches, cores, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.results import Estimate, Spread
    from zhuoyue.analysis.settings import Scale
    from zhuoyue.analysis.spec import Model
    from zhuoyue.analysis.stored import StoredAnswers

type Draws = Mapping[Family, Floats]


def bootstrap(
    model: Model,
    answers: Answers | StoredAnswers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
    replicates: int = 5000,
    seed: int = 1,
    level: float = 0.95,
    interval: Interval | str = Interval.PERCENTILE,
    resamples: ArrayLike | None = None,
    threads: int | None = None,
    keep_draws: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Bootstrap:
    """The estimate and its intervals: percentile, BCa or t.

    Rows are drawn with replacement, as many as there are; the model is estimated from each of the
    `replicates` samples, failed ones counted by reason and in no interval. `level` is that of the
    intervals, .95 for 95 %. The same `seed` gives the same replicates everywhere. Above 20,000 rows
    2,000 random blocks of rows are drawn instead, with a caution that states the error of that.
    `resamples` (replicates x n row numbers from 0) replaces the random drawing. `threads`: as many
    as the process may use, unless given; the numbers are the same with any. `progress` is called
    with samples done and samples asked for (BCa asks for one more per answer); raising from it
    stops the work. `keep_draws` hands out every sound replicate, failed ones left out.
    """
    settings = settled(model, settings)
    interval = choice(Interval, interval, "interval")
    threads = cores() if threads is None else threads
    _check_request(replicates, level, threads, seed)
    plan = compile_plan(model)
    prepared = ready(model, answers, settings, scale, seed=seed, threads=threads)
    found = estimate_prepared(model, prepared, settings)
    if resamples is None:
        given, products = None, prepared.units(plan, seed, threads)
    else:
        given = _check_resamples(resamples, prepared.n)
        products = in_memory(prepared, "resamples").products(plan)
    total = replicates if given is None else len(given)
    sampler = Sampler(plan, settings, prepared.scale, products, seed, given)
    extra = products.n if interval is Interval.BCA else 0
    drawn = batches(sampler.chunk, total, sampler.batch)
    jobs = [*drawn, *batches(sampler.without, extra, sampler.batch)]
    chunks = list(run(jobs, threads, progress))
    draws, failed = _gather(chunks[: len(drawn)])
    knives, lost = _gather(chunks[len(drawn) :])
    if sum(failed.values()) == total:
        counts: dict[str, object] = {"replicates": total, **failed}
        raise AnalysisError("replicates_all_failed", at=None, **counts)
    result = _name_results(found, draws, knives, Rule(interval, level, products.n))
    result = replace(
        result,
        replicates=total,
        failed=frozen(failed),
        seed=seed if given is None else None,
        draws=_handed_out(draws if keep_draws else {}),
    )
    notes = review_bootstrap(
        result, rows=prepared.n, units=products.n, knives_failed=sum(lost.values())
    )
    return replace(result, cautions=(*found.cautions, *notes))


def _handed_out(draws: Draws) -> Mapping[str, Floats]:
    return frozen({name.value: read_only(rows.T) for name, rows in draws.items()})


def _check_resamples(resamples: ArrayLike, n: int) -> Integers:
    rows = np.asarray(resamples)
    integers = np.issubdtype(rows.dtype, np.integer)
    fits = integers and rows.ndim == 2 and rows.shape[1] == n and len(rows) > 0
    if not fits or rows.min() < 0 or rows.max() >= n:
        raise AnalysisError("resamples_invalid", last=n - 1, n=n)
    return rows.astype(np.int64)


def _check_request(replicates: int, level: float, threads: int, seed: int) -> None:
    whole(replicates, "replicates", 2, MOST_SAMPLES)
    whole(threads, "threads", 1)
    whole(seed, "seed", 0)
    share(level, "level")


def _gather(chunks: Sequence[Chunk]) -> tuple[dict[Family, Floats], dict[str, int]]:
    """All sound draws side by side, and the failures by reason."""
    outcome = np.concatenate([np.empty(0, dtype=np.int64), *(chunk.outcome for chunk in chunks)])
    failed = {
        kind.name.lower(): int((outcome == kind).sum())
        for kind in Outcome
        if kind is not Outcome.SOUND
    }
    sound = [chunk.families for chunk in chunks if chunk.families]
    families = sound[0] if sound else {}
    return {
        name: np.concatenate([each[name] for each in sound], axis=1) for name in families
    }, failed


def _name_results(found: Estimate, draws: Draws, knives: Draws, rule: Rule) -> Bootstrap:
    """Put the names of the estimate to its spreads."""

    def spreads(family: Family, values: Sequence[float]) -> tuple[Spread, ...]:
        rows = draws[family]
        return rule.spreads(values, rows, knives.get(family, np.empty((len(rows), 0))))

    def nested(family: Family, values: Mapping[str, Mapping[str, float]]) -> _Nested:
        flat = [number for group in values.values() for number in group.values()]
        spread = iter(spreads(family, flat))
        return frozen(
            {
                outer: frozen({inner: next(spread) for inner in group})
                for outer, group in values.items()
            }
        )

    def single(family: Family, values: Mapping[str, float]) -> Mapping[str, Spread]:
        return frozen(dict(zip(values, spreads(family, list(values.values())), strict=True)))

    def effects(family: Family, values: tuple[Effect, ...]) -> tuple[Effect, ...]:
        spread = spreads(family, [effect.estimate for effect in values])
        return tuple(
            Effect(effect.source, effect.target, effect.estimate, each)
            for effect, each in zip(values, spread, strict=True)
        )

    quality = {
        family: single(
            family,
            {name: each.to_dict()[family.value] for name, each in found.reliability.items()},
        )
        for family in RELIABILITY
    }
    return Bootstrap(
        estimate=found,
        replicates=0,
        failed=frozen({}),
        seed=None,
        level=rule.level,
        interval=rule.interval.value,
        paths=effects(Family.PATHS, found.paths),
        total_effects=effects(Family.TOTAL, found.total_effects),
        indirect_effects=effects(Family.INDIRECT, found.indirect_effects),
        weights=nested(Family.WEIGHTS, found.weights),
        loadings=nested(Family.LOADINGS, found.loadings),
        r2=single(Family.R2, found.r2),
        reliability=frozen(
            {
                name: frozen({family.value: quality[family][name] for family in RELIABILITY})
                for name in found.reliability
            }
        ),
        htmt=nested(Family.HTMT, found.htmt),
        index=single(Family.INDEX, found.index),
        cautions=(),
    )


type _Nested = Mapping[str, Mapping[str, Spread]]
