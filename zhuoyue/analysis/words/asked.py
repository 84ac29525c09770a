"""Verbatims and labels from the table of a method input, and the specification from its options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.words.learning import Learning
from zhuoyue.analysis.words.segment import SegmenterKind

if TYPE_CHECKING:
    from zhuoyue.analysis.method_input import MethodInput

COLUMNS = ("text", "label", "corrected")
OPTIONS = (
    *COLUMNS,
    *("segmenter", "characters", "pairs", "min_texts", "features", "regularisation"),
    *("correction_weight", "folds", "held_out", "seed", "suggestions", "words", "level"),
)
_WHOLE = re.compile(r"(-?\d+)\.0")  # how spreadsheets hand out the label 1


@dataclass(frozen=True, eq=False)
class Verbatims:
    """Columns of a table; no labels where it has none."""

    texts: list[str]
    labels: list[str] | None
    corrected: list[str] | None


def verbatims(given: MethodInput) -> Verbatims:
    """The columns that the options text, label and corrected name, else those of these names."""
    table = given.need_table()
    named = {role: given.option(role) for role in COLUMNS}
    found = {
        role: str(name) if name is not None else (role if role in table.columns else None)
        for role, name in named.items()
    }
    text = found["text"] or (table.names[0] if len(table.names) == 1 else None)
    if text is None:
        raise AnalysisError("words_column", file=given.file, known=", ".join(table.names))
    label, corrected = (
        None if name is None else [_WHOLE.sub(r"\1", each) for each in given.texts(name)]
        for name in (found["label"], found["corrected"])
    )
    return Verbatims(given.texts(text), label, corrected)


def learning(given: MethodInput) -> Learning:
    """The specification, with the defaults of `Learning`."""
    usual = Learning()
    share = given.option("held_out")
    return Learning(
        segmenter=given.choice("segmenter", SegmenterKind, usual.segmenter),
        characters=given.integer("characters", usual.characters, 0, 4),
        pairs=given.flag("pairs", default=usual.pairs),
        min_texts=given.integer("min_texts", usual.min_texts, 1, 1000),
        features=given.integer("features", usual.features, 100, 1_000_000),
        regularisation=given.number("regularisation", usual.regularisation, 1e-4, 1e4),
        correction_weight=given.number("correction_weight", usual.correction_weight, 1, 100),
        folds=given.integer("folds", usual.folds, 2, 50),
        held_out=None if share is None else given.number("held_out", None, 0.05, 0.9),
        seed=given.integer("seed", usual.seed, 0, 2**53),
        suggestions=given.integer("suggestions", usual.suggestions, 0, 10_000),
        words=given.integer("words", usual.words, 0, 50),
        level=given.number("level", usual.level, 0.5, 0.999999),
    )
