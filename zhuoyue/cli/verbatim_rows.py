"""Single verbatims on the screen, as sentiment and themes show them alike."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from zhuoyue.cli.methods import Block, Words

if TYPE_CHECKING:
    from zhuoyue.analysis.words.sentiment import Sentiment
    from zhuoyue.analysis.words.themes import Themes

SHOWN = 10  # rows; the JSON holds all
ROW: Words = ("行", "row")
PROBABILITY: Words = ("概率", "probability")
TEXT: Words = ("原话", "text")
GIVEN: Words = ("人给", "people")
MODEL: Words = ("模型", "model")


def unlabelled(head: Words, rows: Sequence[Sequence[object]], *more: Words) -> Iterator[Block]:
    """What the model reads in texts without a label."""
    if rows:
        yield Block(
            ("模型读未标的行（全部见 JSON）", "Rows without a label, read (all are in the JSON)"),
            [ROW, head, *more, ("依据", "because of")],
            rows[:SHOWN],
        )


def to_look_at(found: "Sentiment | Themes", perhaps: Words) -> Iterator[Block]:
    """Labels that the model doubts, and texts whose label would teach it most."""
    if found.second_look:
        yield Block(
            ("请复看的标签", "Labels to look at again"),
            [ROW, GIVEN, MODEL, PROBABILITY, TEXT],
            [
                [each.row, each.given, each.predicted, each.probability, each.text]
                for each in found.second_look[:SHOWN]
            ],
        )
    if found.suggestions:
        yield Block(
            ("建议接着标的行", "Rows to label next"),
            [ROW, perhaps, PROBABILITY, TEXT],
            [
                [each.row, each.label, each.probability, each.text]
                for each in found.suggestions[:SHOWN]
            ],
        )
