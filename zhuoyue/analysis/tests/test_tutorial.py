"""The tutorial is a notebook: its blocks run in their order and print what stands below them."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "tutorial-effect-chain.md"
CELL = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def test_the_tutorial_runs_and_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cells = CELL.findall(PAGE.read_text(encoding="utf-8"))
    assert len(cells) > 8
    names: dict[str, Any] = {}
    for source, promised in cells:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(source, names)
        assert printed.getvalue() == promised, source
    for (source, target), true in names["truth"].items():
        spread = names["sure"].path(source, target).spread
        assert spread.low < true < spread.high
