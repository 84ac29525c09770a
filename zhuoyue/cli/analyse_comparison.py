"""Groups held against each other by permutation: every two of a handful."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.analyse_tables import Record, Tables, number
from zhuoyue.cli.analyse_words import say_word
from zhuoyue.cli.progress import progress_bar
from zhuoyue.cli.text_tables import clean
from zhuoyue.kit.analysis_words import say, say_caution

if TYPE_CHECKING:
    from zhuoyue.analysis import Answers, Model, Scale, Settings

MOST_COMPARED = 5  # groups; more have too many pairs to read
SAID_BEFORE = {"associations_only", "scale_assumed", "rows_ungrouped"}


def comparisons_found(
    args: argparse.Namespace,
    model: "Model",
    answers: "Answers",
    rows: Mapping[str, list[int]],
    *,
    settings: "Settings",
    scale: "Scale",
) -> list[dict[str, Any]]:
    """A record for every two groups; where a pair cannot be compared, the reason.

    Each group has been estimated already, so what fails here is the permutation alone.
    """
    if not args.permutations or len(rows) > MOST_COMPARED:
        return []
    labels: list[str | None] = [None] * answers.n
    for name, chosen in rows.items():
        for row in chosen:
            labels[row] = name
    return [
        compared(args, model, answers, labels, pair=pair, settings=settings, scale=scale)
        for pair in combinations(rows, 2)
    ]


def compared(
    args: argparse.Namespace,
    model: "Model",
    answers: "Answers",
    labels: list[str | None],
    *,
    pair: tuple[str, str],
    settings: "Settings",
    scale: "Scale",
) -> dict[str, Any]:
    from zhuoyue.analysis import AnalysisError, compare_groups

    first, second = map(clean, pair)
    with progress_bar(say_word("permuting", args.language, first=first, second=second)) as bar:
        try:
            return compare_groups(
                model,
                answers,
                labels,
                settings,
                pair=pair,
                scale=scale,
                permutations=args.permutations,
                seed=args.seed,
                progress=lambda done, total: bar(done / total),
            ).to_dict()
        except AnalysisError as error:
            return {"groups": list(pair), "refused": error.to_dict()}


@dataclass(frozen=True)
class ComparisonTables(Tables):
    """Every comparison of `result`, which is that of all answers."""

    def lines(self) -> Iterator[str]:
        groups = self.result["groups"]
        for found in groups["comparisons"]:
            yield from self.comparison(found)
        yield from self.notes(groups["comparisons"])
        if not groups["comparisons"] and len(groups["results"]) > MOST_COMPARED:
            yield ""
            yield self.word("groups_not_compared", most=MOST_COMPARED)

    def comparison(self, found: Record) -> Iterator[str]:
        first, second = map(clean, found["groups"])
        yield ""
        yield self.word("comparison_head", first=first, second=second)
        if "refused" in found:
            code, params = found["refused"]["code"], found["refused"]["params"]
            yield f"  [{code}] {clean(say(code, params, self.language))}"
            return
        failed = sum(found["permutations_failed"].values())
        yield "  " + self.word(
            "permutations_of",
            permutations=found["permutations"],
            failed=failed,
            seed=found["seed"],
        )
        yield from self.invariance(found)
        yield from self.paths(found)
        yield from self.indices(found)

    def invariance(self, found: Record) -> Iterator[str]:
        words = ("construct", "composition", "limit", "mean_difference", "variance_difference")
        head = [*(self.word(word) for word in words), self.word("invariance")]
        rows = [
            [
                name,
                number(each["correlation"], 4),
                number(each["limit"], 4),
                self.difference(each["mean"]),
                self.difference(each["log_variance"]),
                self.word(f"invariance_{each['verdict']}"),
            ]
            for name, each in found["invariance"].items()
        ]
        return self.table(self.word("invariance_title"), head, rows, 1)

    def paths(self, found: Record) -> Iterator[str]:
        head = [*(self.word(k) for k in ("from", "to")), *self.contrast_head(found)]
        rows = [[each["from"], each["to"], *self.contrast(each)] for each in found["paths"]]
        if not all(each["comparable"] for each in found["paths"]):
            head.append(self.word("comparable"))
            for row, each in zip(rows, found["paths"], strict=True):
                row.append("" if each["comparable"] else self.word("not_comparable"))
        return self.table(self.word("paths"), head, rows, 2)

    def indices(self, found: Record) -> Iterator[str]:
        rows = [[name, *self.contrast(each, 1)] for name, each in found["index"].items()]
        head = [self.word("construct"), *self.contrast_head(found)]
        return self.table(self.word("index"), head, rows, 1)

    def contrast_head(self, found: Record) -> list[str]:
        chance = self.word("chance", level=100 * found["level"])
        return [*map(clean, found["groups"]), self.word("difference"), chance, "p"]

    def contrast(self, each: Record, digits: int = 3) -> list[str]:
        values = (each["first"], each["second"], each["difference"])
        low, high = each["chance"]
        chance = f"[{low:.{digits}f}, {high:.{digits}f}]"
        return [*(number(value, digits) for value in values), chance, number(each["p"])]

    def difference(self, each: Record) -> str:
        """A difference, starred where chance does not make it."""
        low, high = each["chance"]
        star = "" if low <= each["difference"] <= high else " *"
        return number(each["difference"]) + star

    def notes(self, comparisons: Sequence[Record]) -> Iterator[str]:
        """Cautions, each once; those of a single pair of several name it."""
        pairs: dict[tuple[str, str], list[str]] = {}
        for found in comparisons:
            for each in found.get("cautions", ()):
                if each["code"] not in SAID_BEFORE:
                    sentence = clean(say_caution(each, self.language))
                    pair = " – ".join(map(clean, found["groups"]))
                    pairs.setdefault((each["code"], sentence), []).append(pair)
        if pairs:
            yield ""
            yield self.word("comparison_cautions")
        for (code, sentence), named in pairs.items():
            whole = len(named) == len(comparisons)
            yield f"  [{code}] {'' if whole else ', '.join(named) + ': '}{sentence}"
