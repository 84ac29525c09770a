"""Answers in Parquet: a file made up for the purpose, and duckdb's own scan beside the library.

python -m scripts.bench_stored FILE ROWS      write such a file (24 one-byte columns)
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from scripts.bench_surveys import Survey, survey

SMALL = 50_000  # rows made up; a file holds them drawn at random, so that nothing repeats in it


def source(rows: int = SMALL) -> Survey:
    return survey("satisfaction", min(rows, SMALL))


def write(path: Path, rows: int) -> None:
    """Answers of so many people, one byte each."""
    import duckdb

    drawn = source()
    order = np.random.default_rng(1).integers(0, len(drawn.values), size=rows)
    values = drawn.values.astype(np.uint8)
    answers = {item: values[order, column] for column, item in enumerate(drawn.items)}
    database = duckdb.connect()
    database.register("answers", answers)
    database.table("answers").write_parquet(str(path))


def written(path: Path, rows: int) -> Path:
    """The same in another process, so that its memory is not counted."""
    subprocess.check_call([sys.executable, "-m", "scripts.bench_stored", str(path), str(rows)])
    return path


def scan(path: Path, items: tuple[str, ...]) -> Callable[[], object]:
    """S: one scan that sums the columns, with duckdb's own threads."""
    import duckdb

    sums = ", ".join(f'sum("{item}")' for item in items)
    return lambda: duckdb.connect().read_parquet(str(path)).aggregate(sums).fetchone()


def replicate(path: Path, replicates: int = 5000) -> Callable[[], Any]:
    """Estimate and grouped replicates, from the file to the intervals."""
    from zhuoyue.analysis import StoredAnswers, bootstrap

    model = source().model
    return lambda: bootstrap(model, StoredAnswers.parquet(path), replicates=replicates)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
