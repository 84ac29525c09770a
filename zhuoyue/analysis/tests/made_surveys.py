"""Made-up surveys of many kinds, and what is to be estimated from them.

Only numpy, and nothing of the library: other programs are given the same arrays
(scripts/peer_numbers.py), and what they found stands in peer_numbers.json.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

type Blocks = dict[str, list[str]]
type Paths = list[tuple[str, str]]


@dataclass(frozen=True)
class Survey:
    """Answers and a model: blocks of items, paths, and what is not plainly reflective."""

    items: tuple[str, ...]
    values: np.ndarray
    blocks: Blocks
    paths: Paths
    formative: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    whole: dict[str, list[str]] = field(default_factory=dict)  # two-stage higher orders
    products: tuple[tuple[str, str, str], ...] = ()  # first, second, method
    consistent: bool = False  # reflective blocks are common factors
    schemes: tuple[str, ...] = ("path",)

    @property
    def check(self) -> float:
        """Changes when the random numbers of numpy do."""
        weights = np.arange(1, self.values.size + 1).reshape(self.values.shape) % 97
        return float(np.nansum(self.values * weights))


def blocks_of(sizes: dict[str, int]) -> Blocks:
    return {name: [f"{name.lower()}{i + 1}" for i in range(size)] for name, size in sizes.items()}


def factors(
    stream: np.random.Generator, n: int, blocks: Blocks, paths: Paths, effect: float
) -> dict[str, np.ndarray]:
    """Constructs in the order of the blocks, each the sum of what leads to it and of chance."""
    found: dict[str, np.ndarray] = {}
    for place, name in enumerate(blocks):
        score = stream.standard_normal(n)
        for source, target in paths:
            if target == name and source in found:
                score = score + effect * (1 + place % 3 / 4) * found[source]
        found[name] = (score - score.mean()) / score.std()
    return found


def mirrored(
    stream: np.random.Generator, scores: dict[str, np.ndarray], blocks: Blocks, low: float
) -> np.ndarray:
    """Items that load from `low` upwards, one column each."""
    columns = []
    for name, items in blocks.items():
        for place, _item in enumerate(items):
            loading = low + (0.95 - low) * (place + 1) / (len(items) + 1)
            noise = stream.standard_normal(len(scores[name]))
            columns.append(loading * scores[name] + np.sqrt(1 - loading**2) * noise)
    return np.column_stack(columns)


def likert() -> Survey:
    """137 answers on five points, four constructs, one of a single item."""
    stream = np.random.default_rng(20_251)
    blocks = blocks_of({"Help": 3, "Trust": 4, "Return": 2, "Tell": 1})
    paths = [("Help", "Trust"), ("Help", "Return"), ("Trust", "Return"), ("Return", "Tell")]
    raw = mirrored(stream, factors(stream, 137, blocks, paths, 0.6), blocks, 0.5)
    values = np.clip(np.round(3.4 + 0.9 * raw), 1, 5)
    names = tuple(item for items in blocks.values() for item in items)
    return Survey(names, values, blocks, paths, schemes=("path", "factorial", "centroid"))


def gaps() -> Survey:
    """The same with 7 % of the answers missing."""
    full = likert()
    values = full.values.copy()
    values[np.random.default_rng(20_252).random(values.shape) < 0.07] = np.nan
    return Survey(full.items, values, full.blocks, full.paths)


def skewed() -> Survey:
    """411 rows of money, seconds and marks: skewed, in units far apart; two formative blocks."""
    stream = np.random.default_rng(20_253)
    blocks = blocks_of({"Price": 3, "Speed": 4, "Skill": 3, "Value": 2, "Joy": 5, "Stay": 1})
    paths = [("Price", "Value"), ("Speed", "Value"), ("Skill", "Value"), ("Skill", "Joy")]
    paths += [("Value", "Joy"), ("Speed", "Joy"), ("Joy", "Stay"), ("Value", "Stay")]
    raw = mirrored(stream, factors(stream, 411, blocks, paths, 0.45), blocks, 0.3)
    units = np.resize([1000.0, 0.01, 1.0, 60.0, 7.5], raw.shape[1])
    tails = np.resize([0.9, 0.3, 0.6], raw.shape[1])
    values = units * np.exp(tails * raw)
    names = tuple(item for items in blocks.values() for item in items)
    return Survey(
        names,
        values,
        blocks,
        paths,
        formative=("Price", "Speed"),
        schemes=("path", "factorial", "centroid"),
    )


def wide() -> Survey:
    """290 answers from 0 to 10, ten constructs of 34 items in all modes, 19 paths."""
    stream = np.random.default_rng(20_254)
    sizes = [4, 3, 5, 2, 4, 3, 1, 4, 5, 3]
    blocks = blocks_of({f"C{k}": size for k, size in enumerate(sizes)})
    names = list(blocks)
    paths = [(names[a], names[b]) for b in range(1, 10) for a in range(max(0, b - 2), b)]
    paths += [(names[0], names[9]), (names[3], names[8])]
    raw = mirrored(stream, factors(stream, 290, blocks, paths, 0.35), blocks, 0.55)
    values = np.clip(np.round(6 + 2 * raw), 0, 10)
    items = tuple(item for block in blocks.values() for item in block)
    return Survey(
        items,
        values,
        blocks,
        paths,
        formative=("C2", "C8"),
        unit=("C4",),
        schemes=("path", "factorial"),
    )


def moderated(method: str) -> Survey:
    """220 answers; two constructs change each other's effect."""
    stream = np.random.default_rng(20_255)
    blocks = blocks_of({"Use": 3, "Skill": 2, "Ease": 2, "Gain": 3})
    paths = [("Use", "Gain"), ("Skill", "Gain"), ("Ease", "Gain"), ("Use*Skill", "Gain")]
    scores = factors(stream, 220, blocks, [], 0.0)
    made = 0.4 * scores["Use"] + 0.3 * scores["Skill"] + 0.2 * scores["Ease"]
    made = made + 0.35 * scores["Use"] * scores["Skill"] + 0.7 * stream.standard_normal(220)
    scores["Gain"] = made / made.std()
    raw = mirrored(stream, scores, blocks, 0.6)
    values = np.round(50 + 12 * raw, 1)
    items = tuple(item for block in blocks.values() for item in block)
    return Survey(items, values, blocks, paths, products=(("Use", "Skill", method),))


def layered(mode: str) -> Survey:
    """260 answers; three constructs are the parts of one."""
    stream = np.random.default_rng(20_256)
    blocks = blocks_of({"Warm": 3, "Quick": 2, "Right": 4, "Fair": 3, "Stay": 2})
    inner = [("Warm", "Quick"), ("Quick", "Right"), ("Right", "Stay"), ("Fair", "Stay")]
    raw = mirrored(stream, factors(stream, 260, blocks, inner, 0.7), blocks, 0.55)
    values = np.clip(np.round(4.5 + 1.2 * raw), 1, 7)
    items = tuple(item for block in blocks.values() for item in block)
    return Survey(
        items,
        values,
        blocks,
        [("Service", "Stay"), ("Fair", "Stay"), ("Fair", "Service")],
        formative=("Service",) if mode == "formative" else (),
        whole={"Service": ["Warm", "Quick", "Right"]},
    )


def common() -> Survey:
    """500 rows of common factors beside a formative block: consistent PLS."""
    stream = np.random.default_rng(20_257)
    blocks = blocks_of({"Image": 3, "Need": 3, "Worth": 4, "Bond": 3, "Call": 1})
    paths = [("Image", "Worth"), ("Need", "Worth"), ("Image", "Bond"), ("Worth", "Bond")]
    paths += [("Bond", "Call"), ("Worth", "Call")]
    values = mirrored(stream, factors(stream, 500, blocks, paths, 0.5), blocks, 0.45)
    items = tuple(item for block in blocks.values() for item in block)
    return Survey(items, values, blocks, paths, formative=("Need",), consistent=True)


SURVEYS: dict[str, Survey] = {
    "likert": likert(),
    "gaps": gaps(),
    "skewed": skewed(),
    "wide": wide(),
    "two_stage": moderated("two_stage"),
    "product_indicator": moderated("product_indicator"),
    "orthogonal": moderated("orthogonal"),
    "layered": layered("reflective"),
    "layered_formative": layered("formative"),
    "common": common(),
}
