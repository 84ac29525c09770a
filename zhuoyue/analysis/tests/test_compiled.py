"""The compiled path gives the numbers of numpy, whatever the model and the number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from zhuoyue.analysis import (
    AnalysisError,
    Answers,
    Bootstrap,
    HigherOrder,
    Items,
    Missing,
    Model,
    Scheme,
    Settings,
    bootstrap,
    compiled,
)
from zhuoyue.analysis.replicates import STREAM

pytest.importorskip("numba", reason="the optional package numba is not installed here")

BLOCKS = {
    "Image": ["i1", "i2", "i3"],
    "Quality": ["q1", "q2", "q3"],
    "Value": ["v1", "v2"],
    "Loyalty": ["l1", "l2"],
    "Complaints": ["c1"],
}
PATHS = [
    ("Image", "Quality"),
    ("Image", "Value"),
    ("Quality", "Value"),
    ("Quality", "Loyalty"),
    ("Value", "Loyalty"),
    ("Value", "Complaints"),
    ("Complaints", "Loyalty"),
]
MODELS = {
    "reflective": Model.of(BLOCKS, PATHS),
    "mixed modes": Model.of(BLOCKS, PATHS, formative=["Quality"], unit=["Image"]),
    "higher order": Model.of(
        BLOCKS,
        [("Early", "Loyalty"), ("Value", "Loyalty"), ("Value", "Complaints")],
        higher_order=[HigherOrder("Early", ("Image", "Quality"))],
    ),
    "interaction": Model.of(
        {name: BLOCKS[name] for name in ("Image", "Quality", "Loyalty")},
        [("Image", "Loyalty"), ("Quality", "Loyalty"), ("Image*Quality", "Loyalty")],
        interactions=[("Image", "Quality")],
    ),
}


@pytest.fixture(scope="module")
def answers() -> Answers:
    names = [item for block in BLOCKS.values() for item in block]
    chance = np.random.default_rng(8)
    values = chance.normal(size=(70, 1)) + chance.normal(size=(70, len(names)))
    values = np.clip(np.round(5 + 1.5 * values), 1, 9)
    values[chance.random(values.shape) < 0.01] = np.nan
    return Answers(tuple(names), values)


def drawn(model: Model, answers: Answers, settings: Settings, threads: int = 1) -> Bootstrap:
    return bootstrap(
        model, answers, settings, replicates=3 * STREAM + 5, threads=threads, keep_draws=True
    )


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("items", Items)
def test_the_compiled_path_draws_the_replicates_of_numpy(
    answers: Answers, model: Model, scheme: Scheme, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(scheme=scheme, items=items, missing=Missing.MEAN)
    monkeypatch.setenv("ZHUOYUE_COMPILED", "0")
    plain = drawn(model, answers, settings)
    monkeypatch.setenv("ZHUOYUE_COMPILED", "1")
    for threads in (1, 2):
        fast = drawn(model, answers, settings, threads)
        assert fast.failed == plain.failed
        for name, rows in plain.draws.items():
            np.testing.assert_allclose(fast.draws[name], rows, rtol=0, atol=1e-10, err_msg=name)
        assert fast.estimate.iterations == plain.estimate.iterations


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("items", Items)
def test_replicates_that_fail_fail_alike(
    weighted: bool, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person in forty answers an item differently; two items of a formative block are equal
    but for two people: many resamples have nothing to go by."""
    chance = np.random.default_rng(4)
    values = np.round(5 + chance.normal(size=(40, 1)) + chance.normal(size=(40, 11)))
    values[:, 8] = 3.0
    values[0, 8] = 4.0
    values[:, 3] = values[:, 4]
    values[1:3, 3] += 1.0
    names = tuple(item for block in BLOCKS.values() for item in block)
    weights = chance.random(40) + 0.5 if weighted else None
    survey = Answers(names, values * [1e-4, *[1.0] * 9, 1e3], weights)
    found = {}
    for how in ("0", "1"):
        monkeypatch.setenv("ZHUOYUE_COMPILED", how)
        found[how] = drawn(MODELS["mixed modes"], survey, Settings(items=items))
    plain, fast = found["0"], found["1"]
    assert plain.failed["constant_item"] > 50 and plain.failed["singular"] > 5
    assert fast.failed == plain.failed
    for name, rows in plain.draws.items():
        np.testing.assert_allclose(fast.draws[name], rows, rtol=1e-10, atol=1e-10, err_msg=name)


def test_a_singular_block_is_named_by_both(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = answers.values[~np.isnan(answers.values).any(axis=1)].copy()
    values[:, 5] = values[:, 3] + values[:, 4]
    for how in ("0", "1"):
        monkeypatch.setenv("ZHUOYUE_COMPILED", how)
        with pytest.raises(AnalysisError) as refused:
            bootstrap(MODELS["mixed modes"], Answers(answers.names, values), replicates=STREAM)
        assert refused.value.code == "block_singular"
        assert refused.value.params["construct"] == "Quality"


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUOYUE_COMPILED", "0")
    assert compiled.kernels() is None
    monkeypatch.delenv("ZHUOYUE_COMPILED")
    assert compiled.kernels() is not None


@pytest.mark.parametrize(
    ("switch", "short", "long"), [("0", False, False), ("1", True, True), ("long", False, True)]
)
def test_the_switch_may_leave_compiling_to_long_work(
    switch: str, short: bool, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUOYUE_COMPILED", switch)
    assert (compiled.available(), compiled.available(long=True)) == (short, long)
