"""The verdict layer: which cautions an estimate or a bootstrap calls for.

Limits are the customary ones of the literature (Hair, Hult, Ringle & Sarstedt, A Primer on
PLS-SEM): loading .4, composite reliability .7, AVE .5, HTMT .9, VIF 5, ten answers per arrow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zhuoyue.analysis.cautions import Caution, caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhuoyue.analysis.checks import Checks
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.results import Bootstrap, Estimate

LOADING_LIMIT = 0.4
RELIABILITY_LIMIT = 0.7
AVE_LIMIT = 0.5
HTMT_LIMIT = 0.9
VIF_LIMIT = 5.0
ANSWERS_PER_ARROW = 10
REPLICATES_ADVISED = 1000
ROUNDING = 1e-9


class Verdict:
    """The cautions of an estimate, judged when they are first looked at."""

    __slots__ = ("_checks", "_found")

    def __init__(self, early: Iterable[Caution], checks: Checks | None = None) -> None:
        """`early`: those about the answers; all of them, where nothing is left to check."""
        self._found, self._checks = tuple(early), checks

    def of(self, found: Estimate) -> tuple[Caution, ...]:
        if self._checks is not None:
            self._found = (*self._found, *review_estimate(found, self._checks))
            self._checks = None  # with it goes what the numbers were made from
        return self._found

    def __reduce__(self) -> tuple[type[Verdict], tuple[tuple[Caution, ...]]]:
        return Verdict, (self._found,)


def review_estimate(found: Estimate, checks: Checks) -> tuple[Caution, ...]:
    """Everything a reader should hear about one estimate; names are gone through only in need."""
    change = max(float(run.change[0]) for run in checks.solution.runs)
    notes = [*_convergence(found, change), *size_cautions(checks.solution.plan, found.n)]
    if checks.loading_below(LOADING_LIMIT):
        notes += _loadings(found)
    if checks.reliability_below(RELIABILITY_LIMIT, AVE_LIMIT):
        notes += _constructs(found)
    if checks.htmt_above(HTMT_LIMIT):
        notes += _discriminant(found)
    if checks.vif_above(VIF_LIMIT):
        notes += _collinear(found)
    notes += _collinear_items(found)
    if checks.beyond_one(ROUNDING):
        notes += _improper(found)
    if checks.weight_negative():
        notes += _index_signs(found)
    return (*notes, *_main_effects(found), caution("associations_only"))


def review_bootstrap(
    found: Bootstrap, *, rows: int, units: int, knives_failed: int = 0
) -> tuple[Caution, ...]:
    """What the replicates add to the cautions of the estimate."""
    notes = []
    if units != rows:
        noise = 1 / math.sqrt(2 * units)
        notes.append(caution("bootstrap_grouped", rows=rows, blocks=units, noise=noise))
    if knives_failed:
        notes.append(caution("jackknife_failed", failed=knives_failed, units=units))
    if found.failed_count:
        notes.append(
            caution(
                "replicates_failed",
                failed=found.failed_count,
                replicates=found.replicates,
                **found.failed,
            )
        )
    if found.replicates < REPLICATES_ADVISED:
        notes.append(
            caution(
                "replicates_few",
                replicates=found.replicates,
                level=found.level,
                advised=REPLICATES_ADVISED,
            )
        )
    for first, row in found.htmt.items():
        for second, spread in row.items():
            if not math.isfinite(spread.mean):
                notes.append(caution("htmt_unbounded", first=second, second=first))
    return (*notes, *_nil_effects(found))


def _convergence(found: Estimate, change: float) -> Iterator[Caution]:
    if not found.converged:
        yield caution("not_converged", iterations=found.iterations, change=change)


def size_cautions(plan: Plan, n: int) -> Iterator[Caution]:
    """The ten-times rule: answers per arrow into the construct with most of them."""
    construct, arrows = plan.most_arrows
    needed = ANSWERS_PER_ARROW * arrows
    if n < needed:
        yield caution(
            "sample_small",
            n=n,
            construct=construct,
            arrows=arrows,
            needed=needed,
        )
    items = plan.item_count
    if n <= items:
        yield caution("rows_fewer_than_items", n=n, items=items)


def _loadings(found: Estimate) -> Iterator[Caution]:
    for construct in found.model.shown:
        if construct.formative:
            continue  # formative items need not go together
        for item, loading in found.loadings[construct.name].items():
            if loading < 0:
                yield caution(
                    "loading_negative", item=item, construct=construct.name, loading=loading
                )
            elif loading < LOADING_LIMIT:
                yield caution(
                    "loading_low",
                    item=item,
                    construct=construct.name,
                    loading=loading,
                    limit=LOADING_LIMIT,
                )


def _constructs(found: Estimate) -> Iterator[Caution]:
    for construct in found.model.shown:
        if construct.formative or construct.single_item:
            continue
        quality = found.reliability[construct.name]
        if quality.rho_c < RELIABILITY_LIMIT:
            yield caution(
                "reliability_low",
                construct=construct.name,
                rho_c=quality.rho_c,
                limit=RELIABILITY_LIMIT,
            )
        if quality.ave < AVE_LIMIT:
            yield caution(
                "convergence_weak", construct=construct.name, ave=quality.ave, limit=AVE_LIMIT
            )


def _discriminant(found: Estimate) -> Iterator[Caution]:
    products = {each.name for each in found.model.interactions}
    unclear = {each.name for each in found.model.shown if each.formative} | products
    pairs = {(part, each.name) for each in found.model.higher_order for part in each.parts}
    for second, ratios in found.htmt.items():
        for first, ratio in ratios.items():
            if ratio <= HTMT_LIMIT or (first, second) in pairs:
                continue  # a part is of its whole
            if first not in unclear and second not in unclear:
                yield caution(
                    "discriminant_doubtful",
                    first=first,
                    second=second,
                    htmt=ratio,
                    limit=HTMT_LIMIT,
                )


def _collinear(found: Estimate) -> Iterator[Caution]:
    for target, factors in found.vif_predictors.items():
        for predictor, vif in factors.items():
            if vif > VIF_LIMIT:
                yield caution(
                    "collinear_predictors",
                    predictor=predictor,
                    construct=target,
                    vif=vif,
                    limit=VIF_LIMIT,
                )


def _collinear_items(found: Estimate) -> Iterator[Caution]:
    for construct in found.model.shown:
        if not construct.formative:
            continue  # reflective items are meant to go together
        for item, vif in found.vif_items[construct.name].items():
            if vif > VIF_LIMIT:
                yield caution(
                    "collinear_items",
                    item=item,
                    construct=construct.name,
                    vif=vif,
                    limit=VIF_LIMIT,
                )


def _improper(found: Estimate) -> Iterator[Caution]:
    """Numbers that no sample can have: corrections have gone beyond what the answers carry."""
    for construct, r2 in found.r2.items():
        if r2 > 1 + ROUNDING:
            yield caution("explained_above_one", construct=construct, r2=r2)
    products = {each.name for each in found.model.interactions}  # their loadings have units
    for construct, loadings in found.loadings.items():
        for item, loading in loadings.items():
            if construct not in products and abs(loading) > 1 + ROUNDING:
                yield caution("loading_above_one", item=item, construct=construct, loading=loading)


def _index_signs(found: Estimate) -> Iterator[Caution]:
    for construct, weights in found.index_weights.items():
        for item, weight in weights.items():
            if weight < 0:
                yield caution(
                    "index_weight_negative", item=item, construct=construct, weight=weight
                )


def _main_effects(found: Estimate) -> Iterator[Caution]:
    for product in found.model.interactions:
        for path in found.model.paths:
            if path.source != product.name:
                continue
            present = found.model.predictors(path.target)
            for end in (product.first, product.second):
                if end not in present:
                    yield caution(
                        "main_effect_missing",
                        interaction=product.name,
                        target=path.target,
                        construct=end,
                    )


def _nil_effects(found: Bootstrap) -> Iterator[Caution]:
    for effect in found.paths:
        spread = effect.spread
        if spread and spread.low <= 0 <= spread.high:
            yield caution(
                "interval_spans_zero",
                source=effect.source,
                target=effect.target,
                low=spread.low,
                high=spread.high,
            )
