"""`zhuoyue method sentiment`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Method, Words
from zhuoyue.cli.verbatim_rows import GIVEN, MODEL, PROBABILITY, to_look_at, unlabelled

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput
    from zhuoyue.analysis.words.sentiment import Sentiment

LABEL: Words = ("标签", "label")
AGREEMENT: Words = ("一致率", "agreement")


def run(given: "MethodInput") -> "Sentiment":
    from zhuoyue.analysis.errors import AnalysisError
    from zhuoyue.analysis.words.asked import OPTIONS, learning, verbatims
    from zhuoyue.analysis.words.sentiment import sentiment

    given.knows(*OPTIONS)
    chosen = learning(given)
    found = verbatims(given)
    if found.labels is None:
        known = ", ".join(given.table.names)
        raise AnalysisError("words_label_column", file=given.file, known=known)
    return sentiment(found.texts, found.labels, corrected=found.corrected, learning=chosen)


def blocks(found: "Sentiment") -> Iterator[Block]:
    held = found.agreement
    beyond_chance = (held.kappa, held.kappa_low, held.kappa_high)
    yield Block(
        ("与人的一致程度（留出的原话）", "Agreement with people on held-out texts"),
        [("指标", "figure"), ("数值", "value"), ("下限", "low"), ("上限", "high"), "n"],
        [
            [AGREEMENT, held.accuracy.value, held.accuracy.low, held.accuracy.high, held.n],
            [("Kappa（超出偶然）", "kappa (beyond chance)"), *beyond_chance, held.n],
            [
                ("一律说最常见标签", "always the most frequent label"),
                held.baseline,
                None,
                None,
                held.n,
            ],
        ],
    )
    yield Block(
        ("各标签", "Labels"),
        [
            LABEL,
            *(("查准率", "precision"), ("查全率", "recall"), "F1", GIVEN, MODEL),
            ("全部行", "all rows"),
        ],
        [
            [
                *(name, each.precision, each.recall, each.f1, each.given, each.predicted),
                found.totals[name],
            ]
            for name, each in held.by_label.items()
        ],
    )
    yield Block(
        ("混淆矩阵（行：人，列：模型）", "Confusion (rows: people, columns: model)"),
        [GIVEN, *found.labels],
        [[name, *line.values()] for name, line in held.confusion.items()],
    )
    yield Block(
        ("最能说明标签的词", "Words that speak for a label"),
        [LABEL, ("词", "words")],
        [[name, ", ".join(words)] for name, words in found.words.items()],
    )
    yield from rows(found)


def rows(found: "Sentiment") -> Iterator[Block]:
    """Single texts: read by the model, to be looked at again, to be labelled next."""
    free = [each for each in found.readings if each.given is None and each.label is not None]
    read = [[each.row, each.label, each.probability, ", ".join(each.words)] for each in free]
    yield from unlabelled(LABEL, read, PROBABILITY)
    yield from to_look_at(found, ("可能", "perhaps"))


METHOD = Method(
    name="sentiment",
    line=(
        "情感：从人给的标签学习，报告与人的一致程度",
        "sentiment learned from people's labels, with the agreement",
    ),
    run=run,
    blocks=blocks,
    example="""
# In each row a text and, where somebody gave one, its label (any words); `corrected` holds what
# somebody put right later. Options: text, label, corrected (names of columns), segmenter (auto,
# words, characters), characters, pairs, min_texts, features, regularisation, correction_weight,
# folds or held_out (a share), seed, suggestions, words, level.
folds: 5
columns: [text, label, corrected]
rows:
  - [Friendly staff and a quick answer, good, null]
  - [Quick answer and good advice, good, null]
  - [Friendly staff and good advice, good, null]
  - [Good advice and a quick repair, good, null]
  - [Friendly advice and a quick answer, good, null]
  - [A quick repair by friendly staff, bad, good]
  - [The report was late and full of mistakes, bad, null]
  - [We waited for hours and the report was late, bad, null]
  - [Nobody answered and we waited for hours, bad, null]
  - [The report was full of mistakes again, bad, null]
  - [Late again and nobody answered, bad, null]
  - [We waited again and the report was late, bad, null]
  - [Friendly and quick, null, null]
  - [Late and full of mistakes, null, null]
""",
)
