"""A mapping that cannot be changed by accident, yet can be pickled, cached and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Frozen[Key, Value](Mapping[Key, Value]):
    """A closed copy of a dictionary (types.MappingProxyType would not survive pickling)."""

    __slots__ = ("_held",)

    def __init__(self, mapping: Mapping[Key, Value]) -> None:
        self._held = dict(mapping)

    def __getitem__(self, key: Key) -> Value:
        return self._held[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(self._held)


def frozen[Key, Value](mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """The same entries, closed against change."""
    return Frozen(mapping)
