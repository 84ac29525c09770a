"""Point estimates against R seminr 2.3.1, R cSEM and the SmartPLS output shipped with semPLS."""

from __future__ import annotations

from typing import Any

import pytest

from zhuoyue.analysis import Answers, Estimate, Model, Scheme, Settings, estimate
from zhuoyue.analysis.tests.conftest import ECSI_BLOCKS, ECSI_PATHS

CLOSE = 1e-8
FORMATIVE = [name for name, items in ECSI_BLOCKS.items() if len(items) > 1]
CASES = [
    ("mobi_A_path", Scheme.PATH, []),
    ("mobi_A_factorial", Scheme.FACTORIAL, []),
    ("mobi_B_path", Scheme.PATH, FORMATIVE),
]


@pytest.fixture(scope="module", params=CASES, ids=[case[0] for case in CASES])
def case(request: pytest.FixtureRequest, reference: Any, mobi: Answers) -> tuple[Estimate, Any]:
    name, scheme, formative = request.param
    model = Model.of(ECSI_BLOCKS, ECSI_PATHS, formative=formative)
    return estimate(model, mobi, Settings(scheme=scheme)), reference(name)


def test_paths_and_iterations_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    table = expected.table("path_coef")
    for effect in found.paths:
        assert effect.estimate == pytest.approx(table[effect.source, effect.target], abs=CLOSE)
    assert found.iterations == expected["iterations"]


def test_total_and_indirect_effects_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, effects in (
        ("total_effects", found.total_effects),
        ("total_indirect_effects", found.indirect_effects),
    ):
        table = {pair: value for pair, value in expected.table(key).items() if value}
        mine = {(effect.source, effect.target): effect.estimate for effect in effects}
        assert mine == pytest.approx(table, abs=CLOSE)


def test_weights_and_loadings_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, mine in (("outer_weights", found.weights), ("outer_loadings", found.loadings)):
        table = expected.table(key)
        for construct, items in mine.items():
            for item, number in items.items():
                assert number == pytest.approx(table[item, construct], abs=CLOSE)


def test_cross_loadings_and_score_correlations_equal_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, mine in (
        ("cross_loadings", found.cross_loadings),
        ("construct_score_cor", found.score_correlations),
    ):
        flat = {(row, column): x for row, line in mine.items() for column, x in line.items()}
        assert flat == pytest.approx(expected.table(key), abs=CLOSE)


def test_explained_variance_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    table = expected.table("rSquared")
    for name in found.model.endogenous:
        assert found.r2[name] == pytest.approx(table["Rsq", name], abs=CLOSE)
        assert found.r2_adjusted[name] == pytest.approx(table["AdjRsq", name], abs=CLOSE)


def test_reliability_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    table = expected.table("reliability")
    for name, quality in found.reliability.items():
        # seminr's alpha comes from correlations: it is the standardised one
        assert quality.alpha_standardised == pytest.approx(table[name, "alpha"], abs=CLOSE)
        assert quality.rho_c == pytest.approx(table[name, "rhoC"], abs=CLOSE)
        assert quality.ave == pytest.approx(table[name, "AVE"], abs=CLOSE)
        assert quality.rho_a == pytest.approx(table[name, "rhoA"], abs=CLOSE)


def test_discriminant_validity_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for key, mine in (("htmt", found.htmt), ("fl_criteria", found.fornell_larcker)):
        flat = {(row, column): x for row, line in mine.items() for column, x in line.items()}
        assert flat == pytest.approx(expected.table(key), abs=CLOSE)


def test_variance_inflation_equals_seminr(case: tuple[Estimate, Any]) -> None:
    found, expected = case
    for construct, items in expected["vif_items"].items():
        assert dict(found.vif_items[construct]) == pytest.approx(items, abs=CLOSE)
    several = {
        target: factors
        for target, factors in expected["vif_antecedents"].items()
        if len(factors) > 1
    }
    assert set(found.vif_predictors) == set(several)
    for target, factors in several.items():
        assert dict(found.vif_predictors[target]) == pytest.approx(factors, abs=CLOSE)


def test_estimate_equals_csem(mobi: Answers, ecsi: Model, reference: Any) -> None:
    """R cSEM stops by another rule, so its last digits differ beyond the ninth."""
    found, expected = estimate(ecsi, mobi), reference("csem_mobi_path_A")
    paths, weights = expected.table("path"), expected.table("weights")
    for effect in found.paths:
        assert effect.estimate == pytest.approx(paths[effect.target, effect.source], abs=CLOSE)
    for construct, items in found.weights.items():
        for item, number in items.items():
            assert number == pytest.approx(weights[construct, item], abs=CLOSE)
    assert dict(found.r2) == pytest.approx(expected["R2"], abs=CLOSE)


# SmartPLS 2.0 M3, centroid scheme, published with CRAN semPLS for the same data
SMARTPLS_PATHS = {
    ("Image", "Expectation"): 0.504706,
    ("Expectation", "Quality"): 0.557248,
    ("Expectation", "Value"): 0.050788,
    ("Quality", "Value"): 0.557217,
    ("Image", "Satisfaction"): 0.178833,
    ("Expectation", "Satisfaction"): 0.064425,
    ("Quality", "Satisfaction"): 0.512545,
    ("Value", "Satisfaction"): 0.191816,
    ("Satisfaction", "Complaints"): 0.526097,
    ("Image", "Loyalty"): 0.195360,
    ("Satisfaction", "Loyalty"): 0.483475,
    ("Complaints", "Loyalty"): 0.071232,
}
SMARTPLS_R2 = {
    "Expectation": 0.254728,
    "Quality": 0.310525,
    "Value": 0.344610,
    "Satisfaction": 0.680281,
    "Complaints": 0.276778,
    "Loyalty": 0.457286,
}
SMARTPLS_TOTAL_ON_LOYALTY = {
    "Image": 0.398779,
    "Expectation": 0.218456,
    "Quality": 0.322691,
    "Value": 0.099926,
    "Satisfaction": 0.520950,
    "Complaints": 0.071232,
}
SMARTPLS_LOADINGS = {
    "Image": [0.743370, 0.600730, 0.577617, 0.768362, 0.744475],
    "Expectation": [0.771492, 0.686626, 0.611825],
    "Quality": [0.803340, 0.637391, 0.783535, 0.769116, 0.755774, 0.775158, 0.779399],
    "Value": [0.904345, 0.937912],
    "Satisfaction": [0.799026, 0.846211, 0.851886],
    "Complaints": [1.0],
    "Loyalty": [0.813811, 0.219142, 0.916814],
}
SMARTPLS_WEIGHTS = {
    "Satisfaction": [0.377187, 0.381567, 0.441059],
    "Loyalty": [0.450468, 0.131340, 0.659481],
    "Value": [0.485820, 0.597765],
}
SIX_DIGITS = 6e-7


def test_centroid_scheme_equals_smartpls(mobi: Answers, ecsi: Model) -> None:
    found = estimate(ecsi, mobi, Settings(scheme=Scheme.CENTROID))
    paths = {(effect.source, effect.target): effect.estimate for effect in found.paths}
    assert paths == pytest.approx(SMARTPLS_PATHS, abs=SIX_DIGITS)
    assert dict(found.r2) == pytest.approx(SMARTPLS_R2, abs=SIX_DIGITS)
    total = {e.source: e.estimate for e in found.total_effects if e.target == "Loyalty"}
    assert total == pytest.approx(SMARTPLS_TOTAL_ON_LOYALTY, abs=SIX_DIGITS)
    for construct, numbers in SMARTPLS_LOADINGS.items():
        mine = list(found.loadings[construct].values())
        assert mine == pytest.approx(numbers, abs=SIX_DIGITS)
    for construct, numbers in SMARTPLS_WEIGHTS.items():
        assert list(found.weights[construct].values()) == pytest.approx(numbers, abs=SIX_DIGITS)
