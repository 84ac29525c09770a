"""Collect the texts to translate into each room's catalogue, and check them, without xgettext.

python scripts/messages.py [room ...]          add what is new, drop what is gone
python scripts/messages.py --check [room ...]  only tell what is wrong, with exit status 1

English is the language of the sources; a catalogue is zhuoyue/<room>/locale/zh_Hans/….
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "zhuoyue"
METADATA = {
    "Language": "zh_Hans",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LEFT_OUT = {"tests", "migrations", "static"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass
class Message:
    """One text of the sources: its context, its plural if it has one, and where it stands."""

    context: str | None
    text: str
    plural: str | None
    comments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return (self.context, self.text)


def extract_room(room: Path) -> dict[Key, Message]:
    """Collect the texts of one room, sorted, so that two branches seldom touch the same lines."""
    found: dict[Key, Message] = {}
    templates = (path for path in room.rglob("templates/**/*") if path.suffix in {".html", ".txt"})
    for path in sorted([*room.rglob("*.py"), *templates]):
        if LEFT_OUT.intersection(path.relative_to(room).parts):
            continue
        for message in extract_file(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.comments += [each for each in message.comments if each not in known.comments]
            place = str(path.relative_to(room.parent.parent))
            if place not in known.places:
                known.places.append(place)
    return dict(sorted(found.items(), key=lambda item: (item[0][1], item[0][0] or "")))


def extract_file(path: Path) -> Iterator[Message]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django turns a template into calls amid filler; indentation would confuse a Python reader.
        code = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in code.splitlines())
    calls = extract_python(io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {})
    for _line, function, arguments, comments in calls:
        message = from_call(str(function), arguments)
        if message is not None:
            message.comments = [str(comment) for comment in comments or ()]
            yield message


def from_call(function: str, arguments: object) -> Message | None:
    """Read the arguments of one gettext call; a call without a literal text says nothing."""
    given = arguments if isinstance(arguments, tuple | list) else [arguments]
    texts = [each if isinstance(each, str) else None for each in given]
    context = texts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
    plural = texts[1] if function.startswith(("ngettext", "npgettext")) else None
    return Message(context, texts[0], plural) if texts and texts[0] else None


def merge(known: polib.POFile, messages: dict[Key, Message]) -> polib.POFile:
    """Lay the texts of the sources over a catalogue, keeping its translations."""
    translated: dict[Key, polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in known if not entry.obsolete
    }
    merged = polib.POFile(wrapwidth=100)
    merged.metadata = METADATA
    for message in messages.values():
        merged.append(entry_for(message, translated.get(message.key)))
    return merged


def entry_for(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.text,
        comment="\n".join(message.comments),
        tcomment=old.tcomment if old else "",
        occurrences=[(place, "") for place in message.places],  # no line numbers: less to merge
        flags=[flag for flag in (old.flags if old else []) if flag == "fuzzy"],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = (old.msgstr_plural if old else None) or {0: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def problems(known: polib.POFile, messages: dict[Key, Message]) -> Iterator[str]:
    """Name every text that is missing, left over, untranslated, doubtful or ill-formed."""
    present = {(entry.msgctxt, entry.msgid) for entry in known}
    for key, message in messages.items():
        if key not in present:
            yield f"not collected (make messages): {message.text!r} in {message.places[0]}"
    for entry in known:
        if (entry.msgctxt, entry.msgid) not in messages or entry.obsolete:
            yield f"no longer in the sources (make messages): {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        elif not same_placeholders(entry):
            yield f"placeholders differ: {entry.msgid!r}"


def same_placeholders(entry: polib.POEntry) -> bool:
    """The translation may leave out what only one of singular and plural names, and add nothing."""
    singular = set(PLACEHOLDER.findall(entry.msgid))
    allowed = singular | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    needed = singular if not entry.msgid_plural else set()
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(needed <= set(PLACEHOLDER.findall(text)) <= allowed for text in texts)


def catalogue(room: Path) -> Path:
    return room / "locale/zh_Hans/LC_MESSAGES/django.po"


def load(room: Path) -> polib.POFile:
    path = catalogue(room)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def update(room: Path) -> None:
    """Bring a room's catalogue up to date; a room without texts needs none."""
    messages = extract_room(room)
    path = catalogue(room)
    if messages or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        merge(load(room), messages).save(str(path))


def main(arguments: list[str], package: Path = PACKAGE) -> int:
    only = {argument for argument in arguments if not argument.startswith("-")}
    count = 0
    for room in sorted(path for path in package.iterdir() if path.is_dir()):
        if only and room.name not in only:
            continue
        if "--check" not in arguments:
            update(room)
        for problem in problems(load(room), extract_room(room)):
            print(f"{room.name}: {problem}")
            count += 1
    print(f"译文：{count} 处待改 / Translations: {count} to mend")
    return 1 if count and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
