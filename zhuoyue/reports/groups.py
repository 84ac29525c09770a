"""Groups of answers side by side: paths and indices, each with its n and its interval."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.documents import Block, Heading, Note, Table
from zhuoyue.reports.figures import interval, interval_head, number

Results = Mapping[str, Mapping[str, Any]]


def groups(asked: Mapping[str, Any]) -> Iterator[Block]:
    """`asked` is the part `groups` of a result: a column, and a result for each of its values."""
    results: Results = asked["results"]
    yield Heading(_("Groups by “%(column)s”") % {"column": asked["column"]})
    if asked["rows_without_group"]:
        yield Note(
            _("%(count)d rows name no group and are in none.")
            % {"count": asked["rows_without_group"]}
        )
    yield paths(results)
    yield indices(results)


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
