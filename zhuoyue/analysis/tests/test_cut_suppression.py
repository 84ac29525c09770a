"""Cuts of the same people, attacked by trying every world that agrees with what is shown."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.surveys.cut_suppression import Reason, suppress_cuts

PEOPLE = [f"p{k}" for k in range(40)]

some_cuts = st.lists(st.sets(st.integers(0, 11), min_size=1), min_size=1, max_size=4)
"""Up to four cuts of a dozen people."""


def named(cuts: list[set[int]]) -> dict[str, set[str]]:
    return {f"c{k}": {PEOPLE[each] for each in cut} for k, cut in enumerate(cuts)}


def groups_of(cuts: list[set[str]]) -> dict[tuple[bool, ...], set[str]]:
    """The people who are in the same cuts."""
    found: dict[tuple[bool, ...], set[str]] = {}
    for person in set().union(*cuts):
        found.setdefault(tuple(person in cut for cut in cuts), set()).add(person)
    return found


def worlds(cuts: list[set[str]]) -> list[tuple[int, ...]]:
    """Sizes of the groups in every world with the same sizes of cuts."""
    patterns = list(groups_of(cuts))
    within = np.array(patterns).T
    told = np.array([len(cut) for cut in cuts])
    most = [min(len(cut) for cut, inside in zip(cuts, p, strict=True) if inside) for p in patterns]
    every = np.array(list(product(*(range(each + 1) for each in most))))
    return [tuple(row) for row in every[(every @ within.T == told).all(axis=1)].tolist()]


def told_at_most(cuts: list[set[str]]) -> list[int]:
    """For each group the largest size that an attacker cannot rule out."""
    return [max(sizes) for sizes in zip(*worlds(cuts), strict=True)]


@settings(max_examples=150)
@given(some_cuts, st.integers(2, 5))
def test_no_small_group_can_be_bounded_by_what_is_shown(
    cuts: list[set[int]], threshold: int
) -> None:
    people = named(cuts)
    found = suppress_cuts(people, threshold=threshold)
    shown = [people[name] for name in found.shown]
    assert set(found.shown) | set(found.hidden) == set(people)
    if not shown or len(groups_of(shown)) > 5:  # too many worlds to try one by one
        return
    assert min(told_at_most(shown)) >= threshold


@settings(max_examples=150)
@given(some_cuts, st.integers(2, 5))
def test_no_sum_of_a_small_group_can_be_worked_out(cuts: list[set[int]], threshold: int) -> None:
    """Sums (means times counts) of shown cuts are added and subtracted with any factors."""
    people = named(cuts)
    shown = [people[name] for name in suppress_cuts(people, threshold=threshold).shown]
    if not shown:
        return
    groups = groups_of(shown)
    within, sizes = np.array(list(groups)).T.astype(float), [len(each) for each in groups.values()]
    for chosen in product((0.0, 1.0), repeat=len(groups)):
        if 0 < np.dot(chosen, sizes) < threshold:
            factors = np.linalg.lstsq(within.T, np.array(chosen), rcond=None)[0]
            assert np.abs(within.T @ factors - chosen).max() > 1e-9


def test_the_attack_finds_what_three_cuts_together_give_away() -> None:
    third = [set(PEOPLE[:10]), set(PEOPLE[10:20]), set(PEOPLE[20:22])]
    cuts = {"all": set().union(*third), "a": third[0], "b": third[1]}
    assert min(told_at_most(list(cuts.values()))) == 2  # all - a - b
    found = suppress_cuts(cuts)
    assert found.shown == {"all": 22, "a": 10}
    assert found.hidden == {"b": Reason.COMBINATION}


def test_cuts_whose_difference_is_small_are_not_shown_together() -> None:
    everybody = set(PEOPLE[:20])
    cuts = {
        "most": everybody - {"p1", "p2"},
        "all": everybody,
        "half": set(PEOPLE[:10]),
        "two": {"p1", "p2"},
    }
    found = suppress_cuts(cuts)
    assert list(found.shown) == ["all", "half"]
    assert found.hidden == {"most": Reason.DIFFERENCE, "two": Reason.SMALL}
    assert list(suppress_cuts(cuts, threshold=2).shown) == ["most", "all", "half", "two"]


def test_groups_that_could_be_large_are_shown() -> None:
    cuts = {"young": set(PEOPLE[:20]), "engineers": set(PEOPLE[14:36]), "nobody": set[str]()}
    found = suppress_cuts(cuts)
    assert found.shown == {"young": 20, "engineers": 22, "nobody": 0}
    assert (found.n, found.hidden) == (22, {})


def test_n_tells_nothing_that_the_cuts_shown_do_not() -> None:
    """How many are in either cut would give their overlap of three away: 20 + 22 - 39."""
    cuts = {"young": set(PEOPLE[:20]), "engineers": set(PEOPLE[17:39])}
    found = suppress_cuts(cuts)
    assert (found.shown, found.n) == ({"young": 20, "engineers": 22}, 22)
    assert suppress_cuts({"few": {"p1", "p2"}}).n == 0


@pytest.mark.parametrize(
    ("cuts", "threshold", "code"),
    [({}, 5, "suppression_cuts"), ({"a": {"x"}}, 1, "suppression_threshold")],
)
def test_what_cannot_be_protected_is_refused(
    cuts: dict[str, set[str]], threshold: int, code: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        suppress_cuts(cuts, threshold=threshold)
    assert caught.value.code == code
