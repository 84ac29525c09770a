"""Reliability with gaps: pingouin's published case, exact factors, and what gaps may do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.quality import cronbach_alpha
from zhuoyue.analysis.surveys.scale_reliability import Gaps, scale_reliability

ROWS = [
    "3241451432",
    "5463512555",
    "7355643365",
    "2433222663",
    "6565444675",
    "1234252352",
    "4353521243",
    "2443722465",
    "6555165232",
    "5464353172",
    "4352532341",
    "4232534234",
    "5562332445",
    "6554221465",
    "4355313234",
]
PINGOUIN = np.array([[int(sign) for sign in row] for row in ROWS], float)
TEN = [f"q{k}" for k in range(1, 11)]
NAN = np.nan


@pytest.mark.parametrize("gaps", list(Gaps))
def test_without_gaps_every_way_gives_the_published_alpha(gaps: Gaps) -> None:
    """Published with pingouin: .5917188486, .195 to .840."""
    found = scale_reliability(TEN, PINGOUIN, gaps=gaps)
    assert found.alpha == pytest.approx(0.5917188486, abs=1e-9)
    assert (found.alpha_low, found.alpha_high) == pytest.approx((0.195, 0.840), abs=5e-4)
    assert set(np.ravel(found.pair_counts)) == {15}


def exact_sample(covariance: np.ndarray, n: int = 60) -> np.ndarray:
    """Rows whose sample covariance is exactly the one given."""
    drawn = np.random.default_rng(4).normal(size=(n, len(covariance)))
    drawn -= drawn.mean(axis=0)
    whitened = drawn @ np.linalg.inv(np.linalg.cholesky(np.cov(drawn.T))).T
    return np.asarray(whitened @ np.linalg.cholesky(covariance).T)


def test_omega_of_a_known_factor_is_found() -> None:
    loadings, own = np.array([0.9, 0.7, 0.5, 1.2]), np.array([0.3, 0.6, 0.8, 1.0])
    rows = exact_sample(np.outer(loadings, loadings) + np.diag(own))
    found = scale_reliability(["a", "b", "c", "d"], rows)
    general = loadings.sum() ** 2
    assert found.omega == pytest.approx(general / (general + own.sum()), abs=1e-6)
    assert found.omega is not None
    assert found.omega > found.alpha


def test_gaps_that_other_answers_explain_are_mended_by_em() -> None:
    """The last item is asked only of those who scored high: EM comes nearer than the rest alone."""
    rng = np.random.default_rng(8)
    factor = rng.normal(size=4000)
    rows = factor[:, None] + rng.normal(size=(4000, 4))
    whole = cronbach_alpha(rows).value
    rows[rows[:, :3].sum(axis=1) < 0, 3] = NAN
    names = ["a", "b", "c", "d"]
    by_em = scale_reliability(names, rows, gaps=Gaps.EM)
    complete = scale_reliability(names, rows, gaps=Gaps.COMPLETE)
    assert abs(by_em.alpha - whole) < 0.02 < abs(complete.alpha - whole)
    assert by_em.n == 4000 > complete.n == by_em.interval_n
    assert "scale_gaps" in {each.code for each in by_em.cautions}


def test_pairs_are_counted_and_rows_without_any_answer_do_not_count() -> None:
    rows = [*PINGOUIN[:, :3].tolist(), [NAN, NAN, NAN], [1, NAN, 2], [2, 2, NAN]]
    found = scale_reliability(["a", "b", "c"], rows)
    assert found.n == 17
    assert found.pair_counts == ((17, 16, 16), (16, 16, 15), (16, 15, 16))
    assert found.interval_n == 15


def test_an_item_that_dwarfs_the_others_leaves_them_their_correlation() -> None:
    rows = PINGOUIN[:, :3].copy()
    before = scale_reliability(["a", "b", "c"], rows).item_rest["c"]
    rows[:, 2] *= 1e12
    found = scale_reliability(["a", "b", "c"], rows).item_rest
    assert found["c"] == pytest.approx(before, rel=1e-9)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([[1.0], [2.0]], "scale_items"),
        ([[1, NAN], [2, NAN], [NAN, 3], [NAN, 1]], "scale_pair_thin"),
        ([[1, 1], [1, 2], [1, 3]], "item_constant"),
        ([[1, np.inf], [1, 2], [1, 3]], "value_infinite"),
        ([[1, 3], [2, 2], [3, 1]], "items_cancel"),
    ],
)
def test_what_has_no_reliability_is_refused(rows: list[list[float]], code: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        scale_reliability(["a", "b"][: len(rows[0])], rows)
    assert caught.value.code == code


@given(st.permutations(range(15)), st.sampled_from(list(Gaps)), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(order: list[int], gaps: Gaps, seed: int) -> None:
    rows = PINGOUIN[:, :4].copy()
    holes = np.random.default_rng(seed).integers(0, 15, 3)
    rows[holes, [0, 1, 2]] = NAN
    names = TEN[:4]
    first, second = (scale_reliability(names, each, gaps=gaps) for each in (rows, rows[order]))
    assert first.alpha == pytest.approx(second.alpha, abs=1e-6)
    assert first.pair_counts == second.pair_counts
