"""Every bad input gives a coded error or caution that names the culprit and the remedy."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import zhuoyue.analysis
from zhuoyue.analysis import (
    CAUTION_TEXTS,
    ERROR_TEXTS,
    AnalysisError,
    Answers,
    Construct,
    Missing,
    Mode,
    Model,
    Scale,
    Settings,
    bootstrap,
    estimate,
)

type Change = Callable[[np.ndarray], None]


def changed(answers: Answers, change: Change) -> Answers:
    values = answers.values.copy()
    change(values)
    return Answers(answers.names, values)


def code_of(call: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(AnalysisError) as caught:
        call()
    return caught.value.code, caught.value.params


BLOCKS = {"Quality": ["q1", "q2"], "Value": ["v1"]}
PATHS = [("Quality", "Value")]


@pytest.mark.parametrize(
    ("blocks", "paths", "code", "culprit"),
    [
        ({"Quality": [], "Value": ["v1"]}, PATHS, "construct_empty", "Quality"),
        ({"Quality": ["q1", "q1"], "Value": ["v1"]}, PATHS, "item_duplicate", "q1"),
        ({"Quality": ["q1"], "Value": ["q1"]}, PATHS, "item_shared", "q1"),
        (BLOCKS, [("Quality", "Price")], "path_unknown_construct", "Price"),
        (BLOCKS, [*PATHS, ("Value", "Quality")], "path_cycle", "Quality -> Value"),
        (BLOCKS, [*PATHS, ("Value", "Value")], "path_to_itself", "Value"),
        (BLOCKS, [*PATHS, *PATHS], "path_duplicate", "Quality"),
        (BLOCKS, [], "paths_missing", "no paths"),
        ({**BLOCKS, "Price": ["p1"]}, PATHS, "construct_unconnected", "Price"),
        ({**BLOCKS, "": ["p1"]}, PATHS, "construct_name_empty", "no name"),
    ],
)
def test_a_model_that_cannot_be(
    blocks: dict[str, list[str]], paths: list[tuple[str, str]], code: str, culprit: str
) -> None:
    with pytest.raises(AnalysisError, match=re.escape(culprit)) as caught:
        Model.of(blocks, paths)
    assert caught.value.code == code


def test_a_construct_defined_twice() -> None:
    twice = (Construct("Q", ("q1",)), Construct("Q", ("q2",)))
    assert code_of(lambda: Model(twice, ()))[0] == "construct_duplicate"


@pytest.mark.parametrize(
    ("setting", "value"), [("scheme", "best"), ("items", "raw"), ("missing", "guess")]
)
def test_an_unknown_setting_shows_the_choices(setting: str, value: str) -> None:
    code, params = code_of(lambda: Settings(**{setting: value}))  # type: ignore[arg-type]  # wrong on purpose
    assert (code, params["setting"], params["value"]) == ("setting_unknown", setting, value)


def test_answers_without_an_item_of_the_model(small_model: Model) -> None:
    answers = Answers.of({"q1": [1, 2, 3]})
    code, params = code_of(lambda: estimate(small_model, answers))
    assert (code, params["item"]) == ("item_unknown", "q2")


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        (lambda v: v[:, 1].fill(4), "item_constant", {"item": "q2", "value": 4.0}),
        (lambda v: v[:, 3].fill(np.nan), "item_all_missing", {"item": "v1"}),
        (
            lambda v: v[5:7, 2].fill(8),
            "value_out_of_scale",
            {"row": 6, "column": "q3", "value": 8.0, "count": 2},
        ),
        (lambda v: v[2:, 0].fill(np.nan), "rows_too_few", {"n": 2}),
    ],
)
def test_answers_that_cannot_be_estimated(
    small_model: Model,
    small_answers: Answers,
    change: Change,
    code: str,
    expected: dict[str, object],
) -> None:
    broken = changed(small_answers, change)
    found, params = code_of(lambda: estimate(small_model, broken, scale=Scale(1, 7)))
    assert found == code
    assert {key: params[key] for key in expected} == expected
    assert estimate(small_model, small_answers, scale=Scale(1, 7)).converged


def test_an_infinite_answer_is_refused_with_its_place(small_answers: Answers) -> None:
    code, params = code_of(lambda: changed(small_answers, lambda v: v[4, 1:2].fill(np.inf)))
    assert (code, params) == ("value_infinite", {"row": 5, "column": "q2"})
    code, params = code_of(lambda: changed(small_answers, lambda v: v[4, 1:2].fill(-1e200)))
    assert (code, params) == ("value_too_large", {"row": 5, "column": "q2", "value": -1e200})


def test_columns_of_unequal_length_or_given_twice() -> None:
    assert code_of(lambda: Answers.of({"a": [1, 2], "b": [1]}))[0] == "columns_uneven"
    assert code_of(lambda: Answers(("a", "a"), np.ones((3, 2))))[0] == "column_duplicate"
    assert code_of(lambda: Answers(("a", "b"), np.ones((3, 3))))[0] == "shape_invalid"


def test_a_scale_upside_down() -> None:
    assert code_of(lambda: Scale(10, 1))[0] == "scale_invalid"


def formative(model: Model) -> Model:
    changed_first = Construct("Quality", model.constructs[0].items, Mode.FORMATIVE)
    return Model((changed_first, *model.constructs[1:]), model.paths)


def test_a_formative_block_with_a_dependent_item(
    small_model: Model, small_answers: Answers
) -> None:
    def depend(values: np.ndarray) -> None:
        values[:, 2] = values[:, 0] + values[:, 1]

    broken = changed(small_answers, depend)
    code, params = code_of(lambda: estimate(formative(small_model), broken))
    assert (code, params["construct"]) == ("block_singular", "Quality")
    assert estimate(small_model, broken).converged  # reflective items may depend on each other


def test_predictors_that_say_the_same(small_model: Model, small_answers: Answers) -> None:
    def same(values: np.ndarray) -> None:
        values[:, 3:5] = values[:, [0, 0]]
        values[:, 1:3] = values[:, [0, 0]]

    broken = changed(small_answers, same)
    code, params = code_of(lambda: estimate(small_model, broken))
    assert (code, params["construct"]) == ("predictors_singular", "Loyalty")


def test_an_item_imported_twice_is_named(small_model: Model, small_answers: Answers) -> None:
    broken = changed(small_answers, lambda v: v.__setitem__((slice(None), 1), v[:, 0]))
    notes = {each.code: each.params for each in estimate(small_model, broken).cautions}
    assert notes["item_duplicated"] == {"first": "q1", "second": "q2"}


def test_dropped_and_replaced_answers_are_counted(
    small_model: Model, small_answers: Answers
) -> None:
    broken = changed(small_answers, lambda v: v[:3, 0].fill(np.nan))
    dropped = estimate(small_model, broken)
    replaced = estimate(small_model, broken, Settings(missing=Missing.MEAN))
    notes = {each.code: each.params for each in (*dropped.cautions, *replaced.cautions)}
    assert (dropped.n, replaced.n) == (57, 60)
    assert notes["rows_dropped"] == {"dropped": 3, "total": 60}
    assert (notes["answers_replaced"]["replaced"], notes["answers_replaced"]["item"]) == (3, "q1")


def test_a_reversed_item_is_named(small_model: Model, small_answers: Answers) -> None:
    broken = changed(small_answers, lambda v: v.__setitem__((slice(None), 2), 8 - v[:, 2]))
    found = estimate(small_model, broken, scale=Scale(1, 7))
    notes = {each.code: each.params for each in found.cautions}
    assert notes["loading_negative"]["item"] == "q3"
    assert notes["index_weight_negative"]["item"] == "q3"


def test_no_scale_is_said(small_model: Model, small_answers: Answers) -> None:
    notes = {each.code: each.params for each in estimate(small_model, small_answers).cautions}
    assert notes["scale_assumed"] == {"low": 1.0, "high": 7.0}


def test_few_answers_are_said(small_model: Model, small_answers: Answers) -> None:
    few = Answers(small_answers.names, small_answers.values[:7])
    notes = {each.code: each.params for each in estimate(small_model, few).cautions}
    assert notes["sample_small"]["needed"] == 20
    assert notes["rows_fewer_than_items"] == {"n": 7, "items": 7}


def test_weights_that_do_not_settle_are_said(small_model: Model, small_answers: Answers) -> None:
    found = estimate(small_model, small_answers, Settings(max_iterations=1))
    assert not found.converged
    assert "not_converged" in {each.code for each in found.cautions}


def test_failed_replicates_are_counted_and_not_hidden(
    small_model: Model, small_answers: Answers
) -> None:
    """Two of three given resamples repeat one respondent, so nothing varies in them."""
    n = small_answers.n
    rows = np.vstack([np.arange(n), np.zeros(n, int), np.ones(n, int), np.arange(n)[::-1]])
    found = bootstrap(small_model, small_answers, resamples=rows)
    assert found.failed["constant_item"] == 2
    notes = {each.code: each.params for each in found.cautions}
    assert (notes["replicates_failed"]["failed"], notes["replicates_failed"]["replicates"]) == (
        2,
        4,
    )
    code, params = code_of(lambda: bootstrap(small_model, small_answers, resamples=rows[1:3]))
    assert (code, params["constant_item"]) == ("replicates_all_failed", 2)


@pytest.mark.parametrize("rows", [[[0, 1]], [[*range(59), 60]], [[0.5] * 60], [[-1] * 60]])
def test_resamples_of_other_rows_are_refused(
    small_model: Model, small_answers: Answers, rows: list[list[float]]
) -> None:
    code, _ = code_of(lambda: bootstrap(small_model, small_answers, resamples=rows))
    assert code == "resamples_invalid"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"replicates": 1}, "setting_too_small"),
        ({"seed": -1}, "setting_too_small"),
        ({"threads": 0}, "setting_too_small"),
        ({"level": 95}, "setting_not_between"),
    ],
)
def test_requests_out_of_range(
    small_model: Model, small_answers: Answers, wrong: dict[str, int], code: str
) -> None:
    assert code_of(lambda: bootstrap(small_model, small_answers, **wrong))[0] == code  # type: ignore[arg-type]  # wrong on purpose


def test_errors_survive_the_way_back_from_another_process() -> None:
    error = AnalysisError("item_constant", at=("model.txt", 3), item="q1", value=4.0)
    back = pickle.loads(pickle.dumps(error))
    assert (back.code, back.params, back.line) == ("item_constant", error.params, 3)
    assert str(back) == str(error)
    assert str(error).startswith("model.txt, line 3: ")


def test_every_code_is_used_and_every_used_code_has_words() -> None:
    folder = Path(zhuoyue.analysis.__file__).parent
    places = (folder, folder.parent / "cli")  # the command raises some where it reads cells
    words = {"texts.py", "errors.py", "cautions.py"}
    files = [file for place in places for file in place.rglob("*.py") if "tests" not in file.parts]
    sources = "\n".join(
        file.read_text(encoding="utf-8") for file in files if file.name not in words
    )
    raised = set(re.findall(r"(?:AnalysisError|\.error)\(\s*\"(\w+)\"", sources))
    noted = set(re.findall(r"caution\(\s*\"(\w+)\"", sources))
    assert raised <= set(ERROR_TEXTS)
    assert noted <= set(CAUTION_TEXTS)
    texts = {**ERROR_TEXTS, **CAUTION_TEXTS}  # a code may also be handed to whoever raises it
    assert [code for code in texts if f'"{code}"' not in sources] == []


@pytest.mark.parametrize("cell", ["good", None, ""])
def test_text_among_the_numbers_is_named(cell: str | None) -> None:
    if cell is None:  # None is no answer, as in lists from a database
        assert np.isnan(Answers.of({"a": [1, None, 3]}).values[1, 0])
        return
    code, params = code_of(lambda: Answers.of({"a": [1, 2, 3], "b": [1, cell, 3]}))
    assert (code, params["row"], params["column"]) == ("value_not_number", 2, "b")


def test_no_columns_at_all() -> None:
    assert code_of(lambda: Answers.of({}))[0] == "values_none"
