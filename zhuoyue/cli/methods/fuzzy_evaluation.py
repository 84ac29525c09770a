"""`zhuoyue method fuzzy-evaluation`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.methods import Block, Method, Words

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.fuzzy_evaluation import FuzzyEvaluation
    from zhuoyue.analysis.weighing.fuzzy_levels import FuzzyLevels


def run(given: "MethodInput") -> "FuzzyEvaluation | FuzzyLevels":
    from zhuoyue.analysis.weighing.fuzzy_evaluation import Operator, fuzzy_evaluation
    from zhuoyue.analysis.weighing.fuzzy_levels import HandedOn, fuzzy_levels

    given.knows(
        "operator", "votes", "normalise", "points", "weight", "group", "group_weights", "handed_on"
    )
    weight = str(given.option("weight", "weight"))
    weights = given.complete(weight)
    grouped = given.option("group_weights") is not None or given.option("group") is not None
    group = str(given.option("group", "group"))
    groups = given.texts(group) if grouped else []
    table = _without(given, group).labelled() if grouped else given.labelled()
    levels = [k for k, name in enumerate(table.columns) if name != weight]
    grades, memberships = [table.columns[k] for k in levels], table.values[:, levels]
    settings: dict[str, Any] = {
        "operator": given.choice("operator", Operator, Operator.WEIGHTED_AVERAGE),
        "votes": given.flag("votes"),
        "normalise": given.flag("normalise"),
        "points": given.by_name("points"),
    }
    handed_on = given.choice("handed_on", HandedOn, HandedOn.SHARES)
    if not grouped:
        return fuzzy_evaluation(table.rows, grades, weights, memberships, **settings)
    return fuzzy_levels(
        table.rows, groups, grades, weights, memberships,
        group_weights=given.by_name("group_weights") or {}, handed_on=handed_on, **settings,
    )  # fmt: skip


def _without(given: "MethodInput", column: str) -> "MethodInput":
    kept = {name: cells for name, cells in given.table.columns.items() if name != column}
    return replace(given, table=replace(given.table, columns=kept))


def blocks(found: "FuzzyEvaluation | FuzzyLevels") -> Iterator[Block]:
    yield Block(
        ("评价结论", "Verdict"),
        [("算子", "operator"), ("等级", "grade"), ("有效度", "effectiveness"), ("得分", "score")],
        [
            [each.operator.symbol, each.grade, each.effectiveness, each.score]
            for each in (found.verdict,)
        ],
    )
    grades = list(found.verdict.memberships)
    head: list[Words | str] = [("算子", "operator"), *grades]
    yield Block(
        ("各算子并列", "All operators side by side"),
        [*head, ("等级", "grade"), ("得分", "score")],
        [
            [each.operator.symbol, *each.memberships.values(), each.grade, each.score]
            for each in found.verdicts
        ],
    )
    groups = getattr(found, "groups", {})
    if groups:
        head[0] = ("组", "group")
        yield Block(
            ("各组", "Groups"),
            [*head, ("等级", "grade"), ("得分", "score")],
            [
                [name, *each.verdict.memberships.values(), each.verdict.grade, each.verdict.score]
                for name, each in groups.items()
            ],
        )


METHOD = Method(
    name="fuzzy-evaluation",
    line=(
        "模糊综合评价：由权重和隶属度得出等级与得分",
        "fuzzy comprehensive evaluation: a grade from weights and memberships",
    ),
    run=run,
    blocks=blocks,
    example="""
# Rows are criteria: name, weight, and the membership in each grade (rows and weights sum to one).
# Options: operator (weighted_average, min_max, product_max, bounded_sum), votes (true: cells are
# counts of votes), normalise (true: bring sums to one), points of each grade for a score,
# weight (name of the column of weights). On two levels: a column group, group_weights {name:
# weight, ...} (weights of criteria then sum to one within each group), handed_on (shares,
# memberships).
operator: weighted_average
points: {excellent: 95, good: 85, fair: 75, poor: 60}
columns: [criterion, weight, excellent, good, fair, poor]
rows:
  - [results, 0.4, 0.5, 0.3, 0.2, 0]
  - [speed, 0.3, 0.2, 0.4, 0.3, 0.1]
  - [cost, 0.2, 0.1, 0.3, 0.5, 0.1]
  - [contact, 0.1, 0, 0.2, 0.4, 0.4]
""",
)
