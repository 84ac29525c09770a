"""Shared inputs of the library's tests. Nothing here may need Django."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import Answers, Model, Scale, read_table

ECSI_BLOCKS = {
    "Image": [f"IMAG{i}" for i in range(1, 6)],
    "Expectation": [f"CUEX{i}" for i in range(1, 4)],
    "Quality": [f"PERQ{i}" for i in range(1, 8)],
    "Value": ["PERV1", "PERV2"],
    "Satisfaction": [f"CUSA{i}" for i in range(1, 4)],
    "Complaints": ["CUSCO"],
    "Loyalty": [f"CUSL{i}" for i in range(1, 4)],
}
ECSI_PATHS = [
    ("Image", "Expectation"),
    ("Image", "Satisfaction"),
    ("Image", "Loyalty"),
    ("Expectation", "Quality"),
    ("Expectation", "Value"),
    ("Expectation", "Satisfaction"),
    ("Quality", "Value"),
    ("Quality", "Satisfaction"),
    ("Value", "Satisfaction"),
    ("Satisfaction", "Complaints"),
    ("Satisfaction", "Loyalty"),
    ("Complaints", "Loyalty"),
]


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real surveys and reference numbers, which are not part of the repository."""
    folder = os.environ.get("ZHUOYUE_TEST_DATA")
    if not folder:
        message = "ZHUOYUE_TEST_DATA does not name the folder of reference data"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return Path(folder)


@pytest.fixture(scope="session")
def ecsi() -> Model:
    """The European customer satisfaction model (Tenenhaus et al. 2005)."""
    return Model.of(ECSI_BLOCKS, ECSI_PATHS)


@pytest.fixture(scope="session")
def mobi(test_data: Path, ecsi: Model) -> Answers:
    """The mobile-phone survey published with that model: 250 answers, scale 1 to 10."""
    return read_table(test_data / "mobile-survey" / "mobi.csv").answers(ecsi.items)


@pytest.fixture(scope="session")
def with_yaml() -> None:
    """Leaves a test out where the library stands alone: YAML is read by an optional package."""
    pytest.importorskip("yaml", reason="YAML needs the optional package PyYAML")


@pytest.fixture(scope="session")
def ten() -> Scale:
    return Scale(1, 10)


class Reference:
    """Numbers that another program computed: matrices of rows, columns and values."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record

    def __getitem__(self, key: str) -> Any:
        return self.record[key]

    def table(self, key: str) -> dict[tuple[str, str], float]:
        matrix = self.record[key]
        return {
            (row, column): value
            for row, line in zip(matrix["rows"], matrix["values"], strict=True)
            for column, value in zip(matrix["cols"], line, strict=True)
            if value is not None
        }


@pytest.fixture(scope="session")
def reference(test_data: Path) -> Any:
    def read(name: str) -> Reference:
        text = (test_data / "reference" / f"{name}.json").read_text(encoding="utf-8")
        return Reference(json.loads(text))

    return read


@pytest.fixture(scope="session")
def resample_indices(test_data: Path) -> np.ndarray:
    place = test_data / "reference" / "resample_idx_seed123_n250.csv.gz"
    with gzip.open(place, "rt") as file:
        return np.loadtxt(file, delimiter=",", dtype=np.int64)


@pytest.fixture
def small_model() -> Model:
    """Three constructs of two or three items, enough to go wrong in every way."""
    return Model.of(
        {"Quality": ["q1", "q2", "q3"], "Value": ["v1", "v2"], "Loyalty": ["l1", "l2"]},
        [("Quality", "Value"), ("Quality", "Loyalty"), ("Value", "Loyalty")],
    )


@pytest.fixture
def small_answers(small_model: Model) -> Answers:
    """Sixty answers on a scale from 1 to 7 that hang together."""
    stream = np.random.default_rng(7)
    common = stream.normal(size=(60, 1))
    own = stream.normal(size=(60, len(small_model.items)))
    values = np.clip(np.round(4 + common + own), 1, 7)
    return Answers(small_model.items, values)
