"""Arithmetic of the catalogue: what an emotion weighs, when a standard is kept."""

# How good an emotion feels: order and sign carry meaning, the steps are not measured.
VALENCE = {
    "angry": -2,
    "disappointed": -1,
    "anxious": -1,
    "calm": 0,
    "confident": 1,
    "respected": 1,
    "understood": 1,
    "relieved": 1,
    "pleased": 1,
    "surprised": 2,
}
UNPLEASANT = tuple(emotion for emotion, weight in VALENCE.items() if weight < 0)
# Moments of a case in the order in which they come; a clock runs from one to a later one.
MOMENTS = ("opened", "responded", "resolved", "closed")
SPANS = tuple((a, b) for at, a in enumerate(MOMENTS) for b in MOMENTS[at + 1 :])


def valence(emotion: str) -> int:
    """−2 to +2; an unknown emotion is a mistake, never calm."""
    return VALENCE[emotion]


def emotion_gap(intended: str, felt: str) -> int:
    """Intended minus felt (measure 31): above zero the experience fell short of what was meant."""
    return VALENCE[intended] - VALENCE[felt]


def is_kept(value: float, target: float, *, at_most: bool) -> bool:
    """Whether what happened keeps the standard; exactly on target is kept."""
    return value <= target if at_most else value >= target


def is_exceeded(value: float, target: float, *, at_most: bool) -> bool:
    """Whether what happened is better than promised (measure 30)."""
    return value < target if at_most else value > target
