"""`zhuoyue method themes`: learned where there are labels, else proposed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, Words
from zhuoyue.cli.verbatim_rows import GIVEN, MODEL, ROW, TEXT, to_look_at, unlabelled

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.words.proposal import Proposal
    from zhuoyue.analysis.words.themes import Themes

THEME: Words = ("主题", "theme")
THEMES: Words = ("主题", "themes")
WORDS: Words = ("词", "words")
LOW: Words = ("下限", "low")
HIGH: Words = ("上限", "high")


def run(given: "MethodInput") -> "Themes | Proposal":
    from zhuoyue.analysis.words.asked import OPTIONS, learning, verbatims
    from zhuoyue.analysis.words.proposal import propose_themes
    from zhuoyue.analysis.words.themes import themes

    given.knows(*OPTIONS, "propose", "themes", "representatives")
    chosen = learning(given)
    found = verbatims(given)
    labelled = any(found.labels or ()) or any(found.corrected or ())
    if labelled and not given.flag("propose"):
        labels = found.labels or [""] * len(found.texts)
        return themes(found.texts, labels, corrected=found.corrected, learning=chosen)
    return propose_themes(
        found.texts,
        themes=given.integer("themes", 8, 2, 50),
        segmenter_kind=chosen.segmenter,
        words=given.integer("words", 8, 1, 50),
        representatives=given.integer("representatives", 3, 0, 50),
        min_texts=chosen.min_texts,
        seed=chosen.seed,
        level=chosen.level,
    )


def blocks(found: "Themes | Proposal") -> Iterator[Block]:
    from zhuoyue.analysis.words.proposal import Proposal

    yield from proposed(found) if isinstance(found, Proposal) else learned(found)


def proposed(found: "Proposal") -> Iterator[Block]:
    themes = list(enumerate(found.themes, start=1))
    yield Block(
        ("建议的主题（请命名和更正）", "Proposed themes (to be named and corrected)"),
        ["#", ("占比", "share"), LOW, HIGH, WORDS],
        [
            [str(k), each.share.value, each.share.low, each.share.high, ", ".join(each.words)]
            for k, each in themes
        ],
    )
    yield Block(
        ("代表性的原话", "Texts that speak of little else"),
        ["#", ROW, TEXT],
        [[str(k), each.row, each.text] for k, theme in themes for each in theme.representatives],
    )


def learned(found: "Themes") -> Iterator[Block]:
    yield Block(
        ("与人的一致程度（留出的原话）", "Agreement with people on held-out texts"),
        [
            *(THEME, ("一致率", "agreement"), LOW, HIGH, ("Kappa", "kappa")),
            *(("查准率", "precision"), ("查全率", "recall")),
            *(GIVEN, MODEL, "n", ("全部行", "all rows")),
        ],
        [
            [
                *(name, held.accuracy.value, held.accuracy.low, held.accuracy.high, held.kappa),
                *(held.by_label["present"].precision, held.by_label["present"].recall),
                *(held.by_label["present"].given, held.by_label["present"].predicted),
                *(held.n, found.totals[name]),
            ]
            for name, held in found.agreement.items()
        ],
    )
    exact = found.exact
    yield Block(
        ("所有主题都一致的原话", "Texts on all of whose themes both agree"),
        [("比例", "share"), LOW, HIGH, "n"],
        [[exact.value, exact.low, exact.high, exact.n]],
    )
    yield Block(
        ("最能说明主题的词", "Words that speak for a theme"),
        [THEME, WORDS],
        [[name, ", ".join(words)] for name, words in found.words.items()],
    )
    yield from rows(found)


def rows(found: "Themes") -> Iterator[Block]:
    """Single texts: read by the model, to be looked at again, to be labelled next."""
    read = [
        [
            each.row,
            "; ".join(one.theme for one in each.found),
            "; ".join(", ".join(one.words) for one in each.found),
        ]
        for each in found.readings
        if each.given is None
    ]
    yield from unlabelled(THEMES, read)
    yield from to_look_at(found, ("主题？", "theme?"))


METHOD = Method(
    name="themes",
    line=(
        "主题：从人给的标签学习；没有标签时提出建议",
        "themes learned from people's labels, or proposed where there are none",
    ),
    run=run,
    blocks=blocks,
    example="""
# In each row a text and, where somebody looked, its themes, apart by ; (- where it has none);
# `corrected` holds what somebody put right later. Without any label themes are proposed.
# Options as of `sentiment`; propose (true: leave labels aside), themes (how many to propose),
# representatives.
folds: 5
columns: [text, label, corrected]
rows:
  - [The report was late, speed; report, null]
  - [We waited for two weeks, speed, null]
  - [A quick answer after two days, speed, null]
  - [We waited long for an answer, speed, null]
  - [The report has mistakes and came late, report, speed; report]
  - [Mistakes in the report, report, null]
  - [The report was clear, report, null]
  - [A clear report at a fair price, report; price, null]
  - [The price was too high, price, null]
  - [A high price and a late answer, price; speed, null]
  - [A fair price, price, null]
  - [Price not clear in advance, price, null]
  - [Thank you, "-", null]
  - [Nothing to add, "-", null]
  - [Price too high and we waited long, null, null]
  - [Mistakes again, null, null]
""",
)
