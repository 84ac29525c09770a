"""YAML as people mean it: decimal numbers, times as texts, every key once, an end to everything.

By the letter of YAML 1.1, 010 is eight, 1:30 is ninety, 1_000 a thousand, and of two equal keys
the first is forgotten.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.packages import package

REPEATED = 1_000_000  # parts that aliases may repeat; a few lines can ask for billions
DIGITS = 300  # of a whole number; with more it stays a text, which is no number of any option
_INT, _FLOAT, _TIME = (f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp"))
_WHOLE = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_DECIMAL = re.compile(
    r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$"
    r"|^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$"
)


def yaml_values(text: str, file: str) -> Any:
    """What the text says, as dicts, lists, texts, numbers, booleans and None."""
    yaml = package("yaml", "YAML", "PyYAML")
    try:
        loader = _loader()(text)
        node = loader.get_single_node()
        if node is None:
            return None
        sizes: dict[int, int] = {}
        _size(node, file, sizes)
        if sizes[id(node)] - len(sizes) > REPEATED:
            raise yaml.YAMLError("its aliases repeat too much")
        return loader.construct_document(node)
    except AnalysisError:
        raise
    except RecursionError:
        reason = "too deep"
    except (yaml.YAMLError, ValueError, LookupError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200]  # what a tag promises and the value is not
    raise AnalysisError("file_unreadable", file=file, kind="YAML", reason=reason)


@cache
def _loader() -> Any:
    yaml = package("yaml", "YAML", "PyYAML")
    kind: Any = type("PlainLoader", (yaml.SafeLoader,), {})
    kind.yaml_implicit_resolvers = {
        first: [each for each in known if each[0] not in {_INT, _FLOAT, _TIME}]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    kind.add_implicit_resolver(_INT, _WHOLE, list("-+0123456789"))
    kind.add_implicit_resolver(_FLOAT, _DECIMAL, list("-+0123456789."))
    kind.add_constructor(_INT, _whole)
    return kind


def _whole(loader: Any, node: Any) -> int | str:
    text = str(loader.construct_scalar(node))
    return text if len(text) > DIGITS else int(text)


def _size(node: Any, file: str, sizes: dict[int, int]) -> int:
    """How many parts there are with all aliases written out; a key given twice is an error."""
    known = sizes.get(id(node))
    if known == 0:
        raise ValueError("a part holds itself")
    if known is not None:
        return known
    if node.id == "scalar":
        sizes[id(node)] = 1
        return 1
    sizes[id(node)] = 0  # while its parts are counted
    found = 1
    seen: set[str] = set()
    for part in node.value:
        if node.id == "sequence":
            found += _size(part, file, sizes)
            continue
        key, value = part
        if key.id == "scalar":
            if key.value in seen:
                line = key.start_mark.line + 1
                raise AnalysisError("text_key_twice", at=(file, line), key=key.value)
            seen.add(key.value)
        found += _size(key, file, sizes) + _size(value, file, sizes)
    sizes[id(node)] = found
    return found
