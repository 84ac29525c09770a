"""Answers by group: which rows belong to which, and what is told of each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.analyse_tables import Record, Tables, number, span
from zhuoyue.cli.outputs import BadOutput
from zhuoyue.cli.text_tables import clean
from zhuoyue.kit.analysis_words import say_caution

if TYPE_CHECKING:
    from zhuoyue.analysis import Table

MOST_GROUPS = 20  # more are numbers or names, not groups
SAID_ONCE = {"associations_only"}  # true of every group alike


def rows_by_group(
    table: "Table", column: str, missing_codes: Collection[str]
) -> dict[str, list[int]]:
    """Row numbers of every group, by name; rows that say nothing are in none."""
    from zhuoyue.analysis.sources import NO_ANSWER

    if column not in table.columns:
        raise BadOutput("group_unknown", column=column, known=", ".join(table.names))
    absent = {*NO_ANSWER, "None", *missing_codes}
    rows: dict[str, list[int]] = {}
    for row, cell in enumerate(table.columns[column]):
        name = label_of(cell)
        if name not in absent:
            rows.setdefault(name, []).append(row)
    if len(rows) < 2:
        raise BadOutput("groups_too_few", column=column, names=", ".join(rows) or "–")
    if len(rows) > MOST_GROUPS:
        raise BadOutput("groups_too_many", column=column, count=len(rows), most=MOST_GROUPS)
    return dict(sorted(rows.items()))


def label_of(cell: Any) -> str:
    """A group as people write it: 1, not the 1.0 that a spreadsheet makes of it."""
    text = str(cell).strip()
    return text.removesuffix(".0") if hasattr(cell, "is_integer") else text


@dataclass(frozen=True)
class GroupTables(Tables):
    """Groups side by side, `result` being that of all answers."""

    def lines(self) -> Iterator[str]:
        column = clean(self.result["groups"]["column"])
        yield ""
        yield self.word("groups_head", column=column)
        yield from self.by_group()

    def by_group(self) -> Iterator[str]:
        results: Record = self.result["groups"]["results"]
        has_intervals = all("spread" in each for each in results.values())
        yield from self.group_paths(results, has_intervals)
        yield from self.group_indices(results, has_intervals)
        yield from self.group_cautions(results)

    def group_paths(self, results: Record, has_intervals: bool) -> Iterator[str]:
        head = [self.word(k) for k in ("from", "to", "group", "estimate")]
        rows = []
        for place, path in enumerate(self.result["paths"]):
            for name, each in results.items():
                found = each["paths"][place]
                row = [path["from"], path["to"], name, number(found["estimate"])]
                rows.append([*row, span(found), each["n"]] if has_intervals else [*row, each["n"]])
        head += [self.interval_head()] if has_intervals else []
        return self.table(self.word("paths"), [*head, "n"], rows, 3)

    def group_indices(self, results: Record, has_intervals: bool) -> Iterator[str]:
        head = [self.word(k) for k in ("construct", "group", "index_value")]
        rows = []
        for construct in self.result["index"]:
            for name, each in results.items():
                row = [construct, name, number(each["index"][construct], 1)]
                if has_intervals:
                    row.append(span(each["spread"]["index"][construct], 1))
                rows.append([*row, each["n"]])
        head += [self.interval_head()] if has_intervals else []
        return self.table(self.word("index"), [*head, "n"], rows, 2)

    def group_cautions(self, results: Record) -> Iterator[str]:
        left = self.result["groups"]["rows_without_group"]
        found = [(n, c) for n, e in results.items() for c in e["cautions"]]
        told = [(name, c) for name, c in found if c["code"] not in SAID_ONCE]
        if told or left:
            yield ""
            yield self.word("group_cautions")
        if left:
            yield f"  [rows_without_group] {self.word('rows_without_group', count=left)}"
        for name, caution in told:
            sentence = clean(say_caution(caution, self.language))
            yield f"  [{caution['code']}] {clean(name)}: {sentence}"
