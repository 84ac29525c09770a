"""BCa and t intervals against their definitions, written down row by row."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from zhuoyue.analysis import AnalysisError, Answers, Interval, Model, bootstrap, estimate
from zhuoyue.analysis.spreads import Rule

NAMES = ("q1", "q2", "q3", "s1", "s2")
MODEL = Model.of({"Quality": NAMES[:3], "Satisfaction": NAMES[3:]}, [("Quality", "Satisfaction")])


@pytest.fixture(scope="module")
def answers() -> Answers:
    chance = np.random.default_rng(4)
    quality = chance.normal(size=(60, 1))
    satisfaction = 0.6 * quality + chance.normal(size=(60, 1))
    shared = np.hstack([np.repeat(quality, 3, axis=1), np.repeat(satisfaction, 2, axis=1)])
    return Answers(NAMES, np.round(5 + shared + chance.normal(size=(60, 5))))


def efron(estimate: float, draws: np.ndarray, knives: np.ndarray, level: float) -> list[float]:
    """The two limits as Efron & Tibshirani (1993, section 14.3) define them."""
    normal = NormalDist()
    bias = normal.inv_cdf(float((draws < estimate).mean()))
    away = knives.mean() - knives
    pull = (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    found = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        z = bias + normal.inv_cdf(share)
        found.append(float(np.quantile(draws, normal.cdf(bias + z / (1 - pull * z)))))
    return found


def test_bca_limits_follow_efron_with_the_jackknife_of_the_rows(answers: Answers) -> None:
    found = bootstrap(MODEL, answers, replicates=400, interval=Interval.BCA, keep_draws=True)
    knives = np.array(
        [
            estimate(MODEL, Answers(NAMES, np.delete(answers.values, row, axis=0)))
            .paths[0]
            .estimate
            for row in range(answers.n)
        ]
    )
    effect = found.paths[0]
    assert effect.spread is not None
    expected = efron(effect.estimate, found.draws["paths"][:, 0], knives, 0.95)
    assert [effect.spread.low, effect.spread.high] == pytest.approx(expected, abs=1e-10)
    assert found.to_dict()["interval"] == effect.spread.interval == "bca"


@pytest.mark.parametrize("kind", list(Interval))
def test_what_is_one_by_definition_has_no_error_but_of_rounding(kind: Interval) -> None:
    """The weight and loading of a single item are one in every replicate, up to the last digit:
    no t of 10^15, which would differ from one way of computing to the next."""
    values = np.random.default_rng(7).normal(size=(50, 3)) * (1, 1e3, 0.1) + (0, 0, 77.7)
    model = Model.of({"A": ["a"], "B": ["b"], "C": ["c"]}, [("A", "B"), ("B", "C")])
    found = bootstrap(model, Answers(model.items, values), replicates=300, interval=kind)
    for item, name in zip("abc", "ABC", strict=True):
        for spread in (found.weights[name][item], found.loadings[name][item]):
            assert (spread.se, spread.t) == (0.0, None)
            assert [spread.low, spread.high] == pytest.approx([1, 1], abs=1e-12)


def test_t_limits_are_the_estimate_and_its_standard_error(answers: Answers) -> None:
    found = bootstrap(MODEL, answers, replicates=400, interval="t", level=0.9)
    spread = found.paths[0].spread
    assert spread is not None
    reach = 1.6710930321 * spread.se  # Student's t with 59 degrees of freedom, R: qt(.95, 59)
    middle = found.paths[0].estimate
    assert [spread.low, spread.high] == pytest.approx([middle - reach, middle + reach], rel=1e-9)


def test_all_kinds_share_one_set_of_replicates(answers: Answers) -> None:
    found = {
        kind: bootstrap(MODEL, answers, replicates=300, interval=kind, keep_draws=True)
        for kind in Interval
    }
    draws = [each.draws["htmt"] for each in found.values()]
    assert np.array_equal(draws[0], draws[1]) and np.array_equal(draws[0], draws[2])
    limits = {each.paths[0].spread.low for each in found.values() if each.paths[0].spread}
    assert len(limits) == len(Interval)


def test_an_unbiased_and_symmetric_number_has_the_same_limits_either_way() -> None:
    draws = np.linspace(-1, 1, 2001)[None, :]
    knives = np.array([[-1.0, 0.0, 1.0]])
    plain = Rule(Interval.PERCENTILE, 0.9, 3).spreads([0.0], draws, None)[0]
    corrected = Rule(Interval.BCA, 0.9, 3).spreads([0.0], draws, knives)[0]
    assert [corrected.low, corrected.high] == pytest.approx([plain.low, plain.high], abs=1e-12)


@pytest.mark.parametrize("estimate", [-5.0, 0.25, 5.0])
def test_bca_stays_within_the_draws_when_the_estimate_lies_outside(estimate: float) -> None:
    draws = np.random.default_rng(3).random((1, 500))
    knives = np.array([[0.0, 0.0, 0.0, 1.0]])
    spread = Rule(Interval.BCA, 0.95, 4).spreads([estimate], draws, knives)[0]
    assert draws.min() <= spread.low <= spread.high <= draws.max()


def test_a_number_that_never_moves_has_limits_of_no_width() -> None:
    spread = Rule(Interval.BCA, 0.95, 4).spreads([1.0], np.ones((1, 50)), np.ones((1, 4)))[0]
    assert (spread.low, spread.high, spread.se, spread.t) == (1.0, 1.0, 0.0, None)


def test_an_unknown_kind_is_refused_with_the_list(answers: Answers) -> None:
    with pytest.raises(AnalysisError) as refused:
        bootstrap(MODEL, answers, interval="basic")
    assert refused.value.code == "setting_unknown"
    assert refused.value.params["choices"] == "percentile, bca, t"


@pytest.mark.parametrize("kind", list(Interval))
@pytest.mark.filterwarnings("error")
def test_a_ratio_beyond_all_bounds_in_a_replicate_is_told(kind: Interval) -> None:
    """Two items that happen not to be correlated in a resample: HTMT divides by nothing."""
    model = Model.of({"A": ["a1", "a2"], "B": ["b1", "b2"]}, [("A", "B")])
    rows = [[1, 1, 3, 2], [1, 2, 1, 1], [2, 1, 2, 4], [2, 2, 5, 4], [3, 4, 4, 5], [4, 3, 5, 3]] * 4
    answers = Answers(("a1", "a2", "b1", "b2"), np.array(rows, dtype=float))
    drawn = np.random.default_rng(3).integers(0, 24, (40, 24))
    drawn[0] = np.repeat([0, 1, 2, 3], 6)
    found = bootstrap(model, answers, resamples=drawn, interval=kind, keep_draws=True)
    assert (~np.isfinite(found.draws["htmt"])).sum() == 1
    told = [each.params for each in found.cautions if each.code == "htmt_unbounded"]
    assert told == [{"first": "A", "second": "B"}]
    record = found.to_dict()["spread"]["htmt"]["B"]["A"]  # type: ignore[index]
    assert record["mean"] is None and record["se"] is None
    low = record["ci"][0]
    assert low is None if kind is Interval.T else 0 < low < 1


def test_a_limit_counts_what_is_beyond_all_bounds_as_the_largest_draw() -> None:
    draws = np.array([[1.0, 2.0, np.nan, 3.0, np.inf], [1.0, 2.0, 3.0, 4.0, 5.0]])
    odd, plain = Rule(Interval.PERCENTILE, 0.5, 9).spreads([2.0, 3.0], draws, None)
    assert (odd.low, plain.low, plain.high, plain.mean) == (2.0, 2.0, 4.0, 3.0)
    assert not np.isfinite(odd.high)
