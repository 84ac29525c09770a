"""Whatever the model and the treatment: a replicate is the estimate of its resample, and intervals
are what scipy makes of the same replicates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.analysis import (
    Answers,
    Bootstrap,
    Estimate,
    HigherOrder,
    Interaction,
    Interval,
    Missing,
    Model,
    Scale,
    Settings,
    bootstrap,
    estimate,
    replicates,
)

BLOCKS = {"A": ["a1", "a2", "a3"], "B": ["b1", "b2"], "C": ["c1", "c2", "c3"], "D": ["d1"]}
PATHS = [("A", "C"), ("B", "C"), ("C", "D")]


def whole(method: str, mode: str) -> Model:
    parts = HigherOrder("H", ("A", "B"), mode, method)  # type: ignore[arg-type]  # by their names
    return Model.of(BLOCKS, [("H", "C"), ("C", "D"), ("H", "D")], higher_order=[parts])


def moderated(method: str) -> Model:
    product = Interaction("A", "B", method)  # type: ignore[arg-type]  # by its name
    return Model.of(BLOCKS, [*PATHS, ("A*B", "C")], interactions=[product])


MODELS = {
    "reflective": Model.of(BLOCKS, PATHS),
    "all modes": Model.of(BLOCKS, PATHS, formative=["A"], unit=["C"]),
    "two-stage whole": whole("two_stage", "reflective"),
    "two-stage formative whole": whole("two_stage", "formative"),
    "repeated whole": whole("repeated", "reflective"),
    "two-stage product": moderated("two_stage"),
    "product of items": moderated("product_indicator"),
    "orthogonal product": moderated("orthogonal"),
}
SCALE = Scale(1, 7)
CLOSE = 2e-6  # both sides stop when weights move less than 1e-7


def sample(seed: int, n: int = 80) -> np.ndarray:
    stream = np.random.default_rng(seed)
    a, b, d = stream.standard_normal((3, n))
    b = 0.5 * a + 0.8 * b
    c = 0.6 * a + 0.5 * b + 0.3 * a * b + 0.5 * stream.standard_normal(n)
    core = np.column_stack([a, a, a, b, b, c, c, c, 0.6 * c + 0.8 * d])
    return np.clip(np.round(4 + core + 0.6 * stream.standard_normal(core.shape)), 1, 7)


def families(found: Estimate) -> dict[str, list[float]]:
    """The numbers of an estimate in the order of the draws."""

    def nested(values: Any) -> list[float]:
        return [x for group in values.values() for x in group.values()]

    return {
        "paths": [e.estimate for e in found.paths],
        "total_effects": [e.estimate for e in found.total_effects],
        "indirect_effects": [e.estimate for e in found.indirect_effects],
        "weights": nested(found.weights),
        "loadings": nested(found.loadings),
        "r2": list(found.r2.values()),
        "rho_a": [each.rho_a for each in found.reliability.values()],
        "rho_c": [each.rho_c for each in found.reliability.values()],
        "ave": [each.ave for each in found.reliability.values()],
        "alpha_standardised": [each.alpha_standardised for each in found.reliability.values()],
        "htmt": nested(found.htmt),
        "index": list(found.index.values()),
    }


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    name=st.sampled_from(list(MODELS)),
    scheme=st.sampled_from(["path", "factorial", "centroid"]),
    items=st.sampled_from(["standardised", "centred"]),
    gaps=st.sampled_from([None, "mean", "pairwise"]),
    weighted=st.booleans(),
    consistent=st.booleans(),
)
def test_each_replicate_is_the_estimate_of_its_resample(
    seed: int,
    name: str,
    scheme: str,
    items: str,
    gaps: str | None,
    weighted: bool,
    consistent: bool,
) -> None:
    """Case weights travel with their rows, and gaps are treated anew in every resample."""
    model, values, stream = MODELS[name], sample(seed), np.random.default_rng(seed)
    if model.interactions:
        gaps = None  # there gaps are filled once, with a caution
    if model.higher_order:
        consistent = False  # parts that share little have no common factor
    if gaps == "pairwise":
        weighted = (
            False  # their sum differs from resample to resample, if only in the seventh digit
        )
    if gaps:
        values[stream.random(values.shape) < 0.06] = np.nan
        values[np.isnan(values).all(axis=1), 0] = 4.0
    weights = stream.uniform(0.2, 3, len(values)) if weighted else None
    chosen = Settings(scheme, items, gaps or "listwise", consistent)  # type: ignore[arg-type]  # by their names
    rows = stream.integers(0, len(values), (2, len(values)))
    answers = Answers(model.items, values, weights)
    found = bootstrap(model, answers, chosen, scale=SCALE, resamples=rows, keep_draws=True)
    assert not found.failed_count
    for place, row in enumerate(rows):
        own = None if weights is None else weights[row]
        alone = estimate(model, Answers(model.items, values[row], own), chosen, scale=SCALE)
        for family, numbers in families(alone).items():
            drawn = found.draws[family][place]
            assert drawn == pytest.approx(numbers, abs=CLOSE, nan_ok=True), family


@pytest.mark.parametrize("factor", [1e-12, 1e-6, 1e9])
@pytest.mark.parametrize("shift", [0.0, 1e9])
def test_neither_the_unit_nor_the_beginning_of_a_scale_costs_replicates(
    factor: float, shift: float
) -> None:
    """An item in kilometres instead of millimetres, or a year instead of an age."""
    model, values = MODELS["reflective"], sample(1)
    other = values.copy()
    other[:, 1] = values[:, 1] * factor + (shift if factor == 1 else 0)
    other[:, 4] += shift
    plain, changed = (
        bootstrap(model, Answers(model.items, each), replicates=128, keep_draws=True)
        for each in (values, other)
    )
    assert changed.failed_count == plain.failed_count == 0
    assert changed.draws["paths"] == pytest.approx(plain.draws["paths"], abs=CLOSE)


@pytest.mark.parametrize("size", [64 * 64, 10**9])
@pytest.mark.parametrize("name", ["all modes", "two-stage product"])
def test_batches_of_any_size_hold_the_same_replicates(
    name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = MODELS[name]
    answers = Answers(model.items, sample(2))

    def drawn(threads: int) -> Bootstrap:
        return bootstrap(
            model,
            answers,
            replicates=200,
            seed=6,
            threads=threads,
            interval=Interval.BCA,
            keep_draws=True,
        )

    plain = drawn(1)
    monkeypatch.setattr(replicates, "WORKING_SET", size)
    monkeypatch.setattr(replicates, "ROWS_DRAWN", size)
    for threads in (1, 3):
        other = drawn(threads)
        for family, rows in plain.draws.items():
            np.testing.assert_allclose(other.draws[family], rows, rtol=0, atol=1e-10)
        for one, same in zip(plain.paths, other.paths, strict=True):
            assert one.spread is not None and same.spread is not None
            assert same.spread.low == pytest.approx(one.spread.low, abs=1e-10)
            assert same.spread.high == pytest.approx(one.spread.high, abs=1e-10)


SINGLE = Model.of({"A": ["a1"], "B": ["b1"]}, [("A", "B")])


@pytest.mark.parametrize(("kind", "method"), [("percentile", "percentile"), ("bca", "BCa")])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("skewed", [False, True])
def test_intervals_are_those_of_scipy_on_the_same_draws(
    kind: str, method: str, level: float, skewed: bool
) -> None:
    """scipy.stats.bootstrap with no resamples of its own; the path of two items is their
    correlation, so that scipy can compute its jackknife."""
    stats = pytest.importorskip("scipy.stats")
    stream = np.random.default_rng(12)
    first = stream.standard_normal(45)
    second = 0.7 * first + stream.standard_normal(45)
    values = np.column_stack([np.exp(first) if skewed else first, second])
    answers = Answers(SINGLE.items, values)
    found = bootstrap(
        SINGLE, answers, replicates=999, seed=3, interval=kind, level=level, keep_draws=True
    )

    def statistic(a: np.ndarray, b: np.ndarray) -> float:
        return float(np.corrcoef(a, b)[0, 1])

    ours = stats._resampling.BootstrapResult(None, found.draws["paths"][:, 0], None)
    known = stats.bootstrap(
        (values[:, 0], values[:, 1]),
        statistic,
        n_resamples=0,
        bootstrap_result=ours,
        paired=True,
        vectorized=False,
        method=method,
        confidence_level=level,
    )
    spread = found.paths[0].spread
    assert spread is not None
    expected = [known.confidence_interval.low, known.confidence_interval.high]
    assert [spread.low, spread.high] == pytest.approx(expected, abs=1e-9)
    assert spread.se == pytest.approx(known.standard_error, abs=1e-12)


def test_mean_replacement_listwise_and_pairwise_agree_where_nothing_is_missing() -> None:
    model, values = MODELS["all modes"], sample(4)
    found = [
        bootstrap(
            model,
            Answers(model.items, values),
            Settings(missing=missing),
            replicates=64,
            keep_draws=True,
        )
        for missing in Missing
    ]
    for other in found[1:]:
        for family, rows in found[0].draws.items():
            np.testing.assert_array_equal(other.draws[family], rows)


@pytest.mark.parametrize("rows", [120, 21_000])
def test_answers_close_together_lose_no_digits_to_where_they_lie(rows: int) -> None:
    """Shares that differ by a hundred-thousandth, around .45 and around nil: both drawn as single
    rows and as blocks of rows."""
    stream = np.random.default_rng(12)
    values = stream.standard_normal((rows, 1)) + stream.standard_normal((rows, 4))
    near = 0.45 + 1e-5 * values
    model = Model.of({"A": ["a1", "a2"], "B": ["b1", "b2"]}, [("A", "B")])
    moved, centred = (
        bootstrap(model, Answers(model.items, table), replicates=20, keep_draws=True).draws
        for table in (near, near - near.mean(axis=0))
    )
    for family in ("paths", "loadings", "alpha", "htmt"):
        assert moved[family] == pytest.approx(centred[family], abs=1e-12)
