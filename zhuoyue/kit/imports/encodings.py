"""Which encoding a text file is in: found by reading it whole, never guessed from its start."""

import codecs
from pathlib import Path

CHUNK = 1 << 20
# Nearly every character of Chinese business text is in GB 2312. Western text in a one-byte encoding
# also decodes as GB18030, but into rare characters outside it.
PLAUSIBLE = 0.7


def encoding_of(path: Path) -> str | None:
    """utf-8, utf-8-sig, utf-16, gb18030; None when it is none of them, or not text at all."""
    with path.open("rb") as content:
        head = content.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(path, "utf-16") else None
    utf8 = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    if _decodes(path, utf8):
        return utf8
    return "gb18030" if _decodes(path, "gb18030") else None


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    common = others = 0
    with path.open("rb") as content:
        while True:
            chunk = content.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                return False
            if encoding == "gb18030":
                wide = [c for c in text if c > "\x7f"]
                known = sum(1 for c in wide if _is_common(c))
                common, others = common + known, others + len(wide) - known
            if not chunk:
                break
    return common >= PLAUSIBLE * (common + others)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
