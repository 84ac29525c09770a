"""Frames, files, texts and results in the wrong place: understood, or refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Construct,
    Model,
    Scale,
    Settings,
    StoredAnswers,
    bootstrap,
    compare_groups,
    driver_ranking,
    effect_chain,
    effect_sizes_by_omission,
    estimate,
    item_map,
    parse_model,
    predict,
    read_model,
    read_table,
    simulate,
    weighted_index,
    what_if,
)

TEXT = "Quality =~ q1 + q2\nLoyalty =~ l1 + l2\nLoyalty ~ Quality"
MODEL = parse_model(TEXT)
ANSWERS = simulate(MODEL, {("Quality", "Loyalty"): 0.5}, 0.8, n=60, seed=1).answers
COLUMNS = dict(zip(ANSWERS.names, ANSWERS.values.T, strict=True))


class Frame:
    """What data frames of polars and tables of Arrow have in common: columns, by name."""

    def __init__(self, columns: dict[str, Any], names: str) -> None:
        self._columns = columns
        setattr(self, names, list(columns))

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def __array__(self) -> Any:
        return np.column_stack(list(self._columns.values()))


class Pandas(Frame):
    """A frame whose columns may share a name."""

    def items(self) -> list[tuple[str, Any]]:
        return [*self._columns.items(), ("q1", self._columns["q1"])]


@pytest.mark.parametrize("names", ["columns", "column_names"])
def test_data_frames_of_several_libraries_become_answers(names: str) -> None:
    frame: Any = Frame(COLUMNS, names)
    found = Answers.of(frame)
    assert found.names == ANSWERS.names
    assert np.array_equal(found.values, ANSWERS.values)


def test_a_column_name_twice_in_a_frame_is_refused_not_dropped() -> None:
    frame: Any = Pandas(COLUMNS, "columns")
    with pytest.raises(AnalysisError) as caught:
        Answers.of(frame)
    assert (caught.value.code, caught.value.params) == ("column_duplicate", {"column": "q1"})


FOUND = estimate(MODEL, ANSWERS)
Wrong = tuple[Callable[[], object], str, str]
MISTAKES: dict[str, Wrong] = {
    "a text for a model": (lambda: estimate(TEXT, ANSWERS), "model_form", "str"),  # type: ignore[arg-type]
    "a result for a model": (lambda: bootstrap(FOUND, ANSWERS), "model_form", "Estimate"),  # type: ignore[arg-type]
    "model and answers the other way round": (
        lambda: estimate(ANSWERS, MODEL),  # type: ignore[arg-type]
        "model_form",
        "Answers",
    ),
    "groups of a text": (
        lambda: compare_groups(TEXT, ANSWERS, ["a", "b"] * 30),  # type: ignore[arg-type]
        "model_form",
        "str",
    ),
    "prediction from a text": (lambda: predict(TEXT, ANSWERS), "model_form", "str"),  # type: ignore[arg-type]
    "omission from a result": (
        lambda: effect_sizes_by_omission(FOUND, ANSWERS),  # type: ignore[arg-type]
        "model_form",
        "Estimate",
    ),
    "a world of a text": (
        lambda: simulate(TEXT, {}, 0.8, n=9, seed=1),  # type: ignore[arg-type]
        "model_form",
        "str",
    ),
    "a scheme for settings": (
        lambda: estimate(MODEL, ANSWERS, "centroid"),  # type: ignore[arg-type]
        "settings_form",
        "str",
    ),
    "replicates for settings": (
        lambda: bootstrap(MODEL, ANSWERS, 5000),  # type: ignore[arg-type]
        "settings_form",
        "int",
    ),
    "a dictionary for settings": (
        lambda: predict(MODEL, ANSWERS, {"scheme": "path"}),  # type: ignore[arg-type]
        "settings_form",
        "dict",
    ),
    "columns for groups": (
        lambda: compare_groups(MODEL, COLUMNS, ["a", "b"] * 30),  # type: ignore[arg-type]
        "answers_form",
        "dict",
    ),
    "a table for columns": (lambda: Answers.of(ANSWERS.values), "columns_form", "ndarray"),
    "rows for columns": (lambda: Answers.of([{"q1": 1}]), "columns_form", "list"),
    "a name for weights": (lambda: Answers.of(COLUMNS, weights="w"), "value_not_number", "weights"),
    "a model for a ranking": (lambda: driver_ranking(MODEL, "Loyalty"), "result_form", "Model"),  # type: ignore[arg-type]
    "a model for a map": (lambda: item_map(MODEL, "Loyalty"), "result_form", "Model"),  # type: ignore[arg-type]
    "a model for a chain": (lambda: effect_chain(MODEL), "result_form", "Model"),  # type: ignore[arg-type]
    "pairs for changes": (lambda: what_if(FOUND, [("Quality", 5)]), "mapping_form", "list"),  # type: ignore[arg-type]
    "a text for a change": (
        lambda: what_if(FOUND, {"Quality": "5"}),  # type: ignore[dict-item]
        "change_not_finite",
        "Quality",
    ),
    "a construct that nothing changes": (
        lambda: what_if(FOUND, {"Quality": 5}).of("loyalty"),
        "construct_unknown",
        "Loyalty",
    ),
    "a construct that is not there": (lambda: MODEL.construct("Q"), "construct_unknown", "Quality"),
    "constructs as pairs": (
        lambda: Model.of([("A", ["a"])], [("A", "B")]),  # type: ignore[arg-type]
        "mapping_form",
        "list",
    ),
    "a construct for items": (
        lambda: Model.of({"A": Construct("A", ("a",)), "B": "b"}, [("A", "B")]),  # type: ignore[dict-item]
        "items_form",
        "Construct",
    ),
    "a frame for a file": (lambda: read_table(COLUMNS), "file_form", "dict"),  # type: ignore[arg-type]
    "a frame for a Parquet file": (
        lambda: StoredAnswers.parquet(COLUMNS),  # type: ignore[arg-type]
        "file_form",
        "dict",
    ),
    "a path for the text of a model": (
        lambda: parse_model(Path("model.txt")),  # type: ignore[arg-type]
        "model_text_form",
        "Path",
    ),
    "the text of a model for its file": (lambda: read_model(TEXT), "model_file_is_text", ""),
    "one group for a pair": (
        lambda: compare_groups(MODEL, ANSWERS, ["a", "b"] * 30, pair="a"),  # type: ignore[arg-type]
        "pair_form",
        "a, b",
    ),
    "a frame for a relation": (
        lambda: StoredAnswers.relation(Frame(COLUMNS, "columns")),
        "relation_form",
        "Frame",
    ),
    "a query for a relation": (
        lambda: StoredAnswers.relation("select 1"),
        "relation_form",
        "str",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_of_the_wrong_kind_is_named_with_the_remedy(name: str) -> None:
    call, code, culprit = MISTAKES[name]
    with pytest.raises(AnalysisError) as caught:
        call()
    assert caught.value.code == code
    assert culprit in str(caught.value.params)
    assert str(caught.value).endswith(".")


def test_one_code_for_no_answer_and_one_item_need_no_list(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("q1,q2\n1,99\n3,4\n", encoding="utf-8")
    table = read_table(file)
    assert np.isnan(table.answers(["q1", "q2"], missing_codes=99).values[0, 1])
    assert table.answers("q1").names == ("q1",)
    assert ANSWERS.select("q1").shape == (60, 1)
    assert repr(table) == "Table of 2 rows from answers.csv: q1, q2"


def test_arrays_serve_as_means_and_weights_of_an_index() -> None:
    assert weighted_index(np.array([4.0]), np.array([1.0]), low=1, high=7) == pytest.approx(50)  # type: ignore[arg-type]


def test_stored_answers_take_one_code_and_tell_their_columns() -> None:
    duckdb = pytest.importorskip("duckdb", reason="stored answers need duckdb")
    relation = duckdb.sql("select 1 as q1, 99 as q2 union all select 2, 3")
    stored = StoredAnswers.relation(relation, missing_codes=99)
    assert repr(stored) == "StoredAnswers in duckdb: q1, q2"
    assert np.isnan(stored.load("q2").values).sum() == 1


def test_settings_and_scale_still_come_as_before() -> None:
    found = estimate(MODEL, ANSWERS, Settings(scheme="factorial"))  # type: ignore[arg-type]
    assert found.settings.scheme == "factorial"
    assert estimate(MODEL, ANSWERS, scale=Scale(-9, 9)).scale == Scale(-9, 9)
