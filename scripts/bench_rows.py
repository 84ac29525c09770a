"""The library at one row of work, beside the limit, in a process of its own.

    python -m scripts.bench_rows ROW [--quick]

Prints one JSON object. The caller sets ZHUOYUE_COMPILED and one BLAS thread before the start.
Everything is run once before the clock starts, so that no compiler's time is counted; the limit
and the library then take turns, so that a busy moment of the machine meets both.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from scripts import bench_stored
from scripts.bench_rehearsal import rehearse_year
from scripts.bench_surveys import Survey, repeated, survey

type Work = Callable[[], object]
type Clock = Callable[[], float]
type Found = dict[str, Any]

MIB = 1024 * 1024
MOST_OFTEN = 20


def seconds(work: Work, clock: Clock = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def in_turns(runs: int, *, one_core: bool = True, **works: Work) -> Found:
    """Median seconds of each work, their turns interleaved; ours against the limit turn by turn.

    Work on one core is clocked by the time the processor gave it, so that others on the machine
    do not count; "all_cores" and what is not `one_core` by the wall. The limit runs as often in
    a turn as fits into our time: what disturbs one then disturbs both.
    """
    clocks: dict[str, Clock] = {
        name: time.process_time if one_core and name != "all_cores" else time.perf_counter
        for name in works
    }
    for work in works.values():
        work()
    often = dict.fromkeys(works, 1)
    if "limit" in works:
        ratio = seconds(works["ours"]) / seconds(works["limit"])
        often["limit"] = max(1, min(MOST_OFTEN, round(ratio)))
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            times = [seconds(work, clocks[name]) for _ in range(often[name])]
            spent[name].append(statistics.mean(times))
    found: Found = {name: statistics.median(each) for name, each in spent.items()}
    if "limit" in spent:
        ratios = [a / b for a, b in zip(spent["ours"], spent["limit"], strict=True)]
        found |= {"ratio": statistics.median(ratios), "spread": [min(ratios), max(ratios)]}
    return found


def bare_product(n: int, items: int, replicates: int) -> Work:
    """B: counts times items and products of items, single precision, nothing else."""
    counts = np.random.default_rng(1).integers(0, 3, size=(replicates, n)).astype(np.float32)
    products = np.ones((n, items + items * (items + 1) // 2), dtype=np.float32)
    return lambda: counts @ products


def replicate(given: Survey, replicates: int, threads: int | None = 1, **more: Any) -> Work:
    from zhuoyue.analysis import Answers, bootstrap

    def work() -> object:
        answers = Answers(given.items, given.values)
        return bootstrap(given.model, answers, replicates=replicates, threads=threads, **more)

    return work


def one(given: Survey) -> Callable[[], Any]:
    from zhuoyue.analysis import Answers, estimate

    return lambda: estimate(given.model, Answers(given.items, given.values))


def paths_of(given: Survey) -> Found:
    """Our path coefficients, for peers to agree with."""
    return {"paths": {f"{each.source}>{each.target}": each.estimate for each in one(given)().paths}}


def estimate_one(quick: bool) -> Found:
    given = survey("satisfaction", 250)
    return in_turns(30 if quick else 200, ours=one(given)) | paths_of(given)


def replicates_5000(quick: bool) -> Found:
    given = survey("satisfaction", 250)
    return in_turns(
        5 if quick else 15,
        limit=bare_product(250, 24, 5000),
        ours=replicate(given, 5000),
        all_cores=replicate(given, 5000, None),
    ) | paths_of(given)


def replicates_10000(quick: bool) -> Found:
    given = survey("bank", 1707)
    return in_turns(
        3 if quick else 5,
        limit=bare_product(1707, 27, 10_000),
        ours=replicate(given, 10_000),
        all_cores=replicate(given, 10_000, None),
    )


def permutations_1000(quick: bool) -> Found:
    from zhuoyue.analysis import Answers, compare_groups

    given = survey("satisfaction", 250)
    labels = ["a" if row % 2 else "b" for row in range(250)]

    def deal(threads: int | None = 1) -> object:
        answers = Answers(given.items, given.values)
        return compare_groups(given.model, answers, labels, permutations=1000, threads=threads)

    plain = replicate(given, 10_000)
    return in_turns(3 if quick else 7, limit=plain, ours=deal, all_cores=lambda: deal(None))


def bca_5000(quick: bool) -> Found:
    given = survey("satisfaction", 250)
    return in_turns(
        3 if quick else 7,
        limit=replicate(given, 10_000),
        ours=replicate(given, 5000, interval="bca"),
        all_cores=replicate(given, 5000, None, interval="bca"),
    )


def large_model(quick: bool) -> Found:
    """Seconds per replicate."""
    given, count = survey("large", 250), 500 if quick else 1000
    found = in_turns(
        2 if quick else 3, ours=replicate(given, count), all_cores=replicate(given, count, None)
    )
    return {name: spent / count for name, spent in found.items()} | paths_of(given)


def estimate_2500000(quick: bool) -> Found:
    drawn = survey("satisfaction", 50_000)
    given = Survey(drawn.model, repeated(drawn.values, 2_500_000))
    work = one(given)
    work()  # libraries loaded, before memory is watched
    forget_peak()
    work()
    over = peak() - given.values.nbytes
    found = in_turns(3 if quick else 7, limit=given.values.sum, ours=work)
    return found | {"over_mib": over / MIB}


def growth(quick: bool) -> Found:
    """Nanoseconds a row of one estimate, from ten thousand rows to ten million."""
    drawn = survey("satisfaction", 50_000)
    whole = repeated(drawn.values, 1_000_000 if quick else 10_000_000)
    sizes = [10_000, 100_000, 1_000_000, *([] if quick else [10_000_000])]
    works = {str(n): one(Survey(drawn.model, whole[:n])) for n in sizes}
    found = in_turns(3 if quick else 5, one_core=True, **works)
    return {"per_row": {name: 1e9 * spent / int(name) for name, spent in found.items()}}


def stored_10000000(quick: bool) -> Found:
    with tempfile.TemporaryDirectory(prefix="zhuoyue-stored-") as folder:
        path = bench_stored.written(Path(folder) / "answers.parquet", 10_000_000)
        work = bench_stored.replicate(path)
        work()
        forget_peak()
        work()
        held = peak()
        scan = bench_stored.scan(path, bench_stored.source().items)
        return in_turns(5, one_core=False, limit=scan, ours=work) | {"held_mib": held / MIB}


def growth_stored(quick: bool) -> Found:
    """Nanoseconds a row of estimate and replicates, from the file."""
    with tempfile.TemporaryDirectory(prefix="zhuoyue-stored-") as folder:
        works = {}
        for n in (10_000, 100_000, 1_000_000, 10_000_000):
            path = bench_stored.written(Path(folder) / f"{n}.parquet", n)
            works[str(n)] = bench_stored.replicate(path, 500)
        found = in_turns(3, one_core=False, **works)
    return {"per_row": {name: 1e9 * spent / int(name) for name, spent in found.items()}}


def import_analysis(quick: bool) -> Found:
    """Seconds of an import in fresh processes, without the interpreter's own start."""
    named = "from zhuoyue.analysis import Answers, Model, bootstrap, estimate"
    statements = {"limit": "import numpy", "ours": "import zhuoyue.analysis", "named": named}
    spent: dict[str, list[float]] = {name: [] for name in statements}
    with tempfile.TemporaryDirectory(prefix="zhuoyue-bytecode-") as folder:
        kept = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(6 if quick else 16):
            for name, statement in statements.items():
                code = f"from time import perf_counter as t; a = t(); {statement}; print(t() - a)"
                told = subprocess.check_output([sys.executable, "-c", code], text=True, env=kept)
                if turn:  # the first one translates into bytecode
                    spent[name].append(float(told))
    found: Found = {name: statistics.median(each) for name, each in spent.items()}
    return found | {"ratio": found["ours"] / found["limit"]}


def forget_peak() -> None:
    """Let the kernel count the peak from now on, where it can (Linux)."""
    if Path("/proc/self/clear_refs").exists():
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak() -> int:
    """The most bytes that this whole process held: interpreter, libraries and data."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


ROWS: dict[str, Callable[[bool], Found]] = {
    each.__name__: each
    for each in (
        estimate_one, replicates_5000, replicates_10000, permutations_1000, bca_5000,
        large_model, estimate_2500000, growth, stored_10000000,
        growth_stored, rehearse_year, import_analysis,
    )
}  # fmt: skip

if __name__ == "__main__":
    assert os.environ.get("OPENBLAS_NUM_THREADS") == "1", "the limits are those of one BLAS thread"
    json.dump(ROWS[sys.argv[1]]("--quick" in sys.argv), sys.stdout)
