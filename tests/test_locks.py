"""The lock files hold every declared package, by version and hash, and no address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE))


def declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = [*project["project"]["dependencies"]]
    lines += project["project"]["optional-dependencies"]["platform"]
    for group in groups:
        lines += project["dependency-groups"][group]
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {re.sub(r"[._-]+", "-", name.group()).lower() for name in names if name}


@pytest.mark.parametrize("lock", LOCKS)
def test_names_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|file:|\s/|--index|--extra|--find|@ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if block and "--hash=sha256:" not in block] == []


def test_the_locks_hold_what_the_project_declares() -> None:
    assert declared("build") - set(pins("requirements.lock")) == set()
    assert declared("build", "dev") - set(pins("requirements-dev.lock")) == set()


def test_the_platform_is_tested_with_the_versions_that_it_runs_with() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run
