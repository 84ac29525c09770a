"""Two groups side by side: what the sources define, and what someone who compares can rely on."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Contrast,
    GroupComparison,
    HigherOrder,
    Interaction,
    Invariance,
    Items,
    Missing,
    Model,
    Scale,
    Settings,
    compare_groups,
    estimate,
    groups_found,
    parse_model,
    simulate,
)
from zhuoyue.analysis.tests.row_by_row import (
    Fitted,
    Paths,
    fit,
    replaced,
    weighted_covariance,
    weighted_mean,
)

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "group-comparison.md"
BLOCKS = {"Quality": [0, 1, 2], "Value": [3, 4], "Loyalty": [5, 6]}
PATHS: Paths = [("Quality", "Value"), ("Quality", "Loyalty"), ("Value", "Loyalty")]
SEVEN = Scale(1, 7)
TOWNS = np.array(["Harbin", "Daqing", "Harbin"] * 20)  # 40 and 20 rows


def dealt(n: int, smaller: int, permutations: int, seed: int) -> list[np.ndarray]:
    """The rows of the smaller group in every permutation: the lowest of random keys."""
    found = []
    for first in range(0, permutations, 64):
        keys = np.random.default_rng([seed, first // 64]).random((64, n))
        for line in keys[: permutations - first]:
            members = np.zeros(n, dtype=bool)
            members[np.argsort(line)[:smaller]] = True
            found.append(members)
    return found


def index(found: Fitted, construct: str) -> float:
    items = BLOCKS[construct]
    raw = found.weights[construct] / found.deviation[items]
    return float(100 * (raw / raw.sum()) @ ((found.mean[items] - 1) / 6))


def numbers(found: Fitted, pooled: Fitted, rows: np.ndarray, case: np.ndarray) -> dict[Any, float]:
    """Everything that is compared, of one group, straight from its rows."""
    result: dict[Any, float] = {("path", *each): value for each, value in found.paths.items()}
    result |= {("total", *each): value for each, value in found.total(BLOCKS).items()}
    result |= {("r2", name): value for name, value in found.r2.items()}
    for name, items in BLOCKS.items():
        result["index", name] = index(found, name)
        for place, _item in enumerate(items):
            result["loading", name, place] = found.loadings[name][place]
            result["weight", name, place] = found.weights[name][place]
        treated = (rows[:, items] - pooled.mean[items]) / pooled.deviation[items]
        score = treated @ pooled.weights[name]
        result["mean", name] = weighted_mean(score[:, None], case)[0]
        result["variance", name] = np.log(weighted_covariance(score, score, case))
    return result


def composition(sides: list[Fitted], everyone: np.ndarray, case: np.ndarray) -> dict[str, float]:
    """Correlations of the scores that either group's weights give all rows."""
    whole = (everyone - weighted_mean(everyone, case)) / np.sqrt(
        [weighted_covariance(column, column, case) for column in everyone.T]
    )
    found = {}
    for name, items in BLOCKS.items():
        a, b = (whole[:, items] @ side.weights[name] for side in sides)
        found[name] = weighted_covariance(a, b, case) / np.sqrt(
            weighted_covariance(a, a, case) * weighted_covariance(b, b, case)
        )
    return found


def contrasts(found: GroupComparison, items: tuple[str, ...]) -> dict[Any, Contrast]:
    result: dict[Any, Contrast] = {("path", e.source, e.target): e.contrast for e in found.paths}
    result |= {("total", e.source, e.target): e.contrast for e in found.total_effects}
    result |= {("r2", name): each for name, each in found.r2.items()}
    result |= {("index", name): each for name, each in found.index.items()}
    for name, each in found.invariance.items():
        result["mean", name], result["variance", name] = each.mean, each.variance
        for place, item in enumerate(BLOCKS[name]):
            result["loading", name, place] = found.loadings[name][items[item]]
            result["weight", name, place] = found.weights[name][items[item]]
    return result


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("gaps", [False, True])
def test_every_number_is_that_of_the_definition_row_by_row(
    small_model: Model, small_answers: Answers, weighted: bool, gaps: bool
) -> None:
    """Chin & Dibbern 2010 and Henseler, Ringle & Sarstedt 2016, pages 412 to 417, in loops."""
    values = small_answers.values.copy()
    if gaps:
        values[np.random.default_rng(4).random(values.shape) < 0.06] = np.nan
    case = np.random.default_rng(2).uniform(0.5, 2, 60) if weighted else np.ones(60)
    answers = Answers(small_model.items, values, case if weighted else None)
    chosen = Settings(missing=Missing.MEAN)
    found = compare_groups(
        small_model, answers, TOWNS, chosen, scale=SEVEN, permutations=70, seed=3, threads=1
    )
    assert (found.groups, found.n, found.failed_count) == (("Daqing", "Harbin"), (20, 40), 0)

    pooled = fit(values, BLOCKS, PATHS, weights=case)
    filled = np.where(np.isnan(values), pooled.mean, values)

    def side(members: np.ndarray) -> tuple[Fitted, dict[Any, float]]:
        own = fit(values[members], BLOCKS, PATHS, weights=case[members])
        rows = np.where(np.isnan(values[members]), own.mean, values[members])
        return own, numbers(own, pooled, rows, case[members])

    real: dict[Any, tuple[float, float]] = {}
    chance, alike_by_chance, alike = [], [], dict[str, float]()
    for members in [TOWNS == "Daqing", *dealt(60, 20, 70, 3)]:
        (one, first), (other, second) = side(members), side(~members)
        together = composition([one, other], filled, case)
        if not real:
            real = {key: (first[key], second[key]) for key in first}
            alike = together
        else:
            chance.append({key: first[key] - second[key] for key in first})
            alike_by_chance.append(together)
    compared = contrasts(found, small_model.items)
    assert compared.keys() == real.keys()
    for key, contrast in compared.items():
        first_value, second_value = real[key]
        differences = np.array([each[key] for each in chance])
        low, high = np.quantile(differences, [0.025, 0.975])
        as_far = (np.abs(differences) >= abs(first_value - second_value)).sum()
        expected = (first_value, second_value, first_value - second_value, low, high)
        numbers_found = replace(contrast)
        assert (
            numbers_found.first,
            numbers_found.second,
            numbers_found.difference,
            numbers_found.low,
            numbers_found.high,
        ) == pytest.approx(expected, abs=1e-8), key
        assert contrast.p == pytest.approx((1 + as_far) / 71), key
    for name, each in found.invariance.items():
        correlations = np.array([row[name] for row in alike_by_chance])
        assert each.correlation == pytest.approx(alike[name], abs=1e-9)
        assert each.limit == pytest.approx(np.quantile(correlations, 0.05), abs=1e-9)
        assert each.p == pytest.approx((1 + (correlations <= alike[name]).sum()) / 71)


FORMS: list[tuple[dict[str, Any], Settings]] = [
    ({}, Settings()),
    ({}, Settings(items=Items.CENTRED)),
    ({}, Settings(consistent=True)),
    ({}, Settings(missing=Missing.PAIRWISE)),
    ({"formative": ["Value"]}, Settings(scheme="factorial")),  # type: ignore[arg-type]
    ({"unit": ["Quality"]}, Settings(scheme="centroid")),  # type: ignore[arg-type]
    ({"interactions": [("Quality", "Value")]}, Settings(missing=Missing.MEAN)),
    (
        {"interactions": [Interaction("Quality", "Value", "orthogonal")]},  # type: ignore[arg-type]
        Settings(missing=Missing.MEAN),
    ),
]


@pytest.mark.parametrize("form", range(len(FORMS)))
@pytest.mark.parametrize("weighted", [False, True])
def test_both_groups_are_what_they_are_on_their_own(form: int, weighted: bool) -> None:
    more, chosen = FORMS[form]
    small_model, small_answers = made(11, n=240)
    towns = np.tile(TOWNS, 4)
    paths = [*PATHS, *([("Quality*Value", "Loyalty")] if "interactions" in more else [])]
    model = Model.of({each.name: each.items for each in small_model.constructs}, paths, **more)
    values = small_answers.values.copy()
    if chosen.missing is not Missing.LISTWISE:
        values[np.random.default_rng(4).random(values.shape) < 0.06] = np.nan
    case = np.random.default_rng(2).uniform(0.5, 2, 240) if weighted else None
    answers = Answers(model.items, values, case)
    found = compare_groups(model, answers, towns, chosen, scale=SEVEN, permutations=20)
    if "interactions" in more:  # gaps are filled once, before products are formed
        values = replaced(values, np.ones(240) if case is None else case)
    for place, name in enumerate(found.groups):
        rows = name == towns
        own = Answers(model.items, values[rows], None if case is None else case[rows])
        alone = estimate(model, own, chosen, scale=SEVEN)
        assert found.estimates[place].n == alone.n

        def at(contrast: Contrast, place: int = place) -> float:
            return (contrast.first, contrast.second)[place]

        told = found.estimates[place]
        for effects, theirs, own_effects in (
            (found.paths, alone.paths, told.paths),
            (found.total_effects, alone.total_effects, told.total_effects),
        ):
            expected_effects = pytest.approx([e.estimate for e in theirs], abs=1e-9)
            assert [at(e.contrast) for e in effects] == expected_effects
            assert [e.estimate for e in own_effects] == expected_effects
        for single, expected in ((found.r2, alone.r2), (found.index, alone.index)):
            assert {k: at(v) for k, v in single.items()} == pytest.approx(dict(expected), abs=1e-7)
        for nested, by_item in ((found.loadings, alone.loadings), (found.weights, alone.weights)):
            for construct, items in nested.items():
                assert {k: at(v) for k, v in items.items()} == pytest.approx(
                    dict(by_item[construct]), abs=1e-9
                )
    assert set(found.invariance) == set(found.index)


def test_a_construct_of_constructs_is_compared_too(small_answers: Answers) -> None:
    items = small_answers.names
    model = Model.of(
        {"Staff": items[:2], "House": items[2:4], "Loyalty": items[4:]},
        [("Trust", "Loyalty")],
        higher_order=[HigherOrder("Trust", ("Staff", "House"))],
    )
    found = compare_groups(model, small_answers, TOWNS, scale=SEVEN, permutations=30)
    assert list(found.invariance) == ["Staff", "House", "Loyalty", "Trust"]
    alone = estimate(model, Answers(items, small_answers.values[TOWNS == "Daqing"]), scale=SEVEN)
    assert found.paths[0].contrast.first == pytest.approx(alone.paths[0].estimate, abs=1e-9)


@given(seed=st.integers(0, 1000), share=st.floats(0.3, 0.7))
@settings(max_examples=15, deadline=None)
def test_naming_the_groups_the_other_way_round_turns_every_difference_round(
    seed: int, share: float
) -> None:
    model, answers = made(seed)
    labels = np.where(np.random.default_rng(seed).random(80) < share, "a", "b")
    one, other = (
        compare_groups(model, answers, labels, pair=pair, scale=SEVEN, permutations=60, seed=seed)
        for pair in (("a", "b"), ("b", "a"))
    )
    renamed = np.where(labels == "a", "b", "a")
    same = compare_groups(model, answers, renamed, scale=SEVEN, permutations=60, seed=seed)
    assert same.paths == other.paths
    for mine, theirs in zip(one.paths, other.paths, strict=True):
        turned = Contrast(
            theirs.contrast.second,
            theirs.contrast.first,
            -theirs.contrast.difference,
            -theirs.contrast.high,
            -theirs.contrast.low,
            theirs.contrast.p,
        )
        assert mine.contrast.to_dict() == pytest.approx(
            {**turned.to_dict(), "chance": pytest.approx([turned.low, turned.high], abs=1e-12)}
        )
    for name, each in one.invariance.items():
        assert each.correlation == pytest.approx(other.invariance[name].correlation, abs=1e-12)
        assert each.verdict is other.invariance[name].verdict


def made(seed: int, effect: float = 0.5, n: int = 80) -> tuple[Model, Answers]:
    model = parse_model(
        "Quality =~ q1 + q2 + q3\nValue =~ v1 + v2\nLoyalty =~ l1 + l2\n"
        "Value ~ Quality\nLoyalty ~ Quality + Value\n"
    )
    effects = {("Quality", "Value"): effect, ("Quality", "Loyalty"): 0.3, ("Value", "Loyalty"): 0.4}
    loadings = dict.fromkeys(model.items, 0.85)
    return model, simulate(model, effects, loadings, n=n, seed=seed, scale=SEVEN).answers


@given(seed=st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_groups_with_the_same_answers_differ_in_nothing(seed: int) -> None:
    model, answers = made(seed)
    twice = Answers(answers.names, np.vstack([answers.values, answers.values]))
    found = compare_groups(model, twice, [1] * 80 + [2] * 80, scale=SEVEN, permutations=40)
    everything = contrasts(found, model.items)
    assert {each.p for each in everything.values()} == {1.0}
    assert {each.difference for each in everything.values()} == {0.0}
    assert {each.verdict for each in found.invariance.values()} == {Invariance.FULL}
    assert all(each.comparable for each in found.paths)


def test_a_true_difference_is_found_and_the_equal_paths_are_not() -> None:
    model, strong = made(1, effect=0.75, n=600)
    _model, weak = made(2, effect=0.25, n=600)
    both = Answers(strong.names, np.vstack([strong.values, weak.values]))
    labels = ["strong"] * 600 + ["weak"] * 600
    found = compare_groups(model, both, labels, scale=SEVEN, permutations=500)
    path = found.path("Quality", "Value").contrast
    assert path.difference == pytest.approx(0.5, abs=0.1)
    assert path.shown
    assert path.p == pytest.approx(1 / 501)
    assert not found.path("Value", "Loyalty").contrast.shown


def test_by_chance_one_comparison_in_twenty_is_shown() -> None:
    """Under no difference p is uniform: 60 worlds, three paths each."""
    shares = []
    for seed in range(60):
        model, answers = made(seed, n=100)
        labels = [1, 2] * 50
        found = compare_groups(model, answers, labels, scale=SEVEN, permutations=100, seed=seed)
        shares += [each.contrast.p for each in found.paths]
    ordered = np.sort(shares)
    away = np.abs(ordered - (np.arange(len(ordered)) + 0.5) / len(ordered)).max()
    assert away < 1.36 / np.sqrt(len(ordered)) * 1.3  # Kolmogorov-Smirnov, dependent paths
    assert np.mean(ordered < 0.05) < 0.12


def test_answers_one_point_higher_are_another_mean_and_the_same_composition() -> None:
    model, answers = made(3, n=200)
    _model, others = made(4, n=200)
    values = others.values.copy()
    values[:, :3] += 1
    both = Answers(answers.names, np.vstack([answers.values, values]))
    found = compare_groups(model, both, [1] * 200 + [2] * 200, scale=Scale(1, 8))
    quality = found.invariance["Quality"]
    assert quality.mean.shown and quality.mean.difference < 0
    assert quality.verdict is Invariance.PARTIAL
    assert found.path("Quality", "Value").comparable
    assert found.index["Quality"].difference == pytest.approx(-100 / 7, abs=3)
    (note,) = [each for each in found.cautions if each.code == "pooling_doubtful"]
    assert "Quality" in str(note.params["constructs"])


def test_a_construct_made_up_differently_forbids_its_paths() -> None:
    """In one group the first two items carry Quality, in the other the last one alone."""
    model, answers = made(5, n=300)
    _model, others = made(6, n=300)
    noise = np.random.default_rng(0).integers(1, 8, size=(300, 2)).astype(float)
    values = others.values.copy()
    values[:, :2] = noise
    mine = answers.values.copy()
    mine[:, 2] = np.random.default_rng(1).integers(1, 8, size=300)
    both = Answers(answers.names, np.vstack([mine, values]))
    found = compare_groups(model, both, [1] * 300 + [2] * 300, scale=SEVEN)
    assert found.invariance["Quality"].verdict is Invariance.NONE
    assert found.invariance["Quality"].p < 0.05
    assert not found.path("Quality", "Value").comparable
    assert found.path("Value", "Loyalty").comparable
    assert "composition_differs" in {each.code for each in found.cautions}


def test_an_effect_is_comparable_only_with_all_it_runs_over(small_model: Model) -> None:
    stream = np.random.default_rng(3)
    quality = stream.normal(size=400)
    value = 0.7 * quality + 0.5 * stream.normal(size=400)
    loyalty = 0.7 * value + 0.5 * stream.normal(size=400)
    values = np.column_stack(
        [
            *(quality + 0.4 * stream.normal(size=400) for _ in range(3)),
            value,
            value,
            loyalty,
            loyalty,
        ]
    )
    values[:, 5:] += 0.4 * stream.normal(size=(400, 2))
    values[:200, 3], values[200:, 4] = stream.normal(size=200), stream.normal(size=200)
    model = Model.of(
        {each.name: each.items for each in small_model.constructs},
        [("Quality", "Value"), ("Value", "Loyalty")],
    )
    found = compare_groups(model, Answers(model.items, values), [1] * 200 + [2] * 200)
    assert found.invariance["Value"].verdict is Invariance.NONE
    assert found.invariance["Quality"].verdict is not Invariance.NONE
    assert not found.total_effect("Quality", "Loyalty").comparable


def test_a_single_item_is_always_made_up_alike(ecsi: Model, mobi: Answers, ten: Scale) -> None:
    labels = np.random.default_rng(0).integers(0, 2, 250)
    found = compare_groups(ecsi, mobi, labels, scale=ten, permutations=100)
    complaints = found.invariance["Complaints"]
    assert (complaints.correlation, complaints.limit, complaints.p) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("missing", list(Missing))
def test_threads_change_nothing_and_a_longer_run_begins_with_the_shorter(missing: Missing) -> None:
    model, answers = made(9, n=120)
    values = answers.values.copy()
    values[np.random.default_rng(4).random(values.shape) < 0.03] = np.nan
    labels = ["x", "y"] * 60
    chosen = Settings(missing=missing)
    seen: list[tuple[int, int]] = []
    one, three = (
        compare_groups(
            model,
            Answers(answers.names, values),
            labels,
            chosen,
            scale=SEVEN,
            permutations=1500,
            threads=threads,
            progress=lambda done, total: seen.append((done, total)),
        )
        for threads in (1, 3)
    )
    assert one.to_dict() == three.to_dict()
    assert seen[-1] == (1500, 1500)


def test_rows_of_no_group_and_of_others_are_left_out_and_counted() -> None:
    model, answers = made(7, n=90)
    labels: list[Any] = [1.0, 2.0, "3"] * 28 + [None, float("nan"), " ", 1, 2, np.float64(2)]
    assert groups_found(labels) == {"1": 29, "2": 30, "3": 28}
    found = compare_groups(model, answers, labels, pair=(2, 1), scale=SEVEN, permutations=30)
    assert (found.groups, found.n) == (("2", "1"), (30, 29))
    assert (found.rows_without_group, found.rows_of_others) == (3, 28)
    rows = [str(label) in {"1", "1.0", "2", "2.0"} for label in labels]
    alone = compare_groups(
        model,
        Answers(answers.names, answers.values[rows]),
        [label for label, kept in zip(labels, rows, strict=True) if kept],
        pair=("2", "1"),
        scale=SEVEN,
        permutations=30,
    )
    assert alone.paths == found.paths


def test_what_cannot_be_compared_is_refused_with_a_code(
    small_model: Model, small_answers: Answers
) -> None:
    def code(labels: Any, **more: Any) -> str:
        with pytest.raises(AnalysisError) as raised:
            compare_groups(small_model, small_answers, labels, scale=SEVEN, **more)
        return raised.value.code

    assert code(TOWNS[:59]) == "labels_uneven"
    assert code(["a"] * 60) == "groups_not_two"
    assert code(list("abc") * 20) == "groups_not_two"
    assert code([None] * 60) == "groups_not_two"
    assert code(list("abc") * 20, pair=("a", "d")) == "group_not_found"
    assert code(list("abc") * 20, pair=("a", None)) == "group_not_found"
    assert code(list("abc") * 20, pair=("a", "a")) == "group_twice"
    assert code(TOWNS, permutations=1) == "setting_too_small"
    assert code(TOWNS, level=1) == "setting_not_between"
    assert code(TOWNS, threads=0) == "setting_too_small"
    assert code(TOWNS, seed=-1) == "setting_too_small"


def test_an_error_within_a_group_names_the_group(
    small_model: Model, small_answers: Answers
) -> None:
    values = small_answers.values.copy()
    values[TOWNS == "Daqing", 3] = 5
    with pytest.raises(AnalysisError) as raised:
        compare_groups(small_model, Answers(small_model.items, values), TOWNS, scale=SEVEN)
    error = pickle.loads(pickle.dumps(raised.value))
    assert error.code == "group_refused"
    assert error.params["group"] == "Daqing"
    assert "v1" in error.message


def test_permutations_that_fail_are_counted_and_said(
    small_model: Model, small_answers: Answers
) -> None:
    """An item that varies by one row in each group is constant wherever both rows meet."""
    values = small_answers.values.copy()
    values[:, 3] = 4
    values[[0, 1], 3] = 7
    answers = Answers(small_model.items, values)
    found = compare_groups(small_model, answers, TOWNS, scale=SEVEN, permutations=200)
    meet = (40 * 39 + 20 * 19) / (60 * 59)
    assert found.failed["constant_item"] == pytest.approx(200 * meet, abs=30)
    codes = {each.code for each in found.cautions}
    assert {"permutations_failed", "permutations_few"} <= codes


def test_groups_of_unequal_size_are_said_to_be(small_model: Model, small_answers: Answers) -> None:
    labels = ["few"] * 15 + ["many"] * 45
    found = compare_groups(small_model, small_answers, labels, scale=SEVEN, permutations=20)
    codes = [each.code for each in found.cautions]
    assert "groups_unequal" in codes
    assert "group_small" in codes
    assert {each["code"] for each in found.to_dict()["cautions"]} == set(codes)  # type: ignore[attr-defined]


def test_the_scale_is_that_of_all_answers_unless_stated(
    small_model: Model, small_answers: Answers
) -> None:
    labels = np.array(["a", "b", "c"] * 20)
    values = np.clip(small_answers.values, 2, 6)
    values[labels == "c", 0] = 1
    values[2, 1] = 7
    answers = Answers(small_model.items, values)
    found = compare_groups(small_model, answers, labels, pair=("a", "b"), permutations=20)
    assert found.estimates[0].scale == found.pooled.scale == Scale(1, 7)
    assert [each.code for each in found.cautions].count("scale_assumed") == 1


def test_the_example_on_the_page_runs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], names)
    assert isinstance(names["found"], GroupComparison)
    assert f"`{names['found'].method}`" in text
    assert {key for key in names["found"].to_dict() if f"`{key}`" not in text} == set()
