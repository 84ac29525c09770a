"""Suppressed tables under attack: linear programs over all that is shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.surveys.suppression import Suppression, suppress_table

linprog: Any = import_module("scipy.optimize").linprog


def attack(found: Suppression) -> dict[tuple[int, int], tuple[float, float]]:
    """Bounds of each hidden cell from the shown ones and the totals; none where unbounded."""
    rows, columns = len(found.shown), len(found.shown[0])
    index = np.arange(rows * columns).reshape(rows, columns)
    sums = []
    for line in (*index, *index.T):
        equation = np.zeros(rows * columns)
        equation[line] = 1
        equation[line[-1]] = -1
        sums.append(equation)
    bounds = [(0, None) if v is None else (v, v) for row in found.shown for v in row]
    if found.n:  # a result tells its n
        bounds[-1] = (found.n, found.n)
    told = {}
    for place in (*found.primary, *found.complementary):
        aim = np.zeros(rows * columns)
        aim[index[place]] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds)
            ends.append(float("inf") if solved.status == 3 else sign * float(solved.fun))
        told[place] = (ends[0], ends[1])
    return told


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=2, max_size=4
        )
    ),
    st.integers(2, 6),
)
def test_no_hidden_cell_can_be_worked_out(rows: list[list[int]], threshold: int) -> None:
    found = suppress_table(rows, threshold=threshold)
    told = attack(found)
    assert found.n in {0, sum(map(sum, rows))}
    assert not 0 < found.n < threshold
    for low, high in told.values():
        assert high - low > 0.5
    for place in found.primary:
        assert told[place][1] >= threshold - 1e-6
    shown = [value for row in found.shown for value in row if value is not None]
    assert not any(0 < value < threshold for value in shown)


def test_the_attack_succeeds_where_only_the_small_cell_is_hidden() -> None:
    weak = Suppression(
        n=32, parameters={}, rows=("a", "b"), columns=("c", "d"),
        shown=((20, None, 22), (4, 6, 10), (24, 8, 32)), primary=((0, 1),), complementary=(),
    )  # fmt: skip
    assert attack(weak)[0, 1] == pytest.approx((2, 2))


def test_the_grand_total_is_known_and_hides_nothing() -> None:
    """With n = 19 told, cells hidden behind it could be bounded by 7, below the threshold of 10."""
    found = suppress_table([[4, 5, 0], [0, 7, 3]], threshold=10)
    assert found.n == found.shown[-1][-1] == 19
    assert min(high for _, high in attack(found).values()) >= 10
    few = suppress_table([[1, 2]], threshold=5)
    assert (few.n, few.shown[-1][-1]) == (0, None)


def test_a_table_without_small_cells_stays_whole() -> None:
    found = suppress_table([[20, 9], [0, 8]])
    assert found.shown == ((20, 9, 29), (0, 8, 8), (20, 17, 37))
    assert found.primary == found.complementary == ()


@pytest.mark.parametrize(
    ("counts", "threshold", "code"),
    [
        ([[1.5]], 5, "suppression_count"),
        ([[-1]], 5, "suppression_count"),
        ([1, 2], 5, "suppression_shape"),
        ([[1]], 1, "suppression_threshold"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(
    counts: list[Any], threshold: int, code: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        suppress_table(counts, threshold=threshold)
    assert caught.value.code == code


def test_rows_and_columns_keep_their_names() -> None:
    table = [[20, 3], [15, 12]]
    found = suppress_table(table, rows=("welding", "drawing"), columns=("content", "annoyed"))
    assert found.rows == ("welding", "drawing")
    assert suppress_table(table).columns == ("1", "2")
    with pytest.raises(AnalysisError) as raised:
        suppress_table(table, rows=("welding",))
    assert raised.value.code == "suppression_names"
