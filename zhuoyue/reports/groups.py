"""Groups of answers side by side: paths and indices, each with its n and its interval."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.analysis_words import say, say_caution
from zhuoyue.kit.documents import Block, Heading, Note, Table
from zhuoyue.reports.figures import interval, interval_head, number
from zhuoyue.studies.words import listed

Results = Mapping[str, Mapping[str, Any]]

SAID_BEFORE = {"associations_only", "scale_assumed", "rows_ungrouped"}


def groups(asked: Mapping[str, Any], language: str) -> Iterator[Block]:
    """`asked` is the part `groups` of a result: a column, a result for each of its values, and
    comparisons of these."""
    results: Results = asked["results"]
    yield Heading(_("Groups by “%(column)s”") % {"column": asked["column"]})
    if asked["rows_without_group"]:
        yield Note(
            _("%(count)d rows name no group and are in none.")
            % {"count": asked["rows_without_group"]}
        )
    yield from not_shown(asked, language)
    if results:
        yield paths(results)
        yield indices(results)
    told: set[str] = set()
    for found in asked["comparisons"]:
        yield from comparison(found, language, told)


def not_shown(asked: Mapping[str, Any], language: str) -> Iterator[Note]:
    """Groups that a study left out or could not estimate; the command line has none of them."""
    left_out = asked.get("left_out")
    if left_out:
        told = [f"{name} (n = {n})" for name, n in left_out.items()]
        words = _(
            "Not compared, because they are too small or because there are larger ones enough:"
        )
        yield Note(words + " " + listed(told), "caution")
    for name, error in asked.get("refused", {}).items():
        yield Note(f"{name}: {say(error['code'], error['params'], language)}", "caution")


def paths(results: Results) -> Table:
    first = next(iter(results.values()))
    rows = []
    for place, path in enumerate(first["paths"]):
        for name, result in results.items():
            found = result["paths"][place]
            names = [path["from"], path["to"], name]
            rows.append([*names, number(found["estimate"]), interval(found), str(result["n"])])
    return compared(_("Paths by group"), [_("from"), _("to"), _("group"), _("estimate")], rows)


def indices(results: Results) -> Table:
    first = next(iter(results.values()))
    rows = []
    for construct in first["index"]:
        for name, result in results.items():
            spread = result.get("spread", {}).get("index", {}).get(construct, {})
            value = number(result["index"][construct], 1)
            rows.append([construct, name, value, interval(spread, 1), str(result["n"])])
    return compared(_("Indices by group"), [_("construct"), _("group"), _("index")], rows)


def compared(caption: str, head: list[str], rows: list[list[str]]) -> Table:
    """Rows that end in a figure, its interval and n; the intervals only where there are any."""
    if any(row[-2] for row in rows):
        columns = [*head, interval_head(), "n"]
    else:
        columns, rows = [*head, "n"], [[*row[:-2], row[-1]] for row in rows]
    return Table(caption, columns, rows, frozenset(range(len(head) - 1, len(columns))))


def comparison(found: Mapping[str, Any], language: str, told: set[str]) -> Iterator[Block]:
    """Two groups held against each other: whether they may be, and what differs.

    Cautions already `told` with the groups before are not told again.
    """
    first, second = found["groups"]
    yield Heading(_("%(first)s and %(second)s compared") % {"first": first, "second": second}, 2)
    if "refused" in found:
        refused = found["refused"]
        yield Note(say(refused["code"], refused["params"], language), "caution")
        return
    yield Note(
        _(
            "Differences are %(first)s − %(second)s. The interval of chance is where a difference "
            "lies if the groups are alike: %(count)d permutations, %(failed)d failed, "
            "seed %(seed)d."
        )
        % {
            "first": first,
            "second": second,
            "count": found["permutations"],
            "failed": sum(found["permutations_failed"].values()),
            "seed": found["seed"],
        }
    )
    yield invariance(found)
    paths_found = [[f"{e['from']} → {e['to']}", *contrast(e)] for e in found["paths"]]
    for row, effect in zip(paths_found, found["paths"], strict=True):
        row.append("" if effect["comparable"] else _("not comparable"))
    yield contrasts(found, _("Differences of paths"), _("path"), paths_found)
    indices_found = [[name, *contrast(each, 1), ""] for name, each in found["index"].items()]
    yield contrasts(found, _("Differences of indices"), _("construct"), indices_found)
    for each in found["cautions"]:
        sentence = say_caution(each, language)
        if each["code"] not in SAID_BEFORE and sentence not in told:
            told.add(sentence)
            yield Note(sentence, "caution")


def invariance(found: Mapping[str, Any]) -> Table:
    words = {"none": _("none"), "partial": _("partial"), "full": _("full")}
    rows = [
        [
            name,
            number(each["correlation"], 4),
            number(each["limit"], 4),
            number(each["mean"]["difference"]),
            number(each["log_variance"]["difference"]),
            words[each["verdict"]],
        ]
        for name, each in found["invariance"].items()
    ]
    head = [_("construct"), _("composition c"), _("limit"), _("means differ by")]
    head += [_("log variances differ by"), _("invariance")]
    caption = _("Do the constructs mean the same in both groups? (MICOM)")
    return Table(caption, head, rows, frozenset(range(1, 5)))


def contrast(each: Mapping[str, Any], digits: int = 3) -> list[str]:
    low, high = each["chance"]
    values = [number(each[key], digits) for key in ("first", "second", "difference")]
    return [*values, f"{low:.{digits}f} – {high:.{digits}f}", number(each["p"])]


def contrasts(found: Mapping[str, Any], caption: str, what: str, rows: list[list[str]]) -> Table:
    """Contrasts by name; the last column only where something stands in it."""
    head = [what, *found["groups"], _("difference"), _("chance"), "p", _("comparable")]
    if not any(row[-1] for row in rows):
        head, rows = head[:-1], [row[:-1] for row in rows]
    return Table(caption, head, rows, frozenset(range(1, 6)))
