"""What is read from a finished estimate: drivers, items, and what-if along the chain."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Bootstrap,
    Chain,
    Estimate,
    Expected,
    HigherOrder,
    Mode,
    Model,
    Scale,
    bootstrap,
    driver_ranking,
    effect_chain,
    estimate,
    item_map,
    what_if,
)

CHAIN = Model.of({"X": ["x"], "M": ["m"], "Y": ["y"]}, [("X", "M"), ("X", "Y"), ("M", "Y")])
FIVE = Scale(1, 5)


def answers_of(n: int, seed: int = 3, items: tuple[str, ...] = ("x", "m", "y")) -> Answers:
    """Answers from 1 to 5 that hang together."""
    stream = np.random.default_rng(seed)
    common = stream.normal(size=(n, 1))
    own = stream.normal(size=(n, len(items)))
    return Answers(items, np.clip(np.round(3.2 + 0.8 * common + 0.8 * own), 1, 5))


def slopes(table: np.ndarray) -> tuple[float, float, float]:
    """X on M, and the total effects of X and M on Y, by least squares on the raw answers."""
    x, m, y = (column - column.mean() for column in table.T)
    on_m = (x @ m) / (x @ x)
    direct, of_m = np.linalg.lstsq(np.column_stack([x, m]), y, rcond=None)[0]
    return on_m, direct + on_m * of_m, of_m


def width(answer: Expected) -> float:
    assert answer.low is not None
    assert answer.high is not None
    return answer.high - answer.low


def drawn(n: int = 120, *, keep_draws: bool = True, replicates: int = 300) -> Bootstrap:
    return bootstrap(CHAIN, answers_of(n), scale=FIVE, replicates=replicates, keep_draws=keep_draws)


# ------------------------------------------------------------------ what-if


def test_one_point_moves_the_target_by_the_slope_of_the_raw_answers() -> None:
    """x = 1 2 3 4, m = 1 3 3 5 has the slope 1.2; a percent of the scale is the same on both."""
    two = Model.of({"X": ["x"], "M": ["m"]}, [("X", "M")])
    found = estimate(two, Answers.of({"x": [1, 2, 3, 4], "m": [1, 3, 3, 5]}), scale=FIVE)
    answer = what_if(found, {"X": 10})
    assert answer.n == 4
    (m,) = answer.expected
    assert m.construct == "M"
    assert m.now == pytest.approx(50)  # mean 3 of 1 to 5
    assert m.change == pytest.approx(12, abs=1e-12)
    assert m.then == pytest.approx(62, abs=1e-12)
    assert (m.low, m.high) == (None, None)
    assert "what_if_without_limits" in {each.code for each in answer.cautions}


def test_changes_reach_the_target_along_every_chain() -> None:
    answers = answers_of(120)
    x_on_m, x_on_y, m_on_y = slopes(answers.values)
    answer = what_if(estimate(CHAIN, answers, scale=FIVE), {"X": 4, "M": 2})
    assert answer.of("M").change == pytest.approx(2 + 4 * x_on_m, abs=1e-10)
    assert answer.of("Y").change == pytest.approx(4 * x_on_y + 2 * m_on_y, abs=1e-10)
    assert [each.construct for each in answer.expected] == ["M", "Y"]
    only = what_if(estimate(CHAIN, answers, scale=FIVE), {"X": 4, "M": 2}, target="Y")
    assert [each.to_dict() for each in only.expected] == [answer.of("Y").to_dict()]


def test_limits_of_several_changes_come_from_joint_replicates() -> None:
    """The same 200 resamples by least squares, row by row, give the same limits."""
    answers = answers_of(60)
    rows = np.random.default_rng(11).integers(0, 60, size=(200, 60))
    found = bootstrap(CHAIN, answers, scale=FIVE, resamples=rows, keep_draws=True)
    answer = what_if(found, {"X": 4, "M": -3})
    summed = []
    for row in rows:
        _, x_on_y, m_on_y = slopes(answers.values[row])
        summed.append(4 * x_on_y - 3 * m_on_y)
    low, high = np.quantile(summed, [0.025, 0.975])
    y = answer.of("Y")
    assert y.low == pytest.approx(low, abs=1e-9)
    assert y.high == pytest.approx(high, abs=1e-9)
    parts = [what_if(found, {"X": 4}).of("Y"), what_if(found, {"M": -3}).of("Y")]
    assert width(y) < sum(width(each) for each in parts)
    assert answer.replicates == 200


def test_a_change_stops_at_the_end_of_the_scale_and_says_so() -> None:
    found = estimate(CHAIN, answers_of(120), scale=FIVE)
    answer = what_if(found, {"X": 90})
    assert answer.changes["X"] == pytest.approx(100 - found.index["X"])
    (capped,) = [each for each in answer.cautions if each.code == "change_capped"]
    assert capped.params["asked"] == 90
    fallen = what_if(found, {"X": -200})
    assert fallen.changes["X"] == pytest.approx(-found.index["X"])


def test_an_index_stops_at_one_hundred_with_its_limits() -> None:
    high = Answers.of({"x": [1, 2, 3, 4, 2, 3], "m": [3, 4, 5, 5, 4, 5]})
    two = Model.of({"X": ["x"], "M": ["m"]}, [("X", "M")])
    found = bootstrap(two, high, scale=FIVE, replicates=100, keep_draws=True)
    answer = what_if(found, {"X": 50})
    m = answer.of("M")
    assert m.then == pytest.approx(100)
    assert m.high is not None
    assert m.now + m.high <= 100 + 1e-9
    assert "index_capped" in {each.code for each in answer.cautions}


def test_without_kept_draws_one_change_has_rough_limits_and_several_have_none() -> None:
    bare, kept = drawn(keep_draws=False), drawn()
    one = what_if(bare, {"X": 4})
    assert "what_if_limits_held" in {each.code for each in one.cautions}
    exact = what_if(kept, {"X": 4}).of("Y")
    rough = one.of("Y")
    assert rough.change == exact.change
    assert rough.low == pytest.approx(exact.low, rel=0.15)
    both = what_if(bare, {"X": 4, "M": 2})
    assert both.of("Y").low is None
    assert "what_if_limits_missing" in {each.code for each in both.cautions}


def test_a_chain_kept_as_a_record_answers_the_same() -> None:
    found = drawn()
    chain = effect_chain(found)
    again = Chain.of_record(json.loads(json.dumps(chain.to_dict())), chain.draws)
    asked = {"X": 3.5, "M": -1.0}
    assert what_if(again, asked).to_dict() == what_if(found, asked).to_dict()


def test_interactions_are_pointed_out() -> None:
    model = Model.of(
        {"X": ["x"], "M": ["m"], "Y": ["y"]},
        [("X", "Y"), ("M", "Y"), ("X*M", "Y")],
        interactions=[("X", "M")],
    )
    answer = what_if(estimate(model, answers_of(120), scale=FIVE), {"X": 2})
    assert "what_if_moderated" in {each.code for each in answer.cautions}


@pytest.mark.parametrize(
    ("changes", "target", "code"),
    [
        ({"Z": 1}, None, "change_unknown"),
        ({"Y": 1}, None, "change_unknown"),
        ({"X": float("nan")}, None, "change_not_finite"),
        ({"X": 1}, "X", "target_unknown"),
    ],
)
def test_a_question_the_model_cannot_answer_is_an_error(
    changes: dict[str, float], target: str | None, code: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        what_if(estimate(CHAIN, answers_of(120), scale=FIVE), changes, target)
    assert caught.value.code == code


@settings(max_examples=25, deadline=None)
@given(x=st.floats(-5, 5), m=st.floats(-5, 5), factor=st.floats(-2, 2))
def test_what_is_expected_grows_with_what_is_changed(x: float, m: float, factor: float) -> None:
    chain = seen()

    def on_y(**changes: float) -> float:
        found = [e.change for e in what_if(chain, changes).expected if e.construct == "Y"]
        return found[0] if found else 0.0  # nothing changed, nothing follows

    assert on_y(X=x, M=m) == pytest.approx(on_y(X=x) + on_y(M=m), abs=1e-9)
    assert on_y(X=factor * x, M=factor * m) == pytest.approx(factor * on_y(X=x, M=m), abs=1e-9)


@cache
def seen() -> Chain:
    return effect_chain(estimate(CHAIN, answers_of(120), scale=FIVE))


BLOCKS = Model.of({"A": ["a1", "a2", "a3"], "B": ["b1", "b2"]}, [("A", "B")])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), narrow=st.sampled_from([1.0, 0.2]))
def test_points_per_point_are_the_slope_among_the_respondents_own_indices(
    seed: int, narrow: float
) -> None:
    """Also where an item runs the other way, so that a score and its index point apart."""
    stream = np.random.default_rng(seed)
    common = stream.normal(size=(50, 1))
    signs = np.array([1, 1, -narrow, 1, 1])
    values = 3 + signs * (common + 0.5 * stream.normal(size=(50, 5)))
    answers = Answers(BLOCKS.items, values)
    scale = Scale(float(values.min()), float(values.max()))
    found = estimate(BLOCKS, answers, scale=scale)
    own = {}
    for name, weights in found.index_weights.items():
        columns = [answers.names.index(item) for item in weights]
        share = (values[:, columns] - scale.low) / (scale.high - scale.low)
        own[name] = 100 * share @ np.array(list(weights.values()))
    slope = np.polyfit(own["A"], own["B"], 1)[0]
    point = found.importance_performance["B"]["A"]
    assert point.importance_unstandardised == pytest.approx(slope, rel=1e-6)


# ------------------------------------------------------------------ items


def test_an_item_counts_by_its_share_in_the_index_of_its_construct() -> None:
    answers = answers_of(80, items=BLOCKS.items)
    found = estimate(BLOCKS, answers, scale=FIVE)
    points = item_map(found, "B")
    assert {each.item for each in points} == {"a1", "a2", "a3"}  # not the target's own
    whole = found.importance_performance["B"]["A"].importance_unstandardised
    assert sum(each.importance for each in points) == pytest.approx(whole, abs=1e-12)
    for each in points:
        mean = answers.values[:, answers.names.index(each.item)].mean()
        assert each.performance == pytest.approx(25 * (mean - 1))
        assert each.importance == pytest.approx(whole * found.index_weights["A"][each.item])
    assert [each.importance for each in points] == sorted(
        (each.importance for each in points), reverse=True
    )
    spread = item_map(bootstrap(BLOCKS, answers, scale=FIVE, replicates=100), "B")
    for each in spread:
        assert each.low is not None
        assert each.high is not None
        assert each.low <= each.importance <= each.high


def test_items_of_a_whole_and_of_its_parts_stand_there_once() -> None:
    model = Model.of(
        {"P": ["a1", "a2"], "Q": ["a3", "b1"], "Y": ["b2"]},
        [("W", "Y")],
        higher_order=[HigherOrder("W", ("P", "Q"), Mode.FORMATIVE)],
    )
    points = item_map(estimate(model, answers_of(80, items=BLOCKS.items), scale=FIVE), "Y")
    assert sorted(each.item for each in points) == ["a1", "a2", "a3", "b1"]


# ------------------------------------------------------------------ ranking

WIDE = Model.of(
    {"A": ["a"], "B": ["b"], "C": ["c"], "Y": ["y"]}, [("A", "Y"), ("B", "Y"), ("C", "Y")]
)


def three_drivers(n: int = 400) -> Answers:
    """A and B carry the same weight for Y, C next to nothing; and B pulls downwards."""
    stream = np.random.default_rng(5)
    a, b, c = stream.normal(size=(3, n))
    y = 0.5 * a - 0.5 * b + 0.02 * c + 0.6 * stream.normal(size=n)
    return Answers(("a", "b", "c", "y"), np.column_stack([a, b, c, y]))


@pytest.mark.parametrize("keep_draws", [True, False])
def test_drivers_are_ordered_by_size_and_neighbours_told_apart(keep_draws: bool) -> None:
    found = bootstrap(WIDE, three_drivers(), replicates=1000, keep_draws=keep_draws)
    ranking = driver_ranking(found, "Y")
    assert ranking.refused == ()
    assert ranking.n == 400
    assert {each.construct for each in ranking.drivers[:2]} == {"A", "B"}
    first, second, last = ranking.drivers
    assert (first.alike, second.alike) == ((second.construct,), (first.construct,))
    assert (last.construct, last.alike, last.is_shown) == ("C", (), False)
    for each in ranking.drivers:
        assert each.effect == found.total_effect(each.construct, "Y").estimate
        assert each.spread == found.total_effect(each.construct, "Y").spread
        assert each.performance == found.estimate.index[each.construct]
    assert ranking.compared == ("differences" if keep_draws else "overlap")
    alike = [each for each in ranking.cautions if each.code == "drivers_alike"]
    assert [(a.params["first"], a.params["second"]) for a in alike] == [
        (first.construct, second.construct)
    ]
    assert "associations_only" in {each.code for each in ranking.cautions}


def test_paired_differences_tell_apart_what_overlapping_intervals_cannot() -> None:
    """Two effects that move together over the resamples differ more surely than they are known."""
    stream = np.random.default_rng(8)
    x = stream.normal(size=200)
    m = 0.92 * x + 0.39 * stream.normal(size=200)
    y = 0.7 * m + 0.7 * stream.normal(size=200)
    model = Model.of({"X": ["x"], "M": ["m"], "Y": ["y"]}, [("X", "M"), ("M", "Y")])
    found = bootstrap(model, Answers.of({"x": x, "m": m, "y": y}), keep_draws=True)
    gaps = found.draws["total_effects"]
    names = [(e.source, e.target) for e in found.total_effects]
    gap = gaps[:, names.index(("M", "Y"))] - gaps[:, names.index(("X", "Y"))]
    assert np.quantile(gap, 0.025) > 0
    assert driver_ranking(found, "Y").drivers[0].alike == ()
    bare = bootstrap(model, Answers.of({"x": x, "m": m, "y": y}))
    assert driver_ranking(bare, "Y").drivers[0].alike == ("X",)


def test_a_ranking_of_nothing_shown_says_so() -> None:
    noise = np.random.default_rng(2).normal(size=(100, 4))
    found = bootstrap(WIDE, Answers(("a", "b", "c", "y"), noise), replicates=500)
    ranking = driver_ranking(found, "Y")
    assert not any(each.is_shown for each in ranking.drivers)
    assert "ranking_nothing_shown" in {each.code for each in ranking.cautions}


def thin(what: str) -> Bootstrap | Estimate:
    if what == "few answers":
        return bootstrap(WIDE, three_drivers(29), replicates=200)
    if what == "enough answers":
        return bootstrap(WIDE, three_drivers(40), replicates=200)
    if what == "fewer answers than items":
        stream = np.random.default_rng(1)
        names = ("a1", "a2", "a3", "a4", "a5", "a6", "y")
        two = Model.of({"A": names[:6], "Y": ["y"]}, [("A", "Y")])
        return bootstrap(two, Answers(names, stream.normal(size=(7, 7))), replicates=200)
    if what == "weights of a few":
        answers = three_drivers(60)
        weights = np.where(np.arange(60) < 10, 1000, 1)
        return bootstrap(WIDE, Answers(answers.names, answers.values, weights), replicates=200)
    if what == "no replicates":
        return estimate(WIDE, three_drivers(60))
    if what == "a handful of replicates":
        return bootstrap(WIDE, three_drivers(60), replicates=20)
    rare = np.zeros(60)
    rare[:2] = 1  # absent from one resample in seven, and so constant there
    answers = three_drivers(60)
    return bootstrap(
        WIDE,
        Answers(
            answers.names, np.column_stack([answers.values[:, :2], rare, answers.values[:, 3]])
        ),
        replicates=200,
    )


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("enough answers", []),
        ("few answers", ["sample_small"]),
        ("fewer answers than items", ["sample_small", "rows_fewer_than_items"]),
        ("weights of a few", ["sample_small"]),
        ("no replicates", ["ranking_without_replicates"]),
        ("a handful of replicates", ["ranking_replicates_few"]),
        ("many lost replicates", ["ranking_replicates_lost"]),
    ],
)
def test_on_thin_data_there_is_no_ranking_but_a_reason(what: str, codes: list[str]) -> None:
    ranking = driver_ranking(thin(what), "Y")
    assert [each.code for each in ranking.refused] == codes
    assert bool(ranking.drivers) == (not codes)
    assert all(each.message for each in ranking.refused)
    assert ranking.to_dict()["refused"] == [each.to_dict() for each in ranking.refused]


def test_a_target_that_nothing_leads_to_is_an_error() -> None:
    found = estimate(WIDE, three_drivers(60))
    for read in (driver_ranking, item_map):
        with pytest.raises(AnalysisError) as caught:
            read(found, "A")
        assert caught.value.code == "target_unknown"
        assert caught.value.params["known"] == "Y"


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(["A", "B", "C"]))
def test_the_order_in_a_model_text_does_not_move_the_ranking(order: list[str]) -> None:
    items = {"A": ["a"], "B": ["b"], "C": ["c"], "Y": ["y"]}
    model = Model.of({name: items[name] for name in (*order, "Y")}, [(name, "Y") for name in order])
    found = bootstrap(model, three_drivers(200), replicates=200, keep_draws=True)
    ranking = driver_ranking(found, "Y")
    told = {each.construct: set(each.alike) for each in ranking.drivers}
    assert [each.construct for each in ranking.drivers] == ranked()
    assert all(name in told[other] for name, others in told.items() for other in others)


@cache
def ranked() -> list[str]:
    found = bootstrap(WIDE, three_drivers(200), replicates=200)
    return [each.construct for each in driver_ranking(found, "Y").drivers]
