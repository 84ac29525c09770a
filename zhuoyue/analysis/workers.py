"""Batches of samples, worked off on as many threads as asked for, results in their order."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


@dataclass(frozen=True)
class Batch[Result]:
    """`size` samples from number `first`, and what is to be done with them."""

    work: Callable[[int, int], Result]
    first: int
    size: int

    def __call__(self) -> Result:
        return self.work(self.first, self.size)


def batches[Result](
    work: Callable[[int, int], Result], total: int, size: int
) -> list[Batch[Result]]:
    """All samples in batches of one size, the last one shorter."""
    return [Batch(work, first, min(size, total - first)) for first in range(0, total, size)]


def cores() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run[Result](
    jobs: Sequence[Batch[Result]],
    threads: int,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Result]:
    """Results in the order of the jobs, whoever computed them."""
    total, done = sum(job.size for job in jobs), 0
    pool = ThreadPoolExecutor(threads)
    try:
        with one_blas_thread():
            work: Iterable[Result] = (job() for job in jobs)
            if threads > 1 and len(jobs) > 1:
                work = pool.map(lambda job: job(), jobs)
            for result, job in zip(work, jobs, strict=True):
                done += job.size
                if progress:
                    progress(done, total)
                yield result
    finally:
        pool.shutdown(cancel_futures=True)  # whoever stops the work does not wait for the rest


def one_blas_thread() -> AbstractContextManager[object]:
    """Several BLAS threads on busy cores can be a hundred times slower than one."""
    if find_spec("threadpoolctl") is None:
        return nullcontext()
    limits: AbstractContextManager[object] = import_module("threadpoolctl").threadpool_limits(
        limits=1, user_api="blas"
    )
    return limits
