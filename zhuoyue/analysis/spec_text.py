"""Models written as text: YAML, or formulas like those of lavaan.

Formulas: `Satisfaction =~ sat1 + sat2` (reflective), `Image <~ img1 + img2` (formative),
`Satisfaction ~ Quality + Value` (paths from Quality and Value). A line may continue after `+`,
`;` separates statements, `#` and `!` begin a comment, and names with spaces or signs stand in
quotes. Every error names the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from zhuoyue.analysis.encodings import read_text
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.spec import Construct, Mode, Model, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = r"\"[^\"]*\"|'[^']*'|`[^`]*`"
_COMMENT = re.compile(rf"({_QUOTED})|[#!].*")
_STATEMENT = re.compile(rf"^((?:{_QUOTED}|[^\"'`~=<>:|])+?)(=~|<~|~~|~)(.*)$", re.DOTALL)
_NAME = re.compile(rf"^(?:{_QUOTED}|[^\s+~=<>\"'`*|:;,]+)$")
_MODES = {"=~": Mode.REFLECTIVE, "<~": Mode.FORMATIVE}


def read_model(file: str | FilePath) -> Model:
    """The model in a text file."""
    place = FilePath(file)
    if not place.is_file():
        raise AnalysisError("file_missing", file=place.name)
    return parse_model(read_text(place), name=place.name)


def parse_model(text: str, *, name: str = "model") -> Model:
    """The model that a text describes, YAML or formulas, whichever it is."""
    lines = [line for line in _without_comments(text).splitlines() if line.strip()]
    if not lines:
        raise AnalysisError("text_empty", at=(name, 1))
    formulas = ":" not in text or any(_STATEMENT.match(line.strip()) for line in lines)
    draft = _from_formulas(text, name) if formulas else _from_yaml(text, name)
    return draft.model()


@dataclass
class _Draft:
    """What was read so far, with the line of every part."""

    name: str
    constructs: dict[str, Construct] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)
    construct_lines: dict[str, int] = field(default_factory=dict)
    path_lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def error(self, code: str, line: int, **params: object) -> AnalysisError:
        return AnalysisError(code, at=(self.name, line), **params)

    def add_construct(self, name: str, items: tuple[str, ...], mode: Mode, line: int) -> None:
        if name in self.constructs:
            raise self.error("construct_duplicate", line, construct=name)
        try:
            self.constructs[name] = Construct(name, items, mode)
        except AnalysisError as error:
            raise error.located(self.name, line) from None
        self.construct_lines[name] = line

    def add_path(self, source: str, target: str, line: int) -> None:
        self.paths.append(Path(source, target))
        self.path_lines[source, target] = line

    def model(self) -> Model:
        """The whole model; what is wrong with it is shown at the line that caused it."""
        try:
            return Model(tuple(self.constructs.values()), tuple(self.paths))
        except AnalysisError as error:
            raise error.located(self.name, self._line_of(error)) from None

    def _line_of(self, error: AnalysisError) -> int:
        found = {key: str(value) for key, value in error.params.items()}
        if error.code == "path_cycle":
            stations = found["cycle"].split(" -> ")
            edges = pairwise(stations)
            return max(self.path_lines.get(edge, 1) for edge in edges)
        if "source" in found:
            return self.path_lines.get((found["source"], found["target"]), 1)
        if error.code == "path_to_itself":
            return self.path_lines.get((found["construct"], found["construct"]), 1)
        name = found.get("second") or found.get("construct") or ""
        return self.construct_lines.get(name, 1)


# Formulas


def _from_formulas(text: str, name: str) -> _Draft:
    draft = _Draft(name)
    for line, statement in _statements(text):
        match = _STATEMENT.match(statement)
        if not match:
            raise draft.error("text_syntax", line, text=statement)
        left, operator, right = match[1].strip(), match[2], match[3]
        if operator == "~~":
            raise draft.error("text_covariance", line, text=statement)
        target = _name(draft, left, line, statement)
        if not right.strip() and operator in _MODES:
            raise draft.error("construct_empty", line, construct=target)
        terms = tuple(_name(draft, term, line, statement) for term in _terms(right))
        if operator == "~":
            for source in terms:
                draft.add_path(source, target, line)
        else:
            draft.add_construct(target, terms, _MODES[operator], line)
    return draft


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Statements with the line on which each begins; an open `+` continues on the next line."""
    pending, began = "", 1
    for number, raw in enumerate(_without_comments(text).splitlines(), start=1):
        for part in raw.split(";"):
            piece = part.strip()
            if not piece:
                continue
            open_end = pending.endswith("~") and not _STATEMENT.match(piece)
            joined = open_end or pending.endswith("+") or piece.startswith("+")
            if pending and not joined:
                yield began, pending
                pending = ""
            began = began if pending else number
            pending = f"{pending} {piece}".strip()
    if pending:
        yield began, pending


def _terms(right: str) -> list[str]:
    """The summands, a plus sign within quotes being part of a name."""
    marked = re.sub(_QUOTED, lambda match: match[0].replace("+", "\0"), right)
    return [term.replace("\0", "+").strip() for term in marked.split("+")]


def _name(draft: _Draft, text: str, line: int, statement: str) -> str:
    if "*" in text and not text.startswith(('"', "'", "`")):
        raise draft.error("text_modifier", line, text=text)
    if not _NAME.match(text):
        raise draft.error("text_syntax", line, text=statement)
    return text[1:-1] if text[0] in "\"'`" else text


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda match: match[1] or "", text)


# YAML


def _from_yaml(text: str, name: str) -> _Draft:
    if find_spec("yaml") is None:
        raise AnalysisError("package_missing", kind="YAML", package="PyYAML")
    yaml: Any = import_module("yaml")
    draft = _Draft(name)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        lines = text.splitlines()
        if "'\\t'" in str(error.problem):
            raise draft.error("text_tab", line) from None
        shown = lines[line - 1].strip() if line <= len(lines) else ""
        raise draft.error("text_yaml", line, text=shown, reason=str(error.problem)) from None
    except (yaml.YAMLError, RecursionError):  # a thousand brackets within brackets
        raise draft.error("text_yaml", 1, text=text[:40], reason="") from None
    for key, line, node in _entries(draft, draft.name, root):
        if key == "constructs":
            _yaml_constructs(draft, node)
        elif key == "paths":
            _yaml_paths(draft, node)
        else:
            raise draft.error("text_unknown_key", line, key=key, known="constructs, paths")
    return draft


def _yaml_constructs(draft: _Draft, node: Any) -> None:
    for name, line, entry in _entries(draft, "constructs", node):
        items, mode = entry, Mode.REFLECTIVE
        if entry.id == "mapping":
            items, mode = _described(draft, name, entry)
        draft.add_construct(name, _texts(draft, name, items), mode, line)


def _described(draft: _Draft, name: str, entry: Any) -> tuple[Any, Mode]:
    """A construct written as {items: [...], mode: formative}."""
    items, mode = None, Mode.REFLECTIVE
    for key, line, node in _entries(draft, name, entry):
        if key == "items":
            items = node
        elif key == "mode":
            mode = _mode(draft, line, node)
        else:
            raise draft.error("text_unknown_key", line, key=key, known="items, mode")
    if items is None:
        raise draft.error("construct_empty", entry.start_mark.line + 1, construct=name)
    return items, mode


def _mode(draft: _Draft, line: int, node: Any) -> Mode:
    short = {"a": Mode.REFLECTIVE, "b": Mode.FORMATIVE}
    text = str(node.value).lower()
    if text in short:
        return short[text]
    if text in tuple(Mode):
        return Mode(text)
    raise draft.error(
        "setting_unknown", line, setting="mode", value=text, choices="reflective, formative"
    )


def _yaml_paths(draft: _Draft, node: Any) -> None:
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
    draft: _Draft, key: str, node: Any, *, repeated: bool = False
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


def _texts(draft: _Draft, key: str, node: Any) -> tuple[str, ...]:
    """A list of names; one bare name counts as a list of one."""
    if node.id == "scalar" and node.value:
        return (str(node.value),)
    if node.id != "sequence" or any(each.id != "scalar" for each in node.value):
        line = node.start_mark.line + 1
        raise draft.error("text_not_list", line, key=key)
    return tuple(str(each.value) for each in node.value)


def _shown(node: Any) -> str:
    """A short rendering of a list or text for a message."""
    if node.id != "sequence":
        return repr(str(node.value))
    return "[" + ", ".join(str(each.value) for each in node.value) + "]"
