"""As much of JSON Schema as our schema uses; a keyword it does not know is an error."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

SILENT = {"$schema", "$id", "$defs", "title", "description"}
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
}
SIMPLE: dict[str, Callable[[Any, Any], bool]] = {
    "const": lambda v, rule: v == rule,
    "enum": lambda v, rule: v in rule,
    "pattern": lambda v, rule: re.search(rule, v) is not None,
    "minimum": lambda v, rule: v >= rule,
    "exclusiveMinimum": lambda v, rule: v > rule,
    "exclusiveMaximum": lambda v, rule: v < rule,
    "minItems": lambda v, rule: len(v) >= rule,
    "maxItems": lambda v, rule: len(v) <= rule,
    "required": lambda v, rule: set(rule) <= set(v),
    "dependentRequired": lambda v, rule: all(set(rule[k]) <= set(v) for k in rule if k in v),
}


def problems(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
    return list(_problems(value, schema, root, "$"))


def _problems(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(TYPES[kind](value) for kind in kinds):
        yield f"{at}: not {kinds}"
        return
    for keyword, rule in schema.items():
        if keyword in SIMPLE:
            if not SIMPLE[keyword](value, rule):
                yield f"{at}: {keyword} {rule}"
        elif keyword == "$ref":
            yield from _problems(value, root["$defs"][rule.removeprefix("#/$defs/")], root, at)
        elif keyword == "allOf":
            for part in rule:
                yield from _problems(value, part, root, at)
        elif keyword == "items":
            for number, each in enumerate(value):
                yield from _problems(each, rule, root, f"{at}[{number}]")
        elif keyword in {"properties", "additionalProperties"}:
            yield from _members(value, keyword, schema, root, at)
        elif keyword not in SILENT | {"type"}:
            raise ValueError(f"unknown keyword {keyword}")


def _members(
    value: Any, keyword: str, schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    for name, member in value.items():
        if (name in known) == (keyword == "properties"):
            rule = known[name] if name in known else schema["additionalProperties"]
            yield from _problems(member, rule, root, f"{at}.{name}")
