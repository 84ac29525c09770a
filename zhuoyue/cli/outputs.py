"""Files that a command writes: looked at before the work, and there whole or not at all."""

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path


class BadOutput(Exception):
    """A file that cannot be written: a code and what it speaks of."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def check_output(path: Path, inputs: Collection[Path]) -> None:
    """Refuse at the start what could not be written at the end."""
    try:
        if path.is_dir():
            raise BadOutput("output_is_folder", file=path)
        if not path.parent.is_dir():
            raise BadOutput("output_folder_missing", file=path, folder=path.parent)
        for taken in inputs:
            if path.exists() and taken.exists() and path.samefile(taken):
                raise BadOutput("output_is_input", file=path)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise BadOutput("output_unwritable", file=path, reason=os.strerror(13))
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Every file beside its place first, then all into their places."""
    ready: list[tuple[Path, Path]] = []
    place = Path()
    try:
        for place, content in contents.items():
            if place.exists() and not place.is_file():
                place.write_bytes(content)  # a device or a pipe has no neighbour to come from
                continue
            target = place.resolve()  # a link stays a link
            beside = target.with_name(f".{target.name}.{os.getpid()}.part")
            ready.append((beside, target))
            beside.write_bytes(content)
        for beside, target in ready:
            place = target
            os.replace(beside, target)
    except (OSError, ValueError) as error:
        raise unwritable(place, error) from error
    finally:
        for beside, _target in ready:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def show(lines: Iterable[str]) -> None:
    """Lines on the output; a reader that has seen enough (`| head`) is no error."""
    try:
        print("\n".join(lines), flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is tried again
        if not isinstance(error, BrokenPipeError):
            raise unwritable(Path("stdout"), error) from error


def unwritable(path: Path, error: Exception) -> BadOutput:
    reason = getattr(error, "strerror", None) or str(error)
    return BadOutput("output_unwritable", file=path, reason=reason)
