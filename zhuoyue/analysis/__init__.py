"""The effect chain: path models by partial least squares, and the intervals of service measures.

A pure library: frozen specifications and arrays in, frozen results with coded cautions out. It
needs numpy and scipy only, and loads them when first used, so that importing it costs nothing.

    from zhuoyue.analysis import Answers, Model, bootstrap, estimate

    model = Model.of(
        {"Quality": ["q1", "q2"], "Satisfaction": ["s1", "s2"]},
        [("Quality", "Satisfaction")],
    )
    found = estimate(model, Answers.of(columns))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhuoyue.analysis.answers import Answers as Answers
    from zhuoyue.analysis.cautions import CAUTION_TEXTS as CAUTION_TEXTS
    from zhuoyue.analysis.cautions import Caution as Caution
    from zhuoyue.analysis.comparison import ConstructInvariance as ConstructInvariance
    from zhuoyue.analysis.comparison import Contrast as Contrast
    from zhuoyue.analysis.comparison import EffectContrast as EffectContrast
    from zhuoyue.analysis.comparison import GroupComparison as GroupComparison
    from zhuoyue.analysis.comparison import Invariance as Invariance
    from zhuoyue.analysis.difference import Difference as Difference
    from zhuoyue.analysis.difference import Verdict as Verdict
    from zhuoyue.analysis.difference import (
        difference_of_mean_measures as difference_of_mean_measures,
    )
    from zhuoyue.analysis.difference import difference_of_means as difference_of_means
    from zhuoyue.analysis.difference import difference_of_nps as difference_of_nps
    from zhuoyue.analysis.difference import difference_of_pairs as difference_of_pairs
    from zhuoyue.analysis.difference import difference_of_shares as difference_of_shares
    from zhuoyue.analysis.drivers import Driver as Driver
    from zhuoyue.analysis.drivers import ItemPoint as ItemPoint
    from zhuoyue.analysis.drivers import Ranking as Ranking
    from zhuoyue.analysis.drivers import driver_ranking as driver_ranking
    from zhuoyue.analysis.drivers import driver_rankings as driver_rankings
    from zhuoyue.analysis.drivers import item_map as item_map
    from zhuoyue.analysis.errors import ERROR_TEXTS as ERROR_TEXTS
    from zhuoyue.analysis.errors import AnalysisError as AnalysisError
    from zhuoyue.analysis.estimation import estimate as estimate
    from zhuoyue.analysis.forecast import Antecedents as Antecedents
    from zhuoyue.analysis.forecast import Errors as Errors
    from zhuoyue.analysis.forecast import ItemPrediction as ItemPrediction
    from zhuoyue.analysis.forecast import Power as Power
    from zhuoyue.analysis.forecast import Prediction as Prediction
    from zhuoyue.analysis.groups import compare_groups as compare_groups
    from zhuoyue.analysis.groups import groups_found as groups_found
    from zhuoyue.analysis.intervals import Measured as Measured
    from zhuoyue.analysis.intervals import SampleSize as SampleSize
    from zhuoyue.analysis.intervals import mean as mean
    from zhuoyue.analysis.intervals import mean_from_sums as mean_from_sums
    from zhuoyue.analysis.intervals import median as median
    from zhuoyue.analysis.intervals import nps as nps
    from zhuoyue.analysis.intervals import nps_from_scores as nps_from_scores
    from zhuoyue.analysis.intervals import ratio as ratio
    from zhuoyue.analysis.intervals import sample_size as sample_size
    from zhuoyue.analysis.intervals import share as share
    from zhuoyue.analysis.omission import effect_sizes_by_omission as effect_sizes_by_omission
    from zhuoyue.analysis.outlook import Chain as Chain
    from zhuoyue.analysis.outlook import Expected as Expected
    from zhuoyue.analysis.outlook import WhatIf as WhatIf
    from zhuoyue.analysis.outlook import effect_chain as effect_chain
    from zhuoyue.analysis.outlook import what_if as what_if
    from zhuoyue.analysis.performance import weighted_index as weighted_index
    from zhuoyue.analysis.prediction import predict as predict
    from zhuoyue.analysis.quality import Alpha as Alpha
    from zhuoyue.analysis.quality import cronbach_alpha as cronbach_alpha
    from zhuoyue.analysis.resampling import bootstrap as bootstrap
    from zhuoyue.analysis.results import ENGINE as ENGINE
    from zhuoyue.analysis.results import Bootstrap as Bootstrap
    from zhuoyue.analysis.results import ConstructQuality as ConstructQuality
    from zhuoyue.analysis.results import Effect as Effect
    from zhuoyue.analysis.results import Estimate as Estimate
    from zhuoyue.analysis.results import MapPoint as MapPoint
    from zhuoyue.analysis.results import Spread as Spread
    from zhuoyue.analysis.scores import construct_scores as construct_scores
    from zhuoyue.analysis.settings import Interval as Interval
    from zhuoyue.analysis.settings import Items as Items
    from zhuoyue.analysis.settings import Missing as Missing
    from zhuoyue.analysis.settings import Scale as Scale
    from zhuoyue.analysis.settings import Scheme as Scheme
    from zhuoyue.analysis.settings import Settings as Settings
    from zhuoyue.analysis.simulation import Simulation as Simulation
    from zhuoyue.analysis.simulation import World as World
    from zhuoyue.analysis.simulation import simulate as simulate
    from zhuoyue.analysis.sources import Table as Table
    from zhuoyue.analysis.sources import read_table as read_table
    from zhuoyue.analysis.spec import Construct as Construct
    from zhuoyue.analysis.spec import HigherOrder as HigherOrder
    from zhuoyue.analysis.spec import HigherOrderMethod as HigherOrderMethod
    from zhuoyue.analysis.spec import Interaction as Interaction
    from zhuoyue.analysis.spec import InteractionMethod as InteractionMethod
    from zhuoyue.analysis.spec import Mode as Mode
    from zhuoyue.analysis.spec import Model as Model
    from zhuoyue.analysis.spec import Path as Path
    from zhuoyue.analysis.spec_text import parse_model as parse_model
    from zhuoyue.analysis.spec_text import read_model as read_model
    from zhuoyue.analysis.stored import StoredAnswers as StoredAnswers

_HOMES = {
    "Answers": "answers",
    "CAUTION_TEXTS": "cautions",
    "Caution": "cautions",
    "ConstructInvariance": "comparison",
    "Contrast": "comparison",
    "EffectContrast": "comparison",
    "GroupComparison": "comparison",
    "Invariance": "comparison",
    "Difference": "difference",
    "Verdict": "difference",
    "difference_of_mean_measures": "difference",
    "difference_of_means": "difference",
    "difference_of_nps": "difference",
    "difference_of_pairs": "difference",
    "difference_of_shares": "difference",
    "Driver": "drivers",
    "ItemPoint": "drivers",
    "Ranking": "drivers",
    "driver_ranking": "drivers",
    "driver_rankings": "drivers",
    "item_map": "drivers",
    "ERROR_TEXTS": "errors",
    "AnalysisError": "errors",
    "estimate": "estimation",
    "Antecedents": "forecast",
    "Errors": "forecast",
    "ItemPrediction": "forecast",
    "Power": "forecast",
    "Prediction": "forecast",
    "compare_groups": "groups",
    "groups_found": "groups",
    "Measured": "intervals",
    "SampleSize": "intervals",
    "mean": "intervals",
    "mean_from_sums": "intervals",
    "median": "intervals",
    "nps": "intervals",
    "nps_from_scores": "intervals",
    "ratio": "intervals",
    "sample_size": "intervals",
    "share": "intervals",
    "effect_sizes_by_omission": "omission",
    "Chain": "outlook",
    "Expected": "outlook",
    "WhatIf": "outlook",
    "effect_chain": "outlook",
    "what_if": "outlook",
    "weighted_index": "performance",
    "predict": "prediction",
    "Alpha": "quality",
    "cronbach_alpha": "quality",
    "bootstrap": "resampling",
    "ENGINE": "results",
    "Bootstrap": "results",
    "ConstructQuality": "results",
    "Effect": "results",
    "Estimate": "results",
    "MapPoint": "results",
    "Spread": "results",
    "construct_scores": "scores",
    "Interval": "settings",
    "Items": "settings",
    "Missing": "settings",
    "Scale": "settings",
    "Scheme": "settings",
    "Settings": "settings",
    "Simulation": "simulation",
    "World": "simulation",
    "simulate": "simulation",
    "Table": "sources",
    "read_table": "sources",
    "Construct": "spec",
    "HigherOrder": "spec",
    "HigherOrderMethod": "spec",
    "Interaction": "spec",
    "InteractionMethod": "spec",
    "Mode": "spec",
    "Model": "spec",
    "Path": "spec",
    "parse_model": "spec_text",
    "read_model": "spec_text",
    "StoredAnswers": "stored",
}


__all__ = sorted(_HOMES)  # noqa: PLE0605 - a list, though made from the table above


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value  # found once, at hand from then on
    return value


def __dir__() -> list[str]:
    return __all__
