"""Coded cautions: what a reader must know before using a result.

A caution never changes a number. Its code and parameters are its meaning; the sentence is the
English default, and a platform words it in its own languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhuoyue.analysis.proving import texts as proving
from zhuoyue.analysis.rehearsing import texts as rehearsing
from zhuoyue.analysis.surveys import texts as surveys
from zhuoyue.analysis.understanding import texts as understanding
from zhuoyue.analysis.watching import texts as watching
from zhuoyue.analysis.weighing import texts as weighing
from zhuoyue.analysis.words import texts as words

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAMILIES = (proving, rehearsing, surveys, understanding, watching, weighing, words)

CAUTION_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        **{code: text for family in _FAMILIES for code, text in family.CAUTIONS.items()},
        "associations_only": (
            "Path coefficients are associations; only an experiment or a before/after check "
            "can confirm a cause."
        ),
        "sample_small": (
            "{n} answers are few for this model: {construct} has {arrows} incoming arrows, "
            "for which at least {needed} answers are advised. Do not rank drivers on this."
        ),
        "rows_fewer_than_items": (
            "There are {n} answers for {items} items. Use fewer items or collect more answers."
        ),
        "rows_dropped": (
            "{dropped} of {total} rows were left out because an answer was missing. "
            "Check who did not answer, or use mean replacement."
        ),
        "answers_replaced": (
            "{replaced} missing answers ({share:.1%}) were replaced by the item's mean, "
            "most in {item} ({count}). Replacement pulls relations towards zero."
        ),
        "replacement_fixed": (
            "Missing answers were replaced before {interaction} was formed, and not anew in each "
            "resample; intervals are a little too narrow."
        ),
        "moments_pairwise": (
            "Correlations rest on different rows: of {n} rows only {fewest} answered both {first} "
            "and {second}. Results may contradict each other; compare with listwise deletion."
        ),
        "rows_without_weight": (
            "{dropped} of {total} rows have a case weight of nil and were left out."
        ),
        "weights_unequal": (
            "Case weights differ: {n} rows are worth {effective:.0f} equally weighted ones."
        ),
        "moments_not_definite": (
            "The correlations of the items contradict each other (lowest eigenvalue {lowest:.3g}). "
            "Choose listwise deletion or mean replacement."
        ),
        "main_effect_missing": (
            "{interaction} predicts {target}, but {construct} itself does not. "
            "Without it the interaction cannot be read."
        ),
        "scale_assumed": (
            "No scale was given; the lowest and highest answer seen, {low} and {high}, were used. "
            "State the scale of the questionnaire."
        ),
        "item_duplicated": (
            "Items {first} and {second} have the same answers in every row. "
            "Check the import; one of them adds nothing."
        ),
        "not_converged": (
            "The weights did not settle within {iterations} steps (last change {change:.2g}). "
            "Check the model and the weakest items."
        ),
        "loading_low": (
            "Item {item} loads {loading:.2f} on {construct}, below {limit}. "
            "Reword or remove the item, or move it."
        ),
        "loading_negative": (
            "Item {item} loads {loading:.2f} on {construct}: it runs against its construct. "
            "Reverse its coding if it is worded the other way round."
        ),
        "reliability_low": (
            "Construct {construct} has a composite reliability of {rho_c:.2f}, below {limit}. "
            "Its items may not measure one thing."
        ),
        "convergence_weak": (
            "Construct {construct} explains only {ave:.2f} of its items' variance on average, "
            "less than {limit}."
        ),
        "discriminant_doubtful": (
            "{first} and {second} can hardly be told apart (HTMT {htmt:.2f}, above {limit}). "
            "Effects of one may belong to the other."
        ),
        "collinear_predictors": (
            "{predictor} is largely explained by the other predictors of {construct} "
            "(VIF {vif:.1f}, above {limit}). Its path is unstable."
        ),
        "collinear_items": (
            "Item {item} is largely explained by the other items of {construct} "
            "(VIF {vif:.1f}, above {limit}). Its weight is unstable."
        ),
        "interval_spans_zero": (
            "The effect of {source} on {target} may be nil: its interval runs from {low:.3f} "
            "to {high:.3f}."
        ),
        "replicates_failed": (
            "{failed} of {replicates} bootstrap replicates could not be estimated "
            "({constant_item} with a constant item, {singular} singular, "
            "{not_converged} not converged, {inadmissible} inadmissible) "
            "and are not in the intervals, which may be too narrow."
        ),
        "jackknife_failed": (
            "{failed} of the {units} samples with one answer left out could not be estimated; "
            "the BCa limits do without them."
        ),
        "bootstrap_grouped": (
            "The {rows} rows were dealt out to {blocks} blocks at random, and blocks were drawn. "
            "Standard errors are exact to about {noise:.1%} of their size."
        ),
        "replicates_few": (
            "{replicates} replicates are few for a stable {level:.0%} interval; use at least "
            "{advised}."
        ),
        "htmt_unbounded": (
            "In some replicates the items of {first} or of {second} are not correlated at all, so "
            "that their HTMT is beyond all bounds: it has no mean and no standard error. Check "
            "whether the items belong together."
        ),
        "explained_above_one": (
            "The variance explained of {construct} is {r2:.2f}, more than all of it. The answers "
            "do not carry consistent estimation or pairwise moments: estimate without them."
        ),
        "loading_above_one": (
            "Item {item} loads {loading:.2f} on {construct}, beyond one. The answers do not carry "
            "consistent estimation: estimate without it."
        ),
        "index_weight_negative": (
            "Item {item} enters the index of {construct} with a negative weight ({weight:.3f}). "
            "Read the index with care."
        ),
        "n_small": "Only {n} values stand behind this figure; its interval is wide.",
        "normal_approximation_poor": (
            "With {n} values the normal approximation of this interval is rough."
        ),
        "coverage_below_level": (
            "With {n} values no interval reaches {level:.0%}; the widest one, "
            "from the lowest to the highest value, covers {coverage:.1%}."
        ),
        "effect_not_detectable": (
            "With these numbers of answers only a difference of {detectable:.4g} or more "
            "could have been shown (power {power:.0%})."
        ),
        # groups
        "rows_ungrouped": (
            "{without} rows name no group and {others} belong to other groups; "
            "they are in no figure of this comparison."
        ),
        "group_small": (
            "Group {group} has only {n} answers for this model. "
            "A difference that is not shown may well exist."
        ),
        "groups_unequal": (
            "The groups differ much in size ({smaller} and {larger} answers): permuted groups "
            "mostly hold answers of the larger one. Read differences near the limit with care."
        ),
        "group_not_converged": (
            "The weights of group {group} did not settle within {iterations} steps. "
            "Do not read its differences."
        ),
        "permutations_failed": (
            "{failed} of {permutations} permutations could not be estimated "
            "({constant_item} with a constant item, {singular} singular, "
            "{not_converged} not converged, {inadmissible} inadmissible) "
            "and stand in no comparison with chance."
        ),
        "permutations_few": (
            "{permutations} permutations are few; use at least {advised} before you decide."
        ),
        "composition_differs": (
            "{construct} is made up differently in the two groups (correlation of scores "
            "{correlation:.4f}, below {limit:.4f}). Do not compare paths from, to or over it."
        ),
        "pooling_doubtful": (
            "Means or variances differ between the groups in: {constructs}. "
            "Compare the groups, but do not analyse them as one."
        ),
        "invariance_of_composites": (
            "Invariance was tested for the scores; with consistent estimation "
            "it says nothing of the factors behind them."
        ),
        "comparisons_many": (
            "{count} effects were compared; by chance alone about {expected:.1f} of them would "
            "lie outside a {level:.0%} interval."
        ),
        "configural_assumed": (
            "Both groups were estimated with the same items, model and treatment. That the "
            "questions meant the same to both is for you to judge."
        ),
        # prediction
        "folds_failed": (
            "The model could not be estimated without {failed} of {folds} folds; "
            "their rows are in no figure."
        ),
        "training_small": (
            "Only {n} answers are left to estimate from; at least {needed} are advised. "
            "Use more folds or more answers."
        ),
        "prediction_below_mean": (
            "The model predicts {item} ({construct}) no better than its mean does "
            "(Q2 predict {q2:.3f})."
        ),
        "prediction_below_linear": (
            "A linear model without constructs predicts every item of {construct} as well or "
            "better. The chain may explain it; it does not help to predict it."
        ),
        "benchmark_singular": (
            "In {singular} of {folds} folds the items that predict depend on each other; "
            "the linear model took the smallest of its equal solutions."
        ),
        # reading
        "ranking_without_replicates": (
            "Without replicates nobody knows how far the effects would move with other "
            "respondents, so drivers are not ranked. Run a bootstrap."
        ),
        "ranking_replicates_lost": (
            "{failed} of {replicates} replicates could not be estimated, more than the {limit:.0%} "
            "that the intervals leave out. Drivers are not ranked: simplify the model, "
            "or collect more answers."
        ),
        "ranking_replicates_few": (
            "{sound} replicates give no {level:.0%} interval, so drivers are not ranked. "
            "Draw more of them."
        ),
        "ranking_nothing_shown": (
            "No effect on {target} can be told from zero. Do not act on the order; "
            "collect more answers."
        ),
        "drivers_alike": (
            "The effects of {first} and {second} on {target} cannot be told apart; "
            "neither comes before the other."
        ),
        "change_capped": (
            "{construct} stands at {index:.1f} of 100; instead of {asked:+.1f} points "
            "{applied:+.1f} were taken."
        ),
        "index_capped": (
            "{construct} reaches the end of the scale, {index:.0f}. Near it the linear "
            "relation does not hold; take smaller changes."
        ),
        "what_if_moderated": (
            "The model has interactions. What is expected holds where the moderators stand "
            "at their mean."
        ),
        "what_if_without_limits": (
            "Without replicates the expected changes have no interval. Run a bootstrap with "
            "its draws kept."
        ),
        "what_if_limits_held": (
            "The draws were not kept; intervals take the spread of the indices as known. "
            "Keep the draws for exact ones."
        ),
        "what_if_limits_missing": (
            "The draws were not kept, so several changes together have no interval. "
            "Run the bootstrap with its draws kept."
        ),
        "zero_variance": "All values are the same; the interval has no width.",
    }
)


@dataclass(frozen=True)
class Caution:
    """One caution: code and parameters, with the English sentence as `message`."""

    code: str
    params: Mapping[str, object]

    @property
    def message(self) -> str:
        return CAUTION_TEXTS[self.code].format(**self.params)

    def __str__(self) -> str:
        return self.message

    def to_dict(self) -> dict[str, object]:
        return {"code": self.code, "params": dict(self.params), "message": self.message}


def caution(code: str, **params: object) -> Caution:
    """A caution of a known code; an unknown code is a programming error and fails here."""
    if code not in CAUTION_TEXTS:
        raise KeyError(code)
    return Caution(code, params)
