"""From a clone to the first page, with nothing fetched before, and the second start."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 300


def measure(folder: Path) -> tuple[float, float, float]:
    """Seconds to the first page, megabytes that the package caches hold then, second start."""
    clone, caches = folder / "clone", folder / "caches"
    started = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    first = started_from_nothing(clone, caches, started)
    fetched = sum(f.stat().st_size for f in caches.rglob("*") if f.is_file()) / 1e6
    return first, fetched, started_from_nothing(clone, caches, time.perf_counter())


def started_from_nothing(clone: Path, caches: Path, since: float) -> float:
    """Run `make run` until a page answers; seconds since the beginning."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ZHUOYUE", "DJANGO"))}
    environment |= {
        "PORT": str(port),
        "UV_CACHE_DIR": str(caches / "uv"),
        "PIP_CACHE_DIR": str(caches / "pip"),
        "npm_config_cache": str(caches / "npm"),
    }
    served = subprocess.Popen(
        ["make", "--no-print-directory", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sign-in/", served)
        return time.perf_counter() - since
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(timeout=30)


def wait_for(address: str, served: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert served.poll() is None, "make run has ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own server
                assert page.status == 200
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(address)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])
