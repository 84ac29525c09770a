"""The result of an analysis as text for a terminal, from the record of the library."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhuoyue.cli.analyse_words import say_word
from zhuoyue.cli.text_tables import clean, padded, text_table, width
from zhuoyue.kit.analysis_words import say_caution

Record = Mapping[str, Any]
Row = Sequence[object]


def number(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def span(spread: Record, digits: int = 3) -> str:
    low, high = spread.get("ci") or (None, None)
    return "" if low is None or high is None else f"[{low:.{digits}f}, {high:.{digits}f}]"


@dataclass(frozen=True)
class Tables:
    """The parts of one result, in one language."""

    result: Record
    language: str

    def word(self, key: str, **params: object) -> str:
        return say_word(key, self.language, **params)

    @property
    def has_intervals(self) -> bool:
        return "spread" in self.result

    def lines(self) -> Iterator[str]:
        yield from self.facts()
        for effects in ("paths", "total_effects", "indirect_effects"):
            yield from self.effects(effects)
        yield from self.explained()
        yield from self.reliability()
        yield from self.items()
        yield from self.htmt()
        yield from self.index()
        yield from self.map()
        yield from self.cautions()

    def facts(self) -> Iterator[str]:
        r, word = self.result, self.word
        low, high = r["scale"]
        facts = [
            (word("n"), str(r["n"])),
            (word("scale"), f"{low:g} - {high:g}"),
            (word("method"), word("pls")),
            (word("scheme"), word(r["scheme"])),
            (word("prepared"), word(r["items"])),
            (word("missing"), word(r["missing"])),
            (word("intervals"), self.intervals()),
            (word("engine"), r["engine"]),
        ]
        wide = max(width(label) for label, _value in facts)
        for label, value in facts:
            yield f"  {padded(label, wide)}  {clean(value)}"

    def intervals(self) -> str:
        if not self.has_intervals:
            return self.word("intervals_none")
        return self.word(
            "intervals_of",
            kind=self.word(self.result["interval"]),
            replicates=self.result["replicates"],
            failed=sum(self.result["replicates_failed"].values()),
            seed=self.result["seed"],
        )

    def interval_head(self) -> str:
        return self.word("interval", level=100 * self.result["level"])

    def spread(self, *keys: str) -> Record:
        found: Record = self.result.get("spread", {})
        for key in keys:
            found = found.get(key) or {}
        return found

    def table(
        self, title: str, head: Sequence[str], rows: Sequence[Row], names: int
    ) -> Iterator[str]:
        """A titled table whose first columns name things; nothing where there are no rows."""
        if rows:
            yield ""
            yield title
            yield from text_table(head, rows, range(names, len(head)))

    def effects(self, key: str) -> Iterator[str]:
        head = [self.word("from"), self.word("to"), self.word("estimate")]
        rows = [[e["from"], e["to"], number(e["estimate"])] for e in self.result[key]]
        if self.has_intervals:
            head += [self.word("se"), self.word("t"), self.interval_head()]
            for row, e in zip(rows, self.result[key], strict=True):
                row += [number(e["se"]), number(e["t"], 2), span(e)]
        return self.table(self.word(key), head, rows, 2)

    def with_spread(
        self, head: list[str], rows: list[tuple[Row, Record]], at: int, digits: int = 3
    ) -> tuple[list[str], list[Row]]:
        """The interval of the figure before column `at` put behind it."""
        if not self.has_intervals:
            return head, [row for row, _spread in rows]
        return [*head[:at], self.interval_head(), *head[at:]], [
            [*row[:at], span(spread, digits), *row[at:]] for row, spread in rows
        ]

    def explained(self) -> Iterator[str]:
        adjusted = self.result["r2_adjusted"]
        head, rows = self.with_spread(
            [self.word("construct"), "R²", self.word("r2_adjusted")],
            [
                ([name, number(r2), number(adjusted[name])], self.spread("r2", name))
                for name, r2 in self.result["r2"].items()
            ],
            2,
        )
        return self.table(self.word("explained"), head, rows, 1)

    def reliability(self) -> Iterator[str]:
        keys = ("alpha", "alpha_standardised", "rho_a", "rho_c", "ave")
        head, rows = self.with_spread(
            [self.word("construct"), "α", self.word("alpha_standardised"), "ρA", "ρC", "AVE"],
            [
                ([name, *(number(q[k]) for k in keys)], self.spread("reliability", name, "alpha"))
                for name, q in self.result["reliability"].items()
            ],
            2,
        )
        return self.table(self.word("reliability"), head, rows, 1)

    def items(self) -> Iterator[str]:
        weights = self.result["weights"]
        head, rows = self.with_spread(
            [self.word(k) for k in ("construct", "item", "loading", "weight")],
            [
                (
                    [name, item, number(value), number(weights[name][item])],
                    self.spread("loadings", name, item),
                )
                for name, items in self.result["loadings"].items()
                for item, value in items.items()
            ],
            3,
        )
        return self.table(self.word("items"), head, rows, 2)

    def htmt(self) -> Iterator[str]:
        """The triangle below the diagonal; constructs without a ratio are left out."""
        ratios = self.result["htmt"]
        names = [n for n in dict.fromkeys([*self.result["loadings"], *ratios]) if ratios.get(n)]
        rows = [
            [name, *(number(ratios[name].get(o)) for o in names[:k]), *[""] * (len(names) - k)]
            for k, name in enumerate(names)
        ]
        known = [row[:-1] for row in rows[1:] if any(row[1:])]
        return self.table(self.word("htmt"), ["", *names[:-1]], known, 1)

    def index(self) -> Iterator[str]:
        head, rows = self.with_spread(
            [self.word("construct"), self.word("index_value")],
            [
                ([name, number(value, 1)], self.spread("index", name))
                for name, value in self.result["index"].items()
            ],
            2,
            1,
        )
        return self.table(self.word("index"), head, rows, 1)

    def map(self) -> Iterator[str]:
        rows = [
            [target, name, number(point["importance"]), number(point["performance"], 1)]
            for target, points in self.result["importance_performance"].items()
            for name, point in points.items()
        ]
        head = [self.word(k) for k in ("target", "construct", "importance", "performance")]
        return self.table(self.word("map"), head, rows, 2)

    def cautions(self) -> Iterator[str]:
        if self.result["cautions"]:
            yield ""
            yield self.word("cautions")
        for caution in self.result["cautions"]:
            yield f"  [{caution['code']}] {clean(say_caution(caution, self.language))}"
