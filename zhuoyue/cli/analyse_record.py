"""The JSON that `zhuoyue analyse` writes: docs/methods/analysis-result.schema.json."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def record_of(found: Any, answers: Path, model: Path) -> dict[str, Any]:
    """The library's record and the files it was made from."""
    return {
        "source": {
            "answers": answers.name,
            "sha256": digest(answers),
            "model": model.name,
        },
        **result_of(found),
    }


def result_of(found: Any) -> dict[str, Any]:
    """The library's record with the drivers of every target.

    HTMT stands under both names of a pair: a reader need not know their order.
    """
    from zhuoyue.analysis import driver_rankings

    record: dict[str, Any] = found.to_dict()
    drivers = {target: each.to_dict() for target, each in driver_rankings(found).items()}
    return {"seed": None, **record, "htmt": both_ways(record["htmt"]), "drivers": drivers}


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def both_ways(triangle: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    full: dict[str, dict[str, Any]] = {name: {} for name in triangle}
    for name, others in triangle.items():
        for other, ratio in others.items():
            full.setdefault(name, {})[other] = ratio
            full.setdefault(other, {})[name] = ratio
    return full


def as_json(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2)
    return (text + "\n").encode("utf-8")
