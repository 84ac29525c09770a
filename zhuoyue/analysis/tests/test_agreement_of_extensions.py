"""Higher orders, interactions, consistent PLS and fit against R seminr 2.3.1 and R cSEM."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zhuoyue.analysis import (
    Answers,
    Estimate,
    HigherOrder,
    Model,
    Settings,
    effect_sizes_by_omission,
    estimate,
)
from zhuoyue.analysis.tests.conftest import ECSI_BLOCKS, ECSI_PATHS, Reference

CLOSE = 1e-8


def blocks(*names: str) -> dict[str, list[str]]:
    return {name: ECSI_BLOCKS[name] for name in names}


MODELS = {
    "mobi_HOC_AA": Model.of(
        blocks("Image", "Expectation", "Quality", "Value", "Complaints", "Loyalty"),
        [
            ("Expectation", "Satisfaction"),
            ("Quality", "Satisfaction"),
            ("Satisfaction", "Complaints"),
            ("Satisfaction", "Loyalty"),
        ],
        higher_order=[HigherOrder("Satisfaction", ("Image", "Value"))],
    ),
    "mobi_int_twostage": Model.of(
        blocks("Image", "Expectation", "Value", "Satisfaction"),
        [
            ("Image", "Satisfaction"),
            ("Expectation", "Satisfaction"),
            ("Value", "Satisfaction"),
            ("Image*Expectation", "Satisfaction"),
            ("Image*Value", "Satisfaction"),
        ],
        interactions=[("Image", "Expectation"), ("Image", "Value")],
    ),
    "mobi_PLSc_path": Model.of(ECSI_BLOCKS, ECSI_PATHS),
}


@pytest.fixture(scope="module", params=MODELS)
def case(request: pytest.FixtureRequest, reference: Any, mobi: Answers) -> tuple[Estimate, Any]:
    settings = Settings(consistent=request.param == "mobi_PLSc_path")
    return estimate(MODELS[request.param], mobi, settings), reference(request.param)


def test_paths_and_effects_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, effects in (
        ("path_coef", found.paths),
        ("total_effects", found.total_effects),
        ("total_indirect_effects", found.indirect_effects),
    ):
        table = {pair: value for pair, value in expected.table(key).items() if value}
        mine = {(effect.source, effect.target): effect.estimate for effect in effects}
        assert mine == pytest.approx(table, abs=CLOSE)
    assert found.iterations == expected["iterations"]


def test_weights_and_loadings_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, mine in (("outer_weights", found.weights), ("outer_loadings", found.loadings)):
        table = expected.table(key)
        for construct, items in mine.items():
            for item, number in items.items():
                name = f"{item}_intxn" if "*" in item else item
                assert number == pytest.approx(table[name, construct], abs=CLOSE)


def test_explained_variance_and_criteria_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, row, mine in (
        ("rSquared", "Rsq", found.r2),
        ("rSquared", "AdjRsq", found.r2_adjusted),
        ("it_criteria", "AIC", found.aic),
        ("it_criteria", "BIC", found.bic),
    ):
        for name, number in mine.items():
            table = expected[key]
            cells = dict(
                zip(
                    np.atleast_1d(table["cols"]),
                    table["values"][table["rows"].index(row)],
                    strict=True,
                )
            )
            assert number == pytest.approx(cells[name], abs=1e-7)


def test_reliability_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    table = expected.table("reliability")
    for name, quality in found.reliability.items():
        assert quality.alpha_standardised == pytest.approx(table[name, "alpha"], abs=CLOSE)
        assert quality.rho_a == pytest.approx(table[name, "rhoA"], abs=CLOSE)
        assert quality.rho_c == pytest.approx(table[name, "rhoC"], abs=CLOSE)
        assert quality.ave == pytest.approx(table[name, "AVE"], abs=CLOSE)


def test_htmt_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    table = expected.table("htmt")
    for first, row in found.htmt.items():
        for second, ratio in row.items():
            known = table.get((first, second), table.get((second, first)))
            assert ratio == pytest.approx(known, abs=CLOSE), (first, second)


@pytest.mark.parametrize("name", ["mobi_A_path", *MODELS])
def test_effect_sizes_by_omission_equal_seminr(name: str, mobi: Answers, reference: Any) -> None:
    model = MODELS.get(name, MODELS["mobi_PLSc_path"])
    settings = Settings(consistent=name == "mobi_PLSc_path")
    table = reference(name).table("fSquare")
    for target, row in effect_sizes_by_omission(model, mobi, settings).items():
        for source, number in row.items():
            assert number == pytest.approx(table.get((source, target)), abs=CLOSE)


def test_effect_sizes_on_fixed_scores_equal_csem(
    mobi: Answers, ecsi: Model, reference: Any
) -> None:
    table = Reference(reference("csem_mobi_path_A")["assess"]).table("F2")
    for target, row in estimate(ecsi, mobi).f2.items():
        for source, number in row.items():
            assert number == pytest.approx(table[target, source], abs=CLOSE)


def test_variance_inflation_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for target, factors in found.vif_predictors.items():
        assert dict(factors) == pytest.approx(expected["vif_antecedents"][target], abs=CLOSE)


def test_fornell_larcker_and_cross_loadings(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, mine in (
        ("fl_criteria", found.fornell_larcker),
        ("cross_loadings", found.cross_loadings),
    ):
        table = expected.table(key)
        for first, row in mine.items():
            for second, number in row.items():
                name = f"{first}_intxn" if "*" in first and key == "cross_loadings" else first
                known = table.get((name, second), table.get((second, name)))
                assert number == pytest.approx(known, abs=CLOSE), (key, first, second)


def test_srmr_and_goodness_of_fit_equal_csem(mobi: Answers, ecsi: Model, reference: Any) -> None:
    found, expected = estimate(ecsi, mobi), reference("csem_mobi_path_A")["assess"]
    assert found.srmr == pytest.approx(expected["SRMR"][0], abs=CLOSE)
    assert found.gof == pytest.approx(expected["GoF"][0], abs=CLOSE)
