"""Models and made-up answers of the sizes that are measured; nothing is read from a file."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from zhuoyue.analysis import Model

type Pair = tuple[str, str]

# The shape of the European customer satisfaction index: seven constructs, 24 items, 12 paths.
SATISFACTION = {
    "Image": 5, "Expectation": 3, "Quality": 7, "Value": 2, "Satisfaction": 3, "Complaints": 1,
    "Loyalty": 3,
}  # fmt: skip
SATISFACTION_PATHS = {
    ("Image", "Expectation"): 0.5, ("Image", "Satisfaction"): 0.2, ("Image", "Loyalty"): 0.2,
    ("Expectation", "Quality"): 0.55, ("Expectation", "Value"): 0.05,
    ("Expectation", "Satisfaction"): 0.05, ("Quality", "Value"): 0.55,
    ("Quality", "Satisfaction"): 0.4, ("Value", "Satisfaction"): 0.2,
    ("Satisfaction", "Complaints"): 0.5, ("Satisfaction", "Loyalty"): 0.5,
    ("Complaints", "Loyalty"): 0.1,
}  # fmt: skip
# A bank's survey: six constructs, 27 items.
BANK = {"imag": 6, "expe": 4, "qual": 7, "val": 4, "sat": 3, "loy": 3}
BANK_PATHS = {
    ("imag", "expe"): 0.6, ("expe", "qual"): 0.6, ("expe", "val"): 0.2, ("qual", "val"): 0.5,
    ("imag", "sat"): 0.2, ("expe", "sat"): 0.05, ("qual", "sat"): 0.3, ("val", "sat"): 0.4,
    ("imag", "loy"): 0.2, ("sat", "loy"): 0.6,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Survey:
    """A model and answers to it on a scale of whole points."""

    model: "Model"
    values: NDArray[np.float64]

    @property
    def items(self) -> tuple[str, ...]:
        return self.model.items

    def sections(self) -> dict[str, Any]:
        """The model in plain words, for programs that know no Model."""
        return {
            "columns": list(self.items),
            "constructs": {each.name: list(each.items) for each in self.model.constructs},
            "paths": [[path.source, path.target] for path in self.model.paths],
        }


@cache
def survey(name: str, n: int) -> Survey:
    """Answers of n people: `satisfaction` (24 items), `bank` (27) or `large` (192)."""
    from zhuoyue.analysis import Model, Scale, simulate

    shapes = {
        "satisfaction": (SATISFACTION, SATISFACTION_PATHS),
        "bank": (BANK, BANK_PATHS),
        "large": _large(),
    }
    sizes, paths = shapes[name]
    constructs = {each: [f"{each}{i}" for i in range(1, k + 1)] for each, k in sizes.items()}
    model = Model.of(constructs, list(paths))
    loadings = dict.fromkeys(model.items, 0.75)
    made = simulate(model, paths, loadings, n=n, seed=1, scale=Scale(1, 10))
    return Survey(model, np.array(made.answers.select(model.items)))


def repeated(values: NDArray[Any], n: int) -> NDArray[Any]:
    """So many rows, those given again and again, without a second copy on the way."""
    result = np.empty((n, values.shape[1]), dtype=values.dtype)
    for start in range(0, n, len(values)):
        part = result[start : start + len(values)]
        part[:] = values[: len(part)]
    return result


def _large() -> tuple[dict[str, int], dict[Pair, float]]:
    """56 constructs of three or four items, 192 in all, each led to by up to three others."""
    sizes = {f"c{k}_": 4 if k % 7 < 3 else 3 for k in range(56)}
    names = list(sizes)
    effects = {1: 0.35, 2: 0.2, 7: 0.15}
    paths = {
        (names[k - back], names[k]): effect
        for k in range(56)
        for back, effect in effects.items()
        if k >= back
    }
    return sizes, paths
