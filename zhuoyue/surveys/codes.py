"""Code lists: which answers mean that there is none. YAML, or a table with one code a line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhuoyue.analysis import read_table
from zhuoyue.surveys.rules import Codes, Meaning

MEANINGS: Mapping[str, Meaning] = {
    "no_answer": "no_answer",
    "no answer": "no_answer",
    "未答": "no_answer",
    "缺答": "no_answer",
    "not_used": "not_used",
    "not used": "not_used",
    "未使用": "not_used",
    "不适用": "not_used",
}
KNOWN = {"no_answer", "not_used", "items", "scale", "weight", "columns"}
ITEM_HEADINGS = ("item", "column", "题项", "列")
CODE_HEADINGS = ("code", "value", "代码", "答案")
MEANING_HEADINGS = ("meaning", "含义", "说明")


def read_codes(path: Path) -> Codes:
    """The code list in a file."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        return codes_from_yaml(path)
    return codes_from_table(path)


def codes_from_yaml(path: Path) -> Codes:
    """no_answer and not_used for all columns, `columns` for some, items, scale, weight."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # no such day, too deep, no text
        raise ValidationError(
            _("%(file)s is not readable YAML: %(reason)s.")
            % {"file": path.name, "reason": str(error).splitlines()[0]}
        ) from error
    if not isinstance(found, dict) or set(found) - KNOWN:
        raise ValidationError(
            _("%(file)s: unknown keys. Known: %(known)s.")
            % {"file": path.name, "known": ", ".join(sorted(KNOWN))}
        )
    # The patterns for single columns come first, so that they win over the general ones.
    marks = {str(p): marks_of(path, m) for p, m in (found.get("columns") or {}).items()}
    general = marks_of(path, {k: found.get(k) or [] for k in ("no_answer", "not_used")})
    scale = found.get("scale")
    if scale is not None and not is_scale(scale):
        raise ValidationError(
            _("%(file)s: the scale must be two whole numbers, the lower first.")
            % {"file": path.name}
        )
    return Codes(
        marks={**marks, "*": {**general, **marks.get("*", {})}},
        items=tuple(str(i) for i in found.get("items") or ()),
        scale=(scale[0], scale[1]) if scale else None,
        weight=str(found["weight"]) if found.get("weight") else None,
    )


def is_scale(scale: Any) -> bool:
    return (
        isinstance(scale, list)
        and len(scale) == 2
        and all(isinstance(end, int) for end in scale)
        and scale[0] < scale[1]
    )


def marks_of(path: Path, marks: Any) -> dict[str, Meaning]:
    if not isinstance(marks, dict) or set(marks) - {"no_answer", "not_used"}:
        raise ValidationError(
            _("%(file)s: for each column give no_answer and not_used, each a list of codes.")
            % {"file": path.name}
        )
    return {
        str(code): MEANINGS[meaning]
        for meaning, codes in marks.items()
        for code in (codes if isinstance(codes, list) else [codes])
    }


def codes_from_table(path: Path) -> Codes:
    """A table with the columns item, code, meaning; an empty item or * stands for all."""
    table = read_table(path)
    item, code, meaning = (
        heading_of(table.names, wanted, path)
        for wanted in (ITEM_HEADINGS, CODE_HEADINGS, MEANING_HEADINGS)
    )
    marks: dict[str, dict[str, Meaning]] = {}
    cells = zip(table.columns[item], table.columns[code], table.columns[meaning], strict=True)
    for where, what, means in cells:
        known = MEANINGS.get(str(means).strip().lower())
        if known is not None:  # other lines explain what an ordinary answer means
            pattern = str(where or "").strip() or "*"
            marks.setdefault(pattern, {})[str(what).strip().removesuffix(".0")] = known
    everywhere = marks.pop("*", {})
    return Codes(marks={**marks, "*": everywhere})


def heading_of(names: tuple[str, ...], wanted: tuple[str, ...], path: Path) -> str:
    for name in names:
        if name.strip().lower() in wanted:
            return name
    raise ValidationError(
        _("%(file)s: a column %(column)s is missing.")
        % {"file": path.name, "column": " / ".join(wanted)}
    )
