"""What the choices of the library are called, on forms, pages and in reports."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

WORDS: Mapping[tuple[str, str], Promise] = {
    ("items", "standardised"): lazy("standardised"),
    ("items", "centred"): lazy("only centred"),
    ("scheme", "path"): lazy("path weighting"),
    ("scheme", "factorial"): lazy("factorial"),
    ("scheme", "centroid"): lazy("centroid"),
    ("missing", "listwise"): lazy("rows with a gap are left out"),
    ("missing", "mean"): lazy("replaced by the item's mean"),
    ("missing", "pairwise"): lazy("pairs of answers at hand"),
    ("interval", "percentile"): lazy("percentile bootstrap"),
    ("interval", "bca"): lazy("BCa bootstrap"),
    ("interval", "t"): lazy("t intervals from bootstrap standard errors"),
}


def words_of(setting: str, value: str) -> str:
    """A choice of the library in the reader's language; an unknown one as it is."""
    return str(WORDS.get((setting, value), value))


def choices_of(setting: str, kind: Iterable[StrEnum]) -> list[tuple[str, Promise]]:
    """The choices of a form field."""
    return [(each.value, WORDS[setting, each.value]) for each in kind]


def listed(names: Iterable[str]) -> str:
    return _(", ").join(names)


def intervals_in_words(result: Mapping[str, Any]) -> str:
    if not result.get("replicates"):
        return _("none: no replicates were drawn")
    return _("%(kind)s, %(count)d replicates, %(failed)d failed, seed %(seed)s") % {
        "kind": words_of("interval", result["interval"]),
        "count": result["replicates"],
        "failed": sum(result["replicates_failed"].values()),
        "seed": result["seed"],
    }
