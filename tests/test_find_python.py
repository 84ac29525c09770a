"""Which interpreter a fresh machine's `make` picks, and what it says when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts/find_python.sh"
FITTING = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
FAILING_SHIM = "#!/bin/sh\necho 'version 3.13 is not installed' >&2\nexit 127\n"
TOO_OLD = "#!/bin/sh\nexit 3\n"
WITHOUT_VENV = "#!/bin/sh\necho ensurepip\nexit 4\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of commands like that of a machine without any Python."""
    for tool in ("sh", "cat", "dirname", "ls"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    return tmp_path


def install(machine: Path, **commands: str) -> None:
    for name, text in commands.items():
        path = machine / name.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o755)


def find(machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": str(machine), "HOME": str(machine / "home"), **environment}
    return subprocess.run(
        ["sh", str(SCRIPT)],
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def base_interpreter() -> str:
    return str(getattr(sys, "_base_executable", sys.executable))


def test_passes_over_a_shim_that_fails_and_a_version_that_does_not_fit(machine: Path) -> None:
    install(machine, python3_13=FAILING_SHIM, python3_12=TOO_OLD, python3=FITTING)
    result = find(machine)
    assert (result.returncode, result.stdout.strip()) == (0, base_interpreter())
    assert os.path.isabs(result.stdout.strip())


def test_finds_an_interpreter_that_pyenv_holds_but_its_shims_refuse(machine: Path) -> None:
    install(machine, python3_12=FAILING_SHIM, pyenv=FAILING_SHIM)
    install(machine / "home/.pyenv/versions/3.12.1/bin", python3=FITTING)
    assert find(machine).stdout.strip() == base_interpreter()


@pytest.mark.parametrize(
    ("commands", "missing"),
    [
        ({}, "3.12"),
        ({"python3_13": FAILING_SHIM, "python3": TOO_OLD}, "3.12"),
        ({"python3_13": WITHOUT_VENV, "python3": TOO_OLD}, "python3.13 (ensurepip)"),
    ],
)
def test_says_in_one_sentence_of_each_language_what_is_missing(
    machine: Path, commands: dict[str, str], missing: str
) -> None:
    install(machine, **commands)
    result = find(machine)
    assert (result.returncode, result.stdout) == (1, "")
    chinese, english = result.stderr.strip().split(" / ")
    assert "缺少" in chinese
    assert "is missing" in english
    assert missing in chinese
    assert missing in english


def test_an_interpreter_named_by_hand_is_taken_or_refused_never_replaced(machine: Path) -> None:
    install(machine, python3_13=FITTING, mine=FITTING, old=TOO_OLD)
    assert find(machine, PYTHON=str(machine / "mine")).stdout.strip() == base_interpreter()
    refused = find(machine, PYTHON=str(machine / "old"))
    assert refused.returncode == 1
    assert str(machine / "old") in refused.stderr
