"""Groups of a study's answers side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhuoyue.kit.analysis_words import say, say_caution
from zhuoyue.kit.charts import Chart
from zhuoyue.studies import contrasts

ALL_OPEN = 3  # comparisons; of more, each opens when asked

# Said among the cautions of the result, in the steps, or below the indices.
SAID_BEFORE = {"associations_only", "configural_assumed", "scale_assumed", "rows_ungrouped"}


@dataclass(frozen=True)
class Cell:
    """The index of a construct in a group."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """Two groups as the page shows them."""

    names: tuple[str, str]
    refusal: str = ""
    basis: str = ""
    permutations: int = 0
    failed: int = 0
    seed: int = 0
    sentences: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    chart: Chart | None = None
    invariance: tuple[contrasts.Invariant, ...] = ()
    columns: tuple[str, ...] = ()
    indices: tuple[list[str], ...] = ()
    notes: tuple[str, ...] = ()


def groups_context(result: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What the groups show, where a study asked for any."""
    asked = result.get("groups")
    if not asked:
        return {}
    comparisons = [
        comparison_of(found, number, language)
        for number, found in enumerate(asked["comparisons"], start=1)
    ]
    return {
        "groups": asked,
        "group_sizes": {name: each["n"] for name, each in asked["results"].items()},
        "group_indices": indices_by_group([result, *asked["results"].values()]),
        "groups_refused": {
            name: say(error["code"], error["params"], language)
            for name, error in asked["refused"].items()
        },
        "comparisons": comparisons,
        "is_open": len(comparisons) <= ALL_OPEN,
    }


def indices_by_group(results: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Cell]]]:
    """Every construct's index with its interval, in all answers and in each group."""
    return [
        (
            name,
            [Cell(each["index"][name], *each["spread"]["index"][name]["ci"]) for each in results],
        )
        for name in results[0]["index"]
    ]


def comparison_of(found: Mapping[str, Any], number: int, language: str) -> Comparison:
    first, second = found["groups"]
    if "refused" in found:
        refused = found["refused"]
        return Comparison((first, second), say(refused["code"], refused["params"], language))
    return Comparison(
        names=(first, second),
        basis=contrasts.basis_of(found),
        permutations=found["permutations"],
        failed=sum(found["permutations_failed"].values()),
        seed=found["seed"],
        sentences=tuple(contrasts.sentences(found)),
        steps=tuple(contrasts.steps_of(found)),
        chart=contrasts.differences_chart(found, number),
        invariance=tuple(contrasts.invariance_of(found)),
        columns=tuple(contrasts.index_columns(found)),
        indices=tuple(
            contrasts.contrast_cells(each, 1, found) for each in contrasts.indices_of(found)
        ),
        notes=tuple(
            say_caution(each, language)
            for each in found["cautions"]
            if each["code"] not in SAID_BEFORE
        ),
    )
