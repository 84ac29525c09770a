"""Tables of results: closed against change, made when looked at, fit to be kept."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping

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


@pytest.mark.parametrize("make", [frozen, lambda held: late(lambda: held)])
def test_a_mistyped_name_is_told_with_those_there_are(
    make: Callable[[dict[str, int]], Mapping[str, int]],
) -> None:
    found = make({"Quality": 1, "Value": 2})
    with pytest.raises(KeyError, match="'quality' is not among 'Quality', 'Value'"):
        found["quality"]
    assert "quality" not in found and "Value" in found
    assert found.get("quality") is None
    with pytest.raises(KeyError, match="nothing is in here"):
        make({})["Quality"]
    with pytest.raises(KeyError, match="'19', …"):
        make({str(k): k for k in range(30)})["x"]
