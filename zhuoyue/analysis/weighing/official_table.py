"""The table of an official scoring read from YAML, or from mappings as YAML gives them.

items:
  projects: {kind: linear, weight: 8, basic: 8, full: 60}
  patents: {kind: tiered, weight: 10, steps: [[1, 4], [5, 10]]}
grades: {excellent: 90, good: 65}
failed: failed
floors: {staff: 150}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_input import LARGEST
from zhuoyue.analysis.weighing.official import Item, Kind, Scheme
from zhuoyue.analysis.yaml_values import yaml_values

KEYS = ("items", "grades", "failed", "floors", "industries", "bonus_cap")
_NUMBERS = ("weight", "basic", "full", "base_share", "per_unit")
_FIELDS = ("kind", *_NUMBERS, "bands", "steps", "shares", "by_industry", "coefficients")


def parse_scheme(text: str, file: str) -> Scheme:
    """A scheme from YAML text; `file` names it in errors."""
    return scheme_of(yaml_values(text, file))


def scheme_of(given: Any) -> Scheme:
    """A scheme from mappings; what is not understood is named in `scoring_scheme`."""
    if not isinstance(given, Mapping):
        raise _refused("items", given)
    for key in given:
        if key not in KEYS:
            raise _refused(str(key), given[key])
    items = given.get("items")
    if not isinstance(items, Mapping):
        raise _refused("items", items)
    more: dict[str, Any] = {}
    if given.get("grades") is not None:
        grades = _numbers("grades", given["grades"])
        more["grades"] = tuple((limit, name) for name, limit in grades.items())
    if given.get("failed") is not None:
        more["failed"] = str(given["failed"])
    if given.get("bonus_cap") is not None:
        more["bonus_cap"] = _number("bonus_cap", given["bonus_cap"])
    return Scheme(
        tuple(_item(str(name), each) for name, each in items.items()),
        floors=frozen(_numbers("floors", given.get("floors"))),
        industries=frozen(_numbers("industries", given.get("industries"))),
        **more,
    )


def _item(name: str, given: Any) -> Item:
    if not isinstance(given, Mapping):
        raise _refused(name, given)
    for key in given:
        if key not in _FIELDS:
            raise _refused(f"{name}.{key}", given[key])
    kind = str(given.get("kind", "linear"))
    if kind not in {each.value for each in Kind}:
        raise _refused(f"{name}.kind", kind)
    numbers = {
        key: _number(f"{name}.{key}", given[key]) for key in _NUMBERS if given.get(key) is not None
    }
    by_industry = given.get("by_industry", False)
    if "weight" not in numbers or not isinstance(by_industry, bool):
        raise _refused(f"{name}.weight, by_industry", [given.get("weight"), by_industry])
    steps, bands = given.get("steps") or [], given.get("bands") or {}
    coefficients = given.get("coefficients") or {}
    if not isinstance(steps, list):
        raise _refused(f"{name}.steps", steps)
    if not isinstance(bands, Mapping) or not isinstance(coefficients, Mapping):
        raise _refused(f"{name}.bands, coefficients", [bands, coefficients])
    return Item(
        name,
        Kind(kind),
        bands=frozen({str(key): _pair(f"{name}.bands", each) for key, each in bands.items()}),
        steps=tuple(_pair(f"{name}.steps", each) for each in steps),
        shares=frozen(_numbers(f"{name}.shares", given.get("shares"))),
        by_industry=by_industry,
        coefficients=frozen(
            {
                str(key): None if each is None else _number(f"{name}.coefficients", each)
                for key, each in coefficients.items()
            }
        ),
        **numbers,
    )


def _numbers(what: str, given: Any) -> dict[str, float]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _refused(what, given)
    return {str(name): _number(f"{what}.{name}", each) for name, each in given.items()}


def _pair(what: str, given: Any) -> tuple[float, float]:
    if not isinstance(given, list) or len(given) != 2:
        raise _refused(what, given)
    return _number(what, given[0]), _number(what, given[1])


def _number(what: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= LARGEST:
        raise _refused(what, given)
    return float(given)


def _refused(what: str, found: Any) -> AnalysisError:
    return AnalysisError("scoring_scheme", what=what, found=str(found)[:100])
