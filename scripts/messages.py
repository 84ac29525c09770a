"""Gather translatable texts of every room into its own catalogue, and check them.

python scripts/messages.py          add what is new, drop what is gone
python scripts/messages.py --check  only tell what is missing, with exit status 1
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract

PACKAGE = Path(__file__).resolve().parent.parent / "zhuoyue"
KEYWORDS = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "lazy", "gettext_noop", "pgettext", "pgettext_lazy")
) | {"ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def rooms() -> list[Path]:
    return sorted(p for p in PACKAGE.iterdir() if (p / "__init__.py").exists())


def texts_of(room: Path) -> Iterator[tuple[str, str, str]]:
    """Every (text, plural, place) that a room wants translated."""
    for file in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if {"tests", "migrations", "static", "dist"} & set(file.parts):
            continue
        source = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            if "templates" not in file.parts:
                continue
            source = templatize(source)
        for _line, message, _comments, _context in extract(
            "python", io.BytesIO(source.encode()), KEYWORDS
        ):
            singular, plural = message[:2] if isinstance(message, tuple) else (message, "")
            if singular:
                yield singular, plural or "", str(file.relative_to(PACKAGE.parent))


def templatize(source: str) -> str:
    """A template as Python that calls gettext, one call a line."""
    from django.utils.translation.template import templatize as django_templatize

    calls = re.findall(
        r"""\b(n?gettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")(?:,\s*(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"))?""",
        django_templatize(source),
    )
    lines = []
    for name, first, second in calls:
        call = f"{name}({first.lstrip('u')}"
        lines.append(call + (f", {second.lstrip('u')}, n)" if second else ")"))
    return "\n".join(lines)


def catalogue(room: Path) -> Path:
    return room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def update(room: Path) -> list[str]:
    """Bring a room's catalogue up to date; what still lacks a translation."""
    path = catalogue(room)
    wanted: dict[str, tuple[str, set[str]]] = {}
    for text, plural, place in texts_of(room):
        wanted.setdefault(text, (plural, set()))[1].add(place)
    if not wanted and not path.exists():
        return []
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Language": "zh_Hans",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for text, (plural, places) in sorted(wanted.items()):
        entry = known.get(text) or polib.POEntry(msgid=text)
        entry.occurrences = [(place, "") for place in sorted(places)]
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
            entry.msgstr = ""
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return problems_of(room)


def problems_of(room: Path) -> list[str]:
    """Texts without translation, fuzzy ones, and placeholders that differ."""
    path = catalogue(room)
    found = []
    known = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    for text, _plural, place in texts_of(room):
        entry = known.get(text)
        given = (entry.msgstr or entry.msgstr_plural.get(0, "")) if entry else ""
        if not given or (entry is not None and "fuzzy" in entry.flags):
            found.append(f"{place}: {text!r} has no Chinese")
        elif not set(PLACEHOLDER.findall(given)) <= set(PLACEHOLDER.findall(text + _plural)):
            found.append(f"{place}: {text!r} has other placeholders in Chinese: {given!r}")
    return found


def main() -> int:
    check = "--check" in sys.argv
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    chosen = [room for room in rooms() if not only or room.name in only]
    found = [p for room in chosen for p in (problems_of(room) if check else update(room))]
    print("\n".join(dict.fromkeys(found)) or "all texts are translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
