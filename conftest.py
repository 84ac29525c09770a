"""Fixtures of the whole suite; the pure library's tests run without them and without Django."""

import os
from importlib.util import find_spec
from shutil import which
from typing import Any

import hypothesis

os.environ.setdefault("ZHUOYUE_COMPILED", "0")  # its own tests switch it on; nobody else waits
# The first example loads scipy on a busy machine: time is no property of these tests.
hypothesis.settings.register_profile("zhuoyue", deadline=None)
hypothesis.settings.load_profile("zhuoyue")
pytest_plugins = ["tests.cast"] if find_spec("django") and find_spec("pytest_django") else []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last lines say when the browser walks were left out; silence would look like success."""
    if not (which("chromium") or which("chromium-browser")):
        terminalreporter.write_line(
            "没有 Chromium，浏览器走查未运行 / no Chromium here: the browser walks were left out"
        )
