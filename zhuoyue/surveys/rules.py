"""Pure rules of surveys: which column is an item, what an answer means, what belongs together."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

Meaning = Literal["no_answer", "not_used"]
BLANK = {"", "blank", "(空)", "（空）", "na", "n/a", "nan", "null", "none", "?"}
SKIPPED = {"(跳过)", "（跳过）", "-3", "跳过"}
# Answers in words, as survey tools export them, on a five-point scale.
WORDS = {
    "非常不满意": 1, "很不满意": 1, "不满意": 2, "一般": 3, "满意": 4, "很满意": 5, "非常满意": 5,
    "非常不同意": 1, "很不同意": 1, "不同意": 2, "不一定": 3, "中立": 3, "同意": 4, "很同意": 5,
    "非常同意": 5, "很差": 1, "差": 2, "较差": 2, "好": 4, "较好": 4, "很好": 5,
    "very dissatisfied": 1, "dissatisfied": 2, "neutral": 3, "satisfied": 4, "very satisfied": 5,
    "strongly disagree": 1, "disagree": 2, "agree": 4, "strongly agree": 5,
}  # fmt: skip
ID_NAMES = frozenset(
    ("序号", "编号", "答卷编号", "id", "respnum", "respondent", "respondent_id", "response_id")
)
DAY_NAMES = frozenset(
    ("提交答卷时间", "提交时间", "答题日期", "date", "submitted", "submitdate", "answered_on")
)
WEIGHT_NAMES = frozenset(("weight", "权重"))
# Columns that would tell who or where someone was: never read into the database.
NEVER_KEPT = frozenset(
    (
        *("来自ip", "ip", "ip地址", "ip address", "ipaddr"),
        *("所用时间", "答题用时", "来源", "来源详情", "总分"),
        *("姓名", "手机", "手机号", "电话", "邮箱", "email", "e-mail", "name", "phone"),
    )
)
ITEM_SHARE = 0.95
MOST_POINTS = 11


@dataclass(frozen=True)
class Codes:
    """A code list: which answers mean that there is none, for which columns; and the scale."""

    marks: Mapping[str, Mapping[str, Meaning]] = field(
        default_factory=dict
    )  # pattern → code → meaning
    items: tuple[str, ...] = ()  # patterns of columns that are items; empty: found by their shape
    scale: tuple[int, int] | None = None
    weight: str | None = None

    def meaning(self, column: str, answer: str) -> Meaning | None:
        for pattern, marks in self.marks.items():
            if fnmatchcase(column, pattern) and answer in marks:
                return marks[answer]
        return None

    def names_items(self) -> bool:
        return bool(self.items)

    def is_item(self, column: str) -> bool:
        return any(fnmatchcase(column, pattern) for pattern in self.items)


@dataclass(frozen=True)
class Answer:
    """One cell as it will be kept: a number, or why there is none."""

    value: float | None
    meaning: Meaning | None = None
    is_readable: bool = True


def number_of(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def read_answer(text: str, column: str, codes: Codes) -> Answer:
    """What a cell of an item says."""
    cell = text.strip()
    plain = cell.removesuffix(".0") if re.fullmatch(r"-?\d+\.0", cell) else cell
    marked = codes.meaning(column, plain)
    if marked is not None:
        return Answer(None, marked)
    if plain.lower() in BLANK:
        return Answer(None, "no_answer")
    if plain in SKIPPED:
        return Answer(None, "not_used")
    value = number_of(plain)
    if value is None:
        value = WORDS.get(plain.lower())
    return Answer(value) if value is not None else Answer(None, None, is_readable=False)


def plain_name(column: str) -> str:
    return column.strip().lower()


PREFIX = re.compile(r"^(?P<stem>.*?[^\d\W_])[\s_.\-]*(?P<number>\d{1,3})$")


def stem_of(column: str) -> str | None:
    """imag3 → imag; a name without a number at its end has no stem."""
    found = PREFIX.match(column.strip())
    return found["stem"] if found else None


def suggest_constructs(columns: Iterable[str]) -> dict[str, list[str]]:
    """Columns that share a name and differ in their number, in the order of the file."""
    groups: dict[str, list[str]] = {}
    for column in columns:
        stem = stem_of(column)
        if stem:
            groups.setdefault(stem, []).append(column)
    return {stem: members for stem, members in groups.items() if members}


@dataclass(frozen=True)
class Shape:
    """What the cells of a column look like."""

    numbers: int
    others: int
    whole: bool
    low: float
    high: float
    distinct: int
    values: tuple[float, ...] = ()

    def inside(self, scale: tuple[int, int]) -> float:
        """The share of the numbers that lie within a scale."""
        low, high = scale
        return sum(1 for v in self.values if low <= v <= high) / max(len(self.values), 1)

    @property
    def share(self) -> float:
        total = self.numbers + self.others
        return self.numbers / total if total else 0.0


def shape_of(column: str, cells: Sequence[str], codes: Codes) -> Shape:
    answers = [read_answer(cell, column, codes) for cell in cells]
    values = [a.value for a in answers if a.value is not None]
    others = sum(1 for a in answers if not a.is_readable)
    if not values:
        return Shape(0, others, True, 0, 0, 0)
    whole = all(v == int(v) for v in values)
    low, high, distinct = min(values), max(values), len(set(values))
    return Shape(len(values), others, whole, low, high, distinct, tuple(values))


def looks_like_item(shape: Shape, scale: tuple[int, int] | None) -> bool:
    """Numbers, mostly within the scale when one is given, few different ones when none is."""
    if not shape.numbers or shape.share < ITEM_SHARE or not shape.whole:
        return False
    if scale is None:
        return 2 <= shape.distinct <= MOST_POINTS and shape.low >= 0 and shape.high <= 10
    return shape.distinct >= 2 and shape.inside(scale) >= ITEM_SHARE


def kind_of_item(column: str, wording: str, low: float, high: float) -> str:
    """Items that a measure needs are known by name: NPS, CES, CSAT; the rest are scale items."""
    name = f"{column} {wording}".lower()
    if re.search(r"\bnps\b|netpro|推荐", name) and low >= 0 and high <= 10:
        return "nps"
    if re.search(r"\bces\b|费力|轻松|easy", name) and low >= 1 and high <= 7:
        return "ces"
    if re.search(r"csat|总体满意|overall|整体满意", name):
        return "csat"
    return "scale"
