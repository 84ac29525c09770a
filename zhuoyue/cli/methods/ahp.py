"""`zhuoyue method ahp`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis import Table
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.ahp import Priorities


def run(given: "MethodInput") -> "Priorities":
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.weighing.ahp import RATIO_LIMIT, Prioritisation, ahp

    given.knows("prioritisation", "ratio_limit", "judge")
    table = given.need_table()
    judge = given.option("judge")
    names = [name for name in table.names if name != judge]
    labels, criteria = given.texts(names[0]), names[1:]
    judges = given.texts(str(judge)) if judge else [""] * len(labels)
    matrices = []
    for each in dict.fromkeys(judges):
        rows = [row for row, name in enumerate(judges) if name == each]
        if [labels[row] for row in rows] != criteria:
            found = ", ".join(labels[row] for row in rows)
            raise AnalysisError("ahp_rows_differ", found=found, expected=", ".join(criteria))
        matrices.append([[read(table, row, name) for name in criteria] for row in rows])
    return ahp(
        criteria,
        matrices,
        prioritisation=given.choice("prioritisation", Prioritisation, Prioritisation.EIGENVECTOR),
        ratio_limit=given.number("ratio_limit", RATIO_LIMIT, 0, 1),
    )


def read(table: "Table", row: int, column: str) -> float:
    """A cell as a comparison."""
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.weighing.ahp import comparison

    cell = table.columns[column][row]
    try:
        return comparison(cell)
    except (ValueError, ZeroDivisionError):
        raise AnalysisError("ahp_cell", row=row + 1, column=column, value=str(cell)) from None


def blocks(found: "Priorities") -> Iterator[Block]:
    ranked = sorted(found.weights.items(), key=lambda each: -each[1])
    yield Block(("权重", "Weights"), [("准则", "criterion"), ("权重", "weight")], ranked)
    yield Block(
        ("一致性", "Consistency"),
        ["λmax", "CI", f"RI ({found.random_index_table})", "CR"],
        [
            [
                found.lambda_max,
                found.consistency_index,
                found.random_index,
                found.consistency_ratio,
            ]
        ],
    )
    if found.worst is not None:
        worst = found.worst
        yield Block(
            ("最不一致的判断", "The most inconsistent judgement"),
            [("甲", "first"), ("乙", "second"), ("给出", "given"), ("权重之比", "implied")],
            [[worst.first, worst.second, worst.given, worst.implied]],
        )
    if found.by_judge:
        yield Block(
            ("各评判者的权重", "Weights of each judge"),
            [("准则", "criterion"), *(str(k) for k in range(1, found.n + 1))],
            [[name, *(each[name] for each in found.by_judge)] for name in found.weights],
        )


METHOD = Method(
    name="ahp",
    line=("层次分析法：由两两比较得出权重", "analytic hierarchy process: weights from pairs"),
    run=run,
    blocks=blocks,
    example="""
# How many times more important is the row than the column? 3, 1/3 or null (in a spreadsheet:
# empty); of each pair one cell is enough.
# Options: prioritisation (eigenvector, geometric_mean), ratio_limit, judge (a column of judges).
prioritisation: eigenvector
columns: [criterion, speed, quality, price]
rows:
  - [speed, 1, 1/2, 3]
  - [quality, null, 1, 4]
  - [price, null, null, 1]
""",
)
