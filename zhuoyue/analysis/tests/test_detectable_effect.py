"""Power: against Cohen's tables and the examples of R's help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.proving.detectable import Comparison, detectable_effect


@pytest.mark.parametrize(
    ("effect", "expected"),
    [(0.2, 393), (0.5, 64), (0.8, 26)],  # Cohen 1988, table 2.4.1: power .80, two sides, .05
)
def test_people_a_group_as_cohen_tabled(effect: float, expected: int) -> None:
    found = detectable_effect(effect=effect, power=0.8)
    # Cohen's 393 is by his rounding; the exact number is 393.4, so 394 reach the power.
    assert found.n_exact == pytest.approx(expected, abs=1.0)
    assert found.power >= 0.8


def test_the_examples_of_power_t_test() -> None:
    # R 4, ?power.t.test: n = 20, delta = 1 gives .8689528; power .90, delta = 1 gives n = 22.02110.
    assert detectable_effect(n=20, effect=1).power == pytest.approx(0.8689528, abs=5e-7)
    found = detectable_effect(power=0.9, effect=1)
    assert found.n_exact == pytest.approx(22.02110, abs=5e-5)
    assert (found.n, found.n_second) == (23, 23)


def test_the_examples_of_power_prop_test() -> None:
    # R 4, ?power.prop.test: n = 50, .50 against .75 gives .740; power .90 gives n = 76.7.
    shares = Comparison.SHARES
    assert detectable_effect(shares, n=50, effect=0.25).power == pytest.approx(0.740, abs=5e-4)
    found = detectable_effect(shares, power=0.9, effect=0.25)
    assert found.n_exact == pytest.approx(76.7, abs=0.05)
    # power .90, n = 50 and p1 = .5: p2 = .8026
    seen = detectable_effect(shares, power=0.9, n=50)
    assert 0.5 + seen.effect == pytest.approx(0.8026, abs=5e-4)


def test_a_share_that_falls_needs_as_many_as_its_complement_that_rises() -> None:
    def needed(base: float, effect: float) -> float:
        found = detectable_effect(Comparison.SHARES, base=base, effect=effect, power=0.8)
        return found.n_exact

    assert needed(0.2, -0.1) == pytest.approx(needed(0.8, 0.1), rel=1e-6)
    assert needed(0.2, -0.1) < needed(0.2, 0.1)


@given(
    st.sampled_from(Comparison),
    st.integers(5, 3000),
    st.floats(0.3, 0.95),
    st.floats(0.5, 3),
)
def test_what_is_computed_gives_back_what_was_given(
    comparison: Comparison, n: int, power: float, ratio: float
) -> None:
    if comparison is Comparison.SHARES:
        n = max(n, 200)  # few people cannot show any share below one
    found = detectable_effect(comparison, n=n, power=power, ratio=ratio)
    assert found.power == pytest.approx(power, abs=1e-6)
    again = detectable_effect(comparison, n=n, effect=found.effect, ratio=ratio)
    assert again.power == pytest.approx(power, abs=1e-6)
    back = detectable_effect(comparison, effect=found.effect, power=power, ratio=ratio)
    assert back.n_exact == pytest.approx(n, rel=1e-4)


def test_pairs_need_fewer_people_where_changes_vary_less() -> None:
    strangers = detectable_effect(effect=0.5, power=0.8)
    pairs = detectable_effect(Comparison.PAIRS, effect=0.5, power=0.8)
    assert pairs.n < strangers.n
    assert pairs.n == 34  # Cohen 1988: 34 pairs for d_z = .5


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "detectable_two_of_three"),
        ({"n": 5, "effect": 1, "power": 0.5}, "detectable_two_of_three"),
        ({"n": 1, "effect": 1}, "detectable_value"),
        ({"n": 9, "power": 2}, "detectable_value"),
        ({"n": 9, "effect": 1, "sd": 0}, "detectable_value"),
        (
            {"comparison": Comparison.SHARES, "base": 0.2, "effect": -0.3, "n": 9},
            "detectable_value",
        ),
        ({"effect": 1e-4, "power": 0.9}, "detectable_never"),
    ],
)
def test_impossible_questions_are_refused(asked: dict[str, float], code: str) -> None:
    with pytest.raises(AnalysisError) as refused:
        detectable_effect(**asked)  # type: ignore[arg-type]  # on purpose
    assert refused.value.code == code
