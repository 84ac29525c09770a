"""How far long work has come, on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """A bar on the terminal; nothing where the output is no terminal."""
    shown = sys.stderr.isatty()

    def report(share: float) -> None:
        if shown:
            filled = int(share * 30)
            bar = "█" * filled + "·" * (30 - filled)
            print(f"\r{label} {bar} {share:4.0%}", end="", file=sys.stderr, flush=True)

    try:
        yield report
        report(1.0)
    finally:
        if shown:
            print(file=sys.stderr)  # what is said next, an error too, begins a line
