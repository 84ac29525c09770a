"""`zhuoyue method official-scoring`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.weighing.official import OfficialScoring, Scheme


def run(given: "MethodInput") -> "OfficialScoring":
    from zhuoyue.analysis.weighing.official import official_scoring
    from zhuoyue.analysis.weighing.official_table import KEYS

    given.knows(*KEYS, "scheme", "industry", "submitted")
    scheme = _scheme(given)
    table = given.need_table()
    names = given.texts(table.names[0])
    wanted = [*(each.name for each in scheme.items), *scheme.floors]
    columns = {name: given.texts(name) for name in dict.fromkeys(wanted)}
    industry, submitted = given.option("industry"), given.option("submitted")
    said = given.texts(str(submitted)) if submitted else ["yes"] * len(names)
    branches = given.texts(str(industry)) if industry else [""] * len(names)
    _once(names)
    return official_scoring(
        scheme,
        {
            name: {column: cells[row] or None for column, cells in columns.items()}
            for row, name in enumerate(names)
        },
        industries={name: word for name, word in zip(names, branches, strict=True) if word},
        not_submitted=[name for name, word in zip(names, said, strict=True) if word.lower() in _NO],
    )


def _scheme(given: "MethodInput") -> "Scheme":
    """The table of items: in a file of its own, or among the options."""
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.encodings import read_text
    from zhuoyue.analysis.weighing.official_table import KEYS, parse_scheme, scheme_of

    file = given.option("scheme")
    if file is None:
        return scheme_of({key: given.option(key) for key in KEYS if key in given.options})
    both = [key for key in KEYS if key in given.options]
    place = Path(str(file))
    if both:
        expected = f"scheme: {place.name}"
        value = given.option(both[0])
        raise AnalysisError("option_invalid", option=both[0], value=value, expected=expected)
    if not place.is_file():
        raise AnalysisError("file_missing", file=place.name)
    return parse_scheme(read_text(place), place.name)


_NO = {"", "no", "false", "0", "否"}


def _once(names: list[str]) -> None:
    from zhuoyue.analysis import AnalysisError

    for k, name in enumerate(names):
        if not name or name in names[:k]:
            raise AnalysisError("scoring_items", found=name or f"row {k + 1}")


def blocks(found: "OfficialScoring") -> Iterator[Block]:
    yield Block(
        ("得分与等级", "Totals and grades"),
        [
            ("中心", "centre"),
            ("总分", "total"),
            ("等级", "grade"),
            ("未达的硬性条件", "floors missed"),
            ("超出加分上限", "over bonus cap"),
        ],
        [
            [
                *(name, each.total, _word(each.grade)),
                *(", ".join(each.floors_missed), each.over_cap),
            ]
            for name, each in found.centres.items()
        ],
    )
    yield Block(
        ("各等级数量", "Centres by grade"),
        [("等级", "grade"), ("数量", "count")],
        [[_word(name), count] for name, count in found.by_grade.items()],
    )
    for name, each in found.centres.items():
        yield Block(
            (f"{name} 的各项得分", f"Points of {name}"),
            [
                ("指标", "item"),
                ("规则", "rule"),
                ("值", "value"),
                ("系数", "coefficient"),
                ("计分用值", "used"),
                ("已达界限", "reached"),
                ("下一界限", "next"),
                ("得分", "points"),
            ],
            [
                [
                    p.item,
                    _RULES[p.kind.value],
                    p.value,
                    p.coefficient,
                    p.used,
                    p.reached,
                    p.following,
                    p.points,
                ]
                for p in each.points
            ],
        )


_RULES = {
    "linear": ("线性", "linear"),
    "tiered": ("分档", "tiered"),
    "qualitative": ("定性", "qualitative"),
    "bonus": ("加分", "bonus"),
    "penalty": ("扣分", "penalty"),
}


def _word(grade: str) -> str | tuple[str, str]:
    words = {
        "优秀": "excellent",
        "良好": "good",
        "基本合格": "basically qualified",
        "不合格": "unqualified",
    }
    return (grade, words[grade]) if grade in words else grade


METHOD = Method(
    name="official-scoring",
    line=(
        "按评价表计分：指标、加减分、硬性条件、等级",
        "scoring by an official table, with grades",
    ),
    run=run,
    blocks=blocks,
    example="""
# One centre in each row. items: name -> kind and figures.
#   linear: weight, basic, full, base_share (of the weight at basic; 0.6); basic above full: less
#   is better. tiered: steps [[from, points], ...]. qualitative: shares {word: 0..1}.
#   bonus, penalty: per_unit, steps or shares, at most the weight. by_industry: the value times
#   the coefficient in industries; coefficients {industry: number}: those of this item alone (null:
#   the base share is given). bands {industry: [basic, full]}: of linear items.
# Options: grades (name: limit), failed, floors (column: minimum), industries, bonus_cap, industry
# and submitted (columns), scheme (a YAML file that holds the items and all that belongs to them).
items:
  staff: {kind: linear, weight: 40, basic: 150, full: 300, bands: {electronics: [150, 200]}}
  intensity: {kind: linear, weight: 40, basic: 2, full: 4, by_industry: true}
  patents: {kind: tiered, weight: 10, steps: [[1, 4], [5, 7], [10, 10]]}
  plan: {kind: qualitative, weight: 10, shares: {strong: 1, fair: 0.6, weak: 0.2}}
  awards: {kind: bonus, weight: 5, per_unit: 2}
  losses: {kind: penalty, weight: 20, steps: [[1, 5], [2, 20]]}
floors: {staff: 150}
industries: {chemical: 1.2, electronics: 0.6}
industry: branch
columns: [centre, branch, staff, intensity, patents, plan, awards, losses]
rows:
  - [North, chemical, 260, 3, 12, strong, 1, 0]
  - [East, electronics, 180, 5, 6, fair, 0, 2]
  - [South, chemical, 149, 4, 11, strong, 2, 0]
""",
)
