"""Laddering: implications, codes, cut-offs and the map of a small case counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.understanding.laddering import Basis, Laddering, Level, laddering

# Nine ladders of five people, counted by hand by the rules of Reynolds & Gutman 1988.
LADDERS = """
R1 A1 C1 C2 V1
R1 A2 C3 V2
R2 A1 C1 V1
R2 A2 C3 C2 V1
R3 A1 C2 V1
R3 A3 C3 V2
R4 A1 C1 C2 V1
R5 A2 C3 V2
R5 A3 C1 C2
"""
MATRIX = """
A1 C1 3.00, A1 C2 1.02, A1 V1 0.04, A2 C3 3.00, A2 C2 0.01, A2 V1 0.01, A2 V2 0.02, A3 C1 1.00,
A3 C3 1.00, A3 C2 0.01, A3 V2 0.01, C1 C2 3.00, C1 V1 1.02, C2 V1 4.00, C3 V2 3.00, C3 C2 1.00,
C3 V1 0.01
"""
FIVE = {("A1", "C1"), ("A2", "C3"), ("C1", "C2"), ("C2", "V1"), ("C3", "V2")}


def case(**more: object) -> Laddering:
    rows = [line.split() for line in LADDERS.strip().splitlines()]
    levels = {"A": Level.ATTRIBUTE, "C": Level.CONSEQUENCE, "V": Level.VALUE}
    return laddering(
        [row[0] for row in rows],
        [row[1:] for row in rows],
        levels={code: levels[code[0]] for row in rows for code in row[1:]},
        **more,  # type: ignore[arg-type]  # whatever the test asks for
    )


def edges(found: Laddering) -> set[tuple[str, str]]:
    return {(each.source, each.target) for each in found.drawn}


def test_every_cell_of_the_matrix() -> None:
    found = case()
    cells = {(each.source, each.target): each.printed for each in found.links}
    expected = [cell.split() for cell in MATRIX.replace("\n", " ").split(",")]
    assert cells == {(source, target): number for source, target, number in expected}
    assert sum(each.direct for each in found.links) == 21
    assert sum(each.indirect for each in found.links) == 15
    assert (found.n, found.ladders) == (5, 9)


def test_codes_by_their_direct_links() -> None:
    codes = case().codes
    degrees = {name: (each.inward, each.outward) for name, each in codes.items()}
    assert degrees == {
        "A1": (0, 4), "A2": (0, 3), "A3": (0, 2), "C1": (4, 4), "C2": (5, 4), "C3": (4, 4),
        "V1": (5, 0), "V2": (3, 0),
    }  # fmt: skip
    assert codes["C2"].abstractness == pytest.approx(0.5556, abs=5e-5)
    assert [codes[name].abstractness for name in ("A1", "C1", "C3", "V1")] == [0, 0.5, 0.5, 1]
    for name, centrality in {"C2": 0.4286, "C1": 0.3810, "C3": 0.3810, "V1": 0.2381}.items():
        assert codes[name].centrality == pytest.approx(centrality, abs=5e-5)


@pytest.mark.parametrize("basis", list(Basis))
def test_the_map_draws_five_edges_and_no_shortcut(basis: Basis) -> None:
    found = case(cut_off=3, basis=basis)
    assert edges(found) == FIVE  # A1 -> V1 (4 in all) is implied by A1 -> C1 -> C2 -> V1
    assert next(each for each in case().cut_offs if each.cut_off == 3).share == pytest.approx(
        0.7619, abs=5e-5
    )


def test_the_suggested_cut_off_keeps_two_thirds() -> None:
    found = case()
    assert found.suggested == found.cut_off == 3
    assert [each.code for each in found.cautions] == ["laddering_few"]
    assert [each.code for each in case(cut_off=4).cautions] == [
        "laddering_few",
        "laddering_cut_high",
    ]


def test_a_person_who_says_it_twice_can_count_once() -> None:
    people, ladders = ["p", "p"], [["a", "b"], ["a", "b", "c"]]
    often = {(e.source, e.target): e.direct for e in laddering(people, ladders).links}
    once = {
        (e.source, e.target): e.direct for e in laddering(people, ladders, once_a_person=True).links
    }
    assert (often["a", "b"], once["a", "b"]) == (2, 1)


def test_a_ladder_that_goes_down_is_told() -> None:
    levels = {"v": Level.VALUE, "a": Level.ATTRIBUTE}
    found = laddering(["p"], [["v", "a"]], levels=levels)
    assert found.cautions[1].code == "laddering_down"


LADDER = st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=6, unique=True)


@given(st.lists(LADDER, min_size=1, max_size=25), st.integers(1, 4), st.sampled_from(Basis))
def test_the_map_reaches_what_the_cut_off_keeps_and_holds_nothing_to_spare(
    ladders: list[list[str]], cut_off: int, basis: Basis
) -> None:
    found = laddering([str(k) for k in range(len(ladders))], ladders, cut_off=cut_off, basis=basis)
    strength = {
        (e.source, e.target): e.direct + (e.indirect if basis is Basis.TOTAL else 0)
        for e in found.links
    }
    kept = {edge for edge, count in strength.items() if count >= cut_off}
    drawn = edges(found)
    assert drawn <= kept
    assert closure(drawn) == closure(kept)
    for edge in drawn:
        assert edge not in closure(drawn - {edge})
    shares = [each.share for each in found.cut_offs]
    assert shares == sorted(shares, reverse=True)
    assert sum(each.centrality for each in found.codes.values()) == pytest.approx(2)


def closure(edges_: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set(edges_)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


@pytest.mark.parametrize(
    ("ladders", "code"),
    [
        ([], "laddering_empty"),
        ([["a"]], "laddering_short"),
        ([["a", ""]], "laddering_short"),
        ([["a", "b", "a"]], "laddering_twice"),
    ],
)
def test_what_is_no_ladder_is_refused(ladders: list[list[str]], code: str) -> None:
    with pytest.raises(AnalysisError) as refused:
        laddering(["p"] * len(ladders), ladders)
    assert refused.value.code == code


def test_ladders_may_be_rows_of_a_table() -> None:
    """Codes as numbers, nought among them, and gaps where a ladder is shorter than the longest."""
    rows: list[Any] = [[0, 1, 2], [0.0, 1.0, float("nan")], ["0", "1", None]]
    found = laddering(["a", "b", "c"], rows)
    assert [(each.source, each.target, each.printed) for each in found.links] == [
        ("0", "1", "3.00"),
        ("1", "2", "1.00"),
        ("0", "2", "0.01"),
    ]
    gap: list[Any] = [["a", None, "b"]]
    with pytest.raises(AnalysisError) as refused:
        laddering(["p"], gap)
    assert refused.value.code == "laddering_short"
