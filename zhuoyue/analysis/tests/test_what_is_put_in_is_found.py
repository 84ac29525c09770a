"""Higher orders, interactions and consistent estimation find the effects that worlds were made of.

200,000 made-up people leave a standard error of about .002; limits are some five of these. The
truths are worked out here, from the definitions of the worlds, not by the library.
"""

from __future__ import annotations

import numpy as np
import pytest

from zhuoyue.analysis import (
    Answers,
    HigherOrder,
    HigherOrderMethod,
    Interaction,
    InteractionMethod,
    Interval,
    Mode,
    Model,
    Settings,
    World,
    bootstrap,
    estimate,
    simulate,
)

N = 200_000
CLOSE = 0.012
EXACT = {"X": ["x"], "M": ["m"], "Y": ["y"]}
NOISY = {"X": ["x1", "x2", "x3"], "M": ["m1", "m2"], "Y": ["y1", "y2", "y3"]}
MODERATED = [("X", "Y"), ("M", "Y"), ("X*M", "Y")]


def moderated_scores(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Y = .4 X + .3 M + .25 X M + rest, all of variance one, X and M correlated by .3.

    The product of two standard normal variables correlated by r has variance 1 + r^2.
    """
    stream = np.random.default_rng(seed)
    x = stream.standard_normal(N)
    m = 0.3 * x + np.sqrt(1 - 0.09) * stream.standard_normal(N)
    explained = 0.4**2 + 0.3**2 + 2 * 0.4 * 0.3 * 0.3 + 0.25**2 * (1 + 0.3**2)
    y = 0.4 * x + 0.3 * m + 0.25 * x * m + np.sqrt(1 - explained) * stream.standard_normal(N)
    return x, m, y


@pytest.mark.parametrize("method", InteractionMethod)
def test_an_interaction_of_exact_items(method: InteractionMethod) -> None:
    x, m, y = moderated_scores(1)
    product = Interaction("X", "M", method)
    model = Model.of(EXACT, MODERATED, interactions=[product])
    found = estimate(model, Answers.of({"x": 5 + 2 * x, "m": 100 * m, "y": y}))
    assert found.path("X*M", "Y").estimate == pytest.approx(0.25, abs=CLOSE)
    assert found.path("X", "Y").estimate == pytest.approx(0.4, abs=CLOSE)
    assert found.path("M", "Y").estimate == pytest.approx(0.3, abs=CLOSE)


def test_consistent_estimation_frees_the_main_effects_from_noise() -> None:
    """Items load .8 on normal factors. Plain paths are attenuated, corrected ones are not."""
    model = Model.of(NOISY, [("X", "M"), ("X", "Y"), ("M", "Y")])
    truth = {("X", "M"): 0.5, ("X", "Y"): 0.3, ("M", "Y"): 0.4}
    made = simulate(
        model,
        truth,
        dict(zip(model.items, [0.8, 0.7, 0.9, 0.75, 0.85, 0.6, 0.8, 0.7], strict=True)),
        n=N,
        seed=2,
        world=World.FACTOR,
    )
    plain = estimate(model, made.answers)
    found = estimate(model, made.answers, Settings(consistent=True))
    for (source, target), effect in truth.items():
        assert found.path(source, target).estimate == pytest.approx(effect, abs=CLOSE)
    assert plain.path("X", "M").estimate < 0.5 - CLOSE
    # 0.3 + 0.5 * 0.4 reaches Y from X; 1 - (.09 + .16 + 2 * .3 * .4 * .5) is left unexplained.
    assert found.total_effect("X", "Y").estimate == pytest.approx(0.5, abs=CLOSE)
    assert found.r2["Y"] == pytest.approx(0.09 + 0.16 + 2 * 0.3 * 0.4 * 0.5, abs=CLOSE)
    for construct, items in found.loadings.items():
        for item, loading in items.items():
            true = made.loadings[construct][item]
            assert loading == pytest.approx(true, abs=CLOSE), (construct, item)


PARTS = {"P": ["p"], "Q": ["q"], "R": ["r"], "Y": ["y"]}


def test_a_formative_whole_finds_the_shares_of_its_parts() -> None:
    """H = (.5 P + .3 Q + .4 R) / scale of three unrelated parts; Y = .6 H + rest."""
    stream = np.random.default_rng(3)
    parts = stream.standard_normal((3, N))
    shares = np.array([0.5, 0.3, 0.4])
    shares /= np.sqrt((shares**2).sum())
    y = 0.6 * shares @ parts + 0.8 * stream.standard_normal(N)
    whole = HigherOrder("H", ("P", "Q", "R"), Mode.FORMATIVE, HigherOrderMethod.TWO_STAGE)
    model = Model.of(PARTS, [("H", "Y")], higher_order=[whole])
    found = estimate(model, Answers.of(dict(zip("pqry", [*parts, y], strict=True))))
    assert found.path("H", "Y").estimate == pytest.approx(0.6, abs=CLOSE)
    assert list(found.weights["H"].values()) == pytest.approx(shares.tolist(), abs=CLOSE)


@pytest.mark.parametrize("method", HigherOrderMethod)
def test_a_reflective_whole_of_equal_parts(method: HigherOrderMethod) -> None:
    """Parts that load .8 on one thing H, items exact: their mean correlates with H by the root of
    3 * .8^2 / (1 + 2 * .8^2), and so does everything that H does to Y."""
    stream = np.random.default_rng(4)
    h = stream.standard_normal(N)
    parts = 0.8 * h + 0.6 * stream.standard_normal((3, N))
    y = 0.5 * h + np.sqrt(0.75) * stream.standard_normal(N)
    whole = HigherOrder("H", ("P", "Q", "R"), Mode.REFLECTIVE, method)
    model = Model.of(PARTS, [("H", "Y")], higher_order=[whole])
    found = estimate(model, Answers.of(dict(zip("pqry", [*parts, y], strict=True))))
    reliability = 3 * 0.64 / (1 + 2 * 0.64)
    assert found.path("H", "Y").estimate == pytest.approx(0.5 * np.sqrt(reliability), abs=CLOSE)
    known = np.sqrt((1 + 2 * 0.64) / 3)  # of a part with the mean of all three
    assert list(found.loadings["H"].values()) == pytest.approx([known] * 3, abs=CLOSE)


def hits_of_intervals(kind: Interval, consistent: bool, surveys: int) -> list[bool]:
    model = Model.of(NOISY, [("X", "M"), ("X", "Y"), ("M", "Y")])
    truth = {("X", "M"): 0.5, ("X", "Y"): 0.45, ("M", "Y"): 0.2}
    world = World.FACTOR if consistent else World.COMPOSITE
    hits = []  # no effect of nil: then the noise of few answers can leave weights without a sign
    for survey in range(surveys):
        made = simulate(
            model, truth, dict.fromkeys(model.items, 0.8), n=200, seed=5000 + survey, world=world
        )
        found = bootstrap(
            model,
            made.answers,
            Settings(consistent=consistent),
            replicates=399,
            seed=survey,
            interval=kind,
        )
        for effect in (*found.paths, *found.total_effects):
            spread = effect.spread
            assert spread is not None
            true = (made.total_effects if effect in found.total_effects else made.paths)[
                effect.source, effect.target
            ]
            hits.append(spread.low <= true <= spread.high)
    return hits


@pytest.mark.slow
@pytest.mark.parametrize("kind", Interval)
@pytest.mark.parametrize("consistent", [False, True])
def test_intervals_of_all_kinds_cover_as_often_as_they_say(
    kind: Interval, consistent: bool
) -> None:
    """200 surveys of 200 answers, six effects each: 95 % intervals hold the truth in 91.5 to 98 %
    of them (six related effects of a survey: the standard error of the share is about 1 %)."""
    share = np.mean(hits_of_intervals(kind, consistent, 200))
    assert 0.915 <= share <= 0.98


@pytest.mark.slow
def test_intervals_of_an_interaction_cover_its_effect() -> None:
    """The score of an exact item is exact, so that the truth is .25 per unit of the product."""
    product = Interaction("X", "M")
    model = Model.of(EXACT, MODERATED, interactions=[product])
    x, m, y = moderated_scores(7)
    hits = []
    for survey in range(250):
        part = slice(300 * survey, 300 * (survey + 1))
        answers = Answers.of({"x": x[part], "m": m[part], "y": y[part]})
        spread = bootstrap(model, answers, replicates=399, seed=survey).path("X*M", "Y").spread
        assert spread is not None
        hits.append(spread.low <= 0.25 <= spread.high)
    assert 0.90 <= np.mean(hits) <= 0.985
