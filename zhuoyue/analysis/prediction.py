"""PLSpredict: how well the chain predicts answers that its estimation had not seen.

Shmueli, Ray, Velasquez Estrada & Chatla 2016; Shmueli et al. 2019. The rows are dealt to folds;
the model is estimated without a fold, and the fold's answers to the items of endogenous
constructs are predicted from its other answers. A linear model without constructs gets the same
rows and items. Moments of the training rows are those of all rows without the fold's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhuoyue.analysis.answers import check_loaded
from zhuoyue.analysis.arrays import read_only
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.estimation import estimate_prepared
from zhuoyue.analysis.forecast import Antecedents, Errors, ItemPrediction, Power, Prediction
from zhuoyue.analysis.forms import settled
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.plan import compile_plan
from zhuoyue.analysis.predictors import Predictor, predictors_of
from zhuoyue.analysis.prepared import prepare
from zhuoyue.analysis.replicates import WORKING_SET
from zhuoyue.analysis.review import ANSWERS_PER_ARROW
from zhuoyue.analysis.settings import Settings, choice
from zhuoyue.analysis.solution import Outcome, solve_model
from zhuoyue.analysis.workers import one_blas_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import ArrayLike

    from zhuoyue.analysis.answers import Answers
    from zhuoyue.analysis.arrays import Floats, Integers
    from zhuoyue.analysis.moments import Moments
    from zhuoyue.analysis.plan import Plan
    from zhuoyue.analysis.prepared import Prepared
    from zhuoyue.analysis.products import Products
    from zhuoyue.analysis.settings import Scale
    from zhuoyue.analysis.spec import Model

WAYS = 3  # of predicting: the model, the linear model, the mean


def predict(
    model: Model,
    answers: Answers,
    settings: Settings | None = None,
    *,
    scale: Scale | None = None,
    folds: int = 10,
    repeats: int = 1,
    seed: int = 1,
    antecedents: Antecedents = Antecedents.DIRECT,
    assignment: ArrayLike | None = None,
    keep_predictions: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Prediction:
    """Errors of k-fold prediction for every item of an endogenous construct, and the verdict.

    `antecedents`: scores of a construct are predicted from the measured scores of those with a
    path to it (direct), or from the exogenous ones along all chains (earliest); the linear model
    regresses each item on all items of the same constructs. `assignment` (one fold number from 0
    for each row used, or a table repeats x rows of them) replaces the random dealing. Errors and
    shares are averaged over `repeats`. `keep_predictions` hands out the predicted answers.
    """
    settings = settled(model, settings)
    antecedents = choice(Antecedents, antecedents, "antecedents")
    check_loaded(answers, "predict")
    prepared = prepare(model, answers, settings.missing, scale)
    _refuse(model, settings, antecedents)
    estimate_prepared(model, prepared, settings)  # what cannot be estimated at all is told so
    if assignment is None:
        dealt = _deal(prepared.n, folds, repeats, seed)
    else:
        dealt = _check_assignment(assignment, prepared.n)
    runner = _runner(compile_plan(model), settings, prepared, antecedents)
    tallies = []
    with one_blas_thread():
        for done, folds_of_rows in enumerate(dealt, start=1):
            tallies.append(runner.tally(folds_of_rows))
            if progress:
                progress(done, len(dealt))
    found = _named(runner, tallies, keep_predictions)
    found = replace(found, folds=int(dealt[0].max()) + 1, seed=seed if assignment is None else None)
    own = [each for each in prepared.cautions if each.code != "scale_assumed"]
    singular = sum(each.singular for each in tallies)
    return replace(found, cautions=(*own, *_review(found, dealt, singular)))


@dataclass(eq=False)
class _Tally:
    """Errors of one dealing, summed over the rows of all folds."""

    squares: Floats  # ways x items
    sizes: Floats  # the same of absolute errors
    weight: Floats  # of the answers predicted
    predicted: Floats  # rows x items; NaN where a fold failed
    failed: int = 0
    singular: int = 0  # folds whose linear model had dependent predictors

    def add(self, errors: Floats, counted: Floats) -> None:
        """Errors of one fold (ways x rows x items), and what each answer counts."""
        self.squares += (errors**2 * counted).sum(axis=1)
        self.sizes += (np.abs(errors) * counted).sum(axis=1)
        self.weight += counted.sum(axis=0)


@dataclass(frozen=True, eq=False)
class _Runner:
    """Everything the folds share."""

    plan: Plan
    settings: Settings
    products: Products
    values: Floats  # rows x items
    weights: Floats | None
    predictor: Predictor

    @cached_property
    def _total(self) -> tuple[Floats, float]:
        sizes = self.products.sizes
        whole = np.asarray(self.products.table.sum(axis=1, dtype=np.float64))
        return whole, float(self.products.n if sizes is None else sizes.sum())

    def tally(self, folds: Integers) -> _Tally:
        """Every fold predicted from the others."""
        shape = WAYS, len(self.predictor.items)
        rows = np.full((len(folds), shape[1]), np.nan)
        found = _Tally(np.zeros(shape), np.zeros(shape), np.zeros(shape[1]), rows)
        parts = [np.flatnonzero(folds == fold) for fold in range(int(folds.max()) + 1)]
        batch = max(1, WORKING_SET // len(self.products.shift) ** 2)
        for first in range(0, len(parts), batch):
            self._batch(parts[first : first + batch], found)
        return found

    def _batch(self, parts: list[Integers], found: _Tally) -> None:
        moments = self._training(parts)
        varying = moments.varying()
        found.failed += int((~varying).sum())
        if not varying.any():
            return
        with np.errstate(divide="ignore", invalid="ignore"):  # failed folds are counted
            solution = solve_model(self.plan, self.settings, moments.subset(varying))
            forms, singular = self.predictor.forms(solution)
        sound = solution.outcome == Outcome.SOUND
        found.failed += int((~sound).sum())
        found.singular += int(singular[sound].sum())
        kept = [part for part, chosen in zip(parts, varying, strict=True) if chosen]
        for place in np.flatnonzero(sound):
            mean = solution.moments.mean[:, place]
            self._fold(kept[place], mean, forms[:, :, :, place], found)

    def _training(self, parts: list[Integers]) -> Moments:
        """Moments of all rows but each part; case weights count anew among those left."""
        table, sizes = self.products.table, self.products.sizes
        whole, weight = self._total
        sums = np.stack([table[:, part].sum(axis=1, dtype=np.float64) for part in parts], axis=1)
        rows = np.array([self.products.n - len(part) for part in parts], dtype=np.float64)
        if sizes is None:
            return self.products.moments_of(whole[:, None] - sums, rows)
        rest = weight - np.array([sizes[part].sum() for part in parts])
        return self.products.moments_of((whole[:, None] - sums) * (rows / rest), rows)

    def _fold(self, rows: Integers, mean: Floats, forms: Floats, found: _Tally) -> None:
        """Errors of the rows of one fold, by each way; forms: ways x base x items."""
        items, own = self.predictor.items, self.values[rows]
        answered = ~np.isnan(own)
        shift, pairs = self.products.shift, self.plan.pairs
        filled = np.where(answered, own, mean[: len(shift)])
        base = np.hstack(
            [filled, (filled - shift)[:, pairs[:, 0]] * (filled - shift)[:, pairs[:, 1]]]
        )
        base -= mean
        expected = base @ forms  # ways x rows x items, as distances from the training means
        counted = answered[:, items].astype(np.float64)
        if self.weights is not None:
            counted *= self.weights[rows][:, None]
        found.add(base[:, items] - expected, counted)
        found.predicted[rows] = mean[items] + expected[0]


def _runner(
    plan: Plan, settings: Settings, prepared: Prepared, antecedents: Antecedents
) -> _Runner:
    fixed = prepared.gaps and len(plan.pairs) > 0
    return _Runner(
        plan,
        settings,
        prepared.products(plan),
        prepared.filled() if fixed else prepared.values,
        prepared.weights,
        predictors_of(plan, antecedents),
    )


def _deal(n: int, folds: int, repeats: int, seed: int) -> Integers:
    """Rows to folds whose sizes differ by one at most, anew in each repeat."""
    for setting, value, low in (("folds", folds, 2), ("repeats", repeats, 1), ("seed", seed, 0)):
        if value < low:
            raise AnalysisError("setting_too_small", setting=setting, value=value, low=low)
    if folds > n:
        raise AnalysisError("folds_too_many", folds=folds, n=n)
    dealt = np.empty((repeats, n), dtype=np.int64)
    for repeat, row in enumerate(dealt):
        row[np.random.default_rng([seed, repeat]).permutation(n)] = np.arange(n) * folds // n
    return dealt


def _check_assignment(assignment: ArrayLike, n: int) -> Integers:
    """Whole numbers from 0, every fold used, the same number of folds in each repeat."""
    table = np.atleast_2d(np.asarray(assignment))
    sound = np.issubdtype(table.dtype, np.integer) and table.ndim == 2 and table.shape[1] == n
    if sound and table.size:
        last = int(table.max())
        sound = last >= 1 and all(
            np.array_equal(np.unique(row), np.arange(last + 1)) for row in table
        )
    if not sound or not table.size:
        raise AnalysisError("assignment_invalid", n=n)
    return table.astype(np.int64)


def _refuse(model: Model, settings: Settings, antecedents: Antecedents) -> None:
    """What has no published way of predicting."""
    if model.higher_order:
        raise AnalysisError("prediction_higher_order", construct=model.higher_order[0].name)
    if settings.consistent:
        raise AnalysisError("prediction_consistent")
    for product in model.interactions:
        for end in (product.first, product.second):
            if antecedents is Antecedents.EARLIEST and end in model.endogenous:
                raise AnalysisError(
                    "prediction_interaction", interaction=product.name, construct=end
                )


def _named(runner: _Runner, tallies: list[_Tally], keep: bool) -> Prediction:
    """Errors averaged over the repeats, by construct and item."""
    failed = sum(each.failed for each in tallies)
    if any(not each.weight.all() for each in tallies):
        raise AnalysisError("folds_all_failed", failed=failed)
    root = np.mean([np.sqrt(each.squares / each.weight) for each in tallies], axis=0)
    size = np.mean([each.sizes / each.weight for each in tallies], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.mean([1 - each.squares / each.squares[2] for each in tallies], axis=0)
    model = runner.plan.model
    found: dict[str, dict[str, ItemPrediction]] = {name: {} for name in model.endogenous}
    owner = {item: each.name for each in model.constructs for item in each.items}
    names = [model.items[place] for place in runner.predictor.items]
    for place, name in enumerate(names):
        ways = zip(root[:, place].tolist(), size[:, place].tolist(), strict=True)
        model_errors, linear_errors, mean_errors = (Errors(*each) for each in ways)
        own, linear = (x if np.isfinite(x) else None for x in shares[:2, place].tolist())
        found[owner[name]][name] = ItemPrediction(
            model_errors, linear_errors, mean_errors, own, linear
        )
    predicted = np.mean([each.predicted for each in tallies], axis=0) if keep else np.empty((0, 0))
    return Prediction(
        model=model,
        settings=runner.settings,
        antecedents=runner.predictor.antecedents,
        n=len(runner.values),
        folds=0,
        repeats=len(tallies),
        seed=None,
        failed=failed,
        items=frozen({name: frozen(items) for name, items in found.items()}),
        predictions=frozen(
            {name: read_only(predicted[:, k].copy()) for k, name in enumerate(names)}
            if keep
            else {}
        ),
    )


def _review(found: Prediction, dealt: Integers, singular: int) -> Iterator[Caution]:
    """Everything a reader should hear about a prediction."""
    folds = found.folds * found.repeats
    if found.failed:
        yield caution("folds_failed", failed=found.failed, folds=folds)
    if singular:
        yield caution("benchmark_singular", singular=singular, folds=folds)
    n = found.n - max(int(np.bincount(row).max()) for row in dealt)
    arrows = max(
        max(len(found.model.predictors(each.name)), len(each.items) if each.formative else 0)
        for each in found.model.shown
    )
    if n < ANSWERS_PER_ARROW * arrows:
        yield caution("training_small", n=n, needed=ANSWERS_PER_ARROW * arrows)
    for name, items in found.items.items():
        for item, each in items.items():
            if each.q2_predict is not None and each.q2_predict <= 0:
                yield caution(
                    "prediction_below_mean", item=item, construct=name, q2=each.q2_predict
                )
        if found.power[name] is Power.NONE:
            yield caution("prediction_below_linear", construct=name)
    yield caution("associations_only")
