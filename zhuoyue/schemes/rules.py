"""States of a scheme, and whether a need can be followed to a measure; pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

DRAFT, PRESENTED, RETURNED, SIGNED, ACCEPTED = (
    "draft", "presented", "returned", "signed", "accepted",
)  # fmt: skip
# In these states the newest version has been handed to others; a change of content begins the next.
HANDED_OVER = frozenset({PRESENTED, RETURNED, SIGNED, ACCEPTED})


def after_words(signed: Collection[str], returned: Collection[str], wanted: Collection[str]) -> str:
    """The state of a presented scheme after what the departments concerned have said so far."""
    if set(returned) & set(wanted):
        return RETURNED
    return SIGNED if wanted and set(wanted) <= set(signed) else PRESENTED


def may_sign(status: str) -> bool:
    """Departments speak while a version lies before them; one return does not silence the rest."""
    return status in {PRESENTED, RETURNED}


def lacks(*, promises: int, elements: int) -> list[str]:
    """What a scheme must have before it can be presented."""
    found = [] if elements else ["element"]
    return found if promises else [*found, "promise"]


# -- trace: need → design element → touchpoint → measure ---------------------------------------


@dataclass(frozen=True)
class Path:
    """How far one trace link leads from a need."""

    has_element: bool
    has_touchpoint: bool
    has_standard: bool
    has_measure: bool

    @property
    def is_whole(self) -> bool:
        return self.has_element and self.has_standard and self.has_measure


def gaps(paths: Iterable[Path]) -> list[str]:
    """What is missing until a need is answered, in the order of the trace.

    One whole path is enough; else the path that leads furthest tells what it lacks.
    """
    found = list(paths)
    if any(path.is_whole for path in found):
        return []
    if not found:
        return ["element", "touchpoint", "standard", "measure"]
    return min((missing(path) for path in found), key=len)


def missing(path: Path) -> list[str]:
    wanted = (
        ("element", path.has_element),
        ("touchpoint", path.has_touchpoint),
        ("standard", path.has_standard),
        ("measure", path.has_measure),
    )
    return [name for name, there in wanted if not there]


# -- figures -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstPass:
    """What became of a scheme's first presentation."""

    is_signed: bool
    was_returned: bool
    was_replaced: bool  # a later version was begun

    @property
    def is_pending(self) -> bool:
        return not (self.is_signed or self.was_returned or self.was_replaced)

    @property
    def is_first_pass(self) -> bool:
        return self.is_signed and not self.was_returned
