"""Percentile bootstrap: how far the numbers would move with other respondents.

Replicates are drawn from random streams of a fixed number each, derived from the seed, so that
neither the number of threads nor the order of work can change a result, and the first replicates
of a longer run are those of a shorter one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.estimation import estimate_prepared
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.prepared import prepare
from zhuoyue.analysis.replicates import RELIABILITY, Chunk, Family, Sampler, batch_size
from zhuoyue.analysis.results import Bootstrap
from zhuoyue.analysis.review import review_bootstrap
from zhuoyue.analysis.settings import Settings
from zhuoyue.analysis.solution import Outcome
from zhuoyue.analysis.spreads import percentile_spreads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.results import Effect, Estimate, Spread
    from zhuoyue.analysis.settings import Scale
    from zhuoyue.analysis.spec import Model

type Draws = Mapping[Family, Floats]


def bootstrap(
    model: Model,
    answers: Answers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
    replicates: int = 5000,
    seed: int = 1,
    level: float = 0.95,
    resamples: ArrayLike | None = None,
    threads: int = 1,
    keep_draws: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Bootstrap:
    """The estimate and its percentile intervals.

    `resamples` (replicates x n row numbers from 0) replaces the random drawing. `progress` is
    called with replicates done and replicates asked for; raising from it stops the work.
    `keep_draws` hands out every sound replicate, failed ones left out.
    """
    settings = settings or Settings()
    prepared = prepare(model, answers, settings.missing, scale)
    found = estimate_prepared(model, prepared, settings)
    given = None if resamples is None else _check_resamples(resamples, prepared.n)
    total = replicates if given is None else len(given)
    _check_request(total, level, threads, seed)
    plan = compile_plan(model)
    sampler = Sampler(plan, settings, prepared.scale, prepared.products(plan), seed, given)
    draws, failed = _gather(_run(sampler, total, threads, progress))
    if sum(failed.values()) == total:
        counts: dict[str, object] = {"replicates": total, **failed}
        raise AnalysisError("replicates_all_failed", at=None, **counts)
    result = _name_results(found, draws, level)
    result = replace(
        result,
        replicates=total,
        failed=frozen(failed),
        seed=seed if given is None else None,
        draws=frozen(
            {name.value: read_only(rows.T) for name, rows in draws.items()} if keep_draws else {}
        ),
    )
    return replace(result, cautions=(*found.cautions, *review_bootstrap(result)))


def _check_resamples(resamples: ArrayLike, n: int) -> Integers:
    rows = np.asarray(resamples)
    whole = np.issubdtype(rows.dtype, np.integer)
    if not whole or rows.ndim != 2 or rows.shape[1] != n or rows.min() < 0 or rows.max() >= n:
        raise AnalysisError("resamples_invalid", last=n - 1, n=n)
    return rows.astype(np.int64)


def _check_request(replicates: int, level: float, threads: int, seed: int) -> None:
    for setting, value, low in (
        ("replicates", replicates, 2),
        ("threads", threads, 1),
        ("seed", seed, 0),
    ):
        if value < low:
            raise AnalysisError("setting_too_small", setting=setting, value=value, low=low)
    if not 0 < level < 1:
        raise AnalysisError("setting_not_between", setting="level", value=level, low=0, high=1)


def _run(
    sampler: Sampler, total: int, threads: int, progress: Callable[[int, int], None] | None
) -> Iterator[Chunk]:
    """Chunks in their order, whoever computed them."""
    batch = batch_size(len(sampler.products.shift), sampler.products.n)
    jobs = [(first, min(batch, total - first)) for first in range(0, total, batch)]
    pool = ThreadPoolExecutor(threads)
    try:
        with _one_blas_thread():
            work: Iterable[Chunk] = (sampler.chunk(*job) for job in jobs)
            if threads > 1:
                work = pool.map(lambda job: sampler.chunk(*job), jobs)
            done = 0
            for chunk, (_, size) in zip(work, jobs, strict=True):
                done += size
                if progress:
                    progress(done, total)
                yield chunk
    finally:
        pool.shutdown(cancel_futures=True)  # whoever stops the work does not wait for the rest


def _one_blas_thread() -> AbstractContextManager[object]:
    """Several BLAS threads on busy cores can be a hundred times slower than one."""
    if find_spec("threadpoolctl") is None:
        return nullcontext()
    limits: AbstractContextManager[object] = import_module("threadpoolctl").threadpool_limits(
        limits=1, user_api="blas"
    )
    return limits


def _gather(chunks: Iterator[Chunk]) -> tuple[dict[Family, Floats], dict[str, int]]:
    """All sound draws side by side, and the failures by reason."""
    collected = list(chunks)
    outcome = np.concatenate([chunk.outcome for chunk in collected])
    failed = {
        kind.name.lower(): int((outcome == kind).sum())
        for kind in Outcome
        if kind is not Outcome.SOUND
    }
    sound = [chunk.families for chunk in collected if chunk.families]
    families = sound[0] if sound else {}
    return {
        name: np.concatenate([each[name] for each in sound], axis=1) for name in families
    }, failed


def _name_results(found: Estimate, draws: Draws, level: float) -> Bootstrap:
    """Put the names of the estimate to its spreads."""

    def nested(family: Family, values: Mapping[str, Mapping[str, float]]) -> _Nested:
        flat = [number for group in values.values() for number in group.values()]
        spread = iter(percentile_spreads(flat, draws[family], level))
        return frozen(
            {
                outer: frozen({inner: next(spread) for inner in group})
                for outer, group in values.items()
            }
        )

    def single(family: Family, values: Mapping[str, float]) -> Mapping[str, Spread]:
        spread = percentile_spreads(list(values.values()), draws[family], level)
        return frozen(dict(zip(values, spread, strict=True)))

    def effects(family: Family, values: tuple[Effect, ...]) -> tuple[Effect, ...]:
        numbers = [effect.estimate for effect in values]
        spread = percentile_spreads(numbers, draws[family], level)
        return tuple(
            replace(effect, spread=each) for effect, each in zip(values, spread, strict=True)
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
        level=level,
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
