"""`zhuoyue method kano`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.understanding.kano import KanoResult


def run(given: "MethodInput") -> "KanoResult":
    from zhuoyue.analysis.understanding.kano import kano, kano_from_counts

    given.knows("need", "functional", "dysfunctional", "level")
    level = given.number("level", 0.95, 0.5, 0.999999)
    names = given.need_table().names
    if {"M", "O", "A", "I"} <= set(names):
        counts = given.labelled()
        return kano_from_counts(
            {
                row: dict(zip(counts.columns, values, strict=True))
                for row, values in zip(counts.rows, counts.values.tolist(), strict=True)
            },
            level=level,
        )
    need, have, lack = (
        given.texts(str(given.option(name, name)))
        for name in ("need", "functional", "dysfunctional")
    )
    return kano(need, have, lack, level=level)


def blocks(found: "KanoResult") -> Iterator[Block]:
    yield Block(
        ("需求类别", "Categories of needs"),
        [
            ("需求", "need"),
            ("类别", "category"),
            ("占比", "share"),
            ("下限", "low"),
            ("上限", "high"),
            ("领先显著", "leads beyond chance"),
            "better",
            "worse",
            ("类别强度", "category strength"),
            ("总强度", "total strength"),
            "n",
        ],
        [
            [
                name,
                _NAMES[str(each.category)],
                each.share.value,
                each.share.low,
                each.share.high,
                ("是", "yes") if each.leads_by_more_than_chance else ("否", "no"),
                each.better,
                each.worse,
                each.category_strength,
                each.total_strength,
                each.n,
            ]
            for name, each in found.needs.items()
        ],
    )
    letters = ["M", "O", "A", "I", "R", "Q"]
    yield Block(
        ("人数", "Counts"),
        [("需求", "need"), *letters],
        [[name, *(each.counts[k] for k in letters)] for name, each in found.needs.items()],
    )


_NAMES = {
    "M": ("必备 M", "must-be M"),
    "O": ("期望 O", "one-dimensional O"),
    "A": ("魅力 A", "attractive A"),
    "I": ("无差异 I", "indifferent I"),
    "R": ("反向 R", "reverse R"),
    "Q": ("可疑 Q", "questionable Q"),
}

METHOD = Method(
    name="kano",
    line=("卡诺模型：需求的类别与系数", "Kano's model: categories and coefficients of needs"),
    run=run,
    blocks=blocks,
    example="""
# Counts by need (columns M, O, A, I and, if any, R, Q); or one pair of answers in each row: columns
# need, functional, dysfunctional with like, must-be, neutral, live-with, dislike or 1 to 5.
# Options: level; need, functional, dysfunctional (names of these columns).
columns: [need, M, O, A, I, R, Q]
rows:
  - [edge grip, 493, 323, 70, 95, 3, 16]
  - [ease of turn, 305, 451, 104, 115, 12, 13]
  - [service, 29, 216, 638, 85, 7, 25]
""",
)
