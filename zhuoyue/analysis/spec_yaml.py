"""Models written as YAML, under the keys of `Model.to_dict`. Every error names the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhuoyue.analysis.packages import package
from zhuoyue.analysis.spec import HigherOrderMethod, InteractionMethod, Mode
from zhuoyue.analysis.spec_draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

KEYS = "constructs, higher_order, interactions, paths"
_SHORT_MODES = {"a": "reflective", "b": "formative"}


def read_yaml(text: str, name: str) -> Draft:
    draft = Draft(name)
    for key, line, node in _entries(draft, draft.name, _composed(text, draft)):
        if key == "constructs":
            _yaml_constructs(draft, node)
        elif key == "higher_order":
            _yaml_higher_orders(draft, node)
        elif key == "interactions":
            _yaml_interactions(draft, node)
        elif key == "paths":
            _yaml_paths(draft, node)
        else:
            raise draft.error("text_unknown_key", line, key=key, known=KEYS)
    return draft


def _composed(text: str, draft: Draft) -> Any:
    """The nodes of the text, which know their lines; nothing in it is made into an object."""
    yaml = package("yaml", "YAML", "PyYAML")
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        lines = text.splitlines()
        if "'\\t'" in str(error.problem):
            raise draft.error("text_tab", line) from None
        shown = lines[line - 1].strip() if line <= len(lines) else ""
        raise draft.error("text_yaml", line, text=shown, reason=str(error.problem)) from None
    except yaml.reader.ReaderError as error:
        lines = text[: error.position].splitlines() or [""]
        reason = f"{error.reason}: #x{ord(text[error.position]):04x}"
        raise draft.error("text_yaml", len(lines), text=lines[-1].strip(), reason=reason) from None
    except (yaml.YAMLError, RecursionError):  # a thousand brackets within brackets
        raise draft.error("text_yaml", 1, text=text[:40], reason="") from None


def _yaml_constructs(draft: Draft, node: Any) -> None:
    for name, line, entry in _entries(draft, "constructs", node):
        found = {"items": entry}
        if entry.id == "mapping":
            found = _described(draft, name, entry, ("items", "mode"))
        if "items" not in found:
            raise draft.error("construct_empty", line, construct=name)
        items = _texts(draft, name, found["items"])
        draft.add_construct(name, items, _choice(draft, found, "mode", Mode), line)


def _yaml_higher_orders(draft: Draft, node: Any) -> None:
    """Constructs of constructs, as {parts: [...], mode: formative, method: repeated}."""
    for name, line, entry in _entries(draft, "higher_order", node):
        found = {"parts": entry}
        if entry.id == "mapping":
            found = _described(draft, name, entry, ("parts", "mode", "method"))
        if "parts" not in found:
            raise draft.error("parts_too_few", line, construct=name)
        parts = _texts(draft, name, found["parts"])
        mode = _choice(draft, found, "mode", Mode)
        method = _choice(draft, found, "method", HigherOrderMethod)
        draft.add_higher_order(name, parts, mode, line, method)


def _yaml_interactions(draft: Draft, node: Any) -> None:
    """Pairs [first, second], or {of: [first, second], method: orthogonal}."""
    if node.id != "sequence":
        raise draft.error("text_not_list", node.start_mark.line + 1, key="interactions")
    for entry in node.value:
        line = entry.start_mark.line + 1
        found = {"of": entry}
        if entry.id == "mapping":
            found = _described(draft, "interactions", entry, ("of", "method"))
        ends = _texts(draft, "interactions", found.get("of", entry))
        if len(ends) != 2:
            raise draft.error("text_interaction_form", line, text=_shown(entry))
        method = _choice(draft, found, "method", InteractionMethod)
        draft.add_interaction(ends[0], ends[1], line, method)


def _described(draft: Draft, name: str, entry: Any, known: tuple[str, ...]) -> dict[str, Any]:
    """The keys of a description, each of which must be known."""
    found = {}
    for key, line, node in _entries(draft, name, entry):
        if key not in known:
            raise draft.error("text_unknown_key", line, key=key, known=", ".join(known))
        found[key] = node
    return found


def _choice[Choice: StrEnum](
    draft: Draft, found: dict[str, Any], key: str, kind: type[Choice]
) -> Choice:
    """One of a fixed list; its first member where nothing is said."""
    if key not in found:
        return next(iter(kind))
    node = found[key]
    text = str(node.value).lower() if node.id == "scalar" else _shown(node)
    text = _SHORT_MODES.get(text, text) if key == "mode" else text
    if text in tuple(kind):
        return kind(text)
    line, choices = node.start_mark.line + 1, ", ".join(kind)
    raise draft.error("setting_unknown", line, setting=key, value=text, choices=choices)


def _yaml_paths(draft: Draft, node: Any) -> None:
    """Pairs [source, target], texts "source -> target", or source: [targets]."""
    if node.id == "mapping":
        for source, line, entry in _entries(draft, "paths", node, repeated=True):
            for target in _texts(draft, source, entry):
                draft.add_path(source, target, line)
        return
    if node.id != "sequence":
        raise draft.error("text_not_list", node.start_mark.line + 1, key="paths")
    for entry in node.value:
        line = entry.start_mark.line + 1
        ends = entry.value.split("->") if entry.id == "scalar" else _texts(draft, "paths", entry)
        if len(ends) != 2 or not all(end.strip() for end in ends):
            raise draft.error("text_path_form", line, text=_shown(entry))
        draft.add_path(ends[0].strip(), ends[1].strip(), line)


def _entries(
    draft: Draft, key: str, node: Any, *, repeated: bool = False
) -> Iterator[tuple[str, int, Any]]:
    """Keys of a mapping with their lines; a key given twice is an error YAML itself overlooks."""
    line = node.start_mark.line + 1
    if node.id != "mapping":
        raise draft.error("text_not_mapping", line, key=key)
    seen: set[str] = set()
    for name, value in node.value:
        line = name.start_mark.line + 1
        if name.id != "scalar":
            raise draft.error("text_not_mapping", line, key=key)
        if name.value in seen and not repeated:
            raise draft.error("text_key_twice", line, key=name.value)
        seen.add(name.value)
        yield str(name.value), line, value


def _texts(draft: Draft, key: str, node: Any) -> tuple[str, ...]:
    """A list of names; one bare name counts as a list of one."""
    if node.id == "scalar" and node.value:
        return (str(node.value),)
    if node.id != "sequence" or any(each.id != "scalar" for each in node.value):
        line = node.start_mark.line + 1
        raise draft.error("text_not_list", line, key=key)
    return tuple(str(each.value) for each in node.value)


def _shown(node: Any) -> str:
    """A short rendering of a list or text for a message."""
    if node.id == "mapping":
        return "{" + ", ".join(str(key.value) for key, _value in node.value) + "}"
    if node.id != "sequence":
        return repr(str(node.value))
    return "[" + ", ".join(str(each.value) for each in node.value) + "]"
