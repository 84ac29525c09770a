"""`zhuoyue method laddering`."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.laddering import Laddering, Level, Link


def run(given: "MethodInput") -> "Laddering":
    from zhuoyue.analysis.understanding.laddering import Basis, laddering

    given.knows("person", "ladder", "levels", "cut_off", "basis", "once_a_person")
    people = given.texts(str(given.option("person", "person")))
    ladders = [
        [code.strip() for code in re.split(r"[>→＞]", cell)]
        for cell in given.texts(str(given.option("ladder", "ladder")))
    ]
    return laddering(
        people,
        ladders,
        levels=_levels(given.option("levels")),
        cut_off=given.integer("cut_off", None, 1) if given.option("cut_off") is not None else None,
        basis=given.choice("basis", Basis, Basis.DIRECT),
        once_a_person=given.flag("once_a_person"),
    )


def _levels(given: Any) -> "dict[str, Level]":
    """From level -> codes."""
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.understanding.laddering import Level

    if given is None:
        return {}
    known = {each.value for each in Level}
    if not isinstance(given, Mapping) or not all(
        str(level) in known and isinstance(codes, list) for level, codes in given.items()
    ):
        expected = "{attribute: [...], consequence: [...], value: [...]}"
        raise AnalysisError("option_invalid", option="levels", value=given, expected=expected)
    return {str(code): Level(str(level)) for level, codes in given.items() for code in codes}


def blocks(found: "Laddering") -> Iterator[Block]:
    yield _links(("价值层级图的连线", "Edges of the hierarchical value map"), found.drawn)
    yield Block(
        (f"截断值（图用 {found.cut_off}）", f"Cut-offs (the map uses {found.cut_off})"),
        [
            ("截断值", "cut-off"),
            ("单元格", "cells"),
            ("直接联系", "direct links"),
            ("占比", "share"),
        ],
        [[each.cut_off, each.cells, each.links, each.share] for each in found.cut_offs],
    )
    yield Block(
        ("编码", "Codes"),
        [
            ("编码", "code"),
            ("层次", "level"),
            ("入", "in"),
            ("出", "out"),
            ("抽象度", "abstractness"),
            ("中心度", "centrality"),
        ],
        [
            [
                name,
                "" if each.level is None else _LEVELS[each.level.value],
                each.inward,
                each.outward,
                each.abstractness,
                each.centrality,
            ]
            for name, each in found.codes.items()
        ],
    )
    yield _links(("联系矩阵", "Implications"), found.links)


def _links(title: tuple[str, str], links: "tuple[Link, ...]") -> Block:
    return Block(
        title,
        [
            ("由", "from"),
            ("至", "to"),
            ("直接", "direct"),
            ("间接", "indirect"),
            ("直接.间接", "printed"),
        ],
        [[each.source, each.target, each.direct, each.indirect, each.printed] for each in links],
    )


_LEVELS = {
    "attribute": ("属性", "attribute"),
    "consequence": ("结果", "consequence"),
    "value": ("价值", "value"),
}

METHOD = Method(
    name="laddering",
    line=("阶梯法：属性、结果与价值的联系", "laddering: attributes, consequences and values"),
    run=run,
    blocks=blocks,
    example="""
# One ladder in each row: the person, and codes from the bottom up with > between them.
# Options: levels, cut_off (without it: the highest that keeps two thirds of the direct links),
# basis (direct, total), once_a_person, person and ladder (names of the columns).
levels:
  attribute: [quick report, one contact]
  consequence: [saves time, fewer errors]
  value: [confidence]
columns: [person, ladder]
rows:
  - [Li, quick report > saves time > fewer errors > confidence]
  - [Li, one contact > saves time > confidence]
  - [Wang, quick report > saves time > fewer errors]
  - [Zhao, quick report > saves time > confidence]
""",
)
