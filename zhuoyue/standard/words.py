"""Codes of the standard's data in words."""

from django.utils.translation import gettext as _


def kind_word(kind: str) -> str:
    words = {
        "clause": _("clause"),
        "row": _("row of a clause"),
        "concept": _("concept"),
        "practice": _("practice"),
        "measure": _("measure"),
        "term": _("term"),
    }
    return words.get(kind, kind)


def modality_word(code: str) -> str:
    words = {
        "should": _("recommends (“should”)"),
        "statement": _("states"),
        "ensure": _("asks to ensure"),
    }
    return words.get(code, code)


def class_word(code: str) -> str:
    words = {
        "input": _("input"),
        "throughput": _("throughput"),
        "output": _("output"),
        "outcome": _("outcome"),
    }
    return words.get(code, code)


def level_word(code: str) -> str:
    words = {
        "operational": _("operational"),
        "tactical": _("tactical"),
        "strategic": _("strategic"),
    }
    return words.get(code, code)


def unit_word(code: str) -> str:
    words = {
        "percent": "%",
        "days": _("days"),
        "hours": _("hours"),
        "score": _("score"),
        "ratio": _("ratio"),
        "count": _("count"),
    }
    return words.get(code, code)


def direction_word(code: str) -> str:
    words = {
        "up": _("more is better"),
        "down": _("less is better"),
        "target": _("closest to the target is best"),
    }
    return words.get(code, code)


def confidence_word(code: str | None) -> str:
    """How likely the missing page has a practice of the kind rebuilt."""
    words = {
        "H": _("very likely printed (80 % or more)"),
        "M": _("likely printed (50–80 %)"),
        "L": _("perhaps printed (25–50 %)"),
    }
    return words.get(code or "", "")


def source_word(code: str) -> str:
    """What a practice rests on."""
    words = {
        "S": _("the printed copy"),
        "K": _("recalled from CEN/TS 16880 and ISO 23592"),
        "N": _("the nine building blocks of a Dutch foundation"),
        "INK": _("assessment questions of a Dutch institute"),
        "DIN": "DIN SPEC 77224",
        "T": _("a published audit method (TÜV SÜD)"),
        "P": _("overview of ISO/TR 7179"),
        "D": _("contents of ISO/TS 24082"),
        "H": _("published hotel practice"),
    }
    return words.get(code, code)
