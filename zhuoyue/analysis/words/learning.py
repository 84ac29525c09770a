"""How labels are learned from people: the specification."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.settings import choice
from zhuoyue.analysis.words.segment import SegmenterKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMITS: dict[str, tuple[float, float]] = {
    "characters": (0, 4),
    "min_texts": (1, 1000),
    "features": (100, 1_000_000),
    "regularisation": (1e-4, 1e4),
    "correction_weight": (1, 100),
    "folds": (2, 50),
    "seed": (0, 2**63 - 1),
    "suggestions": (0, 10_000),
    "words": (0, 50),
    "level": (0.5, 0.999999),
}


@dataclass(frozen=True, kw_only=True)
class Learning:
    """Features, penalty and how agreement is found; with the labels it determines the model."""

    segmenter: SegmenterKind = SegmenterKind.AUTO
    characters: int = 2  # longest run of Chinese characters counted beside words; 0: none
    pairs: bool = True  # neighbouring words of other scripts count too ("not good")
    min_texts: int = 2  # features of fewer labelled texts are left out
    features: int = 60_000  # the most frequent ones that are kept
    regularisation: float = 0.05  # the larger, the more cautious the model
    correction_weight: float = 2.0  # a corrected text counts as so many
    folds: int = 5  # every labelled text is held out once in one of so many parts
    held_out: float | None = None  # instead of folds: one part of this share of labelled texts
    seed: int = 1  # deals texts to parts
    suggestions: int = 10  # texts proposed to be labelled next, and labels to look at again
    words: int = 4  # shown with a prediction
    level: float = 0.95  # of the interval of accuracy

    def __post_init__(self) -> None:
        object.__setattr__(self, "segmenter", choice(SegmenterKind, self.segmenter, "segmenter"))
        for setting, (low, high) in _LIMITS.items():
            _between(setting, getattr(self, setting), low, high)
        if self.held_out is not None:
            _between("held_out", self.held_out, 0.05, 0.9)

    @classmethod
    def of(cls, given: Learning | None) -> Learning:
        """How to learn, or the usual way where nothing is said."""
        if given is None:
            return cls()
        if not isinstance(given, Learning):
            raise AnalysisError("learning_form", found=type(given).__name__)
        return given

    def parameters(self, program: str) -> Mapping[str, object]:
        """For the record, with the segmenter that did the work."""
        return frozen({**asdict(self), "segmenter": str(self.segmenter), "program": program})


def _between(setting: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError("words_setting", setting=setting, value=value, low=low, high=high)
