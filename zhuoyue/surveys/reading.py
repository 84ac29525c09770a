"""From a table of answers to what will be kept, with everything that is wrong with it (pure)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhuoyue.surveys import rules
from zhuoyue.surveys.rules import Codes

WJX_QUESTION = re.compile(
    r"^(?P<number>\d{1,3})[、.．]\s*(?P<text>.*?)\s*(?:[(（—–-]+(?P<row>[^()（）]*)[)）]?)?$"
)


@dataclass(frozen=True)
class Column:
    """A column of the file and what it is taken for."""

    index: int
    name: str
    code: str
    wording: str
    kind: str  # scale | csat | nps | ces | attribute


@dataclass(frozen=True)
class Trouble:
    """One thing wrong in one cell (row as people count, the heading being row 1)."""

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """One response as it will be kept."""

    number: int
    answered_on: date | None
    weight: float
    answers: dict[str, float | str]
    missing: dict[str, str]  # item → no_answer | not_used


@dataclass(frozen=True)
class Reading:
    """What a file of answers holds."""

    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    scale: tuple[int, int]
    scale_was_given: bool
    constructs: Mapping[str, Sequence[str]]
    rows: tuple[Kept, ...]
    troubles: tuple[Trouble, ...]
    first_day: date | None
    last_day: date | None

    @property
    def items(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.kind != "attribute")

    def excluded(self) -> dict[str, int]:
        """How many cells of items were no answer, and how many not used."""
        return dict(Counter(m for row in self.rows for m in row.missing.values()))


def code_and_wording(name: str) -> tuple[str, str]:
    """A column's code and wording; a numbered question of a survey tool becomes Q5 and its text."""
    found = WJX_QUESTION.match(name.strip())
    if not found or not found["text"]:
        return name.strip()[:60], ""
    wording = found["text"] + (f" — {found['row']}" if found["row"] else "")
    return f"Q{found['number']}", wording


def unique_codes(names: Sequence[str]) -> list[tuple[str, str]]:
    """Codes of all columns; rows of one matrix question become Q5_1, Q5_2."""
    parts = [code_and_wording(name) for name in names]
    count = Counter(code for code, _wording in parts)
    seen: Counter[str] = Counter()
    result = []
    for code, wording in parts:
        seen[code] += 1
        result.append((f"{code}_{seen[code]}" if count[code] > 1 else code, wording))
    return result


def read_day(text: str) -> date | None:
    """The day of a time; the time itself is forgotten."""
    head = text.strip().replace("/", "-").replace(".", "-").split("T")[0].split(" ")[0]
    for layout in ("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y"):
        try:
            return datetime.strptime(head, layout).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


@dataclass
class Roles:
    """Which column plays which part."""

    id: int | None = None
    day: int | None = None
    weight: int | None = None
    ignored: list[str] = field(default_factory=list)


def roles_of(names: Sequence[str], codes: Codes) -> Roles:
    roles = Roles()
    for index, name in enumerate(names):
        plain = rules.plain_name(name)
        if plain in rules.NEVER_KEPT:
            roles.ignored.append(name)
        elif roles.id is None and plain in rules.ID_NAMES:
            roles.id = index
        elif roles.day is None and plain in rules.DAY_NAMES:
            roles.day = index
        elif plain == (codes.weight or "").lower() or (
            codes.weight is None and plain in rules.WEIGHT_NAMES
        ):
            roles.weight = index
    return roles


def read_table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    codes: Codes | None = None,
    scale: tuple[int, int] | None = None,
) -> Reading:
    """Read a whole table of answers; nothing is kept yet.

    A column is an item when the code list says so, or when nearly all of its cells are whole
    numbers within the scale (without a scale: few different ones between 0 and 10).
    """
    codes = codes or Codes()
    wanted = scale or codes.scale
    roles = roles_of(names, codes)
    columns = tuple(_columns(names, rows, codes, wanted, roles))
    items = [c for c in columns if c.kind != "attribute"]
    found = wanted or _observed(items, rows, codes)
    columns = tuple(_with_kinds(columns, found))
    troubles: list[Trouble] = list(_duplicates(names, rows, roles))
    kept = [
        _keep(
            number=number,
            row=row,
            columns=columns,
            roles=roles,
            codes=codes,
            scale=found,
            troubles=troubles,
        )
        for number, row in enumerate(rows, start=1)
    ]
    days = [k.answered_on for k in kept if k.answered_on]
    return Reading(
        columns=columns,
        ignored=tuple(roles.ignored),
        scale=found,
        scale_was_given=wanted is not None,
        constructs=rules.suggest_constructs(c.code for c in columns if c.kind in {"scale", "csat"}),
        rows=tuple(kept),
        troubles=tuple(troubles),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def _columns(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    codes: Codes,
    scale: tuple[int, int] | None,
    roles: Roles,
) -> Iterator[Column]:
    labels = unique_codes(names)
    for index, name in enumerate(names):
        if index in {roles.id, roles.day, roles.weight} or name in roles.ignored:
            continue
        code, wording = labels[index]
        cells = [row[index] for row in rows]
        shape = rules.shape_of(name, cells, codes)
        is_item = (
            codes.is_item(name) if codes.names_items() else rules.looks_like_item(shape, scale)
        )
        # A scale given for the whole file does not bind an NPS or CES question in it.
        special = rules.kind_of_item(code, wording or name, shape.low, shape.high)
        if special in {"nps", "ces"} and shape.share >= rules.ITEM_SHARE:
            yield Column(index, name, code, wording, special)
        else:
            yield Column(index, name, code, wording, "scale" if is_item else "attribute")


def _observed(
    items: Sequence[Column], rows: Sequence[Sequence[str]], codes: Codes
) -> tuple[int, int]:
    """Without a given scale the lowest and highest answer over all items serve."""
    shapes = [rules.shape_of(c.name, [r[c.index] for r in rows], codes) for c in items]
    shapes = [s for s in shapes if s.numbers]
    if not shapes:
        return (1, 5)
    low, high = int(min(s.low for s in shapes)), int(max(s.high for s in shapes))
    return (low, high if high > low else low + 1)


def _with_kinds(columns: Sequence[Column], scale: tuple[int, int]) -> Iterator[Column]:
    low, high = scale
    for c in columns:
        kind = c.kind
        if kind == "scale":
            special = rules.kind_of_item(c.code, c.wording or c.name, low, high)
            kind = special if special == "csat" or (low, high) in {(0, 10), (1, 7)} else "scale"
        yield Column(c.index, c.name, c.code, c.wording, kind)


def _duplicates(
    names: Sequence[str], rows: Sequence[Sequence[str]], roles: Roles
) -> Iterator[Trouble]:
    if roles.id is None:
        return
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        value = row[roles.id].strip()
        if value and value in first:
            yield Trouble(number, names[roles.id], value, "duplicate_id", {"first": first[value]})
        first.setdefault(value, number)


KIND_SCALES = {"nps": (0, 10), "ces": (1, 7)}


def _keep(
    *,
    number: int,
    row: Sequence[str],
    columns: Sequence[Column],
    roles: Roles,
    codes: Codes,
    scale: tuple[int, int],
    troubles: list[Trouble],
) -> Kept:
    answers: dict[str, float | str] = {}
    missing: dict[str, str] = {}
    for c in columns:
        cell = row[c.index].strip()
        if c.kind == "attribute":
            if cell and rules.plain_name(cell) not in rules.BLANK:
                answers[c.code] = cell[:200]
            continue
        answer = rules.read_answer(cell, c.name, codes)
        low, high = KIND_SCALES.get(c.kind, scale)
        if not answer.is_readable:
            troubles.append(Trouble(number + 1, c.name, cell, "not_a_number"))
        elif answer.value is None:
            missing[c.code] = answer.meaning or "no_answer"
        elif not low <= answer.value <= high:
            troubles.append(
                Trouble(number + 1, c.name, cell, "out_of_scale", {"low": low, "high": high})
            )
        else:
            answers[c.code] = answer.value
    day = _day(number, row, roles, troubles)
    return Kept(number, day, _weight(number, row, roles, troubles), answers, missing)


def _day(number: int, row: Sequence[str], roles: Roles, troubles: list[Trouble]) -> date | None:
    if roles.day is None or not row[roles.day].strip():
        return None
    day = read_day(row[roles.day])
    if day is None:
        troubles.append(Trouble(number + 1, "", row[roles.day], "not_a_date"))
    return day


def _weight(number: int, row: Sequence[str], roles: Roles, troubles: list[Trouble]) -> float:
    if roles.weight is None or not row[roles.weight].strip():
        return 1.0
    value = rules.number_of(row[roles.weight].strip())
    if value is None or value <= 0:
        troubles.append(Trouble(number + 1, "", row[roles.weight], "not_a_weight"))
        return 1.0
    return value
