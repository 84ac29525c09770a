"""Mappings that cannot be changed by accident, yet can be pickled, cached and compared."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from itertools import islice
from typing import Any

SHOWN = 20  # names that stand there, where one was asked for that does not


def _unknown(key: object, held: Mapping[Any, object]) -> str:
    """What a mistyped name meets: those that there are."""
    known = ", ".join(repr(each) for each in islice(held, SHOWN))
    more = ", …" if len(held) > SHOWN else ""
    return f"{key!r} is not among {known}{more}" if known else f"{key!r}: nothing is in here"


class Frozen[Key, Value](Mapping[Key, Value]):
    """A closed copy of a dictionary (types.MappingProxyType would not survive pickling)."""

    __slots__ = ("_held",)

    def __init__(self, mapping: Mapping[Key, Value]) -> None:
        self._held = dict(mapping)

    def __getitem__(self, key: Key) -> Value:
        try:
            return self._held[key]
        except KeyError:
            raise KeyError(_unknown(key, self._held)) from None

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    # views of a dictionary are closed too, and quicker than those that a Mapping makes
    def keys(self) -> KeysView[Key]:
        return self._held.keys()

    def values(self) -> ValuesView[Value]:
        return self._held.values()

    def items(self) -> ItemsView[Key, Value]:
        return self._held.items()

    def __repr__(self) -> str:
        return repr(self._held)


class Late[Key, Value](Mapping[Key, Value]):
    """A mapping made when it is first looked at: many readers of a result want few of its tables.

    Whoever makes it must not depend on anything that can change; two threads that look at once
    make it twice, alike.
    """

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Mapping[Key, Value]]) -> None:
        self._make: Callable[[], Mapping[Key, Value]] | None = make
        self._found: Mapping[Key, Value] | None = None

    def _held(self) -> Mapping[Key, Value]:
        make = self._make
        if self._found is None and make is not None:
            self._found = make()
            self._make = None  # with it goes what the table was made from
        assert self._found is not None
        return self._found

    def __getitem__(self, key: Key) -> Value:
        found = self._held()
        try:
            return found[key]
        except KeyError:
            raise KeyError(_unknown(key, found)) from None

    def __contains__(self, key: object) -> bool:
        return key in self._held()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held())

    def __len__(self) -> int:
        return len(self._held())

    def __repr__(self) -> str:
        return repr(self._held())

    def __reduce__(self) -> tuple[type[Frozen[Key, Value]], tuple[dict[Key, Value]]]:
        return Frozen, (dict(self._held()),)


def frozen[Key, Value](mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """The same entries, closed against change."""
    return Frozen(mapping)


def late[Key, Value](make: Callable[[], Mapping[Key, Value]]) -> Mapping[Key, Value]:
    """The entries that `make` returns, made when they are first looked at."""
    return Late(make)
