"""The library beside its limits and its peers, in one run.

python -m scripts.bench_library [--quick] [--row NAME ...] [--peers PYTHON | --no-peers] [--update]

Every row runs in processes of its own: once with the compiled kernels, once with numpy alone,
one BLAS thread each. B is the bare product counts × products in single precision, R one read of
the answers (their sum), S one duckdb scan that sums the columns of a file. What has a limit in B
runs on one core, as B does; "all cores" tells what the default gives. docs/benchmarks.md explains
the rows. Ratios are held to scripts/bench_library.json: the status is 1 when one is more than
twice as bad as there.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts import bench_peers
from scripts.bench_peers import ONE_THREAD, Peer
from scripts.bench_surveys import survey

BASELINE = Path(__file__).with_name("bench_library.json")
DRIFT = 2.0
COMPILED, NUMPY = "compiled", "numpy alone"
REHEARSED = 40_000_000  # contacts of the whole work; --quick plays fewer
FLAT = 1.1  # a row may cost a tenth more than before and still count as flat

type Found = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One number that has a target."""

    what: str
    value: float
    target: float
    at_least: bool = False
    unit: str = "×"
    clocked: bool = False  # seconds of this machine: no baseline

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def told(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        value = f"{self.value:,.3g}" if self.value < 1000 else f"{self.value:,.0f}"
        return f"{self.what:<52} {value:>8} {self.unit:<4} {sign} {self.target:<6g} {verdict}"

    def drifted(self, known: float) -> bool:
        """More than twice as bad as the baseline."""
        if self.at_least:
            return self.value * DRIFT < known
        return self.value > known * DRIFT


@dataclass(frozen=True)
class Seen:
    """What one row's processes reported, by mode, and the peers of its survey."""

    modes: dict[str, Found]
    peers: list[Peer] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    checks: Callable[[Seen], Iterable[Check]]
    limit: str = ""
    unit: str = "ms"
    peers: tuple[str, int, int] | None = None  # survey, replicates, runs
    long: bool = False  # above a minute
    modes: tuple[str, ...] = (COMPILED, NUMPY)


def against_limit(limit: str, **most: float) -> Callable[[Seen], Iterator[Check]]:
    """How many times the limit the work takes, by mode."""
    targets = {COMPILED: most["compiled"]}
    if "numpy" in most:
        targets[NUMPY] = most["numpy"]

    def checks(seen: Seen) -> Iterator[Check]:
        for mode, target in targets.items():
            if mode in seen.modes:
                yield Check(f"{mode} / {limit}", seen.modes[mode]["ratio"], target)

    return checks


def against_peer(
    seen: Seen, what: str, spent: str, count: float, targets: dict[str, float]
) -> Iterator[Check]:
    """How many times faster than the fastest right peer, by mode."""
    peer = bench_peers.fastest(seen.peers, what)
    for mode, target in targets.items():
        if peer and mode in seen.modes:
            theirs = float(getattr(peer, what))
            ratio = theirs / (seen.modes[mode][spent] / count)
            yield Check(f"{mode}: times faster than the fastest right peer", ratio, target, True)


def estimate_checks(seen: Seen) -> Iterator[Check]:
    for mode, found in seen.modes.items():
        yield Check(mode, 1e3 * found["ours"], 2, unit="ms", clocked=True)
    yield from against_peer(seen, "estimate", "ours", 1, {COMPILED: 4, NUMPY: 4})


def replicate_checks(seen: Seen) -> Iterator[Check]:
    yield from against_limit("B", compiled=12, numpy=60)(seen)
    yield from against_peer(seen, "replicate", "ours", 5000, {COMPILED: 300, NUMPY: 50})


def large_checks(seen: Seen) -> Iterator[Check]:
    yield from against_peer(seen, "replicate", "ours", 1, {COMPILED: 300})


def memory_checks(seen: Seen) -> Iterator[Check]:
    yield from against_limit("R", compiled=12, numpy=12)(seen)
    for mode, found in seen.modes.items():
        yield Check(f"{mode}: peak beyond the data", found["over_mib"], 300, unit="MiB")


def stored_checks(seen: Seen) -> Iterator[Check]:
    yield from against_limit("S", compiled=4, numpy=4)(seen)
    for mode, found in seen.modes.items():
        yield Check(f"{mode}: peak of the whole process", found["held_mib"], 1024, unit="MiB")


def growth_checks(seen: Seen) -> Iterator[Check]:
    for mode, found in seen.modes.items():
        steps = list(found["per_row"].values())
        worst = max(after / before for before, after in pairwise(steps))
        yield Check(f"{mode}: dearest step, a row against ten times fewer", worst, FLAT)


def rehearsal_checks(seen: Seen) -> Iterator[Check]:
    """Per contact against SimPy, which counts only where it finds the same lead time."""
    for mode, found in seen.modes.items():
        if found["contacts"] > REHEARSED:
            yield Check(f"{mode}: all of it", found["ours"], 60, unit="s", clocked=True)
        if "simpy" in found:
            ratio = found["simpy"] / (found["ours"] / found["contacts"])
            yield Check(f"{mode}: times faster than SimPy, a contact", ratio, 50, at_least=True)
            yield Check(f"{mode}: SimPy's lead time is off by", found["off"], 1e-6, unit="")


ROWS = (
    Row(
        "estimate_one", "one estimate, 24 items, 7 constructs, n = 250", estimate_checks,
        peers=("satisfaction", 40, 3),
    ),
    Row(
        "replicates_5000", "5,000 replicates of it, everything", replicate_checks, "B",
        peers=("satisfaction", 40, 3),
    ),
    Row(
        "replicates_10000", "10,000 replicates, 27 items, n = 1,707",
        against_limit("B", compiled=6), "B",
    ),
    Row(
        "permutations_1000", "1,000 permutations of two groups, n = 250",
        against_limit("10,000 plain replicates", compiled=1, numpy=1), "10,000 plain replicates",
    ),
    Row(
        "bca_5000", "5,000 replicates with BCa limits, n = 250",
        against_limit("10,000 plain replicates", compiled=1, numpy=1), "10,000 plain replicates",
    ),
    Row(
        "large_model", "192 items, 56 constructs, n = 250: a replicate", large_checks,
        peers=("large", 4, 1), long=True,
    ),
    Row("estimate_2500000", "one estimate, n = 2,500,000 in memory", memory_checks, "R"),
    Row("growth", "one estimate: nanoseconds a row", growth_checks, long=True),
    Row(
        "stored_10000000", "estimate and 5,000 replicates, n = 10,000,000 in Parquet",
        stored_checks, "S", long=True,
    ),
    Row(
        "growth_stored", "estimate and 500 replicates from Parquet: nanoseconds a row",
        growth_checks, long=True,
    ),
    Row(
        "rehearse_year", "a year of 100,000 contacts, ten variants, 50 replications",
        rehearsal_checks, unit="s", long=True, modes=(COMPILED,),
    ),
    Row(
        "import_analysis", "import zhuoyue.analysis", against_limit("import numpy", compiled=1.5),
        "import numpy", modes=(COMPILED,),
    ),
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    rows = [row for row in ROWS if row.name in options.row] if options.row else list(ROWS)
    rows = [row for row in rows if not (options.quick and row.long)]
    python = None
    if any(row.peers for row in rows) and not options.no_peers:
        python = bench_peers.find(options.peers or os.environ.get("ZHUOYUE_PEERS"))
    races: dict[str, list[Peer]] = {}
    checks: dict[str, Check] = {}
    for row in rows:
        seen = measure(row, python, races, options.quick)
        print("\n".join(told(row, seen)), flush=True)
        checks |= {f"{row.name}: {check.what}": check for check in row.checks(seen)}
    missed = sum(not check.met for check in checks.values())
    print(f"\n{len(checks)} targets, {missed} missed.")
    return update(checks) if options.update else compare(checks)


def measure(row: Row, python: Path | None, races: dict[str, list[Peer]], quick: bool) -> Seen:
    modes = {mode: ours(row.name, mode, quick) for mode in row.modes if _possible(mode)}
    if row.peers is None:
        return Seen(modes)
    name, replicates, runs = row.peers
    if name not in races:
        expected = next(iter(modes.values()))["paths"]
        races[name] = bench_peers.race(
            python, survey(name, 250), expected, replicates=replicates, runs=runs
        )
    return Seen(modes, races[name])


def _possible(mode: str) -> bool:
    return mode != COMPILED or find_spec("numba") is not None


def ours(name: str, mode: str, quick: bool) -> Found:
    """Run one row in a process of its own."""
    command = [sys.executable, "-m", "scripts.bench_rows", name, *(["--quick"] if quick else [])]
    switch = {"ZHUOYUE_COMPILED": "1" if mode == COMPILED else "0"}
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        env={**os.environ, **ONE_THREAD, **switch},
        cwd=bench_peers.ROOT,
        check=True,
    )
    return dict(json.loads(done.stdout))


def told(row: Row, seen: Seen) -> Iterator[str]:
    """The row as lines of text: times, targets, peers."""
    yield f"\n{row.title}  [{row.name}]"
    for mode, found in seen.modes.items():
        yield f"  {mode:<12} {_times(row, found)}"
    for check in row.checks(seen):
        yield f"    {check.told()}"
    if row.peers:
        yield from (f"    {peer.told()}" for peer in seen.peers)
        if not seen.peers:
            yield "    peers: not installed"


def _times(row: Row, found: Found) -> str:
    if "per_row" in found:
        return "  ".join(f"n = {int(n):,}: {spent:,.0f}" for n, spent in found["per_row"].items())
    parts = [f"{_time(found['ours'])}"]
    if "all_cores" in found:
        parts.append(f"all cores {_time(found['all_cores'])}")
    if "limit" in found:
        parts.append(f"{row.limit} {_time(found['limit'])}")
    if "spread" in found:
        low, high = found["spread"]
        parts.append(f"ratio {low:.1f} to {high:.1f}")
    if "named" in found:
        parts.append(f"with Answers, Model, estimate, bootstrap {_time(found['named'])}")
    return ", ".join(parts)


def _time(seconds: float) -> str:
    return f"{1e3 * seconds:,.3g} ms" if seconds < 1 else f"{seconds:,.2f} s"


def update(checks: dict[str, Check]) -> int:
    """Keep what was seen; rows that did not run keep theirs."""
    seen = {name: float(f"{each.value:.3g}") for name, each in checks.items() if not each.clocked}
    text = json.dumps(_known() | seen, indent=1, sort_keys=True, ensure_ascii=False)
    BASELINE.write_text(text + "\n", encoding="utf-8")
    return 0


def compare(checks: dict[str, Check]) -> int:
    """1 when a number is more than twice as bad as the baseline."""
    known = _known()
    drifted = [name for name, each in checks.items() if name in known and each.drifted(known[name])]
    for name in drifted:
        print(f"drift: {name}: {known[name]:g} → {checks[name].value:.3g}")
    return 1 if drifted else 0


def _known() -> dict[str, float]:
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_library")
    parser.add_argument("--quick", action="store_true", help="fewer runs, no row above a minute")
    parser.add_argument("--row", action="append", choices=[row.name for row in ROWS])
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has them ($ZHUOYUE_PEERS)")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--update", action="store_true", help="write the baseline anew")
    return parser


if __name__ == "__main__":
    sys.exit(main())
