"""What every method returns beside its own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import Caution
from zhuoyue.analysis.results import ENGINE


@dataclass(frozen=True, kw_only=True)
class MethodResult:
    """A frozen result that can be repeated: method, parameters, n, seed, engine, cautions.

    Subclasses name their `method`, hold their specification in `parameters` and add their numbers
    as tuples and frozen mappings (`mappings.frozen`), never as arrays that could be changed.
    """

    method: ClassVar[str]
    n: int  # what was counted: rows, judges, samples ... as the method says
    parameters: Mapping[str, object]
    seed: int | None = None
    cautions: tuple[Caution, ...] = ()
    engine: str = ENGINE

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain lists, dictionaries, texts and numbers, ready for JSON."""
        found = {each.name: plain(getattr(self, each.name)) for each in fields(self)}
        return {"method": self.method, **found}


def plain(value: Any) -> Any:
    """The same value from what JSON has; a number that is none becomes null."""
    if isinstance(value, Caution):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
