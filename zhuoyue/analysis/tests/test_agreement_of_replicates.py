"""Bootstrap replicates against R seminr 2.3.1 on its own resamples, and against its 5,000."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import Answers, Bootstrap, Model, Scale, bootstrap


@pytest.fixture(scope="module")
def many(mobi: Answers, ecsi: Model, ten: Scale) -> Bootstrap:
    return bootstrap(ecsi, mobi, scale=ten, replicates=5000, seed=20, keep_draws=True)


def test_replicate_by_replicate_on_given_resamples(
    mobi: Answers, ecsi: Model, ten: Scale, test_data: Path, resample_indices: np.ndarray
) -> None:
    place = test_data / "reference" / "mobi_A_path_boot_paths_first200.csv.gz"
    with gzip.open(place, "rt") as file:
        expected = np.loadtxt(file, delimiter=",", skiprows=1)
    found = bootstrap(ecsi, mobi, scale=ten, resamples=resample_indices[:200], keep_draws=True)
    assert found.failed_count == 0
    assert np.abs(found.draws["paths"] - expected).max() < 1e-6
    assert found.seed is None  # nothing was drawn


SIGMAS = 4.5  # room for some hundred comparisons


def test_paths_and_total_effects_agree_within_simulation_error(
    many: Bootstrap, reference: Any
) -> None:
    expected = reference("mobi_A_path_boot")
    for key, family, effects in (
        ("paths", "paths", many.paths),
        ("total_paths", "total_effects", many.total_effects),
    ):
        names = [f"{effect.source}  ->  {effect.target}" for effect in effects]
        _agree(expected[key], names, many.draws[family])


@pytest.mark.parametrize("key", ["weights", "loadings"])
def test_weights_and_loadings_agree_within_simulation_error(
    many: Bootstrap, reference: Any, key: str
) -> None:
    names = [
        f"{item}  ->  {construct.name}"
        for construct in many.estimate.model.constructs
        for item in construct.items
        if not construct.single_item
    ]
    free = [not each.single_item for each in many.estimate.model.constructs for _ in each.items]
    _agree(reference("mobi_A_path_boot")[key], names, many.draws[key][:, free])


def test_htmt_agrees_within_simulation_error(many: Bootstrap, reference: Any) -> None:
    names = [f"{first}  ->  {second}" for second, row in many.htmt.items() for first in row]
    _agree(reference("mobi_A_path_boot")["htmt"], names, many.draws["htmt"])


def _agree(expected: dict[str, Any], names: list[str], draws: np.ndarray) -> None:
    """Two runs of B replicates differ by chance: means by sqrt(2/B) SE, and shares below a limit
    by sqrt(2 p (1 - p) / B), whatever the distribution; SEs are compared to 6 %."""
    rows = dict(zip(expected["rows"], expected["values"], strict=True))
    slack = SIGMAS * np.sqrt(2 * 0.025 * 0.975 / len(draws))
    for name, column in zip(names, draws.T, strict=True):
        _, mean, se, _, low, high = rows[name]
        assert column.mean() == pytest.approx(mean, abs=SIGMAS * se * np.sqrt(2 / len(draws)))
        assert column.std(ddof=1) == pytest.approx(se, rel=0.06)
        assert (column < low).mean() == pytest.approx(0.025, abs=slack)
        assert (column > high).mean() == pytest.approx(0.025, abs=slack)


def test_intervals_are_the_quantiles_of_the_draws(many: Bootstrap) -> None:
    """numpy's default quantile is R's type 7, which seminr uses."""
    low, high = np.quantile(many.draws["paths"], [0.025, 0.975], axis=0)
    spreads = [effect.spread for effect in many.paths]
    assert [each.low for each in spreads if each] == pytest.approx(low, abs=1e-12)
    assert [each.high for each in spreads if each] == pytest.approx(high, abs=1e-12)
