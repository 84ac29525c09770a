"""A model while it is read from a text: its parts, and the line on which each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.spec import (
    Construct,
    HigherOrder,
    HigherOrderMethod,
    Interaction,
    InteractionMethod,
    Mode,
    Model,
    Path,
)


@dataclass
class Draft:
    """What was read so far, with the line of every part."""

    name: str
    constructs: dict[str, Construct] = field(default_factory=dict)
    higher_order: dict[str, HigherOrder] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)
    construct_lines: dict[str, int] = field(default_factory=dict)
    path_lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def error(self, code: str, line: int, **params: object) -> AnalysisError:
        return AnalysisError(code, at=(self.name, line), **params)

    def add_construct(self, name: str, items: tuple[str, ...], mode: Mode, line: int) -> None:
        self._take_name(name, line)
        try:
            self.constructs[name] = Construct(name, items, mode)
        except AnalysisError as error:
            raise error.located(self.name, line) from None

    def add_higher_order(
        self,
        name: str,
        parts: tuple[str, ...],
        mode: Mode,
        line: int,
        method: HigherOrderMethod = HigherOrderMethod.TWO_STAGE,
    ) -> None:
        self._take_name(name, line)
        try:
            self.higher_order[name] = HigherOrder(name, parts, mode, method)
        except AnalysisError as error:
            raise error.located(self.name, line) from None

    def add_interaction(
        self,
        first: str,
        second: str,
        line: int,
        method: InteractionMethod = InteractionMethod.TWO_STAGE,
    ) -> None:
        try:
            made = Interaction(first, second, method)
        except AnalysisError as error:
            raise error.located(self.name, line) from None
        self._take_name(made.name, line)
        self.interactions[made.name] = made

    def _take_name(self, name: str, line: int) -> None:
        if name in self.construct_lines:
            raise self.error("construct_duplicate", line, construct=name)
        self.construct_lines[name] = line

    def add_path(self, source: str, target: str, line: int) -> None:
        self.paths.append(Path(source, target))
        self.path_lines[source, target] = line

    def model(self) -> Model:
        """The whole model; what is wrong with it is shown at the line that caused it."""
        try:
            return Model(
                tuple(self.constructs.values()),
                tuple(self.paths),
                tuple(self.higher_order.values()),
                tuple(self.interactions.values()),
            )
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
        name = found.get("interaction") or found.get("second") or found.get("construct") or ""
        return self.construct_lines.get(name, 1)
