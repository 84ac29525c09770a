"""Text files as people save them: UTF-8, the Chinese GB18030, or UTF-16 with its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from pathlib import Path

MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ENCODINGS = ("utf-8-sig", "gb18030")


def read_text(place: Path) -> str:
    """The text of a file, whichever of the usual encodings it is in."""
    raw = place.read_bytes()
    for encoding in ("utf-16",) if raw[:2] in MARKS_OF_UTF_16 else ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AnalysisError("file_encoding", file=place.name)
