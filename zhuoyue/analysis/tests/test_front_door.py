"""What a notebook sees: everything from one place, at no cost, and without the platform."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import zhuoyue.analysis


def test_every_name_of_the_front_door_opens() -> None:
    for name in dir(zhuoyue.analysis):
        assert getattr(zhuoyue.analysis, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        zhuoyue.analysis.no_such_thing  # noqa: B018 - the access is what is tested


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_library_loads_nothing_heavy() -> None:
    loaded = loaded_after("import zhuoyue.analysis")
    assert loaded.isdisjoint({"numpy", "scipy", "django", "duckdb", "yaml", "python_calamine"})


def test_estimating_needs_neither_the_platform_nor_the_readers() -> None:
    loaded = loaded_after("from zhuoyue.analysis import bootstrap, read_table, simulate")
    assert loaded.isdisjoint({"django", "duckdb", "yaml", "python_calamine", "scipy.stats"})
    assert "numpy" in loaded


def test_type_checkers_are_told_that_the_library_has_types() -> None:
    """Without the marker they take every name for Any (PEP 561)."""
    assert (files("zhuoyue") / "py.typed").is_file()


def test_every_function_that_the_pages_call_by_its_name_alone_stands_at_the_front_door() -> None:
    pages = Path(__file__).resolve().parents[3] / "docs" / "methods"
    named = re.findall(r"^\| `(\w+)\(", (pages / "intervals.md").read_text("utf-8"), re.MULTILINE)
    assert len(named) > 8
    assert set(named) - set(zhuoyue.analysis.__all__) == set()
