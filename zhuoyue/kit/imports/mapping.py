"""Which column of a file is which field: suggested by name, chosen by people, read from a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhuoyue.kit.imports.cells import in_both_languages, listed, plain
from zhuoyue.kit.imports.problems import FileRefused, Problems, RowError

if TYPE_CHECKING:
    from zhuoyue.kit.imports.importer import Field, Importer

ORDERS = {"day first": True, "month first": False}
KEYS = ("columns", "values", "fixed", "missing", "dates", "create", "options")
NEARLY = 0.85


@dataclass(frozen=True)
class Columns:
    """How a file is to be read. Everything in it is plain text, so that it can be kept."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field → column
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field → cell → meaning
    fixed: Mapping[str, str] = field(default_factory=dict)  # field → the same in every row
    missing: tuple[str, ...] = ()  # what stands where nothing is known
    dates: str = ""  # "day first" | "month first" | "": only where it cannot be mistaken
    create: tuple[str, ...] = ()  # fields whose unknown records are to be made
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def day_first(self) -> bool | None:
        return ORDERS.get(self.dates)

    def column_of(self, name: str) -> str:
        """The column of a field, as a message names it."""
        return self.columns.get(name, "")

    def as_plain(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns),
            "values": {name: dict(words) for name, words in self.values.items()},
            "fixed": dict(self.fixed),
            "missing": list(self.missing),
            "dates": self.dates,
            "create": list(self.create),
            "options": dict(self.options),
        }

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> "Columns":
        found = dict(kept)
        for name in ("missing", "create"):
            found[name] = tuple(found.get(name, ()))
        return cls(**found)


def names_of(one: "Field") -> list[str]:
    """Everything a column of this field may be called."""
    return [one.name, *in_both_languages(one.label), *one.synonyms]


def suggest(columns: Sequence[str], fields: Iterable["Field"]) -> dict[str, str]:
    """Fields and the columns that seem to be meant, by name; each column at most once."""
    found: dict[str, str] = {}
    free = list(columns)
    wanted = list(fields)
    for is_near in (_same, _alike):
        for one in wanted:
            if one.name in found:
                continue
            column = next((c for c in free if is_near(c, names_of(one))), None)
            if column is not None:
                found[one.name] = column
                free.remove(column)
    return found


def _same(column: str, names: list[str]) -> bool:
    return plain(column).strip("*") in {plain(name) for name in names}


def _alike(column: str, names: list[str]) -> bool:
    word = plain(column)
    return any(
        len(word) > 3 and SequenceMatcher(None, word, plain(name)).ratio() >= NEARLY
        for name in names
    )


def read_map(path: Path, importer: "Importer") -> Columns:
    """A map file (YAML). Every entry that cannot be meant is named."""
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # no such day, too deep, no text
        reason = " ".join(str(error).split())[:160]
        raise FileRefused(RowError(path.name, "map_text", params={"reason": reason})) from None
    problems = Problems(path.name)
    if not isinstance(found, dict):
        problems.add("map_form", expected=", ".join(KEYS))
        raise FileRefused(*problems.kept)
    _check_keys(found, importer, problems)
    if problems:
        raise FileRefused(*problems.kept)
    return Columns(
        columns=_texts(found.get("columns")),
        values={name: _texts(words) for name, words in (found.get("values") or {}).items()},
        fixed=_texts(found.get("fixed")),
        missing=tuple(map(str, found.get("missing") or ())),
        dates=found.get("dates") or "",
        create=tuple(found.get("create") or ()),
        options=_texts(found.get("options")),
    )


def _texts(found: Any) -> dict[str, str]:
    """YAML reads yes, 1 and 2026-01-01 as what they are; here they are words of a file."""
    return {_word(k): _word(v) for k, v in (found or {}).items()}


def _word(value: Any) -> str:
    if value is None:
        return ""
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else str(value)


def _check_keys(found: dict[str, Any], importer: "Importer", problems: Problems) -> None:
    for key in found:
        if key not in KEYS:
            problems.add("map_key", column=str(key), known=", ".join(KEYS))
    for key, kind, expected in (
        *((key, dict, "name: value") for key in ("columns", "values", "fixed", "options")),
        *((key, list, "[a, b]") for key in ("missing", "create")),
    ):
        if found.get(key) is not None and not isinstance(found[key], kind):
            problems.add("map_form", column=key, expected=expected)
            found[key] = None
    for name, words in (found.get("values") or {}).items():
        if not isinstance(words, dict):
            problems.add("map_form", column=f"values: {name}", expected="cell: meaning")
    if (found.get("dates") or "") not in {"", *ORDERS}:
        problems.add("map_form", column="dates", expected=" | ".join(ORDERS))
    _check_names(found, importer, problems)


def _check_names(found: dict[str, Any], importer: "Importer", problems: Problems) -> None:
    """Fields and options that the importer has."""
    fields = [one.name for one in importer.fields]
    named = [found.get(key) or () for key in ("columns", "values", "fixed", "create")]
    for name in {str(n): None for part in named for n in part}:
        if name not in fields:
            problems.add("field_unknown", column=name, known=", ".join(fields))
    allowed = {
        option.name: {code for code, _label in option.choices} for option in importer.options
    }
    for name, value in (found.get("options") or {}).items():
        if name not in allowed:
            problems.add("map_key", column=str(name), known=", ".join(allowed) or "–")
        elif _word(value) not in allowed[name]:
            problems.add("map_form", column=name, expected=" | ".join(sorted(allowed[name])))


def check_columns(
    mapping: Columns, importer: "Importer", columns: Sequence[str], problems: Problems
) -> None:
    """Every column named must be there, and every field needed must have one."""
    for column in dict.fromkeys(mapping.columns.values()):
        if column not in columns:
            problems.add("column_unknown", column=column, known=listed(columns))
    given = {*mapping.columns, *(name for name, value in mapping.fixed.items() if value)}
    needed = importer.needed(mapping)
    for one in importer.fields:
        if one.name in needed and one.name not in given:
            problems.add("field_unmapped", field=str(one.label))
