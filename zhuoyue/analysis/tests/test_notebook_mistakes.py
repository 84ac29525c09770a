"""What people type by mistake in a notebook is understood, or refused with a code and a remedy."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    HigherOrder,
    Interaction,
    Model,
    Path,
    Scale,
    Settings,
    bootstrap,
    compare_groups,
    cronbach_alpha,
    driver_ranking,
    estimate,
    parse_model,
    predict,
    simulate,
    weighted_index,
    what_if,
)

BLOCKS = {"Quality": ["q1", "q2"], "Value": ["v1"]}
PATHS = [("Quality", "Value")]


def code_of(call: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(AnalysisError) as caught:
        call()
    return caught.value.code, caught.value.params


def test_one_item_may_stand_without_a_list() -> None:
    model = Model.of({"Quality": "q1", "Value": ["v1"]}, PATHS, formative="Value")
    assert model.items == ("q1", "v1")
    assert model.construct("Value").mode == "formative"


def test_paths_may_be_pairs_or_paths_and_columns_may_be_numbers() -> None:
    model = Model.of({"Quality": [1, 2], "Value": [3]}, [Path("Quality", "Value")])  # type: ignore[list-item]  # as pandas names columns
    stream = np.random.default_rng(1)
    answers = Answers.of({k: stream.integers(1, 8, 30) for k in (1, 2, 3)})
    assert estimate(model, answers).n == 30
    assert Model(model.constructs, [("Quality", "Value")]) == model  # type: ignore[arg-type]  # a list of pairs is as good


MODELS: dict[str, tuple[Callable[[], object], str, str]] = {
    "a path as a text": (lambda: Model.of(BLOCKS, ["AB"]), "text_path_form", "AB"),  # type: ignore[list-item]
    "a path of three": (
        lambda: Model.of(BLOCKS, [("Quality", "Value", "X")]),  # type: ignore[list-item]
        "text_path_form",
        "X",
    ),
    "an interaction as a text": (
        lambda: Model.of(BLOCKS, PATHS, interactions=["Quality*Value"]),  # type: ignore[list-item]
        "text_interaction_form",
        "Quality*Value",
    ),
    "two modes": (
        lambda: Model.of(BLOCKS, PATHS, formative=["Quality"], unit=["Quality"]),
        "mode_twice",
        "Quality",
    ),
    "an item without a name": (
        lambda: Model.of({"Quality": ["q1", ""], "Value": ["v1"]}, PATHS),
        "item_name_empty",
        "Quality",
    ),
    "parts as one text": (lambda: HigherOrder("All", "AB"), "parts_too_few", "All"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", MODELS)
def test_models_that_were_meant_otherwise(name: str) -> None:
    make, code, culprit = MODELS[name]
    found, params = code_of(make)
    assert found == code
    assert culprit in str(params)


CHAIN = {"A": ["a"], "B": ["b"], "C": ["c"]}


def test_a_product_given_in_both_orders_is_one_product() -> None:
    """Both columns would be the same, and their two paths undetermined."""
    paths = [("A", "C"), ("B", "C"), ("A*B", "C"), ("B*A", "C")]
    code, params = code_of(lambda: Model.of(CHAIN, paths, interactions=[("A", "B"), ("B", "A")]))
    assert (code, params) == ("interaction_twice", {"first": "A*B", "interaction": "B*A"})
    text = "A =~ a\nB =~ b\nC =~ c\nC ~ A + B + A:B + B:A"
    with pytest.raises(AnalysisError, match="model, line 4") as caught:
        parse_model(text)
    assert caught.value.code == "interaction_twice"


@pytest.mark.parametrize("target", ["B", "A"])
def test_a_product_cannot_act_on_what_it_is_made_of(target: str) -> None:
    """B*C -> B, and B*C -> A although A leads to B: circles, for the product follows its ends."""
    paths = [("A", "B"), ("B", "C"), ("B*C", target)]
    code, params = code_of(lambda: Model.of(CHAIN, paths, interactions=[Interaction("B", "C")]))
    assert code == "path_cycle"
    assert "B*C" in str(params["cycle"])


COLUMNS: dict[str, tuple[Any, int, str]] = {
    "a text among texts of numbers": (["1", "2", ""], 3, ""),
    "a date": ([1, datetime.date(2024, 1, 5), 3], 2, "2024-01-05"),
    "dates": (np.array(["2024-01-01", "2024-01-02"], dtype="datetime64[D]"), 1, "2024-01-01"),
    "lengths of time": (np.array([1, 2], dtype="timedelta64[D]"), 1, "1 days"),
    "imaginary numbers": (np.array([1j, 2.0]), 1, "1j"),
    "a list in a list": ([1, [2, 3]], 2, "[2, 3]"),
    "a number beyond all floats": ([1, 10**400], 2, "1000"),
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.filterwarnings("error")
def test_columns_that_are_no_numbers_name_the_first_wrong_cell(name: str) -> None:
    column, row, value = COLUMNS[name]
    code, params = code_of(lambda: Answers.of({"a": column}))
    assert (code, params["row"], params["column"]) == ("value_not_number", row, "a")
    assert value in str(params["value"])


def test_a_table_of_texts_names_the_wrong_cell() -> None:
    table = np.array([["1", "2"], ["3", "x"]])
    code, params = code_of(lambda: Answers(("a", "b"), table))
    assert (code, params["row"], params["column"]) == ("value_not_number", 2, "b")
    assert Answers(("a",), table[:, :1]).values[:, 0].tolist() == [1, 3]


def test_masked_answers_are_missing_ones() -> None:
    """numpy.ma keeps the hidden number beneath the mask; it must not come back."""
    hidden = np.ma.masked_equal(np.array([[9.0, 1.0], [2.0, 9.0]]), 9)
    assert np.isnan(Answers(("a", "b"), hidden).values).tolist() == [[True, False], [False, True]]
    assert np.isnan(Answers.of({"a": hidden[:, 0]}).values[:, 0]).tolist() == [True, False]


@pytest.fixture
def sample() -> tuple[Model, Answers]:
    model = Model.of(
        {"Quality": ["q1", "q2", "q3"], "Value": ["v1", "v2"], "Loyalty": ["l1", "l2"]},
        [("Quality", "Value"), ("Quality", "Loyalty"), ("Value", "Loyalty")],
    )
    stream = np.random.default_rng(1)
    values = 4 + stream.normal(size=(60, 1)) + stream.normal(size=(60, 7))
    return model, Answers(model.items, np.clip(np.round(values), 1, 7))


def test_answers_and_scale_in_other_forms(sample: tuple[Model, Answers]) -> None:
    model, answers = sample
    found = estimate(model, answers, scale=(1, 7))  # type: ignore[arg-type]  # a pair is understood
    assert found.scale == Scale(1, 7)
    for wrong in (answers.values, dict(zip(model.items, answers.values.T, strict=True)), model):
        code, params = code_of(lambda wrong=wrong: estimate(model, wrong))  # type: ignore[misc]
        assert (code, params["found"]) == ("answers_form", type(wrong).__name__)


@pytest.mark.parametrize("ends", [("1", "7"), (None, 7), (1, float("inf")), (7, 7)])
def test_scales_that_are_none(ends: tuple[Any, Any]) -> None:
    assert code_of(lambda: Scale(*ends))[0] == "scale_invalid"


REQUESTS: list[tuple[dict[str, Any], str]] = [
    ({"replicates": 10.5}, "setting_not_whole"),
    ({"replicates": "10"}, "setting_not_whole"),
    ({"replicates": 10**12}, "setting_too_large"),
    ({"seed": None}, "setting_not_whole"),
    ({"seed": 1.5}, "setting_not_whole"),
    ({"threads": 0}, "setting_too_small"),
    ({"level": "95 %"}, "setting_not_between"),
    ({"resamples": np.zeros((0, 60), dtype=int)}, "resamples_invalid"),
]


@pytest.mark.parametrize(("wrong", "code"), REQUESTS, ids=[str(each[0])[:30] for each in REQUESTS])
def test_requests_of_the_wrong_kind(
    sample: tuple[Model, Answers], wrong: dict[str, Any], code: str
) -> None:
    assert code_of(lambda: bootstrap(*sample, **wrong))[0] == code


def test_settings_of_the_wrong_kind(sample: tuple[Model, Answers]) -> None:
    model, answers = sample
    assert code_of(lambda: Settings(max_iterations=2.5))[0] == "setting_not_whole"  # type: ignore[arg-type]
    assert code_of(lambda: Settings(tolerance="1e-7"))[0] == "setting_not_between"  # type: ignore[arg-type]
    labels = ["a", "b"] * 30
    many = code_of(lambda: compare_groups(model, answers, labels, permutations=10**9))
    assert many == ("setting_too_large", {"setting": "permutations", "value": 10**9, "high": 10**6})


def test_no_rows_at_all(sample: tuple[Model, Answers]) -> None:
    model, _ = sample
    code, params = code_of(lambda: estimate(model, Answers.of({item: [] for item in model.items})))
    assert (code, params["n"]) == ("rows_too_few", 0)


@pytest.mark.parametrize("factor", [1e-300, 1e-9, 1e9, 1e300])
def test_the_unit_of_case_weights_does_not_matter(
    sample: tuple[Model, Answers], factor: float
) -> None:
    model, answers = sample
    weights = np.random.default_rng(2).uniform(0.5, 2, answers.n)
    plain = estimate(model, Answers(answers.names, answers.values, weights))
    other = estimate(model, Answers(answers.names, answers.values, weights * factor))
    for one, same in zip(plain.paths, other.paths, strict=True):
        assert same.estimate == pytest.approx(one.estimate, abs=1e-12)


def test_answers_so_close_that_nothing_of_their_variance_is_left(
    sample: tuple[Model, Answers],
) -> None:
    model, answers = sample
    values = answers.values.copy()
    values[:, 2] *= 1e-300
    code, params = code_of(lambda: estimate(model, Answers(answers.names, values)))
    assert (code, params["item"]) == ("item_constant", "q3")


def test_items_that_cancel_each_other_out() -> None:
    """With unit weights two mirrored items make a score that never varies."""
    stream = np.random.default_rng(5)
    first = stream.normal(size=50)
    columns = {"q1": first, "q2": -first, "v1": first + stream.normal(size=50)}
    model = Model.of(BLOCKS, PATHS, unit=["Quality"])
    code, params = code_of(lambda: estimate(model, Answers.of(columns)))
    assert (code, params["construct"]) == ("score_constant", "Quality")
    assert code_of(lambda: cronbach_alpha(np.array([first, -first]).T))[0] == "items_cancel"


def test_alpha_of_what_is_no_table_of_answers() -> None:
    assert code_of(lambda: cronbach_alpha([[1, 2], [3, 4], [5, 5]], level=95))[0] == (
        "setting_not_between"
    )
    assert (
        code_of(lambda: cronbach_alpha([[1.0, 2.0], [np.inf, 4.0], [5.0, 5.0]]))[0]
        == "value_infinite"
    )
    table = np.array([["1", "2"], ["x", "4"], ["5", "5"]])
    code, params = code_of(lambda: cronbach_alpha(table))
    assert (code, params["row"], params["column"]) == ("value_not_number", 2, "1")


def test_an_index_on_a_scale_without_width() -> None:
    assert code_of(lambda: weighted_index([1], [1], low=1, high=1))[0] == "scale_invalid"


def test_worlds_of_no_size_and_without_effects() -> None:
    model = Model.of(BLOCKS, PATHS)
    loadings = {"q1": 0.8, "q2": 0.8}
    assert code_of(lambda: simulate(model, {PATHS[0]: 0.5}, loadings, n=-1, seed=1))[0] == (
        "setting_too_small"
    )
    unknown = {PATHS[0]: float("nan")}
    assert code_of(lambda: simulate(model, unknown, loadings, n=9, seed=1))[0] == (
        "effects_impossible"
    )


def test_an_item_imported_twice_is_named_beside_an_interaction_too(
    sample: tuple[Model, Answers],
) -> None:
    _, answers = sample
    model = Model.of(
        {"Quality": ["q1", "q2"], "Value": ["v1", "v2"], "Loyalty": ["l1"]},
        [("Quality", "Loyalty"), ("Value", "Loyalty"), ("Quality*Value", "Loyalty")],
        interactions=[("Quality", "Value")],
    )
    values = answers.values.copy()
    values[:, 1] = values[:, 0]
    notes = {
        each.code: each.params for each in estimate(model, Answers(answers.names, values)).cautions
    }
    assert notes["item_duplicated"] == {"first": "q1", "second": "q2"}


def test_consistent_estimation_of_what_hardly_differs() -> None:
    """Two batteries of noisy items that mirror one factor: freed from noise they would be one."""
    stream = np.random.default_rng(8)
    factor = stream.standard_normal((120, 1))
    noisy = np.hstack([0.6 * factor] * 6) + 0.8 * stream.standard_normal((120, 6))
    own = factor + 0.3 * stream.standard_normal((120, 1))
    model = Model.of(
        {"A": ["a1", "a2", "a3"], "B": ["b1", "b2", "b3"], "C": ["c"]}, [("A", "C"), ("B", "C")]
    )
    values = np.hstack([noisy, own])
    values[:, 3:6] = 0.9 * values[:, 0:3] + 0.1 * values[:, 3:6]
    answers = Answers(model.items, values)
    code, params = code_of(lambda: estimate(model, answers, Settings(consistent=True)))
    assert (code, params["construct"]) == ("correlations_inadmissible", "C")
    assert params["predictors"] == "A, B"
    chain = Model(model.constructs, (Path("A", "B"), Path("B", "C")))
    found = estimate(chain, answers, Settings(consistent=True))
    named = [each.params for each in found.cautions if each.code == "explained_above_one"]
    assert {"construct": "B", "r2": found.r2["B"]} in named
    assert found.r2["B"] > 1
    assert "explained_above_one" not in {each.code for each in estimate(chain, answers).cautions}


def test_consistent_estimation_where_one_item_bears_all_the_weight() -> None:
    """An item without any relation to the neighbours has no weight, and leaves no pair of items
    to take a rho_A from."""
    x, y, z = np.array(np.meshgrid([-1.0, 1.0], [-1.0, 1.0], [-1.0, 1.0])).reshape(3, 8)
    model = Model.of({"A": ["a1", "a2"], "B": ["b"]}, [("A", "B")])
    answers = Answers(model.items, np.column_stack([x, y, 2 * x + z]))
    assert estimate(model, answers).weights["A"]["a2"] == 0
    code, params = code_of(lambda: estimate(model, answers, Settings(consistent=True)))
    assert (code, params["construct"]) == ("reliability_inadmissible", "A")


def test_what_a_notebook_shows_of_a_result(sample: tuple[Model, Answers]) -> None:
    model, answers = sample
    found = bootstrap(model, answers, scale=Scale(1, 7), replicates=50, seed=3)
    spread = found.path("Quality", "Value").spread
    assert spread is not None
    shown = repr(found)
    assert "60 answers (50 replicates, 0 failed, seed 3, 0.95 percentile limits)" in shown
    assert f"Quality -> Value  {found.path('Quality', 'Value').estimate:.3f}" in shown
    assert f"[{spread.low:.3f}, {spread.high:.3f}]" in shown
    assert "replicates_few" in shown
    assert f"Loyalty {found.estimate.r2['Loyalty']:.3f}" in repr(found.estimate)


def test_an_effect_that_is_not_there_is_named_with_those_that_are(
    sample: tuple[Model, Answers],
) -> None:
    found = estimate(*sample)
    code, params = code_of(lambda: found.path("Value", "Quality"))
    assert (code, params["known"]) == (
        "effect_not_found",
        "Quality -> Value, Quality -> Loyalty, Value -> Loyalty",
    )
    assert found.indirect_effect("Quality", "Loyalty").estimate == pytest.approx(
        found.path("Quality", "Value").estimate * found.path("Value", "Loyalty").estimate
    )
    compared = compare_groups(*sample, ["a", "b"] * 30, scale=(1, 7), permutations=9)  # type: ignore[arg-type]  # a pair will do
    assert code_of(lambda: compared.path("Value", "Quality"))[0] == "effect_not_found"


def test_what_a_notebook_shows_of_what_is_read_from_a_result(sample: tuple[Model, Answers]) -> None:
    """One line for each number a reader looks for, never the whole model and all settings."""
    model, answers = sample
    found = bootstrap(model, answers, scale=Scale(1, 7), replicates=50, seed=3, keep_draws=True)
    assert found.n == 60
    first = driver_ranking(found, "Loyalty").drivers[0]
    shown = repr(driver_ranking(found, "Loyalty"))
    assert shown.startswith("Drivers of Loyalty (60 answers)")
    assert f"1 {first.construct}  {first.effect:.3f}  [{first.spread.low:.3f}" in shown
    assert "no ranking: " in repr(driver_ranking(found.estimate, "Loyalty"))
    expected = what_if(found, {"Quality": 5})
    value = expected.of("Value")
    assert repr(expected).startswith("What if Quality +5 (60 answers)")
    assert f"Value  {value.now:.1f}  {value.change:+.1f}  [{value.low:+.1f}" in repr(expected)
    compared = compare_groups(model, answers, ["a", "b"] * 30, scale=Scale(1, 7), permutations=9)
    assert "a (30) and b (30): 9 permutations, 0 failed, seed 1" in repr(compared)
    assert f"Quality {compared.invariance['Quality'].verdict}" in repr(compared)
    predicted = predict(model, answers, folds=5)
    rmse = predicted.items["Loyalty"]["l1"].model.rmse
    assert f"Loyalty l1  {rmse:.3f}" in repr(predicted)
    assert f"overall {predicted.overall}" in repr(predicted)
    for each in (driver_ranking(found, "Loyalty"), expected, compared, predicted):
        assert len(repr(each).splitlines()) < 12


def test_a_caution_prints_its_sentence(sample: tuple[Model, Answers]) -> None:
    one = estimate(*sample).cautions[0]
    assert str(one) == one.message
    assert one.code in repr(one)
