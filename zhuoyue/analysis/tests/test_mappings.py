"""Tables of results: closed against change, made when looked at, fit to be kept."""

from __future__ import annotations

import pickle

import pytest

from zhuoyue.analysis.mappings import frozen, late


def test_tables_made_late_are_those_made_at_once() -> None:
    made: list[int] = []

    def table() -> dict[str, float]:
        made.append(1)
        return {"a": 1.0, "b": 2.0}

    found = late(table)
    assert not made
    assert found == frozen({"a": 1.0, "b": 2.0})
    assert pickle.loads(pickle.dumps(found)) == found
    assert repr(found) == repr(frozen({"a": 1.0, "b": 2.0}))
    assert made == [1]
    with pytest.raises(TypeError):
        found["a"] = 3.0  # type: ignore[index]  # what a careless reader might try
