"""Fixtures of the whole suite; the pure library's tests run without them and without Django."""

from importlib.util import find_spec

pytest_plugins = ["tests.cast"] if find_spec("django") and find_spec("pytest_django") else []
