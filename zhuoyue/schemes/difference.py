"""What changed between two versions of a scheme; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

SECTIONS = ("cards", "stages", "touchpoints", "elements", "trace")
HEAD = ("title", "recipient", "service", "owner")


@dataclass(frozen=True)
class FieldChange:
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ItemChange:
    """A part that was added, removed or changed, as it is now (or was)."""

    section: str
    what: Literal["added", "removed", "changed"]
    item: Mapping[str, Any]
    fields: tuple[FieldChange, ...] = ()


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[ItemChange]:
    """Changes from one content to another: the head first, then part by part."""
    found = []
    head = changed_fields(old, new, HEAD)
    if head:
        found.append(ItemChange("head", "changed", new, head))
    for section in SECTIONS:
        found += section_changes(section, old.get(section, ()), new.get(section, ()))
    return found


def section_changes(
    section: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[ItemChange]:
    before = {item["id"]: item for item in old}
    after = {item["id"]: item for item in new}
    found = [ItemChange(section, "removed", item) for id, item in before.items() if id not in after]
    for id, item in after.items():
        if id not in before:
            found.append(ItemChange(section, "added", item))
            continue
        fields = changed_fields(before[id], item, [name for name in item if name != "id"])
        if fields:
            found.append(ItemChange(section, "changed", item, fields))
    return found


def changed_fields(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Sequence[str]
) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )
