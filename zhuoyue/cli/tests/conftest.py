"""Answers and a model in a folder, for the command that needs no centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from zhuoyue.analysis import Scale, parse_model, simulate
from zhuoyue.cli import main

MODEL = """Quality =~ q1 + q2 + q3
Value =~ v1 + v2
Loyalty =~ l1 + l2
Value ~ Quality
Loyalty ~ Quality + Value
"""
Place = tuple[int | slice, int]


@dataclass(frozen=True)
class Desk:
    """A folder with answers and a model, and the command at hand."""

    folder: Path
    answers: Path
    model: Path
    columns: tuple[str, ...]
    values: np.ndarray
    capture: pytest.CaptureFixture[str]

    def write(self, values: np.ndarray, name: str = "answers.csv") -> Path:
        lines = [",".join(self.columns)]
        lines += [",".join(str(cell) for cell in row) for row in values]
        return self.put("\n".join(lines), name)

    def changed(self, cells: Mapping[Place, object]) -> None:
        """The answers, some cells or columns of them changed."""
        values = self.values.astype(object)
        for place, content in cells.items():
            values[place] = content
        self.write(values)

    def put(self, content: str | bytes, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *more: object, answers: Path | None = None, model: Path | None = None) -> int:
        given = ["analyse", answers or self.answers, "--model", model or self.model, *more]
        return main([str(each) for each in given])

    def told(self) -> tuple[str, str]:
        found = self.capture.readouterr()
        return found.out, found.err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Eighty answers on a scale from 1 to 7, made from known effects."""
    model = parse_model(MODEL)
    effects = {("Quality", "Value"): 0.5, ("Quality", "Loyalty"): 0.3, ("Value", "Loyalty"): 0.4}
    made = simulate(
        model, effects, dict.fromkeys(model.items, 0.8), n=80, seed=5, scale=Scale(1, 7)
    )
    path = tmp_path / "model.txt"
    path.write_text(MODEL, encoding="utf-8")
    found = Desk(
        tmp_path,
        tmp_path / "answers.csv",
        path,
        model.items,
        made.answers.values.astype(int),
        capsys,
    )
    found.write(found.values)
    return found
