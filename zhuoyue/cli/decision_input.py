"""Reading a table of alternatives by criteria and its options, for the methods that weigh."""

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from zhuoyue.analysis.arrays import Floats
    from zhuoyue.analysis.method_input import MethodInput


class DecisionInput(TypedDict):
    """The arguments that all these methods share."""

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    values: "Floats"
    costs: tuple[str, ...]


def decision_input(given: "MethodInput") -> DecisionInput:
    """Names in the first column, one criterion in each other one, `costs` a list of names."""
    table = given.labelled()
    costs = tuple(str(each) for each in given.listed("costs") or ())
    return {
        "alternatives": table.rows,
        "criteria": table.columns,
        "values": table.values,
        "costs": costs,
    }


def need_weights(given: "MethodInput") -> dict[str, float]:
    """The option `weights`: a number for each criterion."""
    from zhuoyue.analysis.errors import AnalysisError

    weights = given.by_name("weights")
    if weights is None:
        raise AnalysisError("option_missing", option="weights", expected="{name: number, ...}")
    return weights
