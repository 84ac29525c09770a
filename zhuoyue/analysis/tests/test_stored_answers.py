"""Answers in memory, in Parquet and behind duckdb give the same numbers, whatever their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Interaction,
    InteractionMethod,
    Missing,
    Model,
    Scale,
    Settings,
    StoredAnswers,
    blocks,
    bootstrap,
    compare_groups,
    estimate,
    predict,
)
from zhuoyue.analysis.arrow_stream import tables

duckdb = pytest.importorskip("duckdb", reason="stored answers need duckdb")

ITEMS = ("q1", "q2", "q3", "v1", "v2", "s1", "s2")
MODEL = Model.of(
    {"Quality": ITEMS[:3], "Value": ITEMS[3:5], "Satisfaction": ITEMS[5:]},
    [("Quality", "Value"), ("Quality", "Satisfaction"), ("Value", "Satisfaction")],
)
PRODUCTS = Model.of(
    {"Quality": ITEMS[:3], "Value": ITEMS[3:5], "Satisfaction": ITEMS[5:]},
    [
        ("Quality", "Satisfaction"),
        ("Value", "Satisfaction"),
        ("Quality*Value", "Satisfaction"),
    ],
    interactions=[Interaction("Quality", "Value", InteractionMethod.PRODUCT_INDICATOR)],
)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large begins at 300 rows, and 450 rows are read at once."""
    monkeypatch.setattr("zhuoyue.analysis.prepared.LARGE", 300)
    monkeypatch.setattr("zhuoyue.analysis.prepared_stored.LARGE", 300)
    monkeypatch.setattr(blocks, "ROWS_AT_ONCE", 450)


def survey(rows: int, seed: int = 7) -> dict[str, np.ndarray]:
    """Answers from 1 to 7 that share a cause; not a multiple of what is read at once."""
    stream = np.random.default_rng(seed)
    cause = stream.normal(size=rows)
    own = {"q": cause, "v": 0.7 * cause, "s": 0.8 * cause + 0.3 * stream.normal(size=rows)}
    return {
        item: np.clip(np.round(4 + own[item[0]] + 0.8 * stream.normal(size=rows)), 1, 7)
        for item in ITEMS
    }


def with_gaps(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Gaps in two items, one of them only late in the file, and a row with no answer at all."""
    found = {item: values.copy() for item, values in columns.items()}
    found["q2"][::7] = np.nan
    found["s1"][700::11] = np.nan
    for values in found.values():
        values[5] = np.nan
    return found


def parquet(place: Path, columns: dict[str, np.ndarray], kind: str = "TINYINT") -> Path:
    """A file with these columns; NaN becomes NULL."""
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE answers (" + ", ".join(f'"{name}" {kind}' for name in columns) + ")"
    )
    rows = [
        [None if np.isnan(cell) else float(cell) for cell in row]
        for row in np.column_stack(list(columns.values()))
    ]
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO answers VALUES ({marks})", rows)
    database.execute(f"COPY answers TO '{place}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return place


def same(first: Any, second: Any) -> None:
    """All numbers alike to 1e-10, and the same cautions."""
    one, other = first.to_dict(), second.to_dict()
    _same(one, other, "")


def _same(one: Any, other: Any, place: str) -> None:
    if isinstance(one, dict):
        assert one.keys() == other.keys(), place
        for key in one:
            _same(one[key], other[key], f"{place}/{key}")
    elif isinstance(one, list | tuple):
        assert len(one) == len(other), place
        for k, (a, b) in enumerate(zip(one, other, strict=True)):
            _same(a, b, f"{place}/{k}")
    elif isinstance(one, float):
        assert one == pytest.approx(other, abs=1e-10, nan_ok=True), place
    else:
        assert one == other, place


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    "kind", ["TINYINT", "UINTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(5,2)"]
)
def test_parquet_of_any_number_gives_what_memory_gives(tmp_path: Path, kind: str) -> None:
    columns = survey(1001)
    file = parquet(tmp_path / "answers.parquet", columns, kind)
    memory = Answers.of(columns)
    stored = StoredAnswers.parquet(file)
    same(estimate(MODEL, memory), estimate(MODEL, stored))
    same(
        bootstrap(MODEL, memory, replicates=200, seed=3),
        bootstrap(MODEL, stored, replicates=200, seed=3),
    )


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("missing", list(Missing))
@pytest.mark.parametrize("interval", ["percentile", "bca"])
def test_gaps_are_dealt_with_alike(tmp_path: Path, missing: Missing, interval: str) -> None:
    columns = with_gaps(survey(1203))
    settings = Settings(missing=missing)
    memory = Answers.of(columns)
    stored = StoredAnswers.parquet(parquet(tmp_path / "answers.parquet", columns))
    same(estimate(MODEL, memory, settings), estimate(MODEL, stored, settings))
    asked: dict[str, Any] = {"replicates": 100, "interval": interval}
    same(bootstrap(MODEL, memory, settings, **asked), bootstrap(MODEL, stored, settings, **asked))


@pytest.mark.usefixtures("small_blocks")
def test_case_weights_and_missing_codes_are_columns_of_the_file(tmp_path: Path) -> None:
    columns = survey(907)
    weights = np.random.default_rng(1).integers(0, 4, size=907).astype(float)
    coded = {item: np.where(np.arange(907) % 9 == 0, 99.0, v) for item, v in columns.items()}
    coded["q1"][4] = -1.0
    file = parquet(tmp_path / "answers.parquet", {**coded, "weight": weights}, "SMALLINT")
    gaps = {item: np.where((v == 99) | (v == -1), np.nan, v) for item, v in coded.items()}
    memory = Answers.of(gaps, weights=weights)
    stored = StoredAnswers.parquet(file, weights="weight", missing_codes=[99, -1])
    for missing in Missing:
        settings = Settings(missing=missing)
        same(estimate(MODEL, memory, settings), estimate(MODEL, stored, settings))
        same(
            bootstrap(MODEL, memory, settings, replicates=60),
            bootstrap(MODEL, stored, settings, replicates=60),
        )


def test_a_relation_of_few_rows_is_resampled_row_by_row() -> None:
    columns = survey(150)
    database = duckdb.connect()
    database.register("numbers", columns)
    stored = StoredAnswers.relation(database.sql("SELECT * FROM numbers"))
    memory = Answers.of(columns)
    found = bootstrap(MODEL, stored, replicates=100)
    same(bootstrap(MODEL, memory, replicates=100), found)
    assert "bootstrap_grouped" not in [note.code for note in found.cautions]


@pytest.mark.usefixtures("small_blocks")
def test_items_that_are_multiplied_are_summed_up_too(tmp_path: Path) -> None:
    columns = survey(1100)
    memory = Answers.of(columns)
    stored = StoredAnswers.parquet(parquet(tmp_path / "answers.parquet", columns))
    same(bootstrap(PRODUCTS, memory, replicates=60), bootstrap(PRODUCTS, stored, replicates=60))
    gaps = StoredAnswers.parquet(parquet(tmp_path / "gaps.parquet", with_gaps(columns)))
    with pytest.raises(AnalysisError) as refused:
        estimate(PRODUCTS, gaps, Settings(missing=Missing.MEAN))
    assert refused.value.code == "stored_replacement"


@pytest.mark.usefixtures("small_blocks")
def test_threads_and_cuts_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = StoredAnswers.parquet(parquet(tmp_path / "answers.parquet", survey(5000)))
    one = bootstrap(MODEL, stored, replicates=130, threads=1)
    two = bootstrap(MODEL, stored, replicates=130, threads=2)
    assert one.to_dict() == two.to_dict()
    monkeypatch.setattr(
        "zhuoyue.analysis.stored.tables",
        lambda source: (part for each in tables(source) for part in np.array_split(each, 7)),
    )
    assert bootstrap(MODEL, stored, replicates=130).to_dict() == one.to_dict()


@pytest.mark.usefixtures("small_blocks")
def test_sorted_rows_have_the_standard_errors_of_rows_drawn_singly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Blocks that each took their share of every part of the file would be too much alike."""
    columns = survey(40_000)
    order = np.argsort(sum(columns.values()))
    answers = Answers.of({item: values[order] for item, values in columns.items()})
    grouped = bootstrap(MODEL, answers, replicates=1500)
    monkeypatch.setattr("zhuoyue.analysis.prepared.LARGE", 1_000_000)
    single = bootstrap(MODEL, answers, replicates=1500)
    caution = next(note for note in grouped.cautions if note.code == "bootstrap_grouped")
    noise = caution.params["noise"] + 2 / np.sqrt(2 * 1500)  # of the blocks and of both bootstraps
    for own, other in zip(grouped.total_effects, single.total_effects, strict=True):
        assert own.estimate == pytest.approx(other.estimate, abs=1e-12)
        assert own.spread is not None and other.spread is not None
        assert own.spread.se == pytest.approx(other.spread.se, rel=2 * noise)
    for name in MODEL.names:
        assert grouped.index[name].se == pytest.approx(single.index[name].se, rel=2 * noise)


type Case = tuple[str, Callable[[], object], dict[str, object]]


def refused_with(cases: list[Case]) -> None:
    for code, work, params in cases:
        with pytest.raises(AnalysisError) as refused:
            work()
        assert refused.value.code == code
        assert refused.value.params.items() >= params.items()


def test_a_wrong_file_or_query_is_named(tmp_path: Path) -> None:
    file = parquet(tmp_path / "answers.parquet", survey(60))
    torn = tmp_path / "torn.parquet"
    torn.write_bytes(file.read_bytes()[:200])
    query = "SELECT *, 'good' AS said FROM read_parquet($file)"
    words = duckdb.connect().sql(query, params={"file": str(file)})
    failing = words.project("* EXCLUDE (q1), CAST(error('no') AS INT) AS q1")
    unknown = Model.of({"A": ["q1", "zz"], "B": ["s1"]}, [("A", "B")])
    text = Model.of({"A": ["q1", "said"], "B": ["s1"]}, [("A", "B")])

    def stored(relation: Any) -> StoredAnswers:
        return StoredAnswers.relation(relation)

    refused_with(
        [
            ("file_missing", lambda: StoredAnswers.parquet(tmp_path / "none.parquet"), {}),
            ("file_unreadable", lambda: StoredAnswers.parquet(torn), {"file": "torn.parquet"}),
            (
                "item_unknown",
                lambda: estimate(unknown, StoredAnswers.parquet(file)),
                {"item": "zz"},
            ),
            (
                "column_not_numbers",
                lambda: estimate(text, stored(words)),
                {"column": "said", "kind": "VARCHAR"},
            ),
            ("file_empty", lambda: estimate(MODEL, stored(words.limit(0))), {"file": "duckdb"}),
            (
                "relation_failed",
                lambda: estimate(MODEL, stored(failing)),
                {"reason": "Invalid Input Error: no"},
            ),
            ("rows_too_few", lambda: estimate(MODEL, stored(words.limit(2))), {"n": 2}),
        ]
    )


def test_a_wrong_value_is_named_with_its_row(tmp_path: Path) -> None:
    columns = survey(60)
    row = np.arange(60)
    far = {**columns, "v2": np.where(row == 17, 9.0, columns["v2"])}
    endless = {**columns, "v2": np.where(row == 17, np.inf, columns["v2"])}
    negative = {**columns, "weight": np.where(row == 3, -1.0, 1.0)}

    def stored(name: str, columns: dict[str, np.ndarray], **more: Any) -> StoredAnswers:
        file = parquet(tmp_path / f"{name}.parquet", columns, "DOUBLE")
        return StoredAnswers.parquet(file, **more)

    refused_with(
        [
            (
                "value_out_of_scale",
                lambda: estimate(MODEL, stored("far", far), scale=Scale(1, 7)),
                {"row": 18, "column": "v2", "value": 9.0, "count": 1},
            ),
            (
                "value_infinite",
                lambda: estimate(MODEL, stored("endless", endless)),
                {"row": 18, "column": "v2"},
            ),
            (
                "weight_invalid",
                lambda: estimate(MODEL, stored("negative", negative, weights="weight")),
                {"row": 4},
            ),
        ]
    )


def test_who_needs_single_rows_asks_for_them(tmp_path: Path) -> None:
    file = StoredAnswers.parquet(parquet(tmp_path / "answers.parquet", survey(60)))
    refused_with(
        [
            (
                "answers_not_loaded",
                lambda: compare_groups(MODEL, file, ["a", "b"] * 30),  # type: ignore[arg-type]  # the mistake
                {"method": "compare_groups"},
            ),
            (
                "answers_not_loaded",
                lambda: predict(MODEL, file),  # type: ignore[arg-type]  # the mistake
                {"method": "predict"},
            ),
        ]
    )


def test_loaded_answers_are_the_rows_of_the_file(tmp_path: Path) -> None:
    columns = with_gaps(survey(800))
    stored = StoredAnswers.parquet(parquet(tmp_path / "[odd] *name.parquet", columns))
    loaded = stored.load(["s1", "q2"])
    np.testing.assert_array_equal(loaded.values, np.column_stack([columns["s1"], columns["q2"]]))
