"""A version's frozen content in the reader's language, ready for a template."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.catalogue.models import Emotion
from zhuoyue.kit.bilingual import in_language
from zhuoyue.schemes.difference import HEAD, FieldChange, ItemChange, difference
from zhuoyue.schemes.models import Card
from zhuoyue.schemes.queries import measure_title


def words(pair: Mapping[str, str] | str | None) -> str:
    if pair is None or isinstance(pair, str):
        return pair or ""
    return in_language(pair.get("zh", ""), pair.get("en", ""))


def emotion(code: str) -> str:
    return str(Emotion(code).label) if code else ""


@dataclass(frozen=True)
class PointText:
    title: str
    promise: str
    standard: str
    emotion: str
    department: str


@dataclass(frozen=True)
class StageText:
    title: str
    emotion: str
    touchpoints: list[PointText]


@dataclass(frozen=True)
class Readable:
    """The whole of a content."""

    title: str
    recipient: str
    service: str
    owner: str
    stages: list[StageText]
    elements: list[Mapping[str, Any]]
    cards: list[tuple[str, list[str]]]
    trace: list[str]


def readable(content: Mapping[str, Any]) -> Readable:
    points = defaultdict(list)
    for point in content["touchpoints"]:
        points[point["stage"]].append(
            PointText(
                words(point["title"]),
                point["promise"],
                words(point["standard"]),
                emotion(point["emotion"]),
                words(point["department"]),
            )
        )
    return Readable(
        title=content["title"],
        recipient=content["recipient"],
        service=words(content["service"]),
        owner=content["owner"],
        stages=[
            StageText(s["title"], emotion(s["emotion"]), points[s["id"]]) for s in content["stages"]
        ],
        elements=content["elements"],
        cards=[
            (str(label), texts)
            for value, label in Card.Type.choices
            if (texts := [c["text"] for c in content["cards"] if c["type"] == value])
        ],
        trace=[trace_text(content, link) for link in content["trace"]],
    )


def title_in(content: Mapping[str, Any], section: str, id: int | None) -> str:
    return next((words(item["title"]) for item in content[section] if item["id"] == id), "")


def trace_text(content: Mapping[str, Any], link: Mapping[str, Any]) -> str:
    steps = (
        link["need"],
        title_in(content, "elements", link["element"]),
        title_in(content, "touchpoints", link["touchpoint"]),
        measure_title(link["measure"]),
    )
    return " → ".join(step or "…" for step in steps)


# -- differences -----------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeText:
    """One change between two versions, in words."""

    section: str
    what: str
    tone: str
    title: str
    fields: list[tuple[str, str, str]]


def section_names() -> dict[str, str]:
    return {
        "head": _("Scheme"),
        "cards": _("Cards"),
        "stages": _("Journey stages"),
        "touchpoints": _("Touchpoints"),
        "elements": _("Design elements"),
        "trace": _("Trace"),
    }


def field_names() -> dict[str, str]:
    return {
        "title": _("title"),
        "recipient": _("recipient"),
        "service": _("service"),
        "owner": _("owner"),
        "type": _("type of card"),
        "text": _("text"),
        "order": _("order"),
        "emotion": _("intended emotion"),
        "stage": _("stage"),
        "promise": _("promise"),
        "standard": _("service standard"),
        "department": _("department responsible"),
        "description": _("description"),
        "individual": _("individual"),
        "need": _("need"),
        "element": _("design element"),
        "touchpoint": _("touchpoint"),
        "measure": _("measure"),
    }


def change_texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[ChangeText]:
    """The difference of two contents, readable."""
    sections, kinds = (
        section_names(),
        {
            "added": (_("added"), "good"),
            "removed": (_("removed"), "bad"),
            "changed": (_("changed"), "info"),
        },
    )
    found = []
    for change in difference(old, new):
        content = old if change.what == "removed" else new
        what, tone = kinds[change.what]
        fields = [field_text(f, old, new) for f in change.fields]
        title = item_title(change, content)
        found.append(ChangeText(sections[change.section], what, tone, title, fields))
    return found


def item_title(change: ItemChange, content: Mapping[str, Any]) -> str:
    item = change.item
    if change.section == "trace":
        return trace_text(content, item)
    if change.section == "cards":
        return f"{Card.Type(item['type']).label}：{item['text']}"
    return words(item["title"])


def field_text(
    change: FieldChange, old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[str, str, str]:
    return (
        field_names().get(change.field, change.field),
        value_text(change.field, change.old, old),
        value_text(change.field, change.new, new),
    )


PARTS_OF = {"stage": "stages", "element": "elements", "touchpoint": "touchpoints"}


def value_text(field: str, value: Any, content: Mapping[str, Any]) -> str:
    """A value of a content as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field == "emotion":
        return emotion(value)
    if field == "type":
        return str(Card.Type(value).label)
    if field == "measure":
        return measure_title(value)
    if field in PARTS_OF:
        return title_in(content, PARTS_OF[field], value)
    return words(value) if field in HEAD or isinstance(value, dict) else str(value)
