"""The methods that `zhuoyue method` runs: one module for each, which holds its METHOD."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput

type Words = tuple[str, str]  # zh, en
type Cell = object  # a text, a number, or Words


@dataclass(frozen=True)
class Block:
    """A titled table of the terminal."""

    title: Words
    head: Sequence[Words | str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Method:
    """A method of the library as a command: what it is, what it reads, what it shows."""

    name: str
    line: Words  # what it does, in one line
    run: Callable[["MethodInput"], Any]  # returns a MethodResult
    blocks: Callable[[Any], Iterator[Block]]
    example: str  # a whole input as YAML, which says by comments what is expected


def figures(title: Words, measured: Sequence[tuple[Words, Any]], n: int | None = None) -> Block:
    """Figures with their intervals (anything with value, low and high), one in each row.

    `n` is that of all of them; without it each has its own.
    """
    head: list[Words | str] = [
        ("指标", "figure"),
        ("数值", "value"),
        ("下限", "low"),
        ("上限", "high"),
        "n",
    ]
    rows = [
        [name, each.value, each.low, each.high, each.n if n is None else n]
        for name, each in measured
    ]
    return Block(title, head, rows)


def names() -> list[str]:
    return sorted(each.name.replace("_", "-") for each in iter_modules(__path__))


def method(name: str) -> Method:
    found: Method = import_module(f"{__name__}.{name.replace('-', '_')}").METHOD
    return found
