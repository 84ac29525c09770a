"""Packages that are loaded only where something needs them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from zhuoyue.analysis.errors import AnalysisError


def package(module: str, kind: str, name: str) -> Any:
    """A module that reading `kind` needs, or an error that names the package to install."""
    if find_spec(module) is None:
        raise AnalysisError("package_missing", kind=kind, package=name)
    return import_module(module)
