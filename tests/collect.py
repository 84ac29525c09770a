"""What the rooms' own tests/makers.py say, gathered."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from tests.cast import Row


def makers() -> list[Any]:
    modules = [f"zhuoyue.{room}.tests.makers" for room in settings.ROOMS]
    return [import_module(name) for name in modules if find_spec(name) is not None]


def matrix() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for module in makers():
        found |= getattr(module, "MATRIX", {})
    return found


def action_makers() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for module in makers():
        found |= getattr(module, "ACTIONS", {})
    return found
