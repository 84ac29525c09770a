"""`zhuoyue method qfd`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.qfd import HouseOfQuality

OWN = ("importance", "now", "target", "sales_point")


def run(given: "MethodInput") -> "HouseOfQuality":
    from zhuoyue.analysis.understanding.qfd import Relations, Wanted, qfd

    given.knows("relations", "roof")
    names = given.need_table().names
    characteristics = [name for name in names[1:] if name not in OWN]
    columns = {name: given.numbers(name).tolist() for name in OWN[1:] if name in names}
    importance = given.complete("importance").tolist()
    labels = given.labelled(complete=False)
    needs = {}
    for row, need in enumerate(labels.rows):
        own = {name: each[row] for name, each in columns.items() if each[row] == each[row]}
        needs[need] = Wanted(importance[row], **own)
    places = [labels.columns.index(name) for name in characteristics]
    return qfd(
        needs,
        characteristics,
        labels.values[:, places],
        how=given.choice("relations", Relations, Relations.PLAIN),
        roof=_roof(given.listed("roof")),
    )


def _roof(given: Any) -> dict[tuple[str, str], float]:
    from zhuoyue.analysis import AnalysisError

    found = {}
    for each in given or ():
        if not isinstance(each, list) or len(each) != 3 or not isinstance(each[2], int | float):
            raise AnalysisError(
                "option_invalid", option="roof", value=each, expected="[[first, second, -1], ...]"
            )
        found[str(each[0]), str(each[1])] = float(each[2])
    return found


def blocks(found: "HouseOfQuality") -> Iterator[Block]:
    yield Block(
        ("技术特性的重要度", "Importance of characteristics"),
        [("特性", "characteristic"), ("重要度", "importance"), ("占比", "share"), ("名次", "rank")],
        [
            [name, each.importance, each.share, each.rank]
            for name, each in found.characteristics.items()
        ],
    )
    yield Block(
        ("需求的权重", "Weights of needs"),
        [("需求", "need"), ("权重", "weight")],
        list(found.needs.items()),
    )
    if found.conflicts:
        yield Block(
            ("相互冲突的特性", "Characteristics in conflict"),
            [("甲", "first"), ("乙", "second"), ("强度", "strength"), ("涉及占比", "at stake")],
            [[each.first, each.second, each.strength, each.shares] for each in found.conflicts],
        )


METHOD = Method(
    name="qfd",
    line=("质量功能展开：由需求到技术特性", "QFD: from needs to what is engineered"),
    run=run,
    blocks=blocks,
    example="""
# One need in each row: importance and, if known, now, target and sales_point; all other columns are
# characteristics with 9, 3, 1 or empty. Options: relations (plain, lyman), roof [[a, b, -1], ...].
roof: [[test capacity, test depth, -1]]
columns: [need, importance, now, target, sales_point, test capacity, test depth, expert hours]
rows:
  - [quick report, 5, 3, 4, 1.5, 9, 1, 3]
  - [sure result, 4, 4, 4, 1.2, null, 9, 3]
  - [clear advice, 3, 2, 4, 1, null, 1, 9]
""",
)
