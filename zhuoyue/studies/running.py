"""From a wave to frozen answers, and from frozen answers to a result."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zhuoyue.analysis import Answers, Model, Scale, Settings, bootstrap, read_table
from zhuoyue.surveys.queries import Answers as WaveAnswers

Progress = Callable[[int, int], None]


def freeze(answers: WaveAnswers, model: Model) -> bytes:
    """The columns a model needs as a Parquet file; the same answers give the same bytes."""
    import duckdb
    import numpy as np

    columns = {
        item: np.asarray(answers.columns[item], dtype=np.float64)
        for item in model.items
        if item in answers.columns
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        with duckdb.connect() as base:
            base.execute("SET threads = 1")
            base.register("answers", columns)
            # NaN stands for no answer in memory; a file says NULL.
            chosen = ", ".join(
                f"CASE WHEN isnan({quoted(c)}) THEN NULL ELSE {quoted(c)} END AS {quoted(c)}"
                for c in columns
            )
            base.execute(
                f"COPY (SELECT {chosen} FROM answers) TO '{path}' (FORMAT parquet)"  # noqa: S608 - names are quoted, the path is our own
            )
        return path.read_bytes()


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def run(
    path: Path,
    model: Model,
    settings: Mapping[str, Any],
    *,
    scale: tuple[float, float] | None,
    replicates: int,
    seed: int,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The result of a model on frozen answers, as JSON knows it."""
    table = read_table(path)
    answers: Answers = table.answers(model.items)
    found = bootstrap(
        model,
        answers,
        Settings(**settings),
        scale=Scale(*scale) if scale else None,
        replicates=replicates,
        seed=seed,
        progress=progress,
    )
    # Through JSON once, so that a stored result and a fresh one compare equal.
    result: dict[str, Any] = json.loads(json.dumps(found.to_dict()))
    return result
