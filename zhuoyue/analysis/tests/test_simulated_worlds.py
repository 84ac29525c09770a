"""Known effects are put in and found again, and their intervals keep what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Mode,
    Model,
    Scale,
    World,
    bootstrap,
    estimate,
    simulate,
)

MODEL = Model.of(
    {
        "Image": ["i1", "i2", "i3"],
        "Quality": ["q1", "q2", "q3", "q4"],
        "Satisfaction": ["s1", "s2", "s3"],
        "Loyalty": ["l1", "l2"],
    },
    [
        ("Image", "Quality"),
        ("Image", "Satisfaction"),
        ("Quality", "Satisfaction"),
        ("Satisfaction", "Loyalty"),
        ("Image", "Loyalty"),
    ],
)
EFFECTS = dict(
    zip(
        [(path.source, path.target) for path in MODEL.paths],
        [0.6, 0.25, 0.5, 0.55, 0.0],
        strict=True,
    )
)
LOADINGS = dict(
    zip(MODEL.items, [0.8, 0.7, 0.9, 0.8, 0.75, 0.85, 0.7, 0.9, 0.8, 0.85, 0.9, 0.8], strict=True)
)


def test_a_composite_world_is_found_again() -> None:
    """Mode A is consistent here, so 200,000 answers leave only sampling noise (SE < .003)."""
    made = simulate(MODEL, EFFECTS, LOADINGS, n=200_000, seed=1)
    found = estimate(MODEL, made.answers)
    for effect in found.paths:
        truth = made.paths[effect.source, effect.target]
        assert effect.estimate == pytest.approx(truth, abs=0.012)
    for effect in found.total_effects:
        truth = made.total_effects[effect.source, effect.target]
        assert effect.estimate == pytest.approx(truth, abs=0.012)
    for construct, items in found.loadings.items():
        assert dict(items) == pytest.approx(dict(made.loadings[construct]), abs=0.01)


def test_total_effects_of_the_truth_follow_the_chains() -> None:
    made = simulate(MODEL, EFFECTS, LOADINGS, n=10, seed=1)
    assert made.total_effects["Image", "Satisfaction"] == pytest.approx(0.25 + 0.6 * 0.5)
    assert made.total_effects["Image", "Loyalty"] == pytest.approx((0.25 + 0.6 * 0.5) * 0.55)
    assert made.total_effects["Quality", "Loyalty"] == pytest.approx(0.5 * 0.55)


def test_a_factor_world_weakens_effects_by_unreliability() -> None:
    """One predictor: the path is attenuated by the root of both composites' reliabilities."""
    model = Model.of({"A": ["a1", "a2", "a3"], "B": ["b1", "b2", "b3"]}, [("A", "B")])
    loadings = dict.fromkeys(model.items, 0.8)
    made = simulate(model, {("A", "B"): 0.5}, loadings, n=200_000, seed=2, world=World.FACTOR)
    reliability = (3 * 0.8) ** 2 / ((3 * 0.8) ** 2 + 3 * (1 - 0.64))
    found = estimate(model, made.answers).path("A", "B").estimate
    assert found == pytest.approx(0.5 * reliability, abs=0.01)


def test_answers_stand_on_the_points_of_the_scale() -> None:
    made = simulate(
        MODEL,
        EFFECTS,
        LOADINGS,
        n=4000,
        seed=3,
        scale=Scale(1, 7),
        means={"Quality": 5, "q1": 3},
        deviation=1.0,
    )
    values = made.answers.values
    assert set(np.unique(values)) <= set(range(1, 8))
    means = dict(zip(MODEL.items, values.mean(axis=0), strict=True))
    assert means["q1"] == pytest.approx(3, abs=0.1)
    assert means["q2"] == pytest.approx(5, abs=0.1)
    assert means["s1"] == pytest.approx(1 + 0.6 * 6, abs=0.1)


def test_the_same_seed_makes_the_same_answers() -> None:
    one, same, other = (simulate(MODEL, EFFECTS, LOADINGS, n=20, seed=s) for s in (4, 4, 5))
    assert (one.answers.values == same.answers.values).all()
    assert (one.answers.values != other.answers.values).any()


@pytest.mark.parametrize(
    ("effects", "loadings", "code"),
    [
        ({("Image", "Price"): 0.5}, LOADINGS, "effect_unknown"),
        ({("Image", "Quality"): 0.5}, LOADINGS, "effect_missing"),
        ({**EFFECTS, ("Image", "Quality"): 1.2}, LOADINGS, "effects_impossible"),
        (EFFECTS, {"i1": 0.8}, "loading_missing"),
        (EFFECTS, {**LOADINGS, "i1": 1.3}, "loading_invalid"),
    ],
)
def test_worlds_that_cannot_be(
    effects: dict[tuple[str, str], float], loadings: dict[str, float], code: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        simulate(MODEL, effects, loadings, n=10, seed=1)
    assert caught.value.code == code


def test_predictors_may_be_correlated_but_not_impossibly() -> None:
    model = Model.of({"A": ["a"], "B": ["b"], "C": ["c"]}, [("A", "C"), ("B", "C")])
    effects = {("A", "C"): 0.5, ("B", "C"): 0.3}
    made = simulate(model, effects, {}, n=100_000, seed=6, correlations={("A", "B"): 0.4})
    found: np.ndarray = np.cov(made.answers.values, rowvar=False)
    assert found[0, 1] == pytest.approx(0.4, abs=0.015)
    assert found[0, 2] == pytest.approx(0.5 + 0.3 * 0.4, abs=0.015)
    with pytest.raises(AnalysisError) as caught:
        simulate(model, effects, {}, n=10, seed=6, correlations={("A", "B"): 1.4})
    assert caught.value.code in {"effects_impossible", "correlations_impossible"}


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(Mode))
def test_intervals_cover_the_truth_as_often_as_they_say(mode: Mode) -> None:
    """120 surveys of 300 answers: 95 % intervals hold the truth in 91.5 to 98.5 % of them, over
    all paths (the standard error of such a share is about 1 %)."""
    names = MODEL.names if mode is Mode.FORMATIVE else ()
    paths = [(path.source, path.target) for path in MODEL.paths]
    model = Model.of({each.name: each.items for each in MODEL.constructs}, paths, formative=names)
    hits = []
    for survey in range(120):
        made = simulate(MODEL, EFFECTS, LOADINGS, n=300, seed=1000 + survey)
        found = bootstrap(model, made.answers, replicates=320, seed=survey)
        for effect in found.paths:
            assert effect.spread is not None
            truth = made.paths[effect.source, effect.target]
            hits.append(effect.spread.low <= truth <= effect.spread.high)
    assert 0.915 <= np.mean(hits) <= 0.985
