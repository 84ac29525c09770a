"""From a wave to frozen answers, from those to a result, and from a result to its chain."""

import io
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhuoyue.analysis import (
    Bootstrap,
    Chain,
    Interval,
    Model,
    Scale,
    Settings,
    driver_rankings,
    effect_chain,
    item_map,
    read_table,
)
from zhuoyue.studies.comparing import (
    PERMUTATIONS,
    Asked,
    Stages,
    bootstrapped,
    compared,
    samples_of,
)
from zhuoyue.surveys.queries import Answers as WaveAnswers

if TYPE_CHECKING:
    import numpy as np

Progress = Callable[[int, int], None]

GROUP = "::group"  # the column of the frozen answers; no item is called like this
WEIGHT = "::weight"  # nor like this
ESTIMATION = ("scheme", "items", "missing")

# Replicates of the effects that are kept for what-if questions: two megabytes of them at most.
NUMBERS_KEPT = 500_000


@dataclass(frozen=True)
class Run:
    """What a run of a study gives: the result as JSON knows it, and replicates of its effects."""

    result: dict[str, Any]
    draws: bytes  # replicates x effects of the chain, as numpy keeps arrays


def freeze(
    answers: WaveAnswers,
    model: Model,
    labels: Sequence[str | None] = (),
    *,
    weighted: bool = False,
) -> bytes:
    """The columns a model needs as a Parquet file; the same answers give the same bytes.

    `labels` say to which group each answer belongs; `weighted` keeps how much each counts.
    """
    import duckdb
    import numpy as np

    columns = {
        item: np.asarray(answers.columns[item], dtype=np.float64)
        for item in model.items
        if item in answers.columns
    }
    if weighted:
        columns[WEIGHT] = np.asarray(answers.weights, dtype=np.float64)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        with duckdb.connect() as base:
            base.execute("SET threads = 1")
            # NaN stands for no answer in memory; a file says NULL.
            parts = [
                f"CASE WHEN isnan({quoted(c)}) THEN NULL ELSE {quoted(c)} END AS {quoted(c)}"
                for c in columns
            ]
            if labels:
                columns[GROUP] = np.array(labels, dtype=object)
                parts.append(f"CAST({quoted(GROUP)} AS VARCHAR) AS {quoted(GROUP)}")
            chosen = ", ".join(parts)
            base.register("answers", columns)
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
    target: str,
    scale: tuple[float, float] | None,
    replicates: int,
    seed: int,
    progress: Progress | None = None,
) -> Run:
    """The result of a model on frozen answers."""
    table = read_table(path)
    weights = table.numbers(WEIGHT) if WEIGHT in table.columns else None
    answers = replace(table.answers(model.items), weights=weights)
    labels = [None if each is None else str(each) for each in table.columns.get(GROUP, ())]
    asked = Asked(
        estimation_of(settings),
        Scale(*scale) if scale else None,
        replicates=replicates,
        permutations=settings.get("permutations", PERMUTATIONS),
        seed=seed,
        interval=settings.get("interval", Interval.PERCENTILE),
    )
    stages = Stages(progress, replicates + samples_of(labels, asked))
    found = bootstrapped(model, answers, asked, stages, keep_draws=True)
    chain = effect_chain(found)
    result = record_of(found, chain, target)
    if labels:
        asked = replace(asked, scale=found.estimate.scale)  # of all answers, for every group
        groups = compared(model, answers, labels, asked, stages)
        result["groups"] = plain({"column": settings["group"], **groups})
    return Run(result, kept_draws(chain))


def estimation_of(settings: Mapping[str, Any]) -> Settings:
    """How the model is estimated; what is done besides stands in the same settings of a study."""
    return Settings(**{key: settings[key] for key in ESTIMATION if key in settings})


def record_of(found: Bootstrap, chain: Chain, target: str) -> dict[str, Any]:
    """The library's record and its readings."""
    return plain(
        {
            **found.to_dict(),
            "drivers": {name: each.to_dict() for name, each in driver_rankings(found).items()},
            "item_map": {target: [each.to_dict() for each in item_map(found, target)]},
            "chain": chain.to_dict(),
        }
    )


def plain(made: Mapping[str, object]) -> dict[str, Any]:
    """Through JSON once: a stored record and a fresh one compare equal."""
    found: dict[str, Any] = json.loads(json.dumps(made))
    return found


def kept_draws(chain: Chain) -> bytes:
    """As many of the first replicates as fit, in single precision: enough for limits on a page."""
    import numpy as np

    assert chain.draws is not None  # they were asked for
    rows = max(1, NUMBERS_KEPT // max(1, len(chain.effects)))
    content = io.BytesIO()
    np.save(content, np.ascontiguousarray(chain.draws[:rows], dtype="<f4"))
    return content.getvalue()


def chain_of(result: Mapping[str, Any], draws: Path | None) -> Chain:
    """The chain of a stored result, ready for questions."""
    return Chain.of_record(result["chain"], read_draws(draws) if draws else None)


def read_draws(path: Path) -> "np.ndarray[Any, np.dtype[np.float64]]":
    import numpy as np

    found: np.ndarray[Any, np.dtype[np.float64]] = np.load(path, allow_pickle=False).astype(float)
    return found
