"""Lanes run by compiled code where it may be used, else all at once with numpy: the same counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhuoyue.analysis import compiled
from zhuoyue.analysis.rehearsing.lanes import Counts, Lanes, no_counts

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Integers
    from zhuoyue.analysis.rehearsing.draws import Draws
    from zhuoyue.analysis.rehearsing.plan import Shape, Tables

OUTLASTS_COMPILING = 200_000  # contacts: with numpy alone about the time that compiling takes


def run_lanes(  # noqa: PLR0917 - what a run consists of
    tables: Tables,
    shape: Shape,
    draws: Draws,
    window: tuple[int, int],
    lanes: Integers,
    threads: int,
) -> Counts:
    """Every lane (variant and replication of each: 2 x lanes) to its last contact's end."""
    if not compiled.available(long=draws.contacts * lanes.shape[1] > OUTLASTS_COMPILING):
        return Lanes(tables, shape, draws, window, lanes).run()
    kernels: Any = import_module("zhuoyue.analysis.rehearsing.kernels")
    counts = no_counts(shape, draws.contacts, lanes.shape[1], lane_first=True)

    def run(lane: int) -> None:
        variant, replication = lanes[:, lane].tolist()
        column = draws.columns[variant, replication]
        chance = kernels.Chance(
            draws.arrivals[column],
            draws.records[column],
            draws.durations[replication],
            draws.rework[replication],
        )
        queues = shape.steps * shape.priorities
        state = kernels.fresh_state(tables, variant, queues, draws.contacts, chance.arrivals[0])
        follow = kernels.Follow(*(each[lane] for each in counts[:-1]), counts[-1][lane, None])
        kernels.run_lane(tables, variant, window, chance, state, follow)

    run(0)  # compiled once, before threads ask for it
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(1, lanes.shape[1])))
    turned: Any = [each.T for each in counts]
    return Counts(*turned)
