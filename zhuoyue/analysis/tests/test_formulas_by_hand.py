"""Numbers that few programs give, from rows of scores and the formulas as published, in loops.

The scores are made from the weights found; weights themselves are held against other programs in
test_agreement_with_peers.py.
"""

from __future__ import annotations

from itertools import combinations, product
from statistics import fmean, geometric_mean

import numpy as np
import pytest

from zhuoyue.analysis import (
    Answers,
    Estimate,
    Items,
    Model,
    Scale,
    Settings,
    cronbach_alpha,
    estimate,
)
from zhuoyue.analysis.tests.made_surveys import SURVEYS
from zhuoyue.analysis.tests.test_agreement_with_peers import model_of, settings_of

CLOSE = 1e-10
NAMES = ["likert", "skewed", "wide", "orthogonal", "common", "layered"]
PLAIN = ["likert", "skewed", "wide"]
NIL_PATHS = [("A", "C"), ("B", "C"), ("C", "D")]


def found_in(name: str) -> Estimate:
    survey = SURVEYS[name]
    settings = settings_of(survey, "seminr path")
    return estimate(model_of(survey), Answers(survey.items, survey.values), settings)


def columns_of(name: str, found: Estimate) -> dict[str, np.ndarray]:
    """Standardised items; products of items, freed from the items by regression if orthogonal."""
    survey = SURVEYS[name]
    raw = dict(zip(survey.items, survey.values.T, strict=True))
    columns = {item: (x - x.mean()) / x.std(ddof=1) for item, x in raw.items()}
    for first, second, method in survey.products:
        own = [*survey.blocks[first], *survey.blocks[second]]
        design = np.column_stack([np.ones(len(survey.values)), *(columns[i] for i in own)])
        for a, b in product(survey.blocks[first], survey.blocks[second]):
            made = columns[a] * columns[b]
            if method == "orthogonal":
                made = made - design @ np.linalg.lstsq(design, made, rcond=None)[0]
            columns[f"{a}*{b}"] = (made - made.mean()) / made.std(ddof=1)
    for whole, parts in survey.whole.items():
        for part in parts:
            columns[part] = scores_of(found, columns, part)
        assert set(found.weights[whole]) == set(parts)
    return columns


def scores_of(found: Estimate, columns: dict[str, np.ndarray], construct: str) -> np.ndarray:
    return np.asarray(sum(w * columns[i] for i, w in found.weights[construct].items()))


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


@pytest.mark.parametrize("name", NAMES)
def test_scores_have_variance_one_and_the_paths_are_their_regressions(name: str) -> None:
    found = found_in(name)
    columns = columns_of(name, found)
    scores = {c.name: scores_of(found, columns, c.name) for c in found.model.shown}
    for score in scores.values():
        assert score.std(ddof=1) == pytest.approx(1, abs=CLOSE)
    if found.settings.consistent or found.model.interactions:
        return  # paths are corrected, or per unit of the product
    for target in found.model.endogenous:
        sources = found.model.predictors(target)
        design = np.column_stack([scores[source] for source in sources])
        slopes = np.linalg.lstsq(design, scores[target], rcond=None)[0]
        for source, slope in zip(sources, slopes, strict=True):
            assert found.path(source, target).estimate == pytest.approx(slope, abs=CLOSE)


@pytest.mark.parametrize("name", ["likert", "skewed", "wide", "orthogonal", "layered"])
def test_communality_is_the_mean_squared_correlation(name: str) -> None:
    """AVE (Fornell & Larcker 1981) and rho_C (Joreskog 1971) from correlations of items with
    scores, products of items included: seminr takes loadings in other units there."""
    found = found_in(name)
    columns = columns_of(name, found)
    for construct in found.model.shown:
        score = scores_of(found, columns, construct.name)
        loadings = [correlation(columns[item], score) for item in construct.items]
        quality = found.reliability[construct.name]
        noise = sum(1 - x**2 for x in loadings)
        assert quality.ave == pytest.approx(fmean(x**2 for x in loadings), abs=CLOSE)
        assert quality.rho_c == pytest.approx(
            sum(loadings) ** 2 / (sum(loadings) ** 2 + noise), abs=CLOSE
        )


@pytest.mark.parametrize("name", NAMES)
def test_htmt_and_htmt2_from_single_correlations(name: str) -> None:
    """HTMT: Henseler, Ringle & Sarstedt 2015; HTMT2, of geometric means: Roemer, Schuberth &
    Henseler 2021. Both of absolute correlations; a single item stands for itself."""
    found = found_in(name)
    columns = columns_of(name, found)
    items = {each.name: each.items for each in found.model.shown}
    for first, second in combinations(items, 2):
        if set(items[first]) & set(items[second]):
            continue
        for mean, table in ((fmean, found.htmt), (geometric_mean, found.htmt2)):
            within = [
                mean(abs(correlation(columns[i], columns[j])) for i, j in combinations(own, 2))
                if len(own) > 1
                else 1.0
                for own in (items[first], items[second])
            ]
            between = mean(
                abs(correlation(columns[i], columns[j]))
                for i, j in product(items[first], items[second])
            )
            known = between / np.sqrt(within[0] * within[1])
            assert table[second][first] == pytest.approx(known, abs=CLOSE)


def test_one_pair_of_unrelated_items_spoils_no_other_ratio() -> None:
    """A correlation of exactly nil has no logarithm; its own geometric mean is nil."""
    signs = np.array([[a, b, c] for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)] * 5)
    stream = np.random.default_rng(2)
    other = signs.sum(axis=1) + stream.standard_normal(40)
    columns = dict(zip("abc", signs.T.astype(float), strict=True)) | {"d": other, "e": -(other**3)}
    model = Model.of({"A": ["a"], "B": ["b"], "C": ["d", "e"], "D": ["c"]}, NIL_PATHS)
    found = estimate(model, Answers.of(columns))
    assert found.htmt2["B"]["A"] == 0
    within = np.sqrt(abs(correlation(other, -(other**3))))
    pair = [abs(correlation(columns["a"], columns[i])) for i in "de"]
    assert found.htmt2["C"]["A"] == pytest.approx(geometric_mean(pair) / within, abs=CLOSE)


@pytest.mark.parametrize("name", PLAIN)
def test_item_total_correlations_and_both_alphas(name: str) -> None:
    """Alpha (Cronbach 1951) from the variances of items and of their sum; item-rest correlations
    of items as answered and of standardised ones."""
    found, survey = found_in(name), SURVEYS[name]
    columns = columns_of(name, found)
    raw = dict(zip(survey.items, survey.values.T, strict=True))
    for construct, items in survey.blocks.items():
        if len(items) == 1:
            continue
        for table, totals in (
            (raw, found.item_total[construct]),
            (columns, found.item_total_standardised[construct]),
        ):
            for item in items:
                rest = np.sum([table[other] for other in items if other != item], axis=0)
                known = correlation(table[item], rest)
                assert totals[item] == pytest.approx(known, abs=CLOSE)
        quality = found.reliability[construct]
        for table, mine in ((raw, quality.alpha), (columns, quality.alpha_standardised)):
            summed = np.sum([table[item] for item in items], axis=0).var(ddof=1)
            parts = sum(table[item].var(ddof=1) for item in items)
            known = len(items) / (len(items) - 1) * (1 - parts / summed)
            assert mine == pytest.approx(known, abs=CLOSE)
        alone = cronbach_alpha(np.column_stack([raw[item] for item in items]))
        assert alone.value == pytest.approx(quality.alpha, abs=CLOSE)
        assert [alone.low, alone.high] == pytest.approx([quality.alpha_low, quality.alpha_high])


def test_item_total_correlations_and_alphas_equal_psych() -> None:
    """R psych 2.2.9, `alpha`: r.drop, raw_alpha and std.alpha."""
    found = found_in("likert")
    dropped = [0.417051321318489, 0.547833607889616, 0.673339091923285, 0.670510007626790]
    assert list(found.item_total["Trust"].values()) == pytest.approx(dropped, abs=1e-12)
    trust = found.reliability["Trust"]
    assert trust.alpha == pytest.approx(0.771264465245067, abs=1e-12)
    assert trust.alpha_standardised == pytest.approx(0.771039037060670, abs=1e-12)


def test_items_in_units_far_apart() -> None:
    """The rest of a huge item is a tiny one, whose variance must not drown in the huge one's. Of
    two centred items rho_A is (w'w)^2 r / (w1 w2), w for standardised ones."""
    stream = np.random.default_rng(6)
    values = stream.normal(size=(90, 1)) + stream.normal(size=(90, 4))
    values *= (1e9, 1e-3, 1, 1)
    model = Model.of({"A": ["a1", "a2"], "B": ["b1", "b2"]}, [("A", "B")])
    found = estimate(model, Answers(model.items, values))
    known = correlation(values[:, 0], values[:, 1])
    assert list(found.item_total["A"].values()) == pytest.approx([known, known], abs=CLOSE)
    centred = estimate(model, Answers(model.items, values), Settings(items=Items.CENTRED))
    first, second = (
        centred.weights["A"][item] * x.std(ddof=1)
        for item, x in zip(model.items[:2], values.T, strict=False)
    )
    rho = (first**2 + second**2) ** 2 * known / (first * second)
    assert centred.reliability["A"].rho_a == pytest.approx(rho, rel=CLOSE)


@pytest.mark.parametrize("name", [*PLAIN, "common"])
def test_srmr_from_the_correlations_that_the_model_implies(name: str) -> None:
    """Henseler et al. 2014: constructs imply correlations along the paths, exogenous ones as
    observed; items of different blocks their loadings times that, those of one block themselves,
    but for common factors (consistent estimation) the product of their loadings, as in R cSEM.
    As in R cSEM what a construct leaves unexplained is 1 - R2 as observed, so that its implied
    variance need not be exactly one where the paths do not explain all correlations. The root of
    the mean squared difference over all p(p + 1) / 2 pairs, the diagonal included."""
    found, survey = found_in(name), SURVEYS[name]
    columns = columns_of(name, found)
    names = list(survey.blocks)
    scores = {c: scores_of(found, columns, c) for c in names}
    root = dict.fromkeys(names, 1.0)
    if survey.consistent:  # correlations of factors, not of their scores
        several = [c for c in names if len(survey.blocks[c]) > 1 and c not in survey.formative]
        root |= {c: np.sqrt(found.reliability[c].rho_a) for c in several}
    implied = {(c, c): 1.0 for c in names}
    exogenous = [c for c in names if not found.model.predictors(c)]
    for a, b in product(exogenous, repeat=2):
        if a != b:
            implied[a, b] = correlation(scores[a], scores[b]) / (root[a] * root[b])
    done = list(exogenous)
    for target in (c for c in found.model.order if c not in exogenous):
        for other in done:
            reached = sum(
                found.path(source, target).estimate * implied[source, other]
                for source in found.model.predictors(target)
            )
            implied[target, other] = implied[other, target] = reached
        explained = sum(
            found.path(source, target).estimate * implied[source, target]
            for source in found.model.predictors(target)
        )
        implied[target, target] = explained + 1 - found.r2[target]
        done.append(target)
    owner = {item: c for c, items in survey.blocks.items() for item in items}
    squares = 0.0
    for i, j in combinations(survey.items, 2):
        both = found.loadings[owner[i]][i] * found.loadings[owner[j]][j]
        if owner[i] != owner[j]:
            both *= implied[owner[i], owner[j]]
        elif not survey.consistent or owner[i] in survey.formative:
            continue
        squares += (correlation(columns[i], columns[j]) - both) ** 2
    count = len(survey.items) * (len(survey.items) + 1) / 2
    assert found.srmr == pytest.approx(np.sqrt(squares / count), abs=CLOSE)


def test_srmr_of_common_factors_equals_lavaan() -> None:
    """R lavaan 0.6-14: its srmr (Bentler) of a model whose parameters are all fixed at these
    estimates, the residuals of the formative block free to be as observed."""
    assert found_in("common").srmr == pytest.approx(0.02293305454496349, abs=1e-12)


@pytest.mark.parametrize("name", PLAIN)
def test_the_index_is_the_weighted_mean_of_the_answers(name: str) -> None:
    """100 sum w (mean - low) / (high - low), w the weight per unit of the raw item, sum one; and
    index points per index point are regressions among the respondents' own indices."""
    survey = SURVEYS[name]
    scale = Scale(float(survey.values.min()) - 1, float(survey.values.max()) + 2)
    settings = settings_of(survey, "seminr path")
    answers = Answers(survey.items, survey.values)
    found = estimate(model_of(survey), answers, settings, scale=scale)
    raw = dict(zip(survey.items, survey.values.T, strict=True))
    own: dict[str, np.ndarray] = {}
    for construct, items in survey.blocks.items():
        shares = {i: found.weights[construct][i] / raw[i].std(ddof=1) for i in items}
        whole = sum(shares.values())
        points = {i: 100 * (raw[i] - scale.low) / (scale.high - scale.low) for i in items}
        own[construct] = np.sum([shares[i] / whole * points[i] for i in items], axis=0)
        assert found.index[construct] == pytest.approx(own[construct].mean(), abs=1e-9)
    for target in found.model.endogenous:
        sources = found.model.predictors(target)
        design = np.column_stack([np.ones(found.n), *(own[source] for source in sources)])
        slopes = np.linalg.lstsq(design, own[target], rcond=None)[0][1:]
        for source, slope in zip(sources, slopes, strict=True):
            point = found.importance_performance[target][source]
            indirect = (
                found.total_effect(source, target).estimate - found.path(source, target).estimate
            )
            carried = indirect * own[target].std() / own[source].std()
            sign = np.sign(
                sum(found.weights[source].values()) * sum(found.weights[target].values())
            )
            assert point.importance_unstandardised == pytest.approx(
                slope + sign * carried, rel=1e-7, abs=1e-9
            )
