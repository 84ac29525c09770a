"""Charts: one option of the chart library for the page, the Word file and the PDF."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

BUNDLE = Path(__file__).parent / "static" / "kit" / "dist" / "echarts-ssr.js"


@dataclass(frozen=True)
class Chart:
    """A chart and the same figures as a table. Formatters go by name: "@percent:1"."""

    id: str
    title: str
    option: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    height: int = 0
    note: str = field(default="")


class ChartsUnavailable(RuntimeError):
    """The front end has not been built, so charts cannot be drawn."""


@cache
def bundle() -> str:
    if not BUNDLE.exists():
        raise ChartsUnavailable(f"{BUNDLE.name} is missing: run make run or make test once")
    return BUNDLE.read_text(encoding="utf-8")


def draw(charts: Sequence[tuple[Chart, int, int]], language: str) -> list[str]:
    """SVG of each (chart, width, height), as the page would draw it."""
    if not charts:
        return []
    from py_mini_racer import MiniRacer

    # Left open, the engine keeps the interpreter from ending.
    with MiniRacer() as engine:
        engine.eval(bundle())
        return [
            str(
                engine.call(
                    "renderChart",
                    json.dumps(chart.option, ensure_ascii=False),
                    width,
                    height,
                    language,
                )
            )
            for chart, width, height in charts
        ]
