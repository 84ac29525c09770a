"""Text files as people save them: UTF-8, the Chinese GB18030, UTF-16, or UTF-32 with its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from pathlib import Path

MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARKS_OF_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
ENCODINGS = ("utf-8-sig", "gb18030")


def read_text(place: Path) -> str:
    """The text of a file, whichever of the usual encodings it is in."""
    raw = place.read_bytes()
    for encoding in _likely(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AnalysisError("file_encoding", file=place.name)


def _likely(raw: bytes) -> tuple[str, ...]:
    """Encodings to try. Without its mark UTF-16 shows by the empty halves of its signs."""
    if raw[:4] in MARKS_OF_UTF_32:
        return ("utf-32",)
    if raw[:2] in MARKS_OF_UTF_16:
        return ("utf-16",)
    head = raw[:1000]
    for encoding, empty in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 1 and empty.count(0) > len(empty) / 2:
            return (encoding,)
    return ENCODINGS
